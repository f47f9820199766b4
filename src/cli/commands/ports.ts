/** `plugsmith ports`: what a plug could be connected to. */
import { asText, say } from "../../core/index.ts";
import type { AdapterIdentity } from "../../engine/index.ts";
import { listAdapters } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { padded, widestOf } from "../render/columns.ts";

export const portsCommand: CommandModule = defineCommand({
  options: {},
  run: async ({ emit }) => {
    const { adapters, troubles } = await listAdapters();
    for (const { text } of troubles) emit({ type: "notice", level: "warning", text });
    const none = [
      say`No serial port found. Ports elsewhere: tcp://HOST:PORT, rfc2217://HOST:PORT; a virtual plug: sim:`,
    ];
    return {
      data: { ports: adapters, troubles: troubles.map(({ identity, text }) => ({ ...identity, text })) },
      answer: adapters.length === 0 ? none : portTable(adapters).map((line) => asText(line)),
    };
  },
});

/** One port a line: path, adapter, what tells it apart. */
export function portTable(adapters: readonly AdapterIdentity[]): string[] {
  const cells = adapters.map((adapter) => [
    adapter.path,
    adapter.label,
    adapter.vendorId === undefined ? "" : `${adapter.vendorId}:${adapter.productId}`,
    adapter.serialNumber === undefined ? "" : `serial ${adapter.serialNumber}`,
    adapter.usbPath === undefined ? "" : `USB ${adapter.usbPath}`,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => widestOf(cells.map((row) => row[column] ?? "")));
  return cells.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .filter((_, column) => (widths[column] ?? 0) > 0)
      .join("  ")
      .trimEnd(),
  );
}
