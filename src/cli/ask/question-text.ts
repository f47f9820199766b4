/** A question as lines of a terminal: what to do, where to look, how to answer. Knows nothing of who answers. */
import { visible } from "../../core/visible.ts";
import type { OperatorAction, OperatorChoice, OperatorProvision, OperatorQuantity } from "../../engine/ports.ts";
import { type Style, type Terminal, tinted, wrapped } from "../render/terminal.ts";

export type Question =
  | ({ readonly kind: "act" } & OperatorAction)
  | ({ readonly kind: "measure" } & OperatorQuantity)
  | ({ readonly kind: "choose" } & OperatorChoice)
  | ({ readonly kind: "provide" } & OperatorProvision);

/** What a guide has to say about a question beside its text. */
export interface Hint {
  /** Where in a list it stands: "Opening, 3 of 8". */
  readonly heading?: string | undefined;
  /** Lines of a picture, at most 70 columns wide. */
  readonly picture?: readonly string[] | undefined;
  /** The same in words, for who cannot see pictures. */
  readonly inWords?: string | undefined;
  /** Path of a drawing. */
  readonly drawing?: string | undefined;
}

export type Hints = (id: string) => Hint | undefined;

const MARKS = { act: "do", measure: "measure", choose: "choose", provide: "type" } as const;
const MARK_WIDTH = 8;
const INDENT: string = " ".repeat(MARK_WIDTH);

const UNITS = { V: "volts", A: "amperes", W: "watts", ohm: "ohms", Mohm: "megohms" } as const;

/** Narrower than this nothing can be laid out. */
const LEAST_COLUMNS = 40;

export function questionLines(question: Question, hint: Hint | undefined, terminal: Terminal, style: Style): string[] {
  const lines: string[] = [""];
  const paragraph = (text: string): void => void lines.push(...textLines(text, terminal));
  if (hint?.heading !== undefined) paragraph(`${hint.heading}.`);
  paragraph(question.text);
  lines[1] = tinted(style, "strong", MARKS[question.kind]) + lines[1]!.slice(MARKS[question.kind].length);
  if (style.live && hint?.picture !== undefined) lines.push(...hint.picture.map((line) => INDENT + line));
  else if (hint?.inWords !== undefined) paragraph(hint.inWords);
  if (hint?.drawing !== undefined) paragraph(`Drawing: ${hint.drawing}`);
  if (question.kind === "choose") {
    question.options.forEach((option, index) => {
      const further = `${INDENT}   `;
      const [first = "", ...more] = wrapped(visible(option.text), widthOf(terminal), further);
      lines.push(`${INDENT}${index + 1}  ${first.slice(further.length)}`, ...more);
    });
  }
  return lines;
}

/** A paragraph in the questions' column. */
export function textLines(text: string, terminal: Terminal): string[] {
  return wrapped(visible(text), widthOf(terminal), INDENT);
}

function widthOf(terminal: Terminal): number {
  return Math.max(LEAST_COLUMNS, terminal.columns() - 1);
}

/** What stands in front of the answer. */
export function promptOf(question: Question): string {
  switch (question.kind) {
    case "act":
      return `${INDENT}Enter when it is done: `;
    case "measure":
      return `${INDENT}Reading in ${UNITS[question.unit]}, or with its unit: `;
    case "choose":
      return `${INDENT}1 to ${question.options.length}: `;
    case "provide":
      return question.secret ? `${INDENT}Not shown while you type: ` : `${INDENT}> `;
  }
}
