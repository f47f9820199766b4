import { createServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { HttpRequest } from "../../engine/ports.ts";
import { SimClock } from "../../sim/world/clock.ts";
import { createNodeHttp } from "./http.ts";
import { drain, nodeClock } from "./system.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A server of raw text, since the plug's own is not well-behaved. Resolves to its port and what it was asked. */
async function serve(answer: (socket: Socket, asked: string) => void): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (data) => {
      asked.push(String(data));
      answer(socket, String(data));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/cm`, asked };
}

const http = createNodeHttp(nodeClock);
const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: "GET",
  url,
  timeoutMs: 20_000,
  ...more,
});
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("an answer that is no plug's", () => {
  const HEAD = "HTTP/1.1 200 OK\r\n";

  test.each<readonly [string, (socket: Socket) => void]>([
    ["a body that never ends", (socket) => pour(socket, `${HEAD}\r\n`, "x".repeat(65_536))],
    [
      "an announced length beyond any flash",
      (socket) => pour(socket, `${HEAD}Content-Length: 99999999999\r\n\r\n`, "x".repeat(65_536)),
    ],
    [
      "chunks without end",
      (socket) => pour(socket, `${HEAD}Transfer-Encoding: chunked\r\n\r\n`, `8000\r\n${"x".repeat(0x8000)}\r\n`),
    ],
    [
      "one chunk of 4 GiB",
      (socket) => pour(socket, `${HEAD}Transfer-Encoding: chunked\r\n\r\nffffffff\r\n`, "x".repeat(65_536)),
    ],
    [
      "a chunk whose extension never ends",
      (socket) => pour(socket, `${HEAD}Transfer-Encoding: chunked\r\n\r\n5;`, "x".repeat(4096)),
    ],
    ["header lines without end", (socket) => pour(socket, HEAD, `X-A: ${"x".repeat(4096)}\r\n`)],
    ["one endless header line", (socket) => pour(socket, `${HEAD}X-A: `, "x".repeat(4096))],
    ["a status line without end", (socket) => pour(socket, "HTTP/1.1 200 ", "x".repeat(4096))],
    [
      "trailers without end",
      (socket) => pour(socket, `${HEAD}Transfer-Encoding: chunked\r\n\r\n0\r\n`, `X-A: ${"x".repeat(4096)}\r\n`),
    ],
  ])("%s ends as an error, with little memory taken", async (_name, answer) => {
    const { url } = await serve(answer);
    const before = process.memoryUsage().rss;
    await expect(http.request(get(url))).rejects.toMatchObject({ code: "network-failed" });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  test.each<readonly [string, string]>([
    ["nothing at all", ""],
    ["header lines that trickle", HEAD],
    ["a body that trickles", `${HEAD}Content-Length: 1000\r\n\r\n`],
    ["chunks that trickle", `${HEAD}Transfer-Encoding: chunked\r\n\r\n`],
  ])("%s ends when its time is up, though something comes now and then", async (_name, begin) => {
    let timeIsUp = (): void => {};
    const clock = {
      ...nodeClock,
      after: (_delayMs: number, action: () => void) => {
        timeIsUp = action;
        return () => {};
      },
    };
    let trickle = (): void => {};
    const { url } = await serve((socket) => {
      socket.write(begin);
      const more = begin.includes("chunked") ? "1\r\nx\r\n" : begin === HEAD ? "X: 1\r\n" : "x";
      trickle = () => void socket.write(begin === "" ? "" : more);
    });
    let over = false;
    const asked = createNodeHttp(clock).request(get(url, { timeoutMs: 12_000 }));
    const ended = expect(asked.finally(() => (over = true))).rejects.toMatchObject({ code: "no-answer" });
    for (let i = 0; i < 50; i++) {
      await new Promise((resolve) => setImmediate(resolve));
      trickle();
    }
    expect(over).toBe(false);
    timeIsUp();
    await ended;
  });

  test("a body of many tiny chunks arrives whole and takes no more than its size", async () => {
    const tiny = "1\r\nx\r\n".repeat(200_000);
    const { url } = await serve(
      (socket) => void socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n${tiny}0\r\n\r\n`),
    );
    expect((await http.request(get(url))).body).toEqual(new Uint8Array(200_000).fill(0x78));
  });
});

/** Writes the beginning, and then the same again for as long as somebody takes it. */
function pour(socket: Socket, begin: string, again: string): void {
  socket.write(begin);
  const next = (): void => {
    if (!socket.destroyed) socket.write(again, (error) => void (error ?? setImmediate(next)));
  };
  next();
}

describe("HTTP to a plug", () => {
  test("ends at the announced length although the server keeps the socket open", async () => {
    const { url, asked } = await serve((socket) =>
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello"),
    );
    const response = await http.request(get(url));
    expect(text(response.body)).toBe("hello");
    expect(response.headers["x-a"]).toBe("b");
    expect(asked[0]?.toLowerCase()).toContain("connection: close");
  });

  test("reads chunks, and an answer without a length up to the end", async () => {
    const chunked = await serve((socket) =>
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
    );
    expect(text((await http.request(get(chunked.url))).body)).toBe("abcde");
    const closing = await serve((socket) => socket.end("HTTP/1.1 401 Unauthorized\r\n\r\nno"));
    const response = await http.request(get(closing.url));
    expect([response.status, text(response.body)]).toEqual([401, "no"]);
  });

  test("sends a body with its length and follows no redirect", async () => {
    const { url, asked } = await serve((socket) =>
      socket.write("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"),
    );
    const body = new TextEncoder().encode("a=1");
    const response = await http.request(get(url, { method: "POST", body }));
    expect(response.status).toBe(302);
    expect(asked.join("").toLowerCase()).toContain("content-length: 3");
    expect(asked.join("")).toMatch(/\r\n\r\na=1$/);
  });

  test("tells how much of a body has gone, part by part, and the body arrives whole", async () => {
    let asked = "";
    const server = await serve((socket, data) => {
      asked += data;
      if (asked.endsWith("END")) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    const body = new TextEncoder().encode(`${"x".repeat(100_000)}END`);
    const sent: number[] = [];
    await http.request(get(server.url, { method: "POST", body, onSent: (bytes) => void sent.push(bytes) }));
    expect(asked.slice(asked.indexOf("\r\n\r\n") + 4)).toBe(new TextDecoder().decode(body));
    expect(sent.length).toBeGreaterThan(20);
    expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBe(body.length);
  });

  test("a truncated answer, an empty one and a refused connection are network failures", async () => {
    const short = await serve((socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"));
    await expect(http.request(get(short.url))).rejects.toMatchObject({ code: "network-failed" });
    const empty = await serve((socket) => socket.end());
    await expect(http.request(get(empty.url))).rejects.toMatchObject({ code: "network-failed" });
    open.splice(0).forEach((close) => {
      close();
    });
    await expect(http.request(get(empty.url))).rejects.toMatchObject({ code: "network-failed" });
  });

  test("silence ends at the clock's timeout, and a stop at once", async () => {
    const silent = await serve(() => {});
    const clock = new SimClock();
    const asked = createNodeHttp(clock.port()).request(get(silent.url, { timeoutMs: 5_000 }));
    const refused = expect(asked).rejects.toMatchObject({ code: "no-answer" });
    await clock.run(drain, () => false);
    await refused;
    const stop = new AbortController();
    const stopped = http.request(get(silent.url, { signal: stop.signal }));
    stop.abort();
    await expect(stopped).rejects.toMatchObject({ code: "aborted" });
  });
});
