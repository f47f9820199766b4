/** Opens a serial line by the name a person gave it. */
import { PlugsmithError } from "../../core/errors.ts";
import { parsePortName } from "../../core/port-name.ts";
import { say } from "../../core/text/text.ts";
import type { ByteLine, Clock } from "../../engine/ports.ts";
import { openReconnectingLine } from "../reconnecting-line.ts";
import { calloutName } from "./adapters.ts";
import type { PortNotice } from "./latency-timer.ts";
import { rfc2217Source } from "./rfc2217-wire.ts";
import { identifySerial, serialSource } from "./serial-wire.ts";
import { tcpSource } from "./socket-wire.ts";
import { nodeClock } from "./system.ts";

export interface OpenLineOptions {
  /** Default 115200. */
  readonly baud?: number | undefined;
  readonly clock?: Clock;
  /** Told what was changed at the adapter for speed, or could not be. */
  readonly notice?: (notice: PortNotice) => void;
  /** Where Linux' sysfs is mounted. Default "/sys". */
  readonly sys?: string;
}

const DEFAULT_BAUD = 115_200;

/**
 * @param name a device path or COM name, `tcp://host:port`, `rfc2217://host:port`. The virtual plug (`sim:`) is not
 *   a port of this computer: make one with the simulator's entry.
 * Errors: port-*, bad-argument, not-supported.
 */
export async function openLine(name: string, options: OpenLineOptions = {}): Promise<ByteLine> {
  const { baud = DEFAULT_BAUD, clock = nodeClock } = options;
  const port = parsePortName(name);
  switch (port.kind) {
    case "serial": {
      const { identity, others } = await identifySerial(process.platform === "darwin" ? calloutName(name) : name);
      const { notice, sys } = options;
      return openReconnectingLine(serialSource({ others, notice, sys }), identity, baud, clock);
    }
    case "tcp":
      return openReconnectingLine(tcpSource(port, clock), { path: name, label: "TCP socket" }, baud, clock);
    case "rfc2217":
      return openReconnectingLine(rfc2217Source(port, clock), { path: name, label: "RFC 2217 server" }, baud, clock);
    case "sim":
      throw new PlugsmithError("bad-argument", {
        message: say`The virtual plug is not a port of this computer.`,
        nextStep: say`Create one with createBench from plugsmith/sim.`,
      });
  }
}
