/** How a plug is found in the network, whatever firmware runs on it. */
import type { EventSink } from "../../core/events.ts";
import type { Home } from "../home/plug-records.ts";
import type { Clock, Http, Neighbours, Operator } from "../ports.ts";
import type { PlugAt } from "./work.ts";

export interface FoundPlug {
  readonly address: string;
  /** 12 lower-case hex digits; undefined if the plug wants a password first. */
  readonly mac: string | undefined;
  readonly hostname: string | undefined;
  readonly name: string | undefined;
  readonly needsPassword: boolean;
  /** It lets in and runs a build that knows no settings. */
  readonly minimal: boolean;
  /** "15.2.0.2", if reported. */
  readonly version: string | undefined;
}

export interface SearchPorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly events: EventSink;
}

export interface ProbeOptions {
  /** One that was given for this address, or that `passwordsFor` admitted. */
  readonly password?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ProofPorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly home: Home;
  /** Answers about a changed address. Without one, or with nobody there, a doubtful address is an error. */
  readonly operator?: Operator | undefined;
  readonly neighbours?: Neighbours | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface FirmwareFinder {
  /** Undefined where this firmware does not answer. Errors: aborted. */
  readonly probe: (http: Http, address: string, options?: ProbeOptions) => Promise<FoundPlug | undefined>;
  /** Each address of the range is asked once. Errors: bad-argument, aborted. */
  readonly scanRange: (ports: SearchPorts, range: string, signal?: AbortSignal) => Promise<readonly FoundPlug[]>;
  /** Waits until this very plug (any, without a MAC) answers. Errors: wrong-plug, no-answer, aborted. */
  readonly awaitPlugAt: (
    ports: Pick<SearchPorts, "http" | "clock">,
    address: string,
    mac: string | undefined,
    options?: ProbeOptions,
  ) => Promise<FoundPlug>;
  /** The passwords on record that may go to this address, the likeliest first. Errors: wrong-plug, no-answer, aborted. */
  readonly passwordsFor: (ports: ProofPorts, at: PlugAt) => Promise<readonly string[]>;
}
