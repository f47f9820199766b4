/** A place for one client at a time, as serial servers have it. Several ports that lead to one wire share it. */
import type { Socket } from "node:net";
import type { Clock } from "../../engine/ports.ts";
import { nodeClock } from "./system.ts";

/**
 * How long a client waits for the one before it to be gone, ms. A program that closes its connection and opens the next
 * one may be seen to open before it is seen to close; a client that is still there after this stays.
 */
const GRACE_MS = 250;

interface Waiting {
  readonly socket: Socket;
  readonly seated: () => void;
  readonly stopWaiting: () => void;
}

export class ClientSeat {
  readonly #clock: Pick<Clock, "after">;
  #present: Socket | undefined;
  #waiting: Waiting[] = [];

  constructor(clock: Pick<Clock, "after"> = nodeClock) {
    this.#clock = clock;
  }

  /** Calls `seated` once the seat is free; a client that finds it taken for too long is turned away. */
  take(socket: Socket, seated: () => void): void {
    if (this.#present === undefined) {
      this.#present = socket;
      seated();
      return;
    }
    const leave = (): void => {
      this.#waiting = this.#waiting.filter((each) => each.socket !== socket);
    };
    const turnAway = (): void => {
      leave();
      socket.destroy();
    };
    // A process that was busy for the whole time has not looked at its sockets yet: it does before the second immediate.
    const cancel = this.#clock.after(GRACE_MS, () => {
      setImmediate(() =>
        setImmediate(() => {
          if (this.#waiting.some((each) => each.socket === socket)) turnAway();
        }),
      );
    });
    const gone = (): void => {
      cancel();
      leave();
    };
    socket.once("close", gone);
    const stopWaiting = (): void => {
      cancel();
      socket.removeListener("close", gone);
    };
    this.#waiting.push({ socket, seated, stopWaiting });
  }

  /** The client has gone and all that was opened for it is closed. */
  leave(socket: Socket): void {
    if (this.#present !== socket) return;
    this.#present = undefined;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    next.stopWaiting();
    this.#present = next.socket;
    next.seated();
  }

  /** Turns away those who wait. */
  dismiss(): void {
    for (const { socket, stopWaiting } of this.#waiting.splice(0)) {
      stopWaiting();
      socket.destroy();
    }
  }
}
