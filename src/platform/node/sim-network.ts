/**
 * The virtual network's doors to the real one: a program on this computer reaches a virtual plug's server through a
 * loopback port, and a virtual plug reaches a real server (an MQTT broker) through a machine of its own network. Knows
 * the virtual world by its shape alone, and enters it only through its gate, so that both run at the same pace.
 */
import { createConnection, createServer, type Socket } from "node:net";
import { listening } from "./listening.ts";

/** Brings the virtual world to the present before something from outside happens in it. */
export interface SimScheduler {
  enter(action: () => void): void;
}

/** One end of a connection in the virtual network. */
export interface WorldStream {
  listen(listener: { data(bytes: Uint8Array): void; end(): void; closed(): void }): void;
  write(bytes: Uint8Array): void;
  end(): void;
  reset(): void;
}

/** A machine of the virtual network that this computer acts through. */
export interface WorldMachine {
  listen(port: number, accept: (stream: WorldStream) => void): () => void;
  connect(
    address: string,
    port: number,
    outcome: { connected(stream: WorldStream): void; failed(why: string): void },
  ): () => void;
}

export interface PortForward {
  readonly host: string;
  readonly port: number;
  /** Closes the port and drops everybody. */
  close(): Promise<void>;
}

/** Bytes both ways until either side ends. */
function join(gate: SimScheduler, socket: Socket, stream: WorldStream): void {
  stream.listen({
    data: (bytes) => void socket.write(bytes),
    end: () => void socket.end(),
    closed: () => socket.destroy(),
  });
  socket.on("data", (chunk) => gate.enter(() => stream.write(new Uint8Array(chunk))));
  socket.on("end", () => gate.enter(() => stream.end()));
  socket.on("close", () => gate.enter(() => stream.reset()));
}

/**
 * Listens on `at` (port 0: any free one) and hands every client on to a server in the virtual network.
 * Errors: bad-argument (the port cannot be listened on).
 */
export async function forwardToSim(
  gate: SimScheduler,
  through: WorldMachine,
  target: { readonly address: string; readonly port: number },
  at: { readonly host: string; readonly port: number } = { host: "127.0.0.1", port: 0 },
): Promise<PortForward> {
  const clients = new Set<Socket>();
  // The plug's answer may come after the client has said that it will send no more.
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    clients.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => clients.delete(socket));
    socket.pause();
    gate.enter(() => {
      through.connect(target.address, target.port, {
        connected: (stream) => {
          join(gate, socket, stream);
          socket.resume();
        },
        failed: () => socket.resetAndDestroy(),
      });
    });
  });
  const port = await listening(server, at);
  return {
    host: at.host,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of clients) client.destroy();
      }),
  };
}

/** A machine of the virtual network listens on `port` and hands every connection on to a real server. */
export function forwardToHost(
  gate: SimScheduler,
  machine: WorldMachine,
  port: number,
  target: { readonly host: string; readonly port: number },
): () => void {
  const sockets = new Set<Socket>();
  const unlisten = machine.listen(port, (stream) => {
    const socket = createConnection({ host: target.host, port: target.port, noDelay: true, allowHalfOpen: true });
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
    join(gate, socket, stream);
  });
  return () => {
    unlisten();
    for (const socket of sockets) socket.destroy();
  };
}
