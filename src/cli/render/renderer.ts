/** Job events on a screen, in a log or as JSON lines. A renderer never holds the job up and never ends it. */
import { type JobEvent, MOST_ANSWER, visibleData, visibleLines } from "../../core/index.ts";

import type { AnswerLine } from "./answer.ts";

export interface Renderer {
  event(event: JobEvent): void;
  /** What the command has to say when all went well: lines for people. */
  answer(lines: readonly AnswerLine[]): void;
  /** Ends a line that is being redrawn, so that something else can write. */
  rest(): void;
  /** The same, and a step that was only drawn so far is printed permanently: its questions follow. */
  beforeQuestion(): void;
  /** Called when it is answered. */
  afterQuestion(): void;
}

/** The event as it may be shown: what a plug, a file or another program said in it never steers a terminal. */
export function visibleEvent(event: JobEvent): JobEvent {
  if (event.type !== "result" || !event.ok || typeof event.data["heard"] !== "string") {
    return visibleData(event, event.type === "result" ? MOST_ANSWER : undefined);
  }
  // What `monitor` heard is a text of many lines.
  const { heard, ...rest } = event.data;
  return { ...visibleData({ ...event, data: rest }), data: { ...visibleData(rest), heard: visibleLines(heard) } };
}

/** The event with its texts changed. What a command hands over as data is for programs and stays as it is. */
export function eachText<T>(event: T, change: (text: string) => string): T {
  const changed = (value: unknown): unknown => {
    if (typeof value === "string" || value instanceof String) return change(value.toString());
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
    if (Array.isArray(value)) return value.map(changed);
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, name === "data" ? each : changed(each)]),
    );
  };
  return changed(event) as T;
}
