import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { serveTcp } from "./tcp-server.ts";

test("bytes pass both ways, a second client is turned away, and the next one is served after the first has gone", async () => {
  const log: string[] = [];
  const server = await serveTcp({ host: "127.0.0.1", port: 0 }, (client) => ({
    receive: (bytes) => client.send(bytes.map((byte) => byte + 1)),
    close: () => log.push("gone"),
  }));
  const address = { host: server.host, port: server.port };
  const first = connect(address);
  first.write(Uint8Array.of(1, 2));
  const [echo] = (await once(first, "data")) as [Buffer];
  expect([...echo]).toEqual([2, 3]);
  await once(connect(address), "close");
  expect(log).toEqual([]);
  first.end();
  await once(first, "close");
  while (log.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const next = connect(address);
  next.write(Uint8Array.of(9));
  const [again] = (await once(next, "data")) as [Buffer];
  expect([...again]).toEqual([10]);
  const dropped = once(next, "close");
  await server.close();
  await dropped;
  expect(log).toEqual(["gone", "gone"]);
});

test("an address in use is an error that says so", async () => {
  const session = () => ({ receive: () => {}, close: () => {} });
  const server = await serveTcp({ host: "127.0.0.1", port: 0 }, session);
  await expect(serveTcp({ host: "127.0.0.1", port: server.port }, session)).rejects.toMatchObject({
    code: "bad-argument",
    message: expect.stringContaining("another program listens there"),
  });
  await server.close();
});
