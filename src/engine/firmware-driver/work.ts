/** Which plug a firmware works on, and with what. */
import type { EventSink } from "../../core/events.ts";
import type { Clock } from "../ports.ts";

export interface WorkContext {
  readonly clock: Clock;
  readonly events: EventSink;
  readonly signal?: AbortSignal | undefined;
}

export interface PlugAt {
  /** 12 lower-case hex digits. */
  readonly mac: string;
  readonly address: string;
  /**
   * Who says that this plug is at this address: a person, for this very plug; the plug itself, over its wires or its own
   * access point; or the network, which includes every record of where it was.
   */
  readonly source: "person" | "plug" | "network";
}
