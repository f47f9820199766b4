/** The serial console of a test board as the engine's port: bytes both ways at once, and wires that can lose some. */
import type { ByteLine, LineListener } from "../../src/engine/ports.ts";
import type { TestBoard } from "./tasmota-host.ts";

export class BoardLine implements ByteLine {
  readonly identity = { path: "test-board", label: "test board" };
  readonly can = { baud: true, controlLines: false };
  present = true;
  baud = 115200;
  /** Everything that travelled to the plug. */
  sent = "";
  /** Decides what becomes of each piece in either direction; undefined loses it. */
  fault: (bytes: Uint8Array, direction: "to-plug" | "to-host") => Uint8Array | undefined = (bytes) => bytes;
  readonly #board: TestBoard;
  readonly #listeners = new Set<LineListener>();

  constructor(board: TestBoard) {
    this.#board = board;
    board.onText = (text) => {
      const bytes = this.fault(
        Uint8Array.from(text, (char) => char.charCodeAt(0)),
        "to-host",
      );
      if (bytes === undefined) return;
      board.clock.hostAt(board.clock.now, () => {
        for (const listener of this.#listeners) listener.bytes(bytes, board.clock.now / 1000);
      });
    };
  }

  write(bytes: Uint8Array): Promise<void> {
    const arriving = this.fault(bytes.slice(), "to-plug");
    this.sent += String.fromCharCode(...bytes);
    if (arriving !== undefined) this.#board.type(arriving);
    return Promise.resolve();
  }

  setBaud(baud: number): Promise<void> {
    this.baud = baud;
    return Promise.resolve();
  }

  setControlLines(): Promise<void> {
    return Promise.resolve();
  }

  listen(listener: LineListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
