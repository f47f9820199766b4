/** `--json`: one event a line on standard output, the last is the result. Nothing else is written there. */
import type { JobEvent } from "../../core/events.ts";
import { type Renderer, visibleEvent } from "./renderer.ts";
import type { Terminal } from "./terminal.ts";

export class JsonRenderer implements Renderer {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  event(event: JobEvent): void {
    this.#terminal.out(`${JSON.stringify(visibleEvent(event))}\n`);
  }

  answer(): void {}

  rest(): void {}

  beforeQuestion(): void {}

  afterQuestion(): void {}
}
