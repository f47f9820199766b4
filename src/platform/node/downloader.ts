/** Downloads over HTTPS with the platform's fetch: redirects followed, size bounded, progress reported, never plain HTTP. */
import { PlugsmithError } from "../../core/errors.ts";
import { say, type Text } from "../../core/text/text.ts";

/** A stalled server is given up after this long without a byte, ms. */
const STALL_MS = 30_000;
/** RFC 9110, section 15.4: those that name another place for the same request. */
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 5;

interface DownloadOptions {
  readonly limit: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

export function httpsDownloader(fetchLike: typeof fetch = fetch): {
  get(url: string, options: DownloadOptions): Promise<Uint8Array>;
} {
  return { get: (url, options) => download(fetchLike, url, options) };
}

async function download(fetchLike: typeof fetch, url: string, options: DownloadOptions): Promise<Uint8Array> {
  if (!url.startsWith("https://")) {
    throw new PlugsmithError("bad-argument", {
      message: say`plugsmith downloads firmware only over HTTPS.`,
      step: "prepare",
      context: { url },
    });
  }
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), STALL_MS);
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => stall.abort(), STALL_MS);
  };
  const signal = options.signal === undefined ? stall.signal : AbortSignal.any([stall.signal, options.signal]);
  try {
    const response = await followed(fetchLike, url, signal);
    if (!response.ok || response.body === null)
      throw failed(say`${hostOf(url)} answered with HTTP status ${response.status}.`);
    const length = Number(response.headers.get("content-length"));
    const total = length > 0 && response.headers.get("content-encoding") === null ? length : undefined;
    const chunks: Uint8Array[] = [];
    let done = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      alive();
      done += chunk.length;
      if (done > options.limit) throw failed(say`${hostOf(url)} sends more than ${options.limit} bytes.`);
      chunks.push(chunk);
      options.onProgress?.(done, total);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof PlugsmithError) throw error;
    if (options.signal?.aborted) throw new PlugsmithError("aborted", { message: say`Download stopped on request.` });
    const host = hostOf(url);
    throw failed(stall.signal.aborted ? say`${host} stopped sending.` : say`${host} cannot be reached.`, error);
  } finally {
    clearTimeout(timer);
  }
}

/** Redirects one by one: what is fetched as an image, or as the list of them, must not come unencrypted for a part of the way. */
async function followed(fetchLike: typeof fetch, url: string, signal: AbortSignal): Promise<Response> {
  let at = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const options = { signal, headers: { "user-agent": "plugsmith" }, redirect: "manual" } as const;
    const response = await fetchLike(at, options);
    if (response.url !== "" && !response.url.startsWith("https://")) throw unencrypted(at);
    const location = REDIRECTS.includes(response.status) ? response.headers.get("location") : null;
    if (location === null) return response;
    await response.body?.cancel();
    if (!URL.canParse(location, at)) throw unencrypted(at);
    const next = new URL(location, at);
    if (next.protocol !== "https:") throw unencrypted(at);
    at = next.href;
  }
  throw failed(say`${hostOf(url)} redirects too many times.`);
}

const unencrypted = (url: string): PlugsmithError =>
  failed(say`${hostOf(url)} redirects to an address without HTTPS. plugsmith does not follow it.`);

const hostOf = (url: string): string => new URL(url).host;

function failed(message: Text, cause?: unknown): PlugsmithError {
  return new PlugsmithError("network-failed", {
    message,
    step: "prepare",
    plugState: say`untouched`,
    nextStep: say`Check the internet connection, or download the image on another computer and give its path. Nothing else needs the internet.`,
    cause,
  });
}
