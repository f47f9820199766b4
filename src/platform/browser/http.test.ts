import { expect, test } from "vitest";
import { SimClock } from "../../sim/world/clock.ts";
import { drain } from "../node/system.ts";
import { createBrowserHttp } from "./http.ts";

const URL_OF_PLUG = "http://192.168.1.5/cm?cmnd=Status";

function setUp(answer: (request: RequestInit) => Promise<Response>) {
  const clock = new SimClock();
  const asked: RequestInit[] = [];
  const send = (_: unknown, init?: RequestInit): Promise<Response> => {
    asked.push(init ?? {});
    return answer(init ?? {});
  };
  const http = createBrowserHttp(clock.port(), send as typeof fetch);
  return { clock, asked, http };
}

/** As fetch does: rejects when its signal fires. */
const never = ({ signal }: RequestInit): Promise<Response> =>
  new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
  });

test("an answer comes with status, headers in lower case and the body's bytes", async () => {
  const { http, asked } = setUp(async () => new Response("ok", { status: 401, headers: { "X-Plug": "yes" } }));
  const answer = await http.request({ method: "GET", url: URL_OF_PLUG, timeoutMs: 1000 });
  expect(answer.status).toBe(401);
  expect(answer.headers["x-plug"]).toBe("yes");
  expect(new TextDecoder().decode(answer.body)).toBe("ok");
  expect(asked[0]).toMatchObject({ redirect: "manual", credentials: "omit", cache: "no-store" });
});

test("a server that sends without end is stopped at 4 MiB", async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const { http } = setUp(async () => new Response(endless));
  await expect(http.request({ method: "GET", url: URL_OF_PLUG, timeoutMs: 1000 })).rejects.toMatchObject({
    code: "network-failed",
  });
  expect(sent).toBeLessThan(5 * 1024 * 1024);
});

test("silence ends with the time that the request allows", async () => {
  const { http, clock } = setUp(never);
  const outcome = http.request({ method: "GET", url: URL_OF_PLUG, timeoutMs: 3000 }).catch((error: unknown) => error);
  await clock.run(drain, () => clock.now >= 3_100_000, 3_200_000);
  expect(await outcome).toMatchObject({ code: "no-answer" });
});

test("an abort ends the request as aborted", async () => {
  const { http } = setUp(never);
  const stop = new AbortController();
  const outcome = http
    .request({ method: "GET", url: URL_OF_PLUG, timeoutMs: 3000, signal: stop.signal })
    .catch((error: unknown) => error);
  stop.abort();
  expect(await outcome).toMatchObject({ code: "aborted" });
});

test("what the browser does not allow says where such steps work", async () => {
  const { http } = setUp(() => Promise.reject(new TypeError("Failed to fetch")));
  await expect(http.request({ method: "GET", url: URL_OF_PLUG, timeoutMs: 1000 })).rejects.toMatchObject({
    code: "network-failed",
    nextStep: expect.stringContaining("on this computer"),
  });
});
