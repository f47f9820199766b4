import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { ByteLine } from "../../engine/ports.ts";
import { openLine } from "./open-line.ts";
import { rfc2217Source } from "./rfc2217-wire.ts";
import { nodeClock } from "./system.ts";

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function serve(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function open(name: string): Promise<ByteLine> {
  const line = await openLine(name);
  opened.push(line);
  return line;
}

function received(line: ByteLine, count: number): Promise<number[]> {
  return new Promise((resolve) => {
    const bytes: number[] = [];
    line.listen({
      bytes: (chunk) => {
        bytes.push(...chunk);
        if (bytes.length >= count) resolve(bytes);
      },
    });
  });
}

describe("a raw TCP line", () => {
  test("carries bytes both ways and says that it carries no rate", async () => {
    const port = await serve((socket) => socket.on("data", (data) => socket.write(data)));
    const line = await open(`tcp://127.0.0.1:${port}`);
    expect(line.can).toEqual({ baud: false, controlLines: false });
    const echo = received(line, 3);
    await line.write(Uint8Array.of(0, 255, 7));
    expect(await echo).toEqual([0, 255, 7]);
  });

  test("is lost when the server drops it and comes back by itself", async () => {
    let connections = 0;
    const port = await serve((socket) => {
      connections++;
      if (connections === 1) socket.end();
    });
    const line = await open(`tcp://127.0.0.1:${port}`);
    const events: string[] = [];
    await new Promise<void>((resolve) => {
      line.listen({
        bytes: () => {},
        lost: () => events.push("lost"),
        reappeared: () => {
          events.push("reappeared");
          resolve();
        },
      });
    });
    expect(events).toEqual(["lost", "reappeared"]);
    expect(connections).toBe(2);
  });

  test("a server that hangs up on every new connection is not taken for back", async () => {
    let connections = 0;
    const port = await serve((socket) => {
      connections++;
      socket.end();
    });
    const line = await open(`tcp://127.0.0.1:${port}`);
    const events: string[] = [];
    line.listen({ bytes: () => {}, lost: () => events.push("lost"), reappeared: () => events.push("reappeared") });
    while (connections < 4) await new Promise((resolve) => setImmediate(resolve));
    expect(events).toEqual(["lost"]);
    expect(line.present).toBe(false);
  });

  test("nobody listening is a port that is not there", async () => {
    const port = await serve(() => {});
    await opened.pop()?.close();
    await expect(openLine(`tcp://127.0.0.1:${port}`)).rejects.toMatchObject({ code: "port-not-found" });
  });
});

/** Says what ser2net 4 says to a client's greeting, and answers commands as RFC 2217 wants it. */
function ser2net(log: string[], baudOffered = (baud: number): number => baud): (socket: Socket) => void {
  return (socket) => {
    socket.write(Uint8Array.of(255, 251, 3, 255, 251, 1, 255, 251, 0, 255, 253, 0));
    let rest = Buffer.alloc(0);
    socket.on("data", (data) => {
      rest = Buffer.concat([rest, data]);
      for (;;) {
        const at = rest.indexOf(255);
        if (at > 0) {
          log.push(`data ${rest.subarray(0, at).toString("hex")}`);
          rest = rest.subarray(at);
          continue;
        }
        if (at < 0) {
          if (rest.length > 0) log.push(`data ${rest.toString("hex")}`);
          rest = Buffer.alloc(0);
          return;
        }
        if (rest.length < 2) return;
        if (rest[1] === 255) {
          log.push("data ff");
          rest = rest.subarray(2);
        } else if (rest[1] === 250) {
          const end = rest.indexOf(Uint8Array.of(255, 240));
          if (end < 0) return;
          const command = rest[3] ?? 0;
          const value = rest.subarray(4, end);
          log.push(`${command}:${value.toString("hex")}`);
          const reply = command === 1 ? Buffer.alloc(4) : value;
          if (command === 1) reply.writeUInt32BE(baudOffered(value.readUInt32BE()));
          socket.write(Buffer.concat([Uint8Array.of(255, 250, 44, command + 100), reply, Uint8Array.of(255, 240)]));
          rest = rest.subarray(end + 2);
        } else {
          if (rest.length < 3) return;
          if (rest[1] === 251 && rest[2] === 44) socket.write(Uint8Array.of(255, 253, 44));
          rest = rest.subarray(3);
        }
      }
    });
  };
}

describe("an RFC 2217 line", () => {
  test("sets 8N1, the rate and both control lines when it opens, then carries data and changes", async () => {
    const log: string[] = [];
    const port = await serve(ser2net(log));
    const line = await open(`rfc2217://127.0.0.1:${port}`);
    expect(log).toEqual(["2:08", "3:01", "4:01", "5:01", "1:0001c200", "5:09", "5:0c"]);
    await line.write(Uint8Array.of(1, 255, 2));
    await line.setControlLines({ dtr: true });
    await line.setBaud(460_800);
    expect(log.slice(7)).toEqual(["data 01", "data ff", "data 02", "5:08", "5:0c", "1:00070800"]);
    expect(line.baud).toBe(460_800);
  });

  test("a rate that the far adapter cannot make is refused by name", async () => {
    const port = await serve(ser2net([], (baud) => Math.min(baud, 230_400)));
    const line = await open(`rfc2217://127.0.0.1:${port}`);
    await expect(line.setBaud(460_800)).rejects.toMatchObject({ code: "baud-failed" });
  });

  test("after a refused rate the far adapter is set back to the one the line tells", async () => {
    const log: string[] = [];
    const port = await serve(ser2net(log, (baud) => Math.min(baud, 230_400)));
    const line = await open(`rfc2217://127.0.0.1:${port}`);
    await line.setBaud(460_800).catch(() => {});
    expect(log.slice(7)).toEqual(["1:00070800", "1:0001c200"]);
    expect(line.baud).toBe(115_200);
    expect(line.present).toBe(true);
  });

  /** Hangs up when it is asked for 460800 baud. */
  const fragile = (socket: Socket): void => {
    socket.on("data", (data) => {
      if (data.includes(Buffer.of(0, 7, 8, 0))) socket.destroy();
    });
    ser2net([])(socket);
  };

  test("a wire whose connection breaks while it waits for an answer says lost, not refused", async () => {
    const port = await serve(fragile);
    const wire = await rfc2217Source({ host: "127.0.0.1", port }, nodeClock).open(
      { path: "here", label: "server" },
      { baud: 115_200, dtr: false, rts: false },
      { bytes: () => {}, gone: () => {} },
    );
    await expect(wire.setBaud(460_800)).rejects.toMatchObject({ code: "line-lost" });
  });

  test("a connection that breaks while a rate is asked for comes back at the old rate", async () => {
    const port = await serve(fragile);
    const line = await open(`rfc2217://127.0.0.1:${port}`);
    const back = new Promise<void>((resolve) => void line.listen({ bytes: () => {}, reappeared: () => resolve() }));
    await expect(line.setBaud(460_800)).rejects.toMatchObject({ code: "line-lost" });
    await back;
    expect(line.baud).toBe(115_200);
  });

  /** What servers do with a second client, and peers with a client that they do not understand. */
  test.each([
    ["hangs up without a word", "port-busy", (socket: Socket) => void socket.end()],
    ["resets the connection", "port-busy", (socket: Socket) => void socket.resetAndDestroy()],
    [
      "hangs up when it is spoken to",
      "port-busy",
      (socket: Socket) => void socket.once("data", () => socket.destroy()),
    ],
    ["says what ser2net says", "port-busy", (socket: Socket) => void socket.end("Port already in use\r\n")],
    [
      "agrees on Telnet's options, says it is busy, and hangs up",
      "port-busy",
      (socket: Socket) => {
        socket.write(Uint8Array.of(255, 251, 3, 255, 253, 44));
        socket.end("\r\nDevice busy: another client is connected\r\n");
      },
    ],
    [
      "speaks HTTP",
      "port-failed",
      (socket: Socket) => void socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    ],
    ["greets and hangs up", "port-failed", (socket: Socket) => void socket.end("SSH-2.0-OpenSSH_9.2\r\n")],
  ])("a server that %s: %s", async (_, code, behave) => {
    const port = await serve(behave);
    const opening = openLine(`rfc2217://127.0.0.1:${port}`);
    await expect(opening).rejects.toMatchObject({ code, step: "open-port", plugState: "untouched" });
  });

  test("a server that refuses the option is told from one that speaks it", async () => {
    const port = await serve((socket) => socket.on("data", () => socket.write(Uint8Array.of(255, 254, 44))));
    await expect(openLine(`rfc2217://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: "port-failed",
      nextStep: expect.stringContaining("tcp://"),
    });
  });
});

test("opening the virtual plug as a port of this computer is refused", async () => {
  await expect(openLine("sim:")).rejects.toMatchObject({ code: "bad-argument" });
});
