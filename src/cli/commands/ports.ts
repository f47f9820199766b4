/** `plugsmith ports`: what a plug could be connected to. */
import { say } from "../../core/index.ts";
import type { AdapterIdentity } from "../../engine/index.ts";
import { listAdapters } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { type Row, row } from "../render/answer.ts";

export const portsCommand: CommandModule = defineCommand({
  options: {},
  run: async ({ emit }) => {
    const { adapters, troubles } = await listAdapters();
    for (const { text } of troubles) emit({ type: "notice", level: "warning", text });
    const none = [
      say`No serial port found. A port can also be tcp://HOST:PORT or rfc2217://HOST:PORT on another computer, or sim: for a virtual plug.`,
    ];
    return {
      data: { ports: adapters, troubles: troubles.map(({ identity, text }) => ({ ...identity, text })) },
      answer: adapters.length === 0 ? none : portTable(adapters),
    };
  },
});

/** One port a line: path, adapter, what tells it apart. */
export function portTable(adapters: readonly AdapterIdentity[]): Row[] {
  return adapters.map((adapter) =>
    row(
      adapter.path,
      adapter.label,
      adapter.vendorId === undefined ? "" : `${adapter.vendorId}:${adapter.productId}`,
      adapter.serialNumber === undefined ? "" : say`serial number ${adapter.serialNumber}`,
      adapter.usbPath === undefined ? "" : `USB ${adapter.usbPath}`,
    ),
  );
}
