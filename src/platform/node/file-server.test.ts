import { createHash } from "node:crypto";
import { request } from "node:http";
import { connect, createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { freePort } from "../../../test/support/free-port.ts";
import type { FileServingWatcher } from "../../engine/ports.ts";
import { nodeFileServer } from "./file-server.ts";

/** This computer in a network of others, where it is in one. */
const OUTSIDE = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ family, internal }) => family === "IPv4" && !internal)?.address;

const FILE = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) & 0xff);

/** What the server tells, a line each; `sent` is summed up. */
function watcher(): FileServingWatcher & { readonly reported: string[]; sentBytes: number } {
  const reported: string[] = [];
  return {
    reported,
    sentBytes: 0,
    asked: (name) => void reported.push(`asked ${name}`),
    sent(_, bytes) {
      this.sentBytes += bytes;
    },
    ended: (name, whole) => void reported.push(`ended ${name} ${whole ? "whole" : "short"}`),
  };
}

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
  const watch = watcher();
  const serving = await nodeFileServer.serve({ "plugsmith.bin.gz": FILE }, { toward: "127.0.0.1" }, watch);
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
    await until(() => watch.reported.length === 2);
    expect(watch.reported).toEqual(["asked plugsmith.bin.gz", "ended plugsmith.bin.gz whole"]);
    expect(watch.sentBytes).toBe(FILE.length);
    for (const other of ["other.bin", "", "constructor"]) {
      expect((await get(serving.url(other))).status).toBe(404);
    }
  } finally {
    await serving.close();
  }
  await expect(get(serving.url("plugsmith.bin.gz"))).rejects.toThrow();
});

test("the updater's HTTP/1.0 is understood, and closing drops anyone who is still there", async () => {
  const serving = await nodeFileServer.serve({ a: FILE }, { toward: "localhost" }, watcher());
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
  await expect(nodeFileServer.serve({}, { toward: "no-such-machine.invalid" }, watcher())).rejects.toMatchObject({
    code: "network-failed",
  });
});

test("somebody who hangs up half-way did not get it whole, and one who comes again does", async () => {
  const big = new Uint8Array(8 << 20).fill(7);
  const watch = watcher();
  const serving = await nodeFileServer.serve({ a: big }, { toward: "127.0.0.1" }, watch);
  try {
    for (const leave of ["destroy", "resetAndDestroy"] as const) {
      watch.reported.length = 0;
      const socket = connect(Number(new URL(serving.url("a")).port), "127.0.0.1");
      socket.on("error", () => {});
      socket.write("GET /a HTTP/1.0\r\n\r\n");
      socket.once("data", () => socket[leave]());
      await until(() => watch.reported.length === 2);
      expect(watch.reported).toEqual(["asked a", "ended a short"]);
    }
    expect((await get(serving.url("a"))).body).toHaveLength(big.length);
  } finally {
    await serving.close();
  }
});

test("the address and the port to tell can be given; an address that is not this computer's is told all the same", async () => {
  const port = await freePort();
  const place = { toward: "127.0.0.1", host: "203.0.113.7", port };
  const serving = await nodeFileServer.serve({ a: FILE }, place, watcher());
  try {
    expect(serving.url("a")).toBe(`http://203.0.113.7:${port}/a`);
    expect((await get(`http://127.0.0.1:${port}/a`)).status).toBe(200);
  } finally {
    await serving.close();
  }
});

test("a port in use is refused with what to do", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const bound = other.address();
  const port = typeof bound === "object" ? (bound?.port ?? 0) : 0;
  const busy = nodeFileServer.serve({}, { toward: "127.0.0.1", port }, watcher());
  await expect(busy).rejects.toMatchObject({
    code: "bad-argument",
    message: `Port ${port} of this computer is in use by another program.`,
    nextStep: expect.stringContaining("another port"),
  });
  other.close();
});

test.skipIf(OUTSIDE === undefined)(
  "an address that is this computer's for itself alone is not told to others",
  async () => {
    const place = { toward: OUTSIDE ?? "", host: "127.0.0.1" };
    await expect(nodeFileServer.serve({}, place, watcher())).rejects.toMatchObject({
      code: "bad-argument",
      nextStep: expect.stringContaining(OUTSIDE ?? ""),
    });
  },
);

/** Looks again after everything that is ready has run. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

// Other systems have no second loopback address.
test.runIf(process.platform === "linux")("nobody but the machine it was opened for is served or counted", async () => {
  const watch = watcher();
  const serving = await nodeFileServer.serve({ a: FILE }, { toward: "127.0.0.1" }, watch);
  const { port } = new URL(serving.url("a"));
  try {
    for (const path of ["/a", "/", "/a-minimal"]) {
      const heard = await new Promise<string>((resolve) => {
        const socket = connect({ host: "127.0.0.1", port: Number(port), localAddress: "127.0.0.2" });
        let text = "";
        socket.on("error", () => {});
        socket.on("data", (data) => {
          text += data.toString("latin1");
        });
        socket.once("close", () => resolve(text));
        socket.write(`GET ${path} HTTP/1.0\r\n\r\n`);
      });
      expect(heard).toBe("");
    }
    expect(watch.reported).toEqual([]);
    expect((await get(serving.url("a"))).status).toBe(200);
    await until(() => watch.reported.length === 2);
  } finally {
    await serving.close();
  }
});
