import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterEach, expect, test } from "vitest";
import { freePort } from "../../test/support/free-port.ts";
import { type Serving, serveLoopback } from "./serve.ts";

let serving: Serving | undefined;
const seen: string[] = [];

afterEach(async () => {
  await serving?.close();
  serving = undefined;
  seen.length = 0;
});

async function serve(): Promise<Serving> {
  serving = await serveLoopback(await freePort(), () => (request) => {
    seen.push(new URL(request.url).pathname);
    return new Response("served");
  });
  return serving;
}

/** What the server says to these bytes, until it hangs up. */
async function raw(port: number, lines: readonly string[], host = "127.0.0.1"): Promise<string> {
  const socket = connect(port, host);
  let said = "";
  socket.on("data", (data) => {
    said += data.toString();
  });
  await once(socket, "connect");
  socket.end(`${lines.join("\r\n")}\r\n\r\n`);
  await once(socket, "close");
  return said;
}

test("a plain request is served", async () => {
  const { port } = await serve();
  expect(await raw(port, ["GET / HTTP/1.1", `Host: 127.0.0.1:${port}`])).toContain("served");
  expect(seen).toEqual(["/"]);
});

test.each<[what: string, lines: readonly string[]]>([
  ["two hosts", ["GET / HTTP/1.1", "Host: 127.0.0.1:1", "Host: attacker.example"]],
  [
    "two origins",
    ["POST /api/start HTTP/1.1", "Host: 127.0.0.1:1", "Origin: http://a.example", "Origin: http://127.0.0.1:1"],
  ],
  ["two tokens", ["POST /api/start HTTP/1.1", "Host: 127.0.0.1:1", "Authorization: a", "authorization: b"]],
  ["two sites", ["GET / HTTP/1.1", "Host: 127.0.0.1:1", "Sec-Fetch-Site: none", "sec-fetch-site: cross-site"]],
  ["an address in place of a path", ["GET http://attacker.example/ HTTP/1.1", "Host: 127.0.0.1:1"]],
  ["an asterisk in place of a path", ["OPTIONS * HTTP/1.1", "Host: 127.0.0.1:1"]],
  ["no host", ["GET / HTTP/1.1"]],
  ["a length and chunks", ["POST / HTTP/1.1", "Host: 127.0.0.1:1", "Content-Length: 3", "Transfer-Encoding: chunked"]],
  ["a line end inside a header", ["GET / HTTP/1.1", "Host: 127.0.0.1:1", "X: a\nHost: b"]],
])("bytes that could be read in two ways are refused before anything looks at them: %s", async (_, lines) => {
  const { port } = await serve();
  expect(await raw(port, lines)).toMatch(/^HTTP\/1\.1 400 /);
  expect(seen).toEqual([]);
});

test("headers beyond 8 KiB are refused", async () => {
  const { port } = await serve();
  expect(await raw(port, ["GET / HTTP/1.1", "Host: 127.0.0.1:1", `X: ${"x".repeat(9000)}`])).toMatch(
    /^HTTP\/1\.1 431 /,
  );
  expect(seen).toEqual([]);
});

test("no address of this computer but loopback is listened on", async () => {
  const { port } = await serve();
  const others = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  for (const { address } of [
    ...others.filter(({ internal, family }) => !internal && family === "IPv4"),
    { address: "127.0.0.2" },
  ]) {
    await expect(raw(port, ["GET / HTTP/1.1"], address)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  }
});

test("a port that was asked for and is taken is an error that says so", async () => {
  const { port } = await serve();
  await expect(serveLoopback(port, () => () => new Response())).rejects.toMatchObject({ code: "port-busy" });
});
