/** The server's socket: loopback and nothing else, with bounds on what a client may take of it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { PlugsmithError, say } from "../core/index.ts";
import { errnoOf } from "../platform/node/index.ts";

/** "PLUG" on a telephone's keys. */
export const DEFAULT_PORT = 7584;
const LOOPBACK = "127.0.0.1";
const HEADERS_MS = 10_000;
/** For a whole request, an upload's body included. */
const REQUEST_MS = 60_000;
const HEADER_BYTES = 0x2000;
const MOST_CONNECTIONS = 64;

export interface Serving {
  readonly port: number;
  /** "http://127.0.0.1:7584/" */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * @param port undefined: the usual one, or any free one where that is taken.
 * @param fetch made when the port is known. Errors: port-busy where the port that was asked for is taken.
 */
export async function serveLoopback(
  port: number | undefined,
  fetch: (port: number) => (request: Request) => Response | Promise<Response>,
): Promise<Serving> {
  let listener: ((request: IncomingMessage, response: ServerResponse) => unknown) | undefined;
  const server = createServer(
    { maxHeaderSize: HEADER_BYTES, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS },
    (request, response) => {
      if (isAmbiguous(request)) {
        response.writeHead(400, { connection: "close" }).end();
        return;
      }
      void listener?.(request, response);
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  const taken = await listening(server, port ?? DEFAULT_PORT);
  if (taken && (port !== undefined || (await listening(server, 0)))) throw portTaken(port ?? DEFAULT_PORT);
  const { port: actual } = server.address() as AddressInfo;
  listener = getRequestListener(fetch(actual), { overrideGlobalObjects: false, hostname: LOOPBACK });
  return {
    port: actual,
    address: `http://${LOOPBACK}:${actual}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A header twice, or a whole address in place of the path: each could be read in two ways. */
function isAmbiguous({ rawHeaders, url = "" }: IncomingMessage): boolean {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const once = ["host", "origin", "authorization", "sec-fetch-site", "content-type", "content-length"];
  return !url.startsWith("/") || once.some((name) => names.indexOf(name) !== names.lastIndexOf(name));
}

/** True where the port is taken. */
function listening(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      server.off("listening", done);
      if (errnoOf(error) === "EADDRINUSE") resolve(true);
      else reject(error);
    };
    const done = (): void => {
      server.off("error", failed);
      resolve(false);
    };
    server.once("error", failed);
    server.once("listening", done);
    server.listen(port, LOOPBACK);
  });
}

function portTaken(port: number): PlugsmithError {
  return new PlugsmithError("port-busy", {
    message: say`Port ${port} of this computer is taken by another program.`,
    plugState: say`untouched`,
    nextStep: say`Leave --port out, or choose another one.`,
  });
}
