/** The serial console of a test board as the engine's port: bytes both ways at once, and wires that can lose some. */
import { SimpleLine } from "./simple-line.ts";
import type { TestBoard } from "./tasmota-host.ts";

export class BoardLine extends SimpleLine {
  /** Everything that travelled to the plug. */
  sent = "";
  /** Decides what becomes of each piece in either direction; undefined loses it. */
  fault: (bytes: Uint8Array, direction: "to-plug" | "to-host") => Uint8Array | undefined = (bytes) => bytes;
  readonly #board: TestBoard;

  constructor(board: TestBoard) {
    super("board");
    this.#board = board;
    board.onText = (text) => {
      const bytes = this.fault(
        Uint8Array.from(text, (char) => char.charCodeAt(0)),
        "to-host",
      );
      if (bytes === undefined) return;
      board.clock.hostAt(board.clock.now, () => this.arrive(bytes, board.clock.now / 1000));
    };
  }

  write(bytes: Uint8Array): Promise<void> {
    const arriving = this.fault(bytes.slice(), "to-plug");
    this.sent += String.fromCharCode(...bytes);
    if (arriving !== undefined) this.#board.type(arriving);
    return Promise.resolve();
  }
}
