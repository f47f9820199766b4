/** `--json`: one event a line on standard output, the last is the result. Nothing else is written there. */
import type { JobEvent } from "../../core/index.ts";
import { eachText, type Renderer, visibleEvent } from "./renderer.ts";
import type { CommandLines, Terminal } from "./terminal.ts";

export class JsonRenderer implements Renderer {
  readonly #terminal: Terminal;
  readonly #commandLines: CommandLines;

  /** @param commandLines see Style. */
  constructor(terminal: Terminal, commandLines: CommandLines = (text) => text) {
    this.#terminal = terminal;
    this.#commandLines = commandLines;
  }

  event(event: JobEvent): void {
    this.#terminal.out(`${JSON.stringify(eachText(visibleEvent(event), this.#commandLines))}\n`);
  }

  answer(): void {}

  rest(): void {}

  beforeQuestion(): void {}

  afterQuestion(): void {}
}
