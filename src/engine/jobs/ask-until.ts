/** A typed answer that is checked at once: what is wrong with it is said, and only that question is asked again. */
import { isPlugsmithError } from "../../core/errors.ts";
import { joined } from "../../core/text/text.ts";
import type { Operator, OperatorProvision } from "../ports.ts";

/** What a person can put right by typing again. */
const TYPING = ["bad-argument", "file-not-found", "file-unfit"] as const;

/** @param check its errors of these codes are shown, and the question is asked again. */
export async function askUntil<T>(
  operator: Operator,
  question: OperatorProvision,
  check: (text: string) => T | Promise<T>,
  signal?: AbortSignal,
): Promise<{ readonly text: string; readonly value: T }> {
  let { text } = question;
  for (;;) {
    const answer = await operator.provide({ ...question, text }, signal);
    try {
      return { text: answer, value: await check(answer) };
    } catch (error) {
      if (!isPlugsmithError(error) || !TYPING.some((code) => error.code === code)) throw error;
      const { message, nextStep } = error.texts;
      text = joined([message, ...(nextStep === undefined ? [] : [nextStep]), question.text]);
    }
  }
}
