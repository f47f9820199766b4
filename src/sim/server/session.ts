/** What serves one client of a virtual line: bytes in, bytes out, no sockets. The platform carries the bytes. */
import type { AdapterPort } from "../wire/adapter-line.ts";

/**
 * How long what a client left behind may take to leave the wire, ms; the rest is thrown away. Serial servers drop it at
 * once, a closed port of this computer's own waits up to 30 s; the next client is not kept waiting.
 */
export const LINGER_MS = 500;

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
export function serveRaw(line: AdapterPort, client: ClientPort): ServedSession {
  const stop = line.listen({ bytes: (chunk) => client.send(chunk), lost: () => client.end() });
  return {
    receive: (bytes) => {
      // A write fails only when the adapter is gone, which ends the session by itself.
      line.write(bytes).catch(() => undefined);
    },
    close: () => {
      stop();
      line.close(LINGER_MS).catch(() => undefined);
    },
  };
}
