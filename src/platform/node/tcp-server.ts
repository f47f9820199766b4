/** Listens on a TCP port and hands each client to a session; one client at a time, as serial servers do. */
import { createServer, type Socket } from "node:net";
import { ClientSeat } from "./client-seat.ts";
import { listening } from "./listening.ts";

export interface TcpClient {
  send(bytes: Uint8Array): void;
  /** Closes the connection once everything sent has gone out. */
  end(): void;
}

export interface TcpSession {
  receive(bytes: Uint8Array): void;
  /** The client has gone. */
  close(): void;
}

export interface TcpServer {
  readonly host: string;
  /** The port listened on; where 0 was asked for, the one the system chose. */
  readonly port: number;
  /** Stops listening and drops the client. */
  close(): Promise<void>;
}

/** What a client that reads nothing may have waiting before it is dropped, bytes: minutes of the fastest line. */
const UNREAD_BYTES = 16 * 1024 * 1024;
/** A client whose computer or network has gone is noticed after this long without a word, and some tries more, ms. */
const KEEP_ALIVE_MS = 5000;

/**
 * @param accept called per client. While one is served, others are turned away.
 * @param seat shared by the ports that lead to the same wire; default: one of this port's own.
 * Errors: bad-argument (address in use, not ours or not allowed).
 */
export async function serveTcp(
  address: { readonly host: string; readonly port: number },
  accept: (client: TcpClient) => TcpSession,
  seat: ClientSeat = new ClientSeat(),
): Promise<TcpServer> {
  let present: Socket | undefined;
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS }, (socket) => {
    socket.on("error", () => {});
    seat.take(socket, () => {
      present = socket;
      const session = accept({
        send: (bytes) => {
          if (socket.writableLength > UNREAD_BYTES) socket.destroy();
          else socket.write(bytes);
        },
        end: () => void socket.end(),
      });
      socket.on("data", (chunk) => session.receive(new Uint8Array(chunk)));
      socket.once("end", () => socket.destroy());
      socket.once("close", () => {
        present = undefined;
        session.close();
        seat.leave(socket);
      });
    });
  });
  const port = await listening(server, address);
  return {
    host: address.host,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        seat.dismiss();
        present?.destroy();
      }),
  };
}
