/**
 * TCP-like byte streams of the virtual network: ordered, delayed, two directions that end apart. Segments, windows and
 * retransmission are not modelled; their effects are (delay on a weak link, silence when the other end has vanished).
 * Knows nothing of what the bytes mean.
 */
import type { SimClock } from "../clock.ts";

export interface StreamListener {
  /** Bytes from the other side. The array is the listener's. */
  data?(bytes: Uint8Array): void;
  /** The other side will send no more (FIN). This side may still write. */
  end?(): void;
  /** The stream is over: both sides ended, or it was reset. */
  closed?(how: "ended" | "reset"): void;
}

/** One direction's fate, decided by the network for each delivery. */
export interface Carriage {
  /** Delay in µs of something sent now, or undefined if it is lost for good. */
  delay(): number | undefined;
}

export interface StreamEnd {
  readonly clock: SimClock;
  /** Host code sits here: deliveries are followed by a pause for it (SimClock.hostAt). */
  readonly hostCode: boolean;
  /** False once the machine has vanished: nothing is delivered, nothing is sent, nobody is told. */
  alive(): boolean;
  /** Whether another machine answers at its address now (the same one restarted): it resets what it does not know. */
  replaced(): boolean;
}

export class Stream {
  listener: StreamListener = {};
  readonly localAddress: string;
  readonly remoteAddress: string;
  readonly #end: StreamEnd;
  readonly #carriage: Carriage;
  #peer: Stream | undefined;
  #lastArrival = 0;
  #ended = false;
  #peerEnded = false;
  #over = false;
  #silent = false;
  /** What arrived before a listener was set is kept. */
  readonly #early: (() => void)[] = [];
  #listening = false;

  private constructor(end: StreamEnd, carriage: Carriage, local: string, remote: string) {
    this.#end = end;
    this.#carriage = carriage;
    this.localAddress = local;
    this.remoteAddress = remote;
  }

  /** Two ends of one connection. `carriages` are those of the first and of the second end's sending direction. */
  static pair(
    first: StreamEnd & { readonly address: string },
    second: StreamEnd & { readonly address: string },
    carriages: readonly [Carriage, Carriage],
  ): [Stream, Stream] {
    const a = new Stream(first, carriages[0], first.address, second.address);
    const b = new Stream(second, carriages[1], second.address, first.address);
    a.#peer = b;
    b.#peer = a;
    return [a, b];
  }

  /** False once the stream is over for this side. */
  get open(): boolean {
    return !this.#over && this.#end.alive();
  }

  /** True once the other side has sent its last byte and it has arrived here. */
  get peerEnded(): boolean {
    return this.#peerEnded;
  }

  /** Takes over the stream; what arrived before is handed over at once. */
  listen(listener: StreamListener): void {
    this.listener = listener;
    this.#listening = true;
    for (const event of this.#early.splice(0)) event();
  }

  write(bytes: Uint8Array): void {
    if (!this.open || this.#ended || bytes.length === 0) return;
    const copy = bytes.slice();
    this.#send((peer) => peer.#take(() => peer.listener.data?.(copy)));
  }

  /** No more from this side. */
  end(): void {
    if (!this.open || this.#ended) return;
    this.#ended = true;
    this.#send((peer) => {
      peer.#peerEnded = true;
      peer.#take(() => peer.listener.end?.());
      peer.#closeIfDone();
    });
    this.#closeIfDone();
  }

  /** Breaks the connection off; what is still under way is lost. */
  reset(): void {
    if (!this.open) return;
    this.#over = true;
    this.#send((peer) => {
      if (peer.#over) return;
      peer.#over = true;
      peer.#take(() => peer.listener.closed?.("reset"));
    });
  }

  #closeIfDone(): void {
    if (!this.#ended || !this.#peerEnded || this.#over) return;
    this.#over = true;
    this.#take(() => this.listener.closed?.("ended"));
  }

  #take(event: () => void): void {
    if (this.#listening) event();
    else this.#early.push(event);
  }

  #send(arrive: (peer: Stream) => void): void {
    const peer = this.#peer!;
    const delay = this.#silent ? undefined : this.#carriage.delay();
    if (delay === undefined) {
      this.#silent = true;
      return;
    }
    const clock = this.#end.clock;
    this.#lastArrival = Math.max(this.#lastArrival, clock.now + delay);
    const schedule = peer.#end.hostCode ? clock.hostAt.bind(clock) : clock.at.bind(clock);
    schedule(this.#lastArrival, () => {
      if (!peer.#end.alive()) {
        if (peer.#end.replaced()) this.#refused();
        return;
      }
      if (!peer.#over) arrive(peer);
    });
  }

  /** The other machine has restarted and knows nothing of this connection. */
  #refused(): void {
    const clock = this.#end.clock;
    const schedule = this.#end.hostCode ? clock.hostAt.bind(clock) : clock.at.bind(clock);
    schedule(clock.now + (this.#carriage.delay() ?? 0), () => {
      if (!this.open) return;
      this.#over = true;
      this.#take(() => this.listener.closed?.("reset"));
    });
  }
}
