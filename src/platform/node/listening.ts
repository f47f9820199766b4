/** Opening a TCP server's port, and why that may fail. */
import type { Server } from "node:net";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { errnoOf } from "./file-error.ts";

interface ListenAddress {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/**
 * @param refused makes the error of a port that cannot be opened; default: `cannotListen`.
 * @returns the port; where 0 was given, the one that the system chose.
 */
export function listening(
  server: Server,
  address: ListenAddress,
  refused: (cause: Error) => PlugsmithError = (cause) => cannotListen(address, cause),
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => reject(refused(cause)));
    server.listen(address.port, address.host, () => {
      const bound = server.address();
      resolve(typeof bound === "object" && bound !== null ? bound.port : address.port);
    });
  });
}

export const isPortTaken = (cause: Error): boolean => errnoOf(cause) === "EADDRINUSE";

function cannotListen({ host, port }: ListenAddress, cause: Error): PlugsmithError {
  return new PlugsmithError("bad-argument", {
    message: isPortTaken(cause)
      ? say`Cannot listen on ${host}:${port}: another program uses this port.`
      : say`Cannot listen on ${host}:${port}: ${cause.message}.`,
    nextStep: say`Choose another port, or 0 for any free one.`,
    context: { address: host, port },
    cause,
  });
}
