/** Connections of the virtual network to a machine behind a link, made by the IP stack at this end of the link. */
import type { Dial } from "../lan.ts";
import type { IpHost } from "./ip-host.ts";
import { intoSegments, intoStream } from "./tcp-bridge.ts";
import type { TcpConnection, TcpEvents } from "./tcp-connection.ts";

/** @param to address of the machine. */
export function dialThrough(host: IpHost, to: string): Dial {
  return (from, port, outcome) => {
    let carry: TcpEvents | undefined;
    const connection: TcpConnection = host.tcp.connect(from, to, port, {
      opened: () =>
        outcome.accepted((stream) => {
          carry = intoStream(stream);
          intoSegments(stream, connection);
        }),
      data: (bytes) => carry?.data(bytes),
      ended: () => carry?.ended(),
      closed: (how) => {
        if (carry === undefined) outcome.failed(how === "refused" ? "refused" : "unreachable");
        else carry.closed(how);
      },
    });
    return () => connection.abort();
  };
}
