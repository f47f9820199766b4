import { describe, expect, test } from "vitest";
import { guide, type Person, person, texts, unsafe } from "../../../test/support/careful-person.ts";
import { foldConversion } from "../../core/conversion/state.ts";
import type { JournalEntry } from "../../core/journal/entries.ts";
import { type ClosingJournal, closeOnRecord } from "./closing-record.ts";

const ITEMS = guide.closing.map(({ id }) => id);
const NOON = Date.UTC(2026, 10, 22, 12, 0);

/** A journal that several runs of the list share. */
class Bench {
  readonly entries: JournalEntry[] = [];
  now = NOON;

  /** Runs the list as this person answers. Returns the items that were asked. */
  async run(operator: Person): Promise<string[]> {
    const journal: ClosingJournal = {
      soFar: () => Promise.resolve(foldConversion(this.entries).closing),
      append: (entry) => Promise.resolve(void this.entries.push(entry)),
      lastContact: () => Promise.resolve(7),
    };
    const clock = { wallTime: () => (this.now += 60_000) };
    const closed = closeOnRecord({ guide, texts, operator, clock }, journal);
    await closed.catch((error: unknown) => {
      expect(error).toEqual(unsafe);
    });
    return operator.asked.filter((id) => ITEMS.includes(id));
  }
}

/** Stopped at this item. */
const upTo = async (id: string): Promise<Bench> => {
  const bench = new Bench();
  await bench.run(person({ [id]: "no" }));
  return bench;
};

describe("a closing list that was stopped", () => {
  test.each(ITEMS.slice(1).filter((id) => guide.closing.some((item) => item.id === id && "confirm" in item)))(
    "at %s goes on with that item, after asking about the socket and the case",
    async (id) => {
      const operator = person({});
      const asked = await (await upTo(id)).run(operator);
      const first = ITEMS.indexOf(id === "first-mains-no-load" ? "first-mains-protected" : id);
      expect(operator.asked.slice(0, 2)).toEqual(["away-from-mains", "nothing-opened"]);
      expect(asked).toEqual(ITEMS.slice(first));
    },
  );

  test("says when its last item was met", async () => {
    const bench = await upTo("screws");
    bench.entries.push({ ...bench.entries.at(-1)!, at: "2026-11-22T20:14:33Z" });
    const operator = person({});
    await bench.run(operator);
    expect(operator.choices[1]).toContain("stopped at 20:14 UTC on 2026-11-22");
  });

  test("keeps the readings that are on record", async () => {
    const bench = await upTo("screws");
    const again = person({});
    expect(await bench.run(again)).not.toContain("earth-resistance");
    expect(again.questions.map(({ id }) => id)).not.toContain("insulation");
  });

  test.each(["no", "perhaps"])("starts again where the case was opened meanwhile (%s)", async (answer) => {
    const bench = await upTo("glued");
    expect(await bench.run(person({ "nothing-opened": answer }))).toEqual(ITEMS);
    expect(bench.entries.filter(({ type }) => type === "wires-attached")).toHaveLength(1);
  });

  test("asks nothing of the list where the plug may be in its socket", async () => {
    const bench = await upTo("glued");
    const operator = person({ "away-from-mains": "no" });
    expect(await bench.run(operator)).toEqual([]);
    expect(operator.asked).toEqual(["away-from-mains"]);
  });

  test("starts again where wires were put on the board since", async () => {
    const bench = await upTo("glued");
    bench.entries.push({ type: "wires-attached", version: 1, at: "2026-11-22T13:00:00Z" });
    const operator = person({});
    expect(await bench.run(operator)).toEqual(ITEMS);
    expect(operator.asked).not.toContain("nothing-opened");
  });

  test("measures again what a stricter guide no longer takes", async () => {
    const bench = await upTo("glued");
    const index = bench.entries.findIndex((entry) => entry.type === "closing-item" && entry.item === "insulation");
    const entry = bench.entries[index] as Extract<JournalEntry, { type: "closing-item" }>;
    bench.entries[index] = { ...entry, measured: { ...entry.measured!, value: 0.5 } };
    expect(await bench.run(person({}))).toEqual(ITEMS.slice(ITEMS.indexOf("insulation-voltage")));
  });
});

test("a list that was stopped with items confirmed goes on with the open ones only", async () => {
  const bench = new Bench();
  const first = person({});
  const stopAtGlue: Person["check"] = async (list, signal) => {
    const { confirmed } = await first.check(list, signal);
    const left = confirmed.filter((id) => id !== "screws");
    return { confirmed: left, stop: left.length < confirmed.length };
  };
  await bench.run({ ...first, check: stopAtGlue });
  const asked = await bench.run(person({}));
  expect(asked.slice(0, 2)).toEqual(["screws", "final-earth-resistance"]);
});

test("what is not done yet is asked again, as often as it takes", async () => {
  const operator = person({});
  const lists: string[] = [];
  const check: Person["check"] = async (list, signal) => {
    lists.push(list.items.map(({ id }) => id).join(" "));
    const { confirmed } = await operator.check(list, signal);
    const open = ["screws", "glued"].filter(() => lists.length < 4);
    return { confirmed: confirmed.filter((id) => !open.includes(id)) };
  };
  const bench = new Bench();
  await bench.run({ ...operator, check });
  expect(lists).toEqual([
    "wires-removed close-board close-earth",
    "child-protection screws nothing-left-over glued",
    "screws glued",
    "screws glued",
    "first-mains-protected first-mains-no-load",
  ]);
  expect(bench.entries.filter((entry) => entry.type === "closing-item")).toHaveLength(ITEMS.length);
});

test("each item is on record before the next is asked", async () => {
  const bench = new Bench();
  const seen: number[] = [];
  const operator = person({});
  const check: Person["check"] = (list, signal) => {
    seen.push(ITEMS.indexOf(list.items[0]!.id) - bench.entries.length);
    return operator.check(list, signal);
  };
  const read: Person["read"] = (readings, signal) => {
    seen.push(ITEMS.indexOf(readings.values.find(({ id }) => ITEMS.includes(id))!.id) - bench.entries.length);
    return operator.read(readings, signal);
  };
  await bench.run({ ...operator, check, read });
  expect(seen).toEqual([0, 0, 0, 0, 0, 0]);
  expect(bench.entries.map((entry) => (entry.type === "closing-item" ? entry.item : entry.type))).toEqual(ITEMS);
});
