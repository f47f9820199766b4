/** Listens on a TCP port and hands each client to a session; one client at a time, as serial servers do. */
import { createServer, type Server, type Socket } from "node:net";
import { PlugsmithError } from "../../core/errors.ts";
import { errnoOf } from "./file-error.ts";

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

/**
 * @param accept called per client. While one is served, others are turned away.
 * Errors: bad-argument (address in use, not ours or not allowed).
 */
export async function serveTcp(
  address: { readonly host: string; readonly port: number },
  accept: (client: TcpClient) => TcpSession,
): Promise<TcpServer> {
  let present: Socket | undefined;
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => {});
    if (present !== undefined) {
      socket.destroy();
      return;
    }
    present = socket;
    const session = accept({ send: (bytes) => void socket.write(bytes), end: () => void socket.end() });
    socket.on("data", (chunk) => session.receive(new Uint8Array(chunk)));
    socket.once("end", () => socket.destroy());
    socket.once("close", () => {
      present = undefined;
      session.close();
    });
  });
  await listening(server, address);
  const bound = server.address();
  return {
    host: address.host,
    port: typeof bound === "object" && bound !== null ? bound.port : address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        present?.destroy();
      }),
  };
}

function listening(server: Server, address: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const why =
        errnoOf(cause) === "EADDRINUSE" ? "another program listens there" : `the system says ${cause.message}`;
      reject(
        new PlugsmithError("bad-argument", {
          message: `Cannot listen on ${address.host}:${address.port}: ${why}.`,
          nextStep: "Choose another port, or 0 for any free one.",
          cause,
        }),
      );
    });
    server.listen(address.port, address.host, () => resolve());
  });
}
