/**
 * The events of jobs, for every watcher: terminal, web page, `--json`, tests. One versioned type; fields are only ever added.
 * No event carries a secret. Sentences are `Text`: English in JSON, and in any language where they are shown.
 */
import type { ErrorCode, ErrorContext } from "./errors.ts";
import type { StepId } from "./step-id.ts";
import type { Text } from "./text/text.ts";

export const EVENT_VERSION = 1;

export type JobEvent =
  /** First event. `plug` is the MAC as 12 lower-case hex digits, once known. */
  | { readonly type: "job-started"; readonly job: string; readonly version: typeof EVENT_VERSION; readonly at: string }
  | { readonly type: "step-started"; readonly step: StepId; readonly title: Text }
  /** `done` and `total` in bytes; `rate` in bytes per second over the last seconds; `leftMs` estimated. */
  | {
      readonly type: "progress";
      readonly step: StepId;
      readonly done: number;
      readonly total: number;
      readonly rate: number;
      readonly leftMs: number | undefined;
    }
  /**
   * What whole sectors of the flash are from now on; `at` and `length` in bytes. read: the computer has their old contents. kept:
   * they already hold what they should. erased, written: not yet checked. proven: the chip's own digest confirms them.
   */
  | {
      readonly type: "sectors";
      readonly step: StepId;
      readonly at: number;
      readonly length: number;
      readonly state: "blank" | "read" | "kept" | "erased" | "written" | "proven";
    }
  /** Something found out: chip, MAC, flash id, digest, baud rate. A string is data; what a person reads is a text. */
  | { readonly type: "fact"; readonly name: string; readonly value: Text | string | number | boolean }
  /**
   * What is heard on the line while waiting, and what it means. `causes`: likeliest first, `nextAction` is the remedy of
   * the first. `visibility`: when this can be seen and how, where not every wiring shows it.
   */
  | {
      readonly type: "hearing";
      readonly finding: string;
      readonly text: Text;
      readonly nextAction: Text;
      readonly causes?: readonly Text[] | undefined;
      readonly visibility?: Text | undefined;
    }
  /** What a metering plug reads now: V, A, W. `steadiness` in words; `drift` and `noise` relative to the reading. */
  | {
      readonly type: "meter";
      readonly voltage: number;
      readonly current: number;
      readonly power: number;
      readonly factor: number | undefined;
      readonly steadiness: Text;
      readonly drift: number;
      readonly noise: number;
    }
  | { readonly type: "notice"; readonly level: "info" | "warning"; readonly text: Text }
  /** A line that another program said which works for this step; secrets masked. */
  | { readonly type: "output"; readonly step: StepId; readonly line: string }
  /** A block or command was tried again. */
  | { readonly type: "retry"; readonly step: StepId; readonly attempt: number; readonly reason: Text }
  /** `computerMs`: real time it took, where `durationMs` is virtual. */
  | {
      readonly type: "step-finished";
      readonly step: StepId;
      readonly durationMs: number;
      readonly summary: Text;
      readonly computerMs?: number;
    }
  /** Last event of a job. */
  | {
      readonly type: "result";
      readonly ok: true;
      readonly job: string;
      readonly durationMs: number;
      readonly data: Readonly<Record<string, unknown>>;
    }
  | {
      readonly type: "result";
      readonly ok: false;
      readonly job: string;
      readonly durationMs: number;
      /** What was found nevertheless. */
      readonly data?: Readonly<Record<string, unknown>> | undefined;
      readonly error: {
        readonly code: ErrorCode;
        readonly message: Text;
        readonly step: string | undefined;
        readonly plugState: Text | undefined;
        readonly nextStep: Text | undefined;
        readonly context?: ErrorContext | undefined;
      };
    };

/** Where the engine puts its events. Must return at once: a slow watcher never holds the chip up. */
export type EventSink = (event: JobEvent) => void;
