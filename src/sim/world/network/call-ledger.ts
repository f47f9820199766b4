/**
 * What the machines of a network have asked for and called: names, addresses and ports, with what came of it. The same call
 * made again counts up. Host code's own calls are not in it.
 */
export type CallKind = "name" | "tcp" | "udp" | "ping" | "time";

export type CallOutcome =
  /** A name has an address; a connection was accepted; a question was answered. */
  | "answered"
  /** The name does not exist. */
  | "unknown"
  | "refused"
  | "unanswered"
  /** It is outside of the virtual home, and nothing there was allowed. */
  | "not-allowed";

export interface Call {
  /** The caller's address and, where it has one, its name. */
  readonly from: string;
  readonly caller: string;
  readonly kind: CallKind;
  /** A name or an address. */
  readonly target: string;
  readonly port?: number | undefined;
  /** The name that the caller was given this address for. */
  readonly name?: string | undefined;
  readonly outcome: CallOutcome;
}

export interface RecordedCall extends Call {
  readonly count: number;
  /** World time in µs. */
  readonly firstAt: number;
  readonly lastAt: number;
}

export class CallLedger {
  readonly #calls: Map<string, RecordedCall> = new Map();

  record(call: Call, at: number): void {
    const { from, kind, target, port, outcome } = call;
    const key = [from, kind, target, port ?? "", outcome].join(" ");
    const before = this.#calls.get(key);
    this.#calls.set(key, {
      ...call,
      count: (before?.count ?? 0) + 1,
      firstAt: before?.firstAt ?? at,
      lastAt: at,
    });
  }

  /** In the order of each call's first time. */
  get calls(): readonly RecordedCall[] {
    return [...this.#calls.values()];
  }

  /** Those that go beyond the home: a name that no machine there has, an address that none there answers at. */
  get callsOutside(): readonly RecordedCall[] {
    return this.calls.filter(({ outcome }) => outcome === "unknown" || outcome === "not-allowed");
  }
}
