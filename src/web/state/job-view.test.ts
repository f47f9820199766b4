import { expect, test } from "vitest";
import { type JobEvent, say } from "../../core/index.ts";
import type { HostEvent, QuestionEvent } from "../../host/index.ts";
import { countOf, runsOf } from "./flash-map.ts";
import { foldEvent, type JobView, NOTHING_YET } from "./job-view.ts";
import { railMarks } from "./rail-marks.ts";
import { safetyOf } from "./safety.ts";

type Bare = JobEvent | QuestionEvent;

const numbered = (...events: Bare[]): HostEvent[] =>
  events.map((event, index) => ({ ...event, id: "0-1", job: "convert", plug: undefined, seq: index + 1 }) as HostEvent);
const viewOf = (...events: Bare[]): JobView => numbered(...events).reduce(foldEvent, NOTHING_YET);

const started = (step: "prepare" | "write" | "close-case" | "provision"): Bare => ({
  type: "step-started",
  step,
  title: say`x`,
});
const finished = (step: "prepare" | "write" | "close-case" | "provision"): Bare => ({
  type: "step-finished",
  step,
  durationMs: 1000,
  summary: say`x`,
});
const progress = (done: number): Bare => ({ type: "progress", step: "write", done, total: 100, rate: 1, leftMs: 1 });
const asked = (id: string, topic: string): Bare => ({
  type: "question-asked",
  question: { kind: "act", id, topic: { id: topic, text: say`x` } },
});

test("events that come again, as after a reload of the connection, change nothing", () => {
  const events = numbered(started("write"), progress(10), asked("1", "load-in"));
  const once = events.reduce(foldEvent, NOTHING_YET);
  expect([...events, ...events].reduce(foldEvent, NOTHING_YET)).toEqual(once);
});

test("a bar never runs backwards within a step, and begins anew with the next", () => {
  expect(viewOf(started("write"), progress(50), progress(20)).progress?.done).toBe(50);
  expect(viewOf(started("write"), progress(50), finished("write"), started("prepare")).progress).toBeUndefined();
});

test("a question is open until it is answered or withdrawn, and only an answered one counts as done", () => {
  const answered: Bare = { type: "question-answered", questionId: "1" };
  const withdrawn: Bare = { type: "question-withdrawn", questionId: "2" };
  const view = viewOf(asked("1", "opening"), asked("2", "wiring"), answered, withdrawn);
  expect(view.questions).toEqual([]);
  expect([...view.answered]).toEqual(["opening"]);
});

test("the flash map holds the last state of each sector, and its runs cover all of it", () => {
  const sectors = (at: number, length: number, state: "read" | "proven"): Bare => ({
    type: "sectors",
    step: "write",
    at,
    length,
    state,
  });
  const { flash } = viewOf(sectors(0, 0x10_0000, "read"), sectors(0x1000, 0x2000, "proven"));
  expect(countOf(flash, "read")).toBe(254);
  expect(runsOf(flash).map(({ from, to, state }) => [from, to, state])).toEqual([
    [0, 4, "read"],
    [4, 12, "proven"],
    [12, 1024, "read"],
  ]);
});

test("the band keeps a real plug out of every socket until its case is closed, and allows mains only where it is asked for", () => {
  const toneAt = (...events: Bare[]): string => safetyOf(viewOf(...events), false).tone;
  expect(safetyOf(NOTHING_YET, false).tone).toBe("warn");
  expect(toneAt(started("write"))).toBe("warn");
  // A question for mains before the case is closed changes nothing.
  expect(toneAt(asked("1", "first-mains"))).toBe("warn");
  const closed = [started("close-case"), finished("close-case")];
  expect(safetyOf(viewOf(...closed), false).order.source).toBe("The case is closed and tested.");
  expect(safetyOf(viewOf(...closed, asked("1", "first-mains")), false).order.source).toMatch(/^Mains is allowed/);
  expect(safetyOf(NOTHING_YET, true).tone).toBe("virtual");
});

test("mains on the wires turns the band into an order to pull the plug", () => {
  const error = {
    code: "mains-on-wires",
    message: say`x`,
    step: undefined,
    plugState: undefined,
    nextStep: undefined,
  } as const;
  const view = viewOf({ type: "result", ok: false, job: "convert", durationMs: 1, error });
  expect(safetyOf(view, false).tone).toBe("stop");
});

test("the rail shows what is done, where it is, and that a weak supply closes the case first", () => {
  const ids = (view: JobView, earlier: string[] = []): string[] =>
    railMarks(view, earlier).map(({ id, state }) => `${id} ${state}`);
  expect(ids(viewOf(started("prepare"), finished("prepare"))).slice(0, 3)).toEqual([
    "prepare done",
    "connect now",
    "back-up ahead",
  ]);
  const onRecord = ["prepare", "connect", "identify", "back-up", "write", "boot"];
  expect(ids(NOTHING_YET, onRecord)).toContain("provision now");
  const weak = ids(viewOf(started("close-case")), onRecord);
  expect(weak.indexOf("close-case now")).toBeLessThan(weak.indexOf("provision ahead"));
});

test("the band of a practice plug counts the accidents at its bench", () => {
  const shown = (...events: Bare[]): string | undefined =>
    safetyOf(viewOf(...events), true)
      .facts.find(({ name }) => name.source === "Accidents")
      ?.value.toString();
  expect(shown()).toBe("0");
  const accidents = (value: number): Bare => ({ type: "fact", name: "accidents", value });
  expect(shown(accidents(1), accidents(3))).toBe("3");
});
