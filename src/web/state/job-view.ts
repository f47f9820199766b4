/**
 * What a page shows of a job: a fold of its events, so that a reload, a second tab and a page that was frozen all come to
 * the same. Pure; time comes from the events.
 */
import type { Text } from "../../core/index.ts";
import type { HostEvent, OpenQuestion } from "../../host/index.ts";
import { type FlashMap, noFlash, withSectors } from "./flash-map.ts";

type EventOf<T extends HostEvent["type"]> = Extract<HostEvent, { readonly type: T }>;
export type Hearing = EventOf<"hearing">;
export type Progress = EventOf<"progress">;
export type Meter = EventOf<"meter">;
export type JobResult = EventOf<"result">;

export interface LogLine {
  readonly seq: number;
  readonly kind: "step" | "fact" | "notice" | "warning" | "output" | "retry" | "done";
  readonly text: Text | string;
}

export interface JobView {
  /** Number of the last event; 0 before the first. */
  readonly seq: number;
  /** The step that runs, and the conversion's steps that are done, each with how long it took, ms. */
  readonly step: string | undefined;
  readonly done: ReadonlyMap<string, { readonly durationMs: number; readonly summary: Text }>;
  /** In the order in which they were begun. */
  readonly begun: readonly string[];
  readonly questions: readonly OpenQuestion[];
  /** Topics that were answered. */
  readonly answered: ReadonlySet<string>;
  readonly hearing: Hearing | undefined;
  readonly progress: Progress | undefined;
  readonly flash: FlashMap;
  /** The newest last, at most MOST_READINGS. */
  readonly meter: readonly Meter[];
  readonly facts: ReadonlyMap<string, Text | string | number | boolean>;
  readonly log: readonly LogLine[];
  readonly result: JobResult | undefined;
}

const MOST_READINGS = 600;
const MOST_LINES = 5000;

export const NOTHING_YET: JobView = {
  seq: 0,
  step: undefined,
  done: new Map(),
  begun: [],
  questions: [],
  answered: new Set(),
  hearing: undefined,
  progress: undefined,
  flash: noFlash(),
  meter: [],
  facts: new Map(),
  log: [],
  result: undefined,
};

/** An event that was folded already changes nothing. */
export function foldEvent(view: JobView, event: HostEvent): JobView {
  if (event.seq <= view.seq) return view;
  return { ...view, ...changeBy(view, event), seq: event.seq };
}

function changeBy(view: JobView, event: HostEvent): Partial<JobView> {
  const line = (kind: LogLine["kind"], text: Text | string): Pick<JobView, "log"> => ({
    log: [...view.log, { seq: event.seq, kind, text }].slice(-MOST_LINES),
  });
  switch (event.type) {
    case "job-started":
      return {};
    case "step-started":
      return {
        step: event.step,
        begun: [...view.begun, event.step],
        progress: undefined,
        hearing: undefined,
        ...line("step", event.title),
      };
    case "step-finished":
      return {
        step: view.step === event.step ? undefined : view.step,
        done: new Map([...view.done, [event.step, { durationMs: event.durationMs, summary: event.summary }]]),
        progress: undefined,
        hearing: undefined,
        ...line("done", event.summary),
      };
    case "progress":
      return { progress: steadied(view.progress, event), hearing: undefined };
    case "sectors":
      return { flash: withSectors(view.flash, event) };
    case "fact":
      return {
        facts: new Map([...view.facts, [event.name, event.value]]),
        ...line("fact", `${event.name}: ${String(event.value)}`),
      };
    case "hearing":
      return { hearing: event, ...line("notice", event.text) };
    case "meter":
      return { meter: [...view.meter, event].slice(-MOST_READINGS) };
    case "notice":
      return line(event.level === "warning" ? "warning" : "notice", event.text);
    case "output":
      return line("output", event.line);
    case "retry":
      return line("retry", event.reason);
    case "question-asked":
      return {
        questions: [...view.questions, event.question],
        // What is asked again was not confirmed.
        answered: new Set([...view.answered].filter((id) => !partsOf(event.question).includes(id))),
      };
    case "question-answered":
    case "question-withdrawn": {
      const closed = view.questions.find(({ id }) => id === event.questionId);
      const questions = view.questions.filter(({ id }) => id !== event.questionId);
      if (closed === undefined || event.type === "question-withdrawn") return { questions };
      const items = partsOf(closed);
      return { questions, answered: new Set([...view.answered, closed.topic.id, ...items]) };
    }
    case "result":
      return { result: event, step: undefined, progress: undefined, questions: [] };
  }
}

/** A bar never runs backwards within a step: what is read once more was shown as done already. */
function steadied(before: Progress | undefined, now: Progress): Progress {
  return before === undefined || before.step !== now.step || now.done >= before.done
    ? now
    : { ...now, done: before.done };
}

/** Ids of what was answered along with it. */
function partsOf(question: OpenQuestion): readonly string[] {
  const { kind, topic } = question;
  const listed =
    kind === "checklist"
      ? topic.items
      : kind === "readings"
        ? topic.values
        : kind === "choose" || kind === "provide"
          ? (topic.list ?? [])
          : [];
  const work = (kind === "readings" || kind === "measure") && topic.work !== undefined ? topic.work : undefined;
  return [...listed, ...(work === undefined ? [] : [work, ...work.steps])].map(({ id }) => id);
}
