/**
 * The plug's web server below HTTP's meaning: one client at a time, looked at once per turn of the main loop. An idle
 * connection blocks everybody for 5 s, a half-sent header for 10 s, an answer the client does not take leave of for 2 s.
 * Source: ESP8266 Arduino core 2.7, ESP8266WebServer-impl.h (handleClient), ESP8266WebServer.h (HTTP_MAX_*_WAIT);
 * recordings of connections.
 */
import type { SimClock } from "../../world/clock.ts";
import type { Machine } from "../../world/network/lan.ts";
import type { Stream } from "../../world/network/stream.ts";
import { type Aftermath, HttpReply } from "./http-reply.ts";
import { parseHead, parseRequest, type WebRequest } from "./http-request.ts";

/** HTTP_MAX_DATA_WAIT: no byte yet. */
const DATA_WAIT_US = 5_000_000;
/** A started header or body: the reader's patience, twice the stream's timeout. */
const HEADER_WAIT_US = 10_000_000;
const BODY_WAIT_US = 5_000_000;
/** HTTP_MAX_CLOSE_WAIT. */
const CLOSE_WAIT_US = 2_000_000;
/** From the last byte of an answer to the server's close. */
const CLOSING_US = 5_000;
const PORT = 80;

interface Connection {
  readonly stream: Stream;
  received: Uint8Array;
  /** The client has closed. */
  ended: boolean;
}

type Phase =
  | { readonly kind: "waiting" | "reading" | "closing"; readonly until: number }
  /** A handler has the request. */
  | { readonly kind: "handling" };

export interface ListenerOptions {
  readonly clock: SimClock;
  /** Turn of the main loop, µs (Sleep, 50 ms). */
  readonly turnUs: () => number;
  /** The main loop is held up until then, µs. */
  readonly busyUntil: () => number;
  readonly server: string;
  readonly handle: (request: WebRequest, reply: HttpReply) => void;
}

export class HttpListener {
  readonly #options: ListenerOptions;
  readonly #waiting: Connection[] = [];
  readonly #unlisten: () => void;
  readonly #startedAt: number;
  #current: Connection | undefined;
  #phase: Phase = { kind: "handling" };
  #cancelTurn: (() => void) | undefined;
  #turnAt = Number.POSITIVE_INFINITY;

  constructor(machine: Machine, options: ListenerOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now;
    this.#unlisten = machine.listen(PORT, (stream) => this.#accept(stream));
  }

  /** Stops serving; what is open hangs. */
  stop(): void {
    this.#unlisten();
    this.#cancelTurn?.();
    this.#current = undefined;
    this.#waiting.length = 0;
  }

  #accept(stream: Stream): void {
    const connection: Connection = { stream, received: new Uint8Array(0), ended: false };
    this.#waiting.push(connection);
    stream.listen({
      data: (bytes) => {
        connection.received = join(connection.received, bytes);
        this.#wake();
      },
      end: () => {
        connection.ended = true;
        this.#wake();
      },
      closed: () => {
        connection.ended = true;
        this.#wake();
      },
    });
    this.#wake();
  }

  /** Asks for a look at the next turn of the main loop, or at `at` if that is later. */
  #wake(at = 0): void {
    const { clock, turnUs, busyUntil } = this.#options;
    const from = Math.max(clock.now, at, busyUntil());
    const turn = turnUs();
    const next = this.#startedAt + Math.ceil((from - this.#startedAt) / turn) * turn;
    if (next >= this.#turnAt) return;
    this.#cancelTurn?.();
    this.#turnAt = next;
    this.#cancelTurn = clock.at(next, () => {
      this.#turnAt = Number.POSITIVE_INFINITY;
      this.#turn();
    });
  }

  #turn(): void {
    const { clock, busyUntil } = this.#options;
    if (busyUntil() > clock.now) {
      this.#wake();
      return;
    }
    if (this.#current === undefined) {
      this.#current = this.#waiting.shift();
      if (this.#current === undefined) return;
      this.#phase = { kind: "waiting", until: clock.now + DATA_WAIT_US };
    }
    this.#serve(this.#current);
  }

  #serve(connection: Connection): void {
    const { clock } = this.#options;
    const phase = this.#phase;
    if (phase.kind === "handling") return;
    if (phase.kind === "closing") {
      if (connection.ended || clock.now >= phase.until) this.#release();
      else this.#wake(phase.until);
      return;
    }
    if (connection.received.length === 0) {
      if (connection.ended || clock.now >= phase.until) this.#release();
      else this.#wake(phase.until);
      return;
    }
    const head = parseHead(connection.received);
    const complete = head !== undefined && connection.received.length >= head.length + head.bodyLength;
    if (!complete) {
      const patience = head === undefined ? HEADER_WAIT_US : BODY_WAIT_US;
      const until = phase.kind === "reading" && head === undefined ? phase.until : clock.now + patience;
      if (phase.kind === "reading" && clock.now >= phase.until) this.#release();
      else {
        this.#phase = { kind: "reading", until };
        this.#wake(until);
      }
      return;
    }
    this.#phase = { kind: "handling" };
    const body = connection.received.slice(head.length, head.length + head.bodyLength);
    const request = parseRequest(head, body, connection.stream.remoteAddress);
    const reply = new HttpReply(request, this.#options.server, (bytes, aftermath) =>
      this.#answered(connection, bytes, aftermath),
    );
    this.#options.handle(request, reply);
  }

  #answered(connection: Connection, bytes: Uint8Array, aftermath: Aftermath): void {
    if (this.#current !== connection) return;
    const { clock } = this.#options;
    connection.stream.write(bytes);
    if (aftermath === "close") {
      clock.at(clock.now + CLOSING_US, () => connection.stream.end());
      this.#current = undefined;
      this.#wake(clock.now + 1);
      return;
    }
    this.#phase = { kind: "closing", until: clock.now + CLOSE_WAIT_US };
    this.#wake(clock.now + 1);
  }

  #release(): void {
    this.#current?.stream.end();
    this.#current = undefined;
    this.#wake(this.#options.clock.now + 1);
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
