/** A connection of real segments carried on as a stream of the virtual network, and the other way round. */
import type { Stream } from "../stream.ts";
import type { TcpConnection, TcpEvents } from "./tcp-connection.ts";

/** What arrives by segments goes into the stream. */
export function intoStream(stream: Stream): TcpEvents {
  return {
    opened: () => {},
    data: (bytes) => stream.write(bytes),
    ended: () => stream.end(),
    closed: (how) => {
      if (how !== "ended") stream.reset();
    },
  };
}

/** What arrives by the stream goes out in segments. */
export function intoSegments(stream: Stream, connection: TcpConnection): void {
  stream.listen({
    data: (bytes) => connection.write(bytes),
    end: () => connection.end(),
    closed: (how) => {
      if (how === "reset") connection.abort();
    },
  });
}
