/** A small HTTP server for files in memory, on this computer's address in the network of the machine that fetches them. */
import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { createServer } from "node:http";
import { isIPv4 } from "node:net";
import { PlugsmithError } from "../../core/errors.ts";
import type { FileServer, FileServing } from "../../engine/ports.ts";

export const nodeFileServer: FileServer = { serve };

async function serve(
  files: Readonly<Record<string, Uint8Array>>,
  toward: string,
  served: (name: string) => void,
): Promise<FileServing> {
  const host = await ownAddressToward(toward);
  const server = createServer((request, response) => {
    const name = (request.url ?? "").slice(1);
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (file === undefined || request.method !== "GET") {
      response.writeHead(404, { "Content-Length": 0, Connection: "close" }).end();
      return;
    }
    response.on("finish", () => served(name));
    const md5 = createHash("md5").update(file).digest("hex");
    response.writeHead(200, {
      ...{ "Content-Type": "application/octet-stream", "Content-Length": file.length, "x-MD5": md5 },
      Connection: "close",
    });
    response.end(file);
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once("error", (cause) => reject(failed(`No port can be opened at ${host}: ${cause.message}.`, cause)));
    server.listen(0, host, () => {
      const bound = server.address();
      resolve(typeof bound === "object" && bound !== null ? bound.port : 0);
    });
  });
  return {
    url: (name) => `http://${host}:${port}/${name}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The system's own routing decides: a UDP socket that is told where to, and sends nothing. */
async function ownAddressToward(machine: string): Promise<string> {
  try {
    const { address } = isIPv4(machine) ? { address: machine } : await lookup(machine, 4);
    const socket = createSocket("udp4");
    try {
      return await new Promise((resolve, reject) => {
        socket.once("error", reject);
        // Any port: nothing is sent.
        socket.connect(9, address, () => resolve(socket.address().address));
      });
    } finally {
      socket.close();
    }
  } catch (cause) {
    throw failed(`This computer knows no way to ${machine}.`, cause);
  }
}

function failed(message: string, cause: unknown): PlugsmithError {
  return new PlugsmithError("network-failed", {
    message,
    step: "serve the image",
    plugState: "unchanged",
    nextStep: "Check the network, or leave out --serve: then the image is sent to the plug instead.",
    cause,
  });
}
