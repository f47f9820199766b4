/**
 * Ports without modem control lines. A pseudo terminal and some gadget ports have no DTR and RTS (Linux
 * drivers/tty/tty_io.c, tty_tiocmset: ENOTTY); a port of the browser may not have them either (Web Serial, setSignals:
 * NetworkError). Such a port carries bytes all the same. An adapter that fails here for another reason fails at the
 * first write too.
 */
import { say, type Text } from "../core/text/text.ts";
import type { Wire, WireSettings } from "./reconnecting-line.ts";

export interface SetWire {
  readonly wire: Wire;
  /** False: it has none, and setting them does nothing. */
  readonly controlLines: boolean;
}

/** Sets the control lines of a wire that was just opened. */
export async function setFirstControlLines(wire: Wire, settings: WireSettings): Promise<SetWire> {
  try {
    await wire.setControlLines(settings);
    return { wire, controlLines: true };
  } catch {
    return { wire: { ...wire, setControlLines: () => Promise.resolve() }, controlLines: false };
  }
}

/** Said once where a port has none. */
export function noControlLinesNotice(path: string): Text {
  return say`${path} has no DTR and RTS lines. It works without them, but plugsmith cannot reset the chip with them.`;
}
