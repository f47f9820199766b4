/**
 * HTTP to a plug. One connection per request, closed by us once the announced length has arrived: Tasmota's server
 * (ESP8266WebServer) serves one client at a time and may leave the socket open.
 */
import * as http from "node:http";
import * as https from "node:https";
import type { PlugsmithError } from "../../core/errors.ts";
import { say, type Text } from "../../core/text/text.ts";
import type { Clock, Http, HttpRequest, HttpResponse } from "../../engine/ports.ts";
import { abortedError } from "../../engine/time.ts";
import { httpFailed, MOST_HTTP_BODY, noHttpAnswer, tooLongAnswer } from "../http-failure.ts";
import { errnoOf } from "./file-error.ts";

/** All header lines together; a plug's take some 300 bytes. */
const MAX_HEADERS = 16 * 1024;
const FIRST_BLOCK = 4096;
/** Bytes handed on at once where somebody watches. */
const PART = 4096;

export function createNodeHttp(clock: Clock): Http {
  return { request: (request) => perform(request, clock) };
}

function perform(request: HttpRequest, clock: Clock): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const where = new URL(request.url).host;
    if (request.signal?.aborted === true) {
      reject(abortedError());
      return;
    }
    const headers: http.OutgoingHttpHeaders = { ...request.headers, connection: "close" };
    if (request.body !== undefined) headers["content-length"] = request.body.length;
    const outgoing = (request.url.startsWith("https:") ? https : http).request(request.url, {
      method: request.method,
      agent: false,
      maxHeaderSize: MAX_HEADERS,
      headers,
    });
    let over = false;
    const end = (settle: () => void): void => {
      if (over) return;
      over = true;
      cancel();
      request.signal?.removeEventListener("abort", onAbort);
      outgoing.destroy();
      settle();
    };
    const fail = (error: PlugsmithError): void => end(() => reject(error));
    const onAbort = (): void => fail(abortedError());
    const cancel = clock.after(request.timeoutMs, () => fail(noHttpAnswer(where, request.timeoutMs)));
    request.signal?.addEventListener("abort", onAbort, { once: true });

    outgoing.on("error", (cause) => fail(networkFailed(where, cause)));
    outgoing.on("response", (incoming) => {
      // One block that grows: kept chunks of one byte each would take a hundred times their size.
      let body = Buffer.allocUnsafe(FIRST_BLOCK);
      let size = 0;
      incoming.on("data", (chunk: Buffer) => {
        if (over) return;
        if (size + chunk.length > MOST_HTTP_BODY) {
          fail(tooLongAnswer(where));
          return;
        }
        if (size + chunk.length > body.length) {
          const larger = Buffer.allocUnsafe(Math.max(2 * body.length, size + chunk.length));
          body.copy(larger, 0, 0, size);
          body = larger;
        }
        size += chunk.copy(body, size);
      });
      incoming.on("error", (cause) => fail(networkFailed(where, cause)));
      incoming.on("end", () =>
        end(() =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: singleHeaders(incoming.headers),
            body: new Uint8Array(body.subarray(0, size)),
          }),
        ),
      );
    });
    if (request.body === undefined || request.onSent === undefined) outgoing.end(request.body);
    else sendInParts(outgoing, request.body, request.onSent, () => over);
  });
}

/** The next part goes when the system has taken the one before. */
function sendInParts(
  outgoing: http.ClientRequest,
  body: Uint8Array,
  onSent: (bytes: number) => void,
  isOver: () => boolean,
): void {
  const next = (at: number): void => {
    if (at >= body.length) {
      outgoing.end();
      return;
    }
    const part = body.subarray(at, at + PART);
    outgoing.write(part, (error) => {
      if (error || isOver()) return;
      onSent(part.length);
      next(at + part.length);
    });
  };
  next(0);
}

function singleHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
  );
  return Object.fromEntries(entries);
}

/** By errno name. */
const MEANING: Readonly<Record<string, (where: string) => Text>> = {
  ECONNREFUSED: (where) => say`${where} refused the connection.`,
  ECONNRESET: (where) => say`${where} closed the connection.`,
  ENOTFOUND: (where) => say`The host ${where} is not known.`,
  EHOSTUNREACH: (where) => say`${where} cannot be reached.`,
  ENETUNREACH: (where) => say`The network of ${where} cannot be reached.`,
};

function networkFailed(where: string, cause: unknown): PlugsmithError {
  const errno = errnoOf(cause);
  const known = Object.hasOwn(MEANING, errno) ? MEANING[errno]?.(where) : undefined;
  const other = errno === "" ? say`${where} gave no usable answer.` : say`${where} gave no usable answer (${errno}).`;
  return httpFailed(where, known ?? other, errno, cause);
}
