/** The host in plugsmith's server on this computer: POST for calls, a streamed answer for events. */
import { chunksOf, packed, unpacked } from "../core/index.ts";
import type { ErrorData, HostEvent, Upload } from "../host/index.ts";
import { hostCalls } from "./host-calls.ts";
import { ConnectionLost, type HostClient, HostError } from "./host-client.ts";
import { CODE_KEY, TOKEN_KEY } from "./session-keys.ts";
import { serverSentEvents } from "./sse.ts";

const JSON_TYPE = "application/json";
const REFUSED = 409;
const UNKNOWN_PAGE = 401;

/** Where a page keeps what it was given; sessionStorage, or a Map in tests. */
export interface Keeping {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** @param send fetch, from a page of the server's own origin. */
export function createHttpClient(keeping: Keeping, send: typeof fetch): HostClient {
  const request = async (path: string, type: string, body: BodyInit, signal?: AbortSignal): Promise<Response> => {
    const token = keeping.getItem(TOKEN_KEY);
    const headers = { "content-type": type, ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
    let response: Response;
    try {
      response = await send(path, {
        method: "POST",
        headers,
        body,
        credentials: "omit",
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      if (signal?.aborted === true) throw error;
      throw new ConnectionLost("gone");
    }
    if (response.status === UNKNOWN_PAGE) throw new ConnectionLost("stranger");
    if (response.status === REFUSED) throw new HostError((await dataOf(response)) as ErrorData);
    if (!response.ok) throw new ConnectionLost("gone");
    return response;
  };
  let entering: Promise<void> | undefined;
  /** A start code is used once, by the first call; the others wait for its token. */
  const enter = async (): Promise<void> => {
    if (keeping.getItem(CODE_KEY) !== null) entering = exchangeCode(keeping, request);
    await entering;
  };
  const call = async (path: string, body: object = {}): Promise<unknown> => {
    await enter();
    return await dataOf(await request(path, JSON_TYPE, JSON.stringify(packed(body))));
  };
  return {
    face: "server",
    ...hostCalls((name, given) => call(`/api/${name}`, given)),
    events: (job, from, signal) => events(request, job, from, signal),
    certificate: async (plug, virtual) =>
      ((await call("/api/certificate", { plug, virtual })) as { html: string }).html,
    upload: async (file) => (await dataOf(await request("/api/upload", "application/octet-stream", file))) as Upload,
  };
}

type Send = (path: string, type: string, body: BodyInit, signal?: AbortSignal) => Promise<Response>;

/** A page that has a token keeps it until a new code comes. */
async function exchangeCode(keeping: Keeping, request: Send): Promise<void> {
  const code = keeping.getItem(CODE_KEY);
  if (code === null) return;
  keeping.removeItem(CODE_KEY);
  const { token } = (await dataOf(await request("/api/enter", JSON_TYPE, JSON.stringify({ code })))) as {
    token: string;
  };
  keeping.setItem(TOKEN_KEY, token);
}

async function dataOf(response: Response): Promise<unknown> {
  return unpacked(await response.json());
}

async function* events(request: Send, job: string, from: number, signal: AbortSignal): AsyncGenerator<HostEvent> {
  const response = await request("/api/events", JSON_TYPE, JSON.stringify({ job, from }), signal);
  if (response.body === null) throw new ConnectionLost("gone");
  let ended = false;
  try {
    for await (const { data } of serverSentEvents(chunksOf(response.body))) {
      const event = unpacked(JSON.parse(data)) as HostEvent;
      ended = event.type === "result";
      yield event;
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ConnectionLost("gone");
  }
  // The server went away in the middle.
  if (!ended) throw new ConnectionLost("gone");
}
