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
