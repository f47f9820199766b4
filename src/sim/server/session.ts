/** What serves one client of a virtual line: bytes in, bytes out, no sockets. The platform carries the bytes. */
import type { ByteLine } from "../../engine/ports.ts";

export interface ClientPort {
  /** Bytes for the client. */
  send(bytes: Uint8Array): void;
  /** The line is gone: the connection is to be closed. */
  end(): void;
}

export interface ServedSession {
  /** Bytes from the client. */
  receive(bytes: Uint8Array): void;
  /** The client has gone. */
  close(): void;
}

/**
 * A raw TCP serial server: bytes and nothing else. The rate is the line's, the control lines stay as they are.
 * @param line opened for this client; closed with it.
 */
export function serveRaw(line: ByteLine, client: ClientPort): ServedSession {
  const stop = line.listen({ bytes: (chunk) => client.send(chunk), lost: () => client.end() });
  return {
    receive: (bytes) => {
      // A write fails only when the adapter is gone, which ends the session by itself.
      line.write(bytes).catch(() => undefined);
    },
    close: () => {
      stop();
      line.close().catch(() => undefined);
    },
  };
}
