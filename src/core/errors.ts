/**
 * The one error class of plugsmith. Every error says what happened, in which step, what state the plug is in now and
 * what to do next. Secrets (Wi-Fi and web passwords, backup contents) never appear in any field. Its texts may quote a
 * plug or a file: they are safe to show.
 */
export { ERROR_CODES, type ErrorCode } from "./error-codes.ts";
export type { ErrorContext } from "./error-context.ts";

import type { ErrorCode } from "./error-codes.ts";
import type { ErrorContext } from "./error-context.ts";
import { asText, say, type Text } from "./text/text.ts";
import { visibleData, visibleText } from "./visible.ts";

export interface ErrorDetail<C extends ErrorCode = ErrorCode> {
  /** What happened, one sentence, no secrets. */
  readonly message: Text;
  /** The step it happened in: a `StepId`, or the id of the item of a guide's list, such as "earth-resistance". */
  readonly step?: string | undefined;
  /** What state the plug is in now: "untouched", "erased from 0x1000 to 0x8000, not bootable", … */
  readonly plugState?: Text | undefined;
  /** What the person does next. */
  readonly nextStep?: Text | undefined;
  /** What the sentences are about, for programs. No secrets. */
  readonly context?: ErrorContext<C> | undefined;
  readonly cause?: unknown;
}

/** The sentences of an error as they are shown, in any language. */
export interface ErrorTexts {
  readonly message: Text;
  readonly plugState: Text | undefined;
  readonly nextStep: Text | undefined;
}

export class PlugsmithError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name: string = "PlugsmithError";
  readonly code: C;
  readonly step: string | undefined;
  /** In English, as `message` is. */
  readonly plugState: string | undefined;
  readonly nextStep: string | undefined;
  readonly context: ErrorContext<C> | undefined;
  readonly texts: ErrorTexts;

  constructor(code: C, detail: ErrorDetail<C>) {
    const message = shown(detail.message);
    super(message.toString(), detail.cause === undefined ? undefined : { cause: detail.cause });
    const plugState = detail.plugState === undefined ? undefined : shown(detail.plugState);
    const nextStep = detail.nextStep === undefined ? undefined : shown(detail.nextStep);
    this.code = code;
    this.step = visibleData(detail.step);
    this.plugState = plugState?.toString();
    this.nextStep = nextStep?.toString();
    this.context = visibleData(detail.context);
    this.texts = { message, plugState, nextStep };
  }
}

function shown(wording: Text): Text {
  return visibleText(asText(wording));
}

export function isPlugsmithError<C extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: C,
): error is PlugsmithError<C> {
  return error instanceof PlugsmithError && (code === undefined || error.code === code);
}

/** The same error, with what it leaves unsaid of its step, the plug's state and the next step; itself where it says all. */
export function withContext(
  error: PlugsmithError,
  { step, plugState, nextStep }: Pick<ErrorDetail, "step" | "plugState" | "nextStep">,
): PlugsmithError {
  const detail = {
    message: error.texts.message,
    step: error.step ?? step,
    plugState: error.texts.plugState ?? plugState,
    nextStep: error.texts.nextStep ?? nextStep,
    context: error.context,
  };
  const same =
    detail.step === error.step &&
    detail.plugState === error.texts.plugState &&
    detail.nextStep === error.texts.nextStep;
  return same ? error : new PlugsmithError(error.code, { ...detail, cause: error });
}

/** What a catch clause got, as an error that may be thrown on: anything may have been thrown. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new PlugsmithError("internal", { message: say`Something other than an error was thrown.`, cause: thrown });
}
