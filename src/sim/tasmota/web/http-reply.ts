/**
 * Answers as the plug's server writes them. Two kinds: chunked ones that close the connection at once, and ones with
 * Content-Length after which the server waits for the client to close, 2 s at most.
 * Source: recordings of Tasmota 15.2 (headers and their order); ESP8266WebServer-impl.h (send, sendContent, _prepareHeader).
 */
import type { WebRequest } from "./http-request.ts";

/** What becomes of the connection after an answer. */
export type Aftermath = "close" | "linger";

const STATUS_TEXT: Readonly<Record<number, string>> = {
  200: "OK",
  302: "Found",
  401: "Unauthorized",
  404: "Not Found",
};

/** Chunks are sent when this many bytes have gathered (xdrv_01_9_webserver.ino, CHUNKED_BUFFER_SIZE). */
const CHUNK_SIZE = 512;

const LOGIN_REQUIRED = [
  ["Content-Type", "text/html"],
  ["WWW-Authenticate", 'Basic realm="Login Required"'],
  ["Content-Length", "0"],
  ["Connection", "close"],
] as const;

export class HttpReply {
  readonly #request: WebRequest;
  readonly #server: string;
  readonly #send: (bytes: Uint8Array, aftermath: Aftermath) => void;
  #sent = false;

  /** @param server value of the Server header. */
  constructor(request: WebRequest, server: string, send: (bytes: Uint8Array, aftermath: Aftermath) => void) {
    this.#request = request;
    this.#server = server;
    this.#send = send;
  }

  /** The ordinary way: no caching, chunked (in clear for HTTP/1.0, with the final chunk all the same), closed at once. */
  content(status: number, type: string, body: string): void {
    const headers = [
      ["Content-Type", type],
      ["Server", this.#server],
      ["Cache-Control", "no-cache, no-store, must-revalidate"],
      ["Pragma", "no-cache"],
      ["Expires", "-1"],
    ];
    const bytes = new TextEncoder().encode(body);
    if (this.#request.version === "1.0") {
      this.#finish(status, [...headers, ["Connection", "close"]], [bytes, ascii("0\r\n\r\n")], "close");
      return;
    }
    headers.push(["Accept-Ranges", "none"], ["Transfer-Encoding", "chunked"], ["Connection", "close"]);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += CHUNK_SIZE) {
      const chunk = bytes.subarray(at, at + CHUNK_SIZE);
      parts.push(ascii(`${chunk.length.toString(16)}\r\n`), chunk, ascii("\r\n"));
    }
    parts.push(ascii("0\r\n\r\n"));
    this.#finish(status, headers, parts, "close");
  }

  json(status: number, body: string): void {
    this.content(status, "application/json", body);
  }

  html(body: string): void {
    this.content(200, "text/html", body);
  }

  text(status: number, body: string): void {
    this.content(status, "text/plain", body);
  }

  file(name: string, bytes: Uint8Array): void {
    const headers = [
      ["Content-Type", "application/octet-stream"],
      ["Content-Disposition", `attachment; filename=${name}`],
      ["Content-Length", String(bytes.length)],
      ["Connection", "close"],
    ];
    this.#finish(200, headers, [bytes], "linger");
  }

  /** 401 that makes a browser ask for user and password. */
  askForLogin(): void {
    this.#finish(401, LOGIN_REQUIRED, [], "linger");
  }

  /**
   * The same, from a handler that goes on all the same: its page follows in clear behind an answer that says that
   * nothing does (WSContentStart_P asks, and only returns to its caller).
   */
  askForLoginAndGoOn(body: string): void {
    this.#finish(401, LOGIN_REQUIRED, [new TextEncoder().encode(body), ascii("0\r\n\r\n")], "close");
  }

  /** Answer to a browser that asks whether it may send what it means to (HandlePreflightRequest). */
  preflight(): void {
    const headers = [
      ["Content-Type", "text/html"],
      ["Access-Control-Allow-Methods", "GET, POST"],
      ["Access-Control-Allow-Headers", "authorization"],
      ["Content-Length", "0"],
      ["Connection", "close"],
    ];
    this.#finish(200, headers, [], "linger");
  }

  redirect(location: string): void {
    const headers = [
      ["Content-Type", "text/plain"],
      ["Location", location],
      ["Content-Length", "0"],
      ["Connection", "close"],
    ];
    this.#finish(302, headers, [], "close");
  }

  /** No byte at all. */
  nothing(): void {
    if (!this.#sent) this.#send(new Uint8Array(0), "linger");
    this.#sent = true;
  }

  #finish(
    status: number,
    headers: readonly (readonly string[])[],
    parts: readonly Uint8Array[],
    after: Aftermath,
  ): void {
    if (this.#sent) return;
    this.#sent = true;
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const head = ascii(`HTTP/${this.#request.version} ${status} ${STATUS_TEXT[status] ?? ""}\r\n${lines}\r\n`);
    this.#send(concat([head, ...parts]), after);
  }
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
