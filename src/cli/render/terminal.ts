/** The terminal as the renderers see it, and how it wants to be written to. */
import { type Catalogue, ENGLISH } from "../../core/index.ts";

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Width now; 80 where unknown. */
  columns(): number;
  /** What is typed. */
  readonly input: NodeJS.ReadableStream;
  readonly outIsTty: boolean;
  readonly errIsTty: boolean;
  readonly inIsTty: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Style {
  readonly color: boolean;
  /** May redraw the current line. Off where the output is a file, a dumb terminal or read aloud. */
  readonly live: boolean;
  /** The language. Default: English. */
  readonly catalogue?: Catalogue | undefined;
  /** Writes the command lines in a text as they run here; see program-name.ts. */
  readonly commandLines?: CommandLines | undefined;
}

export type CommandLines = (text: string) => string;

export function styleOf(
  terminal: Terminal,
  plain: boolean,
  catalogue: Catalogue = ENGLISH,
  commandLines?: CommandLines,
): Style {
  const capable = terminal.errIsTty && terminal.env["TERM"] !== "dumb";
  // no-color.org: present and not empty.
  const noColor = (terminal.env["NO_COLOR"] ?? "") !== "";
  return { color: capable && !noColor && !plain, live: capable && !plain, catalogue, commandLines };
}

/** SGR parameters of ECMA-48. Each colour goes with a word that says the same. */
const SGR = { good: "32", bad: "31", careful: "33", quiet: "2", strong: "1" } as const;
export type Tint = keyof typeof SGR;

/** Wires in their own colours; black is as the terminal has it. Each stands beside the colour's name. */
const WIRE_SGR: Readonly<Record<string, string>> = { red: "31", green: "32", yellow: "33", blue: "34", white: "37" };

/** A wire's name in its colour, where the terminal shows colours. */
export function wireTinted(style: Style, colour: string, text: string): string {
  const sgr = WIRE_SGR[colour];
  return style.color && sgr !== undefined ? `\u001b[${sgr}m${text}\u001b[0m` : text;
}

export function tinted(style: Style, tint: Tint, text: string): string {
  return style.color ? `\u001b[${SGR[tint]}m${text}\u001b[0m` : text;
}
