/**
 * One side of a TCP connection (RFC 9293): opening, both directions with retransmission (RFC 6298 without its estimate:
 * the network here is a room), reordering, the other side's window with probes while it is closed, FIN and RST.
 * Not here: congestion control, delayed acknowledgements, urgent data.
 */
import type { SimClock } from "../../clock.ts";
import { concatenated } from "../../wifi/bytes.ts";
import { ahead, lengthOf, plus, type TcpSegment } from "./tcp-segment.ts";

/** RFC 6298, 2.1: one second until a segment is sent again, and twice as long each time. */
const RETRANSMIT_US = 1_000_000;
const TRIES = 6;
const SYN_TRIES = 3;
/** RFC 9293, 3.7.1: what a host takes that does not say. */
const DEFAULT_SEGMENT = 536;
const OWN_SEGMENT = 1460;
const OWN_WINDOW = 29_200;
/** How long a finished connection still answers a FIN that is sent again. Twice the time that anything here takes. */
const LINGER_US = 2_000_000;

export type TcpEnd =
  /** Both sides have sent their last byte, and know it. */
  | "ended"
  | "refused"
  | "reset"
  /** The other side has stopped answering. */
  | "silent";

export interface TcpEvents {
  opened(): void;
  data(bytes: Uint8Array): void;
  /** The other side will send no more. */
  ended(): void;
  closed(how: TcpEnd): void;
}

/** What goes out, without the ports. */
export type Outgoing = Omit<TcpSegment, "sourcePort" | "destinationPort">;

export interface TcpPorts {
  readonly clock: SimClock;
  /** Where this side's sequence numbers start. */
  readonly initialSequence: number;
  send(segment: Outgoing): void;
  /** Nothing will come of the connection any more. */
  over(): void;
}

type State = "syn-sent" | "syn-received" | "open" | "lingering" | "over";

export class TcpConnection {
  readonly #ports: TcpPorts;
  readonly #events: TcpEvents;
  #state: State;
  /** Oldest byte that is not acknowledged; the next one to send; the highest that was ever sent, plus one. */
  #oldest: number;
  #next: number;
  #highest: number;
  /** From `#oldest` on. */
  #unacknowledged: Uint8Array = new Uint8Array(0);
  #endQueued = false;
  #endAcknowledged = false;
  #expected = 0;
  #peerEnded = false;
  #peerWindow = 0;
  #peerSegment = DEFAULT_SEGMENT;
  /** Came too early, by sequence number. */
  readonly #early: Map<number, TcpSegment> = new Map();
  #tries = 0;
  #cancelTimer: (() => void) | undefined;

  /** @param syn of the other side, which opened the connection; undefined: this side opens it. */
  constructor(ports: TcpPorts, events: TcpEvents, syn?: TcpSegment) {
    this.#ports = ports;
    this.#events = events;
    this.#state = syn === undefined ? "syn-sent" : "syn-received";
    this.#oldest = ports.initialSequence >>> 0;
    this.#next = this.#highest = plus(this.#oldest, 1);
    if (syn !== undefined) this.#learnFrom(syn);
    this.#sendSyn();
  }

  write(bytes: Uint8Array): void {
    if (this.#state === "over" || this.#endQueued) return;
    this.#unacknowledged = concatenated(this.#unacknowledged, bytes);
    this.#pump();
  }

  /** No more from this side. */
  end(): void {
    if (this.#endQueued) return;
    this.#endQueued = true;
    this.#pump();
  }

  /** Breaks the connection off. */
  abort(): void {
    if (this.#state === "over") return;
    if (this.#state !== "syn-sent") this.#send({ reset: true });
    this.#close();
  }

  receive(segment: TcpSegment): void {
    if (this.#state === "over") return;
    if (this.#state === "syn-sent") {
      this.#answered(segment);
      return;
    }
    if (segment.reset) {
      const offset = ahead(segment.sequence, this.#expected);
      if (offset >= 0 && offset < OWN_WINDOW) this.#fail(this.#state === "lingering" ? "ended" : "reset");
      return;
    }
    if (segment.syn) {
      // Its answer was lost.
      if (this.#state === "syn-received") this.#sendSyn();
      else this.#send({});
      return;
    }
    if (segment.acknowledged !== undefined) this.#acknowledge(segment.acknowledged, segment.window);
    if (lengthOf(segment) > 0) this.#take(segment);
    this.#closeIfDone();
  }

  #answered(segment: TcpSegment): void {
    const { acknowledged, reset, syn } = segment;
    if (acknowledged !== this.#next) return;
    if (reset) this.#fail("refused");
    else if (syn) {
      this.#learnFrom(segment);
      this.#opened();
      this.#send({});
      this.#pump();
    }
  }

  #opened(): void {
    this.#state = "open";
    this.#oldest = this.#next;
    this.#stopTimer();
    this.#tries = 0;
    this.#events.opened();
  }

  #learnFrom({ sequence, window, maximumSegment }: TcpSegment): void {
    this.#expected = plus(sequence, 1);
    this.#peerWindow = window;
    this.#peerSegment = Math.min(maximumSegment ?? DEFAULT_SEGMENT, OWN_SEGMENT);
  }

  #acknowledge(acknowledged: number, window: number): void {
    if (this.#state === "syn-received" && acknowledged === this.#next) this.#opened();
    const count = ahead(acknowledged, this.#oldest);
    if (count < 0 || ahead(acknowledged, this.#highest) > 0) return;
    this.#peerWindow = window;
    if (count > 0) {
      this.#endAcknowledged ||= count > this.#unacknowledged.length;
      this.#unacknowledged = this.#unacknowledged.subarray(count);
      this.#oldest = acknowledged;
      if (ahead(this.#next, acknowledged) < 0) this.#next = acknowledged;
      this.#tries = 0;
      this.#stopTimer();
    }
    this.#pump();
  }

  #take(segment: TcpSegment): void {
    const offset = ahead(segment.sequence, this.#expected);
    if (offset > 0 && offset < OWN_WINDOW) this.#early.set(segment.sequence, segment);
    else if (offset + lengthOf(segment) > 0) {
      this.#deliver(segment, -offset);
      this.#deliverEarly();
    }
    this.#send({});
  }

  #deliver({ payload, fin }: TcpSegment, from: number): void {
    if (this.#peerEnded) return;
    const fresh = payload.subarray(from);
    this.#expected = plus(this.#expected, fresh.length + (fin ? 1 : 0));
    this.#peerEnded = fin;
    if (fresh.length > 0) this.#events.data(fresh);
    if (fin) this.#events.ended();
  }

  #deliverEarly(): void {
    for (const [sequence, segment] of [...this.#early].sort(([a], [b]) => ahead(a, b))) {
      const offset = ahead(sequence, this.#expected);
      if (offset > 0) return;
      this.#early.delete(sequence);
      if (offset + lengthOf(segment) > 0) this.#deliver(segment, -offset);
    }
  }

  /** Sends what the other side has room for. */
  #pump(): void {
    if (this.#state !== "open") return;
    for (;;) {
      const sent = ahead(this.#next, this.#oldest);
      const left = this.#unacknowledged.length - sent;
      const size = Math.min(this.#peerSegment, left, this.#peerWindow - sent);
      if (size > 0) this.#sendPart(sent, size);
      else if (left === 0 && this.#endQueued && !this.#endAcknowledged) this.#sendEnd();
      else break;
    }
    const isWaiting = this.#oldest !== this.#highest || this.#unacknowledged.length > 0;
    if (isWaiting && this.#cancelTimer === undefined) this.#startTimer(() => this.#again());
  }

  #sendPart(from: number, size: number): void {
    this.#send({ payload: this.#unacknowledged.slice(from, from + size) });
    this.#advance(size);
  }

  #sendEnd(): void {
    this.#send({ fin: true });
    this.#advance(1);
  }

  #advance(count: number): void {
    this.#next = plus(this.#next, count);
    if (ahead(this.#next, this.#highest) > 0) this.#highest = this.#next;
  }

  /** Nothing was acknowledged for too long: from the oldest byte on again. A closed window gets one byte, for ever. */
  #again(): void {
    const closedWindow = this.#peerWindow === 0 && this.#unacknowledged.length > 0;
    if (!closedWindow && ++this.#tries > TRIES) {
      this.#fail("silent");
      return;
    }
    this.#next = this.#oldest;
    if (closedWindow) this.#sendPart(0, 1);
    else if (this.#unacknowledged.length > 0) {
      this.#sendPart(0, Math.min(this.#peerSegment, this.#unacknowledged.length, this.#peerWindow));
    }
    this.#pump();
  }

  #sendSyn(): void {
    const again = (): void => {
      if (this.#tries++ === SYN_TRIES) {
        this.#fail("silent");
        return;
      }
      this.#sendNow({ syn: true, maximumSegment: OWN_SEGMENT, sequence: this.#ports.initialSequence });
      this.#startTimer(again);
    };
    this.#stopTimer();
    this.#tries = 0;
    again();
  }

  #send(part: Partial<Outgoing>): void {
    this.#sendNow({ ...part, sequence: this.#next });
  }

  #sendNow(part: Partial<Outgoing> & Pick<Outgoing, "sequence">): void {
    this.#ports.send({
      acknowledged: this.#state === "syn-sent" ? undefined : this.#expected,
      syn: false,
      fin: false,
      reset: false,
      window: OWN_WINDOW,
      payload: new Uint8Array(0),
      ...part,
    });
  }

  #closeIfDone(): void {
    if (this.#state !== "open" || !this.#peerEnded || !this.#endAcknowledged) return;
    this.#state = "lingering";
    this.#stopTimer();
    this.#cancelTimer = this.#ports.clock.at(this.#ports.clock.now + LINGER_US, () => this.#close());
    this.#events.closed("ended");
  }

  #fail(how: TcpEnd): void {
    const isReported = this.#state === "lingering";
    this.#close();
    if (!isReported) this.#events.closed(how);
  }

  #close(): void {
    this.#state = "over";
    this.#stopTimer();
    this.#ports.over();
  }

  #startTimer(action: () => void): void {
    this.#stopTimer();
    const delay = RETRANSMIT_US * 2 ** Math.max(0, this.#tries - (this.#state === "open" ? 0 : 1));
    this.#cancelTimer = this.#ports.clock.at(this.#ports.clock.now + delay, () => {
      this.#cancelTimer = undefined;
      action();
    });
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}
