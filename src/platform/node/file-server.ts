/**
 * A small HTTP server for files in memory, on this computer's address in the network of the machine that fetches them.
 * On bare sockets: a server library hangs up as soon as its own part is done, and so never learns whether the other
 * side broke off. Protocol: RFC 9112; an updater asks in HTTP/1.0.
 */
import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { createServer, isIPv4, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { PlugsmithError } from "../../core/errors.ts";
import { say, type Text } from "../../core/text/text.ts";
import type { FileServer, FileServing, FileServingTarget, FileServingWatcher } from "../../engine/ports.ts";
import { isPortTaken, listening } from "./listening.ts";

export const nodeFileServer: FileServer = { serve };

type Files = Readonly<Record<string, Uint8Array>>;

/** No updater's request is longer. */
const MAX_REQUEST = 8192;
/** An updater has one connection; one that broke off may not be closed yet. */
const MOST_CONNECTIONS = 8;
/** A connection on which nothing moves for so long is over, ms: an updater gives up sooner (ESP8266HTTPClient.h, 5 s). */
const QUIET_MS = 60_000;
/** Bytes handed on at once. */
const PART = 4096;
const EVERYWHERE = "0.0.0.0";

async function serve(files: Files, target: FileServingTarget, watcher: FileServingWatcher): Promise<FileServing> {
  const { host, listenAt, guests } = await addressesFor(target);
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on("error", () => {});
    // The images are for one plug, and what others ask is not counted as its asking.
    if (!guests.has(plainPeer(socket)) || sockets.size >= MOST_CONNECTIONS) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.setTimeout(QUIET_MS, () => socket.destroy());
    readRequest(socket, (method, name) => answer(socket, files, method, name, watcher));
  });
  const wanted = target.port ?? 0;
  const port = await listening(server, { host: listenAt, port: wanted }, (cause) =>
    wanted === 0 ? failed(unopened(listenAt, wanted, cause), cause) : refused(listenAt, wanted, cause),
  );
  return {
    url: (name) => `http://${host}:${port}/${name}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function readRequest(socket: Socket, asked: (method: string, name: string) => void): void {
  let text = "";
  const take = (chunk: Buffer): void => {
    text += chunk.toString("latin1");
    if (text.length > MAX_REQUEST) socket.destroy();
    if (!text.includes("\r\n\r\n")) return;
    socket.off("data", take);
    // What else comes is not looked at; without a reader the end would not be seen either.
    socket.resume();
    const [, method = "", name = ""] = /^(\S+) \/(\S*) HTTP\/1\.\d\r\n/.exec(text) ?? [];
    asked(method, name);
  };
  socket.on("data", take);
}

function answer(socket: Socket, files: Files, method: string, name: string, watcher: FileServingWatcher): void {
  watcher.asked(name);
  const file = method === "GET" && Object.hasOwn(files, name) ? files[name] : undefined;
  if (file === undefined) {
    socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    watcher.ended(name, false);
    return;
  }
  let sent = 0;
  let over = false;
  const ended = (whole: boolean): void => {
    if (!over) watcher.ended(name, whole);
    over = true;
  };
  socket.once("close", (hadError) => ended(!hadError && sent === file.length));
  // Somebody who hangs up wants no more of it.
  socket.once("end", () => (sent === file.length ? socket.end() : socket.destroy()));
  const md5 = createHash("md5").update(file).digest("hex");
  socket.write(
    "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n" +
      `Content-Length: ${file.length}\r\nx-MD5: ${md5}\r\nConnection: close\r\n\r\n`,
  );
  const next = (): void => {
    if (sent === file.length) {
      socket.end();
      return;
    }
    const part = file.subarray(sent, sent + PART);
    socket.write(part, (error) => {
      if (error || over) return;
      sent += part.length;
      watcher.sent(name, part.length);
      next();
    });
  };
  next();
}

/** IPv4, also where the system writes it as IPv6 (RFC 4291, section 2.5.5.2). */
const plainPeer = (socket: Socket): string => (socket.remoteAddress ?? "").replace(/^::ffff:/i, "");

interface Addresses {
  /** What the plug is given. */
  readonly host: string;
  readonly listenAt: string;
  /** Who may come: the plug, and the router that forwards for it if another address is given. */
  readonly guests: ReadonlySet<string>;
}

async function addressesFor(target: FileServingTarget): Promise<Addresses> {
  const machine = await addressOf(target.toward);
  const toward = await ownAddressToward(machine);
  const { host } = target;
  if (host === undefined) return { host: toward, listenAt: toward, guests: new Set([machine]) };
  if (isLoopback(host) && !isLoopback(toward)) {
    throw new PlugsmithError("bad-argument", {
      message: say`${host} is only reachable from this computer: the plug cannot use it.`,
      step: "serve-image",
      plugState: say`unchanged`,
      nextStep: say`Give an address that the plug can reach. This computer's address in its network is ${toward}.`,
      context: { address: host },
    });
  }
  const own = Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []);
  if (own.includes(host)) return { host, listenAt: host, guests: new Set([machine]) };
  const forwarder = await addressOf(host).catch(() => machine);
  return { host, listenAt: EVERYWHERE, guests: new Set([machine, forwarder]) };
}

const isLoopback = (host: string): boolean => host === "localhost" || (isIPv4(host) && host.startsWith("127."));

const unopened = (host: string, port: number, cause: Error): Text =>
  isPortTaken(cause)
    ? say`Port ${port} of this computer is in use by another program.`
    : say`Port ${port} cannot be opened at ${host}: ${cause.message}.`;

function refused(host: string, port: number, cause: Error): PlugsmithError {
  return new PlugsmithError("bad-argument", {
    message: unopened(host, port, cause),
    step: "serve-image",
    plugState: say`unchanged`,
    nextStep: say`Give another port, or leave it out to use a free one.`,
    cause,
    context: { address: host, port },
  });
}

/** Errors: network-failed. */
async function addressOf(machine: string): Promise<string> {
  if (isIPv4(machine)) return machine;
  const found = await lookup(machine, 4).catch((cause: unknown) => {
    throw failed(say`This computer has no route to ${machine}.`, cause);
  });
  return found.address;
}

/** The system's own routing decides: a UDP socket that is connected and sends nothing. */
async function ownAddressToward(address: string): Promise<string> {
  try {
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
    throw failed(say`This computer has no route to ${address}.`, cause);
  }
}

function failed(message: Text, cause: unknown): PlugsmithError {
  return new PlugsmithError("network-failed", {
    message,
    step: "serve-image",
    plugState: say`unchanged`,
    nextStep: say`Check the network. Or leave out --serve: plugsmith then sends the image to the plug.`,
    cause,
  });
}
