import { expect, test } from "vitest";
import { httpsDownloader } from "./downloader.ts";

const answer = (body: string, init?: ResponseInit) => httpsDownloader(async () => new Response(body, init));
const failing = (code: string) => expect.objectContaining({ code });

test("a file arrives whole, with progress", async () => {
  const seen: number[] = [];
  const bytes = await answer("firmware", { headers: { "content-length": "8" } }).get("https://example.org/a.bin", {
    limit: 100,
    onProgress: (done, total) => seen.push(done, total ?? -1),
  });
  expect(new TextDecoder().decode(bytes)).toBe("firmware");
  expect(seen).toEqual([8, 8]);
});

test("plain http is never asked", async () => {
  let asked = false;
  const downloader = httpsDownloader(async () => {
    asked = true;
    return new Response("");
  });
  await expect(downloader.get("http://example.org/a.bin", { limit: 9 })).rejects.toThrowError(failing("bad-argument"));
  expect(asked).toBe(false);
});

test("an error page, too many bytes and a dead network are named, with the way without internet", async () => {
  const get = (downloader: ReturnType<typeof httpsDownloader>) =>
    downloader.get("https://example.org/a.bin", { limit: 4 });
  await expect(get(answer("no", { status: 404 }))).rejects.toThrowError(/404/);
  await expect(get(answer("too much"))).rejects.toThrowError(/more than 4 bytes/);
  const offline = httpsDownloader(async () => {
    throw new TypeError("fetch failed");
  });
  await expect(get(offline)).rejects.toThrowError(
    expect.objectContaining({ code: "network-failed", nextStep: expect.stringContaining("give its path") }),
  );
});

test("an abort is an abort, not a network failure", async () => {
  const controller = new AbortController();
  const downloader = httpsDownloader(async (_url, init) => {
    controller.abort();
    init!.signal!.throwIfAborted();
    return new Response("");
  });
  await expect(downloader.get("https://example.org/", { limit: 1, signal: controller.signal })).rejects.toThrowError(
    failing("aborted"),
  );
});

/** Answers by address; what is not named is an empty file. */
const places = (redirects: Readonly<Record<string, string>>, asked: string[] = []) =>
  httpsDownloader(async (url) => {
    const at = typeof url === "string" ? url : url instanceof URL ? url.href : url.url;
    asked.push(at);
    const location = redirects[at];
    return location === undefined
      ? new Response("firmware")
      : new Response("moved", { status: asked.length % 2 === 0 ? 307 : 302, headers: { location } });
  });

test("redirects over https are followed, also relative ones", async () => {
  const asked: string[] = [];
  const redirects = { "https://a.example/x": "https://b.example/y", "https://b.example/y": "/z" };
  const bytes = await places(redirects, asked).get("https://a.example/x", { limit: 100 });
  expect(new TextDecoder().decode(bytes)).toBe("firmware");
  expect(asked).toEqual(["https://a.example/x", "https://b.example/y", "https://b.example/z"]);
});

test.each([
  ["http://a.example/y"],
  ["HTTP://a.example/y"],
  ["ftp://a.example/y"],
  ["file:///etc/passwd"],
  ["data:,firmware"],
  ["//[/"],
  ["http:/y"],
])("a redirect to %s is refused, and never asked", async (location) => {
  for (const redirects of [
    { "https://a.example/x": location },
    { "https://a.example/x": "/w", "https://a.example/w": location },
  ]) {
    const asked: string[] = [];
    const work = places(redirects as Record<string, string>, asked).get("https://a.example/x", { limit: 100 });
    await expect(work).rejects.toThrowError(failing("network-failed"));
    expect(asked.every((each) => each.startsWith("https://a.example/"))).toBe(true);
  }
});

test("a circle of redirects has an end", async () => {
  const asked: string[] = [];
  const circle = places({ "https://a.example/x": "/y", "https://a.example/y": "/x" }, asked);
  await expect(circle.get("https://a.example/x", { limit: 100 })).rejects.toThrowError(/too many times/);
  expect(asked).toHaveLength(6);
});

test("a platform that has followed a redirect to http by itself is not believed either", async () => {
  const downloader = httpsDownloader(async () =>
    Object.defineProperty(new Response("firmware"), "url", { value: "http://a.example/y" }),
  );
  await expect(downloader.get("https://a.example/x", { limit: 100 })).rejects.toThrowError(/without HTTPS/);
});
