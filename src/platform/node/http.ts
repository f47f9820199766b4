/**
 * HTTP to a plug. One connection per request, closed by us once the announced length has arrived: Tasmota's server
 * (ESP8266WebServer) serves one client at a time and may leave the socket open.
 */
import * as http from "node:http";
import * as https from "node:https";
import { PlugsmithError } from "../../core/errors.ts";
import { say, type Text } from "../../core/text/text.ts";
import type { Clock, Http, HttpRequest, HttpResponse } from "../../engine/ports.ts";
import { abortedError } from "../../engine/time.ts";
import { errnoOf } from "./file-error.ts";

/** No answer of a plug is larger than its flash; more than this is not a plug. */
const MAX_BODY = 4 * 1024 * 1024;
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
    const cancel = clock.after(request.timeoutMs, () => fail(noAnswer(where, request.timeoutMs)));
    request.signal?.addEventListener("abort", onAbort, { once: true });

    outgoing.on("error", (cause) => fail(networkFailed(where, cause)));
    outgoing.on("response", (incoming) => {
      // One block that grows: kept chunks of one byte each would take a hundred times their size.
      let body = Buffer.allocUnsafe(FIRST_BLOCK);
      let size = 0;
      incoming.on("data", (chunk: Buffer) => {
        if (over) return;
        if (size + chunk.length > MAX_BODY) {
          fail(unusable(where, noUsableAnswer(say`more than 4 MiB`)));
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

function noAnswer(where: string, timeoutMs: number): PlugsmithError {
  return new PlugsmithError("no-answer", {
    message: say`${where} did not answer within ${timeoutMs / 1000} s.`,
    nextStep: say`Check that the plug has power and is on this network, then try again.`,
  });
}

/** By errno name. */
const MEANING: Readonly<Record<string, Text>> = {
  ECONNREFUSED: say`refused the connection`,
  ECONNRESET: say`broke the connection off`,
  ENOTFOUND: say`is not a known host`,
  EHOSTUNREACH: say`cannot be reached`,
  ENETUNREACH: say`is on a network that cannot be reached`,
};

function networkFailed(where: string, cause: unknown): PlugsmithError {
  const errno = errnoOf(cause);
  return unusable(where, MEANING[errno] ?? noUsableAnswer(errno === "" ? say`unknown` : say`${errno}`), cause);
}

function noUsableAnswer(why: Text): Text {
  return say`gave no usable answer (${why})`;
}

function unusable(where: string, what: Text, cause?: unknown): PlugsmithError {
  return new PlugsmithError("network-failed", {
    message: say`${where} ${what}.`,
    nextStep: say`Check the address and that the plug has power, then try again.`,
    cause,
  });
}
