/**
 * The engine's Http port over the virtual network: an HTTP/1.1 client of its own (RFC 9112), one connection per request.
 * Shares nothing with the plug's server in this simulator.
 */

import { PlugsmithError } from "../../../core/errors.ts";
import { say, type Text } from "../../../core/text/text.ts";
import type { Http, HttpRequest, HttpResponse } from "../../../engine/ports.ts";
import type { SimClock } from "../clock.ts";
import type { Machine } from "./lan.ts";
import type { Stream } from "./stream.ts";

/** What the client needs of the computer it runs on. */
export interface HttpHost {
  interfaceFor(address: string): Machine | undefined;
}

export function simHttp(clock: SimClock, host: HttpHost): Http {
  return { request: (request) => new Exchange(clock, host, request).run() };
}

interface Target {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

function parseUrl(url: string): Target {
  const match = /^http:\/\/([^/:?#]+)(?::(\d+))?([^#]*)/.exec(url);
  if (match === null) {
    throw new PlugsmithError("bad-argument", { message: say`the virtual network carries http:// URLs only` });
  }
  const path = match[3]!;
  return { host: match[1]!, port: Number(match[2] ?? 80), path: path.startsWith("/") ? path : `/${path}` };
}

class Exchange {
  readonly #clock: SimClock;
  readonly #host: HttpHost;
  readonly #request: HttpRequest;
  readonly #undo: (() => void)[] = [];
  #resolve: (response: HttpResponse) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  #received: Uint8Array = new Uint8Array(0);

  constructor(clock: SimClock, host: HttpHost, request: HttpRequest) {
    this.#clock = clock;
    this.#host = host;
    this.#request = request;
  }

  async run(): Promise<HttpResponse> {
    const target = parseUrl(this.#request.url);
    this.#request.signal?.throwIfAborted();
    const outcome = new Promise<HttpResponse>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const { timeoutMs, signal } = this.#request;
    const timeout = this.#clock.hostAt(this.#clock.now + timeoutMs * 1000, () => {
      this.#fail("no-answer", say`no answer from ${target.host} within ${timeoutMs} ms`);
    });
    this.#undo.push(timeout);
    if (signal !== undefined) {
      const onAbort = (): void => this.#fail("aborted", say`the request was stopped`);
      signal.addEventListener("abort", onAbort, { once: true });
      this.#undo.push(() => signal.removeEventListener("abort", onAbort));
    }
    this.#connect(target);
    return outcome;
  }

  #connect(target: Target): void {
    const nic = this.#host.interfaceFor(target.host);
    if (nic === undefined) {
      this.#fail("network-failed", say`the computer is on no network`);
      return;
    }
    const cancelResolve = nic.resolve(target.host, (address) => {
      if (address === undefined) return this.#fail("network-failed", say`no machine is called ${target.host}`);
      const cancel = nic.connect(address, target.port, {
        connected: (stream) => this.#talk(stream, target),
        failed: (why) =>
          this.#fail(
            "network-failed",
            why === "refused"
              ? say`connection to ${target.host} refused`
              : say`connection to ${target.host} unreachable`,
          ),
      });
      this.#undo.push(cancel);
    });
    this.#undo.push(cancelResolve);
  }

  #talk(stream: Stream, target: Target): void {
    this.#undo.push(() => stream.end());
    stream.listen({
      data: (bytes) => {
        this.#received = join(this.#received, bytes);
        this.#tryFinish(stream, false);
      },
      end: () => this.#tryFinish(stream, true),
      closed: (how) => {
        if (how === "reset") this.#fail("network-failed", say`${target.host} closed the connection`);
      },
    });
    const { method, headers = {}, body } = this.#request;
    const head: Record<string, string> = {
      Host: target.port === 80 ? target.host : `${target.host}:${target.port}`,
      Connection: "close",
      ...headers,
    };
    if (body !== undefined) head["Content-Length"] = String(body.length);
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
    stream.write(new TextEncoder().encode(`${method} ${target.path} HTTP/1.1\r\n${lines.join("")}\r\n`));
    if (body !== undefined) stream.write(body);
  }

  #tryFinish(stream: Stream, ended: boolean): void {
    const parsed = parseResponse(this.#received, ended);
    if (parsed === "nonsense") {
      this.#fail("bad-answer", say`the answer is not HTTP`);
      return;
    }
    if (parsed === "incomplete") {
      if (ended) this.#fail("network-failed", say`the connection was closed without a complete answer`);
      return;
    }
    this.#settle();
    stream.end();
    this.#resolve(parsed);
  }

  #fail(code: "network-failed" | "no-answer" | "aborted" | "bad-answer", message: Text): void {
    this.#settle();
    this.#reject(
      new PlugsmithError(code, { message, nextStep: say`try again, or check that the plug is on the network` }),
    );
  }

  #settle(): void {
    for (const undo of this.#undo.splice(0)) undo();
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** The whole response, or "incomplete" while more is needed. Without length or chunks the end of the stream ends it. */
function parseResponse(bytes: Uint8Array, ended: boolean): HttpResponse | "incomplete" | "nonsense" {
  const text = latin1(bytes);
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return "incomplete";
  const [statusLine, ...lines] = text.slice(0, headEnd).split("\r\n");
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine!)?.[1] ?? Number.NaN);
  if (Number.isNaN(status)) return "nonsense";
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  const rest = bytes.subarray(headEnd + 4);
  const length = headers["content-length"];
  if (length !== undefined) {
    return rest.length >= Number(length) ? { status, headers, body: rest.slice(0, Number(length)) } : "incomplete";
  }
  if (headers["transfer-encoding"]?.toLowerCase() === "chunked") {
    const body = unchunk(rest);
    return body === undefined ? "incomplete" : { status, headers, body };
  }
  return ended ? { status, headers, body: rest.slice() } : "incomplete";
}

function unchunk(bytes: Uint8Array): Uint8Array | undefined {
  let body: Uint8Array = new Uint8Array(0);
  let at = 0;
  for (;;) {
    const line = latin1(bytes.subarray(at, at + 20));
    const lineEnd = line.indexOf("\r\n");
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(line.slice(0, lineEnd), 16);
    at += lineEnd + 2;
    if (size === 0) return body;
    if (Number.isNaN(size) || at + size + 2 > bytes.length) return undefined;
    body = join(body, bytes.subarray(at, at + size));
    at += size + 2;
  }
}
