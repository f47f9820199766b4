/** A question as lines of a terminal: what to do, where to look, how to answer. Knows nothing of who answers. */
import { ENGLISH, say, type Text, textIn, visible } from "../../core/index.ts";
import type {
  OperatorAction,
  OperatorChecklist,
  OperatorChoice,
  OperatorProvision,
  OperatorQuantity,
  OperatorReadings,
  OperatorWork,
} from "../../engine/index.ts";
import { wrapped } from "../render/columns.ts";
import { type Style, type Terminal, tinted, wireTinted } from "../render/terminal.ts";

export type Question =
  | ({ readonly kind: "act" } & OperatorAction)
  | ({ readonly kind: "measure" } & OperatorQuantity)
  | ({ readonly kind: "readings" } & OperatorReadings)
  | ({ readonly kind: "checklist" } & OperatorChecklist)
  | ({ readonly kind: "choose" } & OperatorChoice)
  | ({ readonly kind: "provide" } & OperatorProvision);

/** What a guide has to say about a question beside its text. */
export interface Hint {
  /** Where in a list it stands: "Opening, 3 of 8". */
  readonly heading?: Text | undefined;
  /** Lines of a picture, at most 70 columns wide. */
  readonly picture?: Picture | undefined;
  /** The same in words, for people who cannot see pictures. */
  readonly inWords?: Text | undefined;
  /** Path of a drawing. */
  readonly drawing?: string | undefined;
}

/**
 * @param worded its words in the language that is shown.
 * @param inColour a part of a line in a wire's colour, where the terminal shows colours.
 */
export type Picture = (
  worded: (text: Text) => string,
  inColour: (colour: string, part: string) => string,
) => readonly string[];

export type Hints = (id: string) => Hint | undefined;

const MARKS = {
  act: say`do`,
  measure: say`measure`,
  readings: say`measure`,
  checklist: say`check`,
  choose: say`choose`,
  provide: say`type`,
} as const;
const MARK_WIDTH = 8;
const INDENT: string = " ".repeat(MARK_WIDTH);

const UNITS = { V: say`volts`, A: say`amperes`, W: say`watts`, ohm: say`ohms`, Mohm: say`megohms` } as const;

/** Narrower than this nothing can be laid out. */
const LEAST_COLUMNS = 40;

export function questionLines(question: Question, hint: Hint | undefined, terminal: Terminal, style: Style): string[] {
  const lines: string[] = [""];
  const paragraph = (text: Text): void => void lines.push(...textLines(text, terminal, style));
  const entries = (items: readonly { readonly text: Text }[], mark: (index: number) => string): void =>
    items.forEach(({ text }, index) => void lines.push(...listed(mark(index), text, terminal, style)));
  const dashed = (): string => "-";
  const numbered = (index: number): string => String(index + 1);
  const work = workOf(question);
  if (work !== undefined) {
    paragraph(work.text);
    entries(work.steps, dashed);
    paragraph(say`Type steps to see each of them by itself.`);
  }
  if (hint?.heading !== undefined) paragraph(hint.heading);
  paragraph(question.text);
  const mark = worded(MARKS[question.kind], style);
  lines[1] = tinted(style, "strong", mark) + lines[1]!.slice(mark.length);
  if (question.kind === "choose" || question.kind === "provide") entries(question.list ?? [], dashed);
  if (question.kind === "readings") entries(question.values, numbered);
  if (style.live && hint?.picture !== undefined) {
    const inColour = (colour: string, part: string): string => wireTinted(style, colour, part);
    lines.push(...hint.picture((text) => worded(text, style), inColour).map((line) => INDENT + line));
  } else if (hint?.inWords !== undefined) paragraph(hint.inWords);
  if (hint?.drawing !== undefined) paragraph(say`Drawing: ${hint.drawing}`);
  if (question.kind === "choose") entries(question.options, numbered);
  if (question.kind === "checklist") entries(question.items, numbered);
  return lines;
}

/** What is to be done before the answer. */
export function workOf(question: Question): OperatorWork | undefined {
  return question.kind === "measure" || question.kind === "readings" ? question.work : undefined;
}

/** Its mark in front of the first line, the further ones below the first one's text. */
function listed(mark: string, text: Text, terminal: Terminal, style: Style): string[] {
  const before = `${INDENT}${mark}  `;
  const further = " ".repeat(before.length);
  const [first = "", ...more] = wrapped(visible(worded(text, style)), widthOf(terminal), further);
  return [before + first.slice(further.length), ...more];
}

/** What the guide has to say about the question, its work, and what is listed in it. */
export function hintOf(question: Question, hints: Hints): Hint | undefined {
  const own = hints(question.id);
  const work = workOf(question);
  const ofWork = work === undefined ? undefined : hints(work.id);
  const listed = question.kind === "checklist" ? question.items : question.kind === "readings" ? question.values : [];
  const each = listed.flatMap(({ id }) => hints(id) ?? []);
  if (ofWork === undefined && each.length === 0) return own;
  const drawings = [own, ofWork, ...each].flatMap((hint) => hint?.drawing ?? []);
  return {
    heading: own?.heading ?? each[0]?.heading,
    picture: own?.picture ?? ofWork?.picture,
    inWords: own?.inWords ?? ofWork?.inWords,
    drawing: drawings.length === 0 ? undefined : [...new Set(drawings)].join(", "),
  };
}

/** All its sentences in English, to find terms in. */
export function englishOf(question: Question, hint: Hint | undefined): string {
  const work = workOf(question);
  const parts = [...(work === undefined ? [] : [work, ...work.steps]), ...listedIn(question)].map(({ text }) => text);
  return [question.text, ...parts, hint?.inWords ?? ""].join(" ");
}

function listedIn(question: Question): readonly { readonly text: Text }[] {
  switch (question.kind) {
    case "act":
    case "measure":
      return [];
    case "readings":
      return question.values;
    case "checklist":
      return question.items;
    case "choose":
      return [...(question.list ?? []), ...question.options];
    case "provide":
      return question.list ?? [];
  }
}

/** A paragraph in the questions' column. */
export function textLines(text: Text, terminal: Terminal, style: Style): string[] {
  return wrapped(visible(worded(text, style)), widthOf(terminal), INDENT);
}

function worded(text: Text, { catalogue = ENGLISH, commandLines = (words) => words }: Style): string {
  return commandLines(textIn(text, catalogue));
}

function widthOf(terminal: Terminal): number {
  return Math.max(LEAST_COLUMNS, terminal.columns() - 1);
}

/** What stands in front of the answer. */
export function promptOf(question: Question, style: Style): string {
  return `${INDENT}${worded(promptText(question), style)} `;
}

function promptText(question: Question): Text {
  switch (question.kind) {
    case "act":
      return say`Press Enter when it is done:`;
    case "measure":
      return say`Reading in ${UNITS[question.unit]}, or with its unit:`;
    case "readings":
      return say`The ${question.values.length} readings in this order, with their units:`;
    case "checklist":
      return question.items.length === 1
        ? say`Type all if it is true (no: not yet; stop):`
        : say`Numbers of what is true, or all (no: none yet; stop):`;
    case "choose":
      return question.enter === undefined
        ? say`1 to ${question.options.length}:`
        : say`1 to ${question.options.length} (Enter: ${1 + question.options.findIndex(({ id }) => id === question.enter)}):`;
    case "provide":
      return question.secret ? say`Not shown while you type:` : say`>`;
  }
}
