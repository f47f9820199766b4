/**
 * HTTP requests as the plug's server reads them from a stream: request line, headers, arguments from query and form
 * body, one multipart upload. Source: ESP8266 Arduino core 2.7, ESP8266WebServer Parsing-impl.h.
 */

export interface Upload {
  readonly field: string;
  readonly fileName: string;
  readonly content: Uint8Array;
}

export interface WebRequest {
  readonly method: string;
  readonly path: string;
  /** "1.0" or "1.1". */
  readonly version: string;
  /** Names and values in order, query first, then the form body. */
  readonly args: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly upload: Upload | undefined;
  /** Address that asks. */
  readonly from: string;
}

/** Value of the first argument of that name, "" without one. Names are case-sensitive. */
export function arg(request: WebRequest, name: string): string {
  return request.args.find(([key]) => key === name)?.[1] ?? "";
}

/** The first `bytes` bytes of it, as a buffer in C takes them (WebGetArg). */
export function argWithin(request: WebRequest, name: string, bytes: number): string {
  const encoded = new TextEncoder().encode(arg(request, name));
  return new TextDecoder().decode(encoded.subarray(0, bytes));
}

/** … as atoi reads the first seven characters of it; 0 without a number. */
export function numberArg(request: WebRequest, name: string): number {
  return Number.parseInt(argWithin(request, name, 7), 10) || 0;
}

export function hasArg(request: WebRequest, name: string): boolean {
  return request.args.some(([key]) => key === name);
}

interface Head {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Where the body starts. */
  readonly length: number;
  readonly bodyLength: number;
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** The head, or undefined while it is incomplete. */
export function parseHead(bytes: Uint8Array): Head | undefined {
  const end = indexOf(bytes, [13, 10, 13, 10], 0);
  if (end < 0) return undefined;
  const [requestLine = "", ...lines] = latin1(bytes.subarray(0, end)).split("\r\n");
  const [method = "", target = "/", protocol = ""] = requestLine.split(" ");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  const version = protocol.startsWith("HTTP/1.0") ? "1.0" : "1.1";
  const bodyLength = method === "GET" ? 0 : Number(headers["content-length"] ?? 0) || 0;
  return { method, target, version, headers, length: end + 4, bodyLength };
}

/** Head and body together. */
export function parseRequest(head: Head, body: Uint8Array, from: string): WebRequest {
  const question = head.target.indexOf("?");
  const path = question < 0 ? head.target : head.target.slice(0, question);
  const query = question < 0 ? "" : head.target.slice(question + 1);
  const args = [...parseArgs(query)];
  const type = head.headers["content-type"] ?? "";
  let upload: Upload | undefined;
  const boundary = /multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary !== undefined) upload = parseUpload(body, boundary);
  else if (body.length > 0 && type.startsWith("application/x-www-form-urlencoded")) {
    args.push(...parseArgs(latin1(body)));
  } else if (body.length > 0) args.push(["plain", new TextDecoder().decode(body)]);
  return { method: head.method, path: decode(path), version: head.version, args, headers: head.headers, upload, from };
}

function* parseArgs(text: string): Generator<readonly [string, string]> {
  for (const part of text.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    // A part without "=" is skipped (Parsing-impl.h, _parseArguments).
    if (equals < 0) continue;
    yield [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
  }
}

/** %XX and "+" undone; the bytes are UTF-8. */
function decode(text: string): string {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const hex = /^%([0-9a-fA-F]{2})/.exec(text.slice(i, i + 3))?.[1];
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16));
      i += 2;
    } else bytes.push(text[i] === "+" ? 32 : text.charCodeAt(i));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

function indexOf(bytes: Uint8Array, wanted: readonly number[], from: number): number {
  outer: for (let at = from; at + wanted.length <= bytes.length; at++) {
    for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) continue outer;
    return at;
  }
  return -1;
}

/** The first part that carries a file name. */
function parseUpload(body: Uint8Array, boundary: string): Upload | undefined {
  const mark = [...new TextEncoder().encode(`--${boundary}`)];
  let at = indexOf(body, mark, 0);
  while (at >= 0) {
    const headStart = at + mark.length + 2;
    const headEnd = indexOf(body, [13, 10, 13, 10], headStart);
    if (headEnd < 0) return undefined;
    const disposition = latin1(body.subarray(headStart, headEnd));
    const next = indexOf(body, [13, 10, ...mark], headEnd + 2);
    const end = next < 0 ? body.length : next;
    const fileName = /filename="([^"]*)"/i.exec(disposition)?.[1];
    if (fileName !== undefined) {
      const field = /[; ]name="([^"]*)"/i.exec(disposition)?.[1] ?? "";
      return { field, fileName, content: body.slice(headEnd + 4, end) };
    }
    at = next < 0 ? -1 : next + 2;
  }
  return undefined;
}
