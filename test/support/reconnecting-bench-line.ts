/** A bench's port under the line that real ports have: opened again after each loss, at a rate the adapter takes. */
import type { ByteLine } from "../../src/engine/ports.ts";
import { openReconnectingLine, type WireSource } from "../../src/platform/reconnecting-line.ts";
import type { VirtualBench } from "../../src/sim/bench/contract.ts";

export interface EnduringBench {
  readonly line: ByteLine;
  /** The rate the adapter runs at. */
  readonly realBaud: number;
  /** The rates the port was opened at, in turn. */
  readonly openedAt: readonly number[];
  /** The port breaks off, as when a connection to it is dropped; the adapter keeps its power. */
  readonly breakOff: () => void;
}

/** @param write what becomes of a write; the default hands it on. Needs the bench's clock to be driven. */
export async function enduringOn(
  bench: VirtualBench,
  write: (bytes: Uint8Array, port: ByteLine) => Promise<void> = (bytes, port) => port.write(bytes),
): Promise<EnduringBench> {
  const port = bench.openLine();
  const openedAt: number[] = [];
  let breakOff = (): void => {};
  const source: WireSource = {
    can: port.can,
    open: async (_identity, settings, events) => {
      openedAt.push(settings.baud);
      await port.setBaud(settings.baud);
      await port.setControlLines(settings);
      const unlisten = port.listen({ bytes: (chunk) => events.bytes(chunk), lost: () => breakOff() });
      breakOff = () => {
        unlisten();
        events.gone();
      };
      return {
        write: (bytes) => write(bytes, port),
        setBaud: (baud) => port.setBaud(baud),
        setControlLines: (lines) => port.setControlLines(lines),
        close: async () => unlisten(),
      };
    },
    find: async () => (port.present ? port.identity : undefined),
  };
  const line = await openReconnectingLine(source, port.identity, 115_200, bench.clock.port());
  return {
    line,
    get realBaud() {
      return port.baud;
    },
    openedAt,
    breakOff: () => breakOff(),
  };
}
