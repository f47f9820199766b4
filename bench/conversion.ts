/**
 * The virtual conversion as the rehearsal runs it: where the plug's time goes, and how long a person would be busy with
 * it. Virtual time; what a person takes is modelled, and the virtual person's own pauses are an assumption too.
 */
import { MemoryFiles } from "../test/support/memory-files.ts";
import { ACTS, type Attended, attended, wordsOf } from "./support/attended-time.ts";
import { type Bench, heading, note, seconds, table } from "./support/report.ts";
import { type StepShare, type WatchedConversion, watchedConversion } from "./support/watched-conversion.ts";

/** As the rehearsal: its plug is that of seed 1. */
const FIRST_SEED = 1;
const FURTHER_SEED = 2;
const GOAL_S = 180;

export const conversionBench: Bench = async () => {
  heading("The whole conversion (virtual time)");
  const files = new MemoryFiles();
  const first = await watchedConversion(FIRST_SEED, files, false);
  const further = await watchedConversion(FURTHER_SEED, files, true);
  table(
    "Plug time of the rehearsal by step: who was waited for",
    ["step", "s", "person, s", "wire, s", "plug, s"],
    [...first.steps, total(first)].map((share) => [
      share.step,
      ...[share.total, share.person, share.wire, share.plug].map(seconds),
    ]),
  );
  printAttended(first, further);
  const found = first.total / 1e6;
  const person = first.steps.reduce((sum, share) => sum + share.person, 0) / 1e6;
  return [
    {
      goal: `the rehearsal takes at most ${GOAL_S} s of plug time`,
      met: found <= GOAL_S,
      found: `${found.toFixed(1)} s: ${person.toFixed(1)} s the virtual person at ${first.asked.length} questions, ${(found - person).toFixed(1)} s wire and plug`,
    },
  ];
};

function total({ steps, total: all }: WatchedConversion): Omit<StepShare, "step"> & { readonly step: string } {
  const sum = (of: (share: StepShare) => number): number => steps.reduce((result, share) => result + of(share), 0);
  return { step: "all", total: all, person: sum((s) => s.person), wire: sum((s) => s.wire), plug: sum((s) => s.plug) };
}

function printAttended(first: WatchedConversion, further: WatchedConversion): void {
  table(
    "Modelled, not measured: seconds of one act",
    ["act", "s", "source"],
    Object.values(ACTS).map(({ what, seconds: each, source }) => [what, each.toFixed(2), source]),
  );
  const known = new Set<string>();
  const rows = [
    ["first of an evening", first],
    ["each further one", further],
  ] as const;
  table(
    "Modelled: what a person is busy with, minutes",
    ["plug", "questions", "words", "reading", "deciding", "typing", "hands", "waiting", "all"],
    rows.map(([name, run]) => {
      const model: Attended = attended(run.asked, closingItems(run), known);
      const waiting = run.steps.reduce((sum, share) => sum + share.wire + share.plug, 0) / 1e6;
      const { reading, deciding, typing, hands } = model;
      const all = reading + deciding + typing + hands + waiting;
      const words = run.asked.reduce((sum, { text, options }) => sum + wordsOf([text, ...options].join(" ")), 0);
      const minutes = [reading, deciding, typing, hands, waiting, all].map((s) => (s / 60).toFixed(1));
      return [name, String(run.asked.length), String(words), ...minutes];
    }),
  );
  note(
    "Waiting: what wire and plug take; nobody leaves for so short a time. Not in it: the glue, and putting tools out.",
  );
}

/** Asked while the case is closed. */
function closingItems({ asked }: WatchedConversion): ReadonlySet<string> {
  const parts = asked.flatMap((each) => each.parts);
  const from = parts.findIndex(({ id }) => id === "wires-removed");
  const to = parts.findIndex(({ id }) => id === "first-mains");
  return new Set(from < 0 ? [] : parts.slice(from, to).map(({ id }) => id));
}
