/**
 * How long a conversion keeps a person busy, modelled from what was asked: one table of seconds per act, each with its
 * source. Not measured on people.
 */
import type { Asked } from "./watched-conversion.ts";

export interface Act {
  readonly what: string;
  readonly seconds: number;
  readonly source: string;
}

const KLM = "Card, Moran, Newell, The Keystroke-Level Model, CACM 23 (1980), p. 396";

/** Seconds of one act. */
export const ACTS = {
  word: {
    what: "reading a word",
    seconds: 60 / 238,
    source: "Brysbaert, J. Mem. Lang. 109 (2019): 238 words a minute, silent, non-fiction",
  },
  recognise: { what: "recognising a text read before", seconds: 1.35, source: `taken as one mental act, M; ${KLM}` },
  decide: { what: "deciding on an answer", seconds: 1.35, source: `M; ${KLM}` },
  key: { what: "typing a character, or Enter", seconds: 0.28, source: `K of an average non-secretary; ${KLM}` },
  secretKey: { what: "typing a character of a passphrase", seconds: 0.75, source: `K of complex codes; ${KLM}` },
  home: { what: "hands from the plug to the keyboard", seconds: 0.4, source: `H; ${KLM}` },
  measure: { what: "putting probes on and reading the display", seconds: 20, source: "assumed" },
  solder: { what: "finding five pads and soldering five wires", seconds: 600, source: "assumed" },
  open: { what: "opening the case: mark, saw, pry, unscrew", seconds: 1200, source: "assumed" },
  plug: { what: "plugging something in or out, holding a wire", seconds: 8, source: "assumed" },
  check: {
    what: "doing and checking an item of the closing list",
    seconds: 45,
    source: "assumed; glue sets unattended",
  },
  look: { what: "any other thing to do or look at", seconds: 10, source: "assumed" },
} as const satisfies Readonly<Record<string, Act>>;

export type ActName = keyof typeof ACTS;

/** The hands' work behind a question, by its id. */
const HANDS: readonly (readonly [id: RegExp, act: ActName])[] = [
  [/^wiring$/, "solder"],
  [/^opening$/, "open"],
  [/gpio0|cold-start|first-mains$|^load$|load-in|adapter$/, "plug"],
];

export interface Attended {
  /** s. */
  readonly reading: number;
  readonly deciding: number;
  readonly typing: number;
  readonly hands: number;
}

export const wordsOf = (text: string): number => text.split(/\s+/).filter((word) => word !== "").length;

/** @param known texts that this person has read before; what is asked is added to it. */
export function attended(asked: readonly Asked[], closing: ReadonlySet<string>, known: Set<string>): Attended {
  const sum = { reading: 0, deciding: 0, typing: 0, hands: 0 };
  for (const each of asked) {
    const text = [each.text, ...each.options].join(" ");
    sum.reading += known.has(text) ? ACTS.recognise.seconds : wordsOf(text) * ACTS.word.seconds;
    known.add(text);
    if (each.kind !== "act") sum.deciding += ACTS.decide.seconds;
    const key = each.id === "passphrase" ? ACTS.secretKey : ACTS.key;
    sum.typing += ACTS.home.seconds + each.typed.length * key.seconds + ACTS.key.seconds;
    for (const part of each.parts) sum.hands += ACTS[handsOf(part, closing)].seconds;
  }
  return sum;
}

function handsOf({ kind, id }: Asked["parts"][number], closing: ReadonlySet<string>): ActName {
  if (kind === "measure") return "measure";
  if (closing.has(id)) return "check";
  return HANDS.find(([pattern]) => pattern.test(id))?.[1] ?? "look";
}
