import { createHash } from "node:crypto";
import { request } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { nodeFileServer } from "./file-server.ts";

const FILE = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) & 0xff);

function get(url: string): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const call = request(url, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    call.on("error", reject);
    call.end();
  });
}

test("a file is given out whole, with its length and MD5, at an address toward the machine that asks; nothing else is", async () => {
  const served: string[] = [];
  const serving = await nodeFileServer.serve({ "plugsmith.bin.gz": FILE }, "127.0.0.1", (name) => served.push(name));
  try {
    const url = serving.url("plugsmith.bin.gz");
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/plugsmith\.bin\.gz$/);
    const { status, headers, body } = await get(url);
    expect(status).toBe(200);
    expect(body.equals(Buffer.from(FILE))).toBe(true);
    expect(headers).toMatchObject({
      "content-length": "300000",
      "x-md5": createHash("md5").update(FILE).digest("hex"),
    });
    expect(served).toEqual(["plugsmith.bin.gz"]);
    for (const other of ["other.bin", "", "constructor"]) {
      expect((await get(serving.url(other))).status).toBe(404);
    }
  } finally {
    await serving.close();
  }
  await expect(get(serving.url("plugsmith.bin.gz"))).rejects.toThrow();
});

test("the updater's HTTP/1.0 is understood, and closing drops whoever is still there", async () => {
  const serving = await nodeFileServer.serve({ a: FILE }, "localhost", () => {});
  const port = Number(new URL(serving.url("a")).port);
  const socket = connect(port, "127.0.0.1");
  const closed = new Promise((resolve) => socket.once("close", resolve));
  const head = await new Promise<string>((resolve) => {
    socket.once("data", (data) => resolve(data.toString("latin1")));
    socket.write("GET /a HTTP/1.0\r\nUser-Agent: ESP8266-http-Update\r\n\r\n");
  });
  expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(head).toMatch(/content-length: 300000\r\n/i);
  expect(head).not.toMatch(/transfer-encoding/i);
  socket.pause();
  await serving.close();
  socket.resume();
  await closed;
});

test("a machine that cannot be found is an error before anything is told to the plug", async () => {
  await expect(nodeFileServer.serve({}, "no-such-machine.invalid", () => {})).rejects.toMatchObject({
    code: "network-failed",
  });
});
