/** Job events on a screen, in a log or as JSON lines. A renderer never holds the job up and never ends it. */
import type { JobEvent } from "../../core/events.ts";

export interface Renderer {
  event(event: JobEvent): void;
  /** What the command has to say when all went well: lines for people. */
  answer(lines: readonly string[]): void;
  /** Ends a line that is being redrawn, so that something else can write. */
  rest(): void;
  /** The same, and a step that was only drawn so far is told for good: its questions follow. */
  beforeQuestion(): void;
  /** Called when it is answered. */
  afterQuestion(): void;
}
