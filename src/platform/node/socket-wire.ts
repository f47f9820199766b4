/** A TCP connection as a wire: `tcp://host:port` raw, and what `rfc2217://` is built on. */
import { connect, type Socket } from "node:net";
import { PlugsmithError } from "../../core/errors.ts";
import { busyError, HANG_UP_MS, lineLost } from "../../core/line-lost.ts";
import { say, type Text } from "../../core/text/text.ts";
import type { Clock } from "../../engine/ports.ts";
import type { WireEvents, WireSource } from "../reconnecting-line.ts";
import { errnoOf } from "./file-error.ts";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** How long a connection may take, ms: a bench computer on the same network answers within milliseconds. */
const CONNECT_MS = 10_000;

/** How long closing waits for what was written to be taken, ms: longer than a full driver buffer takes at 9600 baud. */
const LINGER_MS = 5_000;

export async function openSocket(address: Address, name: string, events: WireEvents): Promise<Socket> {
  const socket = connect({
    ...address,
    noDelay: true,
    timeout: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelay: 5_000,
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (cause?: unknown): void => {
      socket.destroy();
      reject(connectError(name, cause));
    };
    socket.once("connect", () => {
      socket.removeListener("error", fail);
      socket.setTimeout(0);
      resolve();
    });
    socket.once("error", fail);
    socket.once("timeout", () => fail());
  });
  socket.on("error", () => {});
  socket.on("data", (chunk) => events.bytes(new Uint8Array(chunk)));
  socket.once("close", () => events.gone());
  // The other side has closed: nothing more will come, and what is sent goes nowhere.
  socket.once("end", () => socket.destroy());
  return socket;
}

export function writeSocket(socket: Socket, bytes: Uint8Array, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (cause) => {
      if (cause === undefined || cause === null) resolve();
      else reject(brokenError(name, cause));
    });
  });
}

export function brokenError(name: string, cause?: unknown): PlugsmithError {
  return lineLost(name, { cause });
}

/** Resolves to false where the peer hangs up within that time. What it says first makes it a peer that serves. */
function staysOpen(socket: Socket, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const decide = (stays: boolean): void => {
      cancel();
      socket.removeListener("close", closed);
      socket.removeListener("data", heard);
      resolve(stays);
    };
    const closed = (): void => decide(false);
    const heard = (): void => decide(true);
    const cancel = clock.after(HANG_UP_MS, () => decide(true));
    socket.once("close", closed);
    socket.once("data", heard);
    if (socket.destroyed) decide(false);
  });
}

export function closeSocket(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) {
      resolve();
      return;
    }
    socket.once("close", () => resolve());
    // A peer that takes nothing any more never lets what was written end.
    socket.setTimeout(LINGER_MS, () => socket.destroy());
    socket.end(() => socket.destroy());
  });
}

/**
 * Neither baud nor control lines travel over a plain socket; both are accepted and kept on this side only. A connection
 * that was lost counts as back only when the peer does not hang up again: a server that has another client does.
 */
export function tcpSource(address: Address, clock: Clock): WireSource {
  let openedBefore = false;
  return {
    can: { baud: false, controlLines: false },
    open: async (identity, _settings, events) => {
      const socket = await openSocket(address, identity.path, events);
      if (openedBefore && !(await staysOpen(socket, clock))) throw busyError(identity.path);
      openedBefore = true;
      return {
        write: (bytes) => writeSocket(socket, bytes, identity.path),
        setBaud: () => Promise.resolve(),
        setControlLines: () => Promise.resolve(),
        close: () => closeSocket(socket),
      };
    },
    find: (identity) => Promise.resolve(identity),
  };
}

function connectError(name: string, cause: unknown): PlugsmithError {
  const errno = errnoOf(cause);
  const make = (code: "port-not-found" | "port-failed", message: Text, nextStep: Text): PlugsmithError =>
    new PlugsmithError(code, {
      message,
      step: "open-port",
      plugState: say`untouched`,
      nextStep,
      cause,
      context: { port: name },
    });
  if (errno === "ECONNREFUSED") {
    return make(
      "port-not-found",
      say`No program serves ${name}.`,
      say`Start ser2net, esp-link or plugsmith sim there, and check the port number.`,
    );
  }
  if (errno === "ENOTFOUND" || errno === "EAI_AGAIN") {
    return make(
      "port-not-found",
      say`The host of ${name} is not known.`,
      say`Check the host name, or use the IP address.`,
    );
  }
  // Accepted and hung up in the same moment.
  if (errno === "ECONNRESET") return busyError(name, cause);
  return make(
    "port-failed",
    errno === "" ? say`${name} did not answer.` : say`${name} did not answer (${errno}).`,
    say`Check the address and the network.`,
  );
}
