import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { ClientSeat } from "./client-seat.ts";
import { serveTcp, type TcpServer } from "./tcp-server.ts";

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock whose one moment comes when it is asked to. */
function patience(): { readonly clock: ConstructorParameters<typeof ClientSeat>[0]; readonly waiting: (() => void)[] } {
  const waiting: (() => void)[] = [];
  const after = (_delayMs: number, action: () => void): (() => void) => {
    waiting.push(action);
    return () => void waiting.splice(waiting.indexOf(action), 1);
  };
  return { clock: { after }, waiting };
}

/** A server that adds 1 to every byte, and what it saw. */
async function adder(log: string[], seat?: ClientSeat): Promise<TcpServer> {
  return await serveTcp(
    { host: "127.0.0.1", port: 0 },
    (client) => {
      log.push("here");
      return {
        receive: (bytes) => client.send(bytes.map((byte) => byte + 1)),
        close: () => log.push("gone"),
      };
    },
    seat,
  );
}

async function answer(socket: Socket, value: number): Promise<number[]> {
  socket.write(Uint8Array.of(value));
  const [data] = (await once(socket, "data")) as [Buffer];
  return [...data];
}

test("bytes pass both ways, a second client is turned away, and the next one is served after the first has gone", async () => {
  const log: string[] = [];
  const { clock, waiting } = patience();
  const server = await adder(log, new ClientSeat(clock));
  const address = { host: server.host, port: server.port };
  const first = connect(address);
  expect(await answer(first, 1)).toEqual([2]);
  const second = once(connect(address), "close");
  while (waiting.length === 0) await nextTurn();
  waiting[0]!();
  await second;
  expect(log).toEqual(["here"]);
  first.end();
  await once(first, "close");
  const next = connect(address);
  expect(await answer(next, 9)).toEqual([10]);
  const dropped = once(next, "close");
  await server.close();
  await dropped;
  expect(log).toEqual(["here", "gone", "here", "gone"]);
});

test("a client that connects before the one before it was seen to go is served, a hundred times out of a hundred", async () => {
  const log: string[] = [];
  const { clock, waiting } = patience();
  const server = await adder(log, new ClientSeat(clock));
  const address = { host: server.host, port: server.port };
  for (let round = 0; round < 100; round++) {
    const client = connect(address);
    expect(await answer(client, round)).toEqual([round + 1]);
    if (round % 2 === 0) client.end();
    else client.resetAndDestroy();
  }
  expect(waiting).toEqual([]);
  await server.close();
  while (log.length < 200) await nextTurn();
  expect(log.filter((word) => word === "here").length).toBe(100);
});

test("two ports that share a seat have one client between them, and who waits is let in by the other's going", async () => {
  const log: string[] = [];
  const { clock, waiting } = patience();
  const seat = new ClientSeat(clock);
  const [one, other] = [await adder(log, seat), await adder(log, seat)];
  const first = connect({ host: one.host, port: one.port });
  expect(await answer(first, 1)).toEqual([2]);
  const second = connect({ host: other.host, port: other.port });
  const answered = answer(second, 3);
  while (waiting.length === 0) await nextTurn();
  expect(log).toEqual(["here"]);
  first.destroy();
  expect(await answered).toEqual([4]);
  expect(log).toEqual(["here", "gone", "here"]);
  await Promise.all([one.close(), other.close()]);
});

test("a client that gives up while it waits leaves no place taken", async () => {
  const log: string[] = [];
  const { clock, waiting } = patience();
  const server = await adder(log, new ClientSeat(clock));
  const address = { host: server.host, port: server.port };
  const first = connect(address);
  expect(await answer(first, 1)).toEqual([2]);
  const second = connect(address);
  while (waiting.length === 0) await nextTurn();
  second.resetAndDestroy();
  first.end();
  const third = connect(address);
  expect(await answer(third, 5)).toEqual([6]);
  await server.close();
});

test("an address in use is an error that says so", async () => {
  const session = () => ({ receive: () => {}, close: () => {} });
  const server = await serveTcp({ host: "127.0.0.1", port: 0 }, session);
  await expect(serveTcp({ host: "127.0.0.1", port: server.port }, session)).rejects.toMatchObject({
    code: "bad-argument",
    message: expect.stringContaining("another program uses this port"),
  });
  await server.close();
});
