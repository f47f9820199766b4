/** A terminal that remembers, and can show what a person would see after all redrawing. */
import { PassThrough } from "node:stream";
import type { Terminal } from "./terminal.ts";

export class FakeTerminal implements Terminal {
  readonly outIsTty: boolean;
  readonly errIsTty: boolean;
  readonly inIsTty: boolean;
  readonly input: PassThrough = new PassThrough();
  readonly env: Record<string, string | undefined>;
  readonly #columns: number;
  /** A person sees a prompt. */
  onPrompt: () => void = () => {};
  stdout = "";
  stderr = "";

  constructor(options: { tty?: boolean; typing?: boolean; columns?: number; env?: Record<string, string> } = {}) {
    this.outIsTty = options.tty ?? false;
    this.errIsTty = options.tty ?? false;
    this.inIsTty = options.typing ?? false;
    this.env = options.env ?? {};
    this.#columns = options.columns ?? 80;
  }

  out(text: string): void {
    this.stdout += text;
  }

  err(text: string): void {
    this.stderr += text;
    if (text.endsWith(": ") || text.endsWith("> ")) this.onPrompt();
  }

  columns(): number {
    return this.#columns;
  }

  /** Every line ever drawn on standard error, without colour. */
  drawn(): string[] {
    return this.stderr
      .replace(ESCAPES, (sequence) => (sequence.endsWith("K") ? "\n" : ""))
      .split(/[\r\n]+/)
      .filter((line) => line !== "");
  }

  hasColour(): boolean {
    return this.stderr.includes("\u001b[") && /\[\d+m/.test(this.stderr);
  }
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, "g");
