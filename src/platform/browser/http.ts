/**
 * HTTP from a page: fetch (fetch.spec.whatwg.org), without cookies, cache and redirects. A browser lets a page ask only
 * servers that allow it (CORS), and from an HTTPS page no plain HTTP at all: a plug is mostly out of its reach, and the
 * error says so. It does not tell how much of a body has been sent, so `onSent` is never called.
 */

import { readBounded } from "../../core/byte-stream.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { Clock, Http, HttpRequest, HttpResponse } from "../../engine/ports.ts";
import { abortedError } from "../../engine/time.ts";
import { MOST_HTTP_BODY, noHttpAnswer, tooLongAnswer } from "../http-failure.ts";

/** @param send the browser's fetch. */
export function createBrowserHttp(clock: Clock, send: typeof fetch): Http {
  return {
    request: async (request) => {
      if (request.signal?.aborted === true) throw abortedError();
      const where = new URL(request.url).host;
      const stop = new AbortController();
      let late = false;
      const cancel = clock.after(request.timeoutMs, () => {
        late = true;
        stop.abort();
      });
      let aborted = false;
      const onAbort = (): void => {
        aborted = true;
        stop.abort();
      };
      request.signal?.addEventListener("abort", onAbort, { once: true });
      try {
        return await perform(request, send, stop.signal);
      } catch (error) {
        if (error instanceof PlugsmithError) throw error;
        if (aborted) throw abortedError();
        throw late ? noHttpAnswer(where, request.timeoutMs) : unreachable(where, error);
      } finally {
        cancel();
        request.signal?.removeEventListener("abort", onAbort);
        stop.abort();
      }
    },
  };
}

async function perform(request: HttpRequest, send: typeof fetch, signal: AbortSignal): Promise<HttpResponse> {
  const answer = await send(request.url, {
    method: request.method,
    headers: { ...request.headers },
    body: request.body === undefined ? null : new Uint8Array(request.body),
    signal,
    redirect: "manual",
    credentials: "omit",
    cache: "no-store",
    referrerPolicy: "no-referrer",
  });
  const body = await readBounded(answer.body, MOST_HTTP_BODY);
  if (body === undefined) throw tooLongAnswer(new URL(request.url).host);
  return { status: answer.status, headers: Object.fromEntries(answer.headers.entries()), body };
}

function unreachable(where: string, cause: unknown): PlugsmithError {
  return new PlugsmithError("network-failed", {
    message: say`This page cannot reach ${where}: there is no answer, or the browser does not allow the request.`,
    nextStep: say`For steps over the local network, run plugsmith on this computer instead of only in this page.`,
    context: { address: where },
    cause,
  });
}
