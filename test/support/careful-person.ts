/** A person at the bench for the tests of the gates, and the EP2's guide. */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { GuideTexts } from "../../src/core/guide/guide.ts";
import { parseGuide } from "../../src/core/guide/parse-guide.ts";
import type { ReadingAnswer } from "../../src/core/reading/reading.ts";
import type { Operator, OperatorQuantity } from "../../src/engine/ports.ts";
import type { ClosingRecord } from "../../src/engine/safety/closed-case.ts";
import { closeCase } from "../../src/engine/safety/closing-list.ts";
import { itemByItem } from "./item-by-item.ts";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../profiles/gosund-ep2/${name}`, import.meta.url), "utf8"));
export const texts = read("texts.en.json") as GuideTexts;
export const guide = parseGuide(read("guide.json"), texts, "guide.json");

export interface Person extends Operator {
  readonly asked: string[];
  readonly choices: string[];
  readonly signals: Set<AbortSignal | undefined>;
  readonly questions: OperatorQuantity[];
}

/** Answers by id; whatever is not named is a good answer: a "yes", a sound value, the unit that was asked for. */
export function person(answers: Record<string, string | ReadingAnswer[]>): Person {
  const asked: string[] = [];
  const choices: string[] = [];
  const signals = new Set<AbortSignal | undefined>();
  const questions: OperatorQuantity[] = [];
  const good: Record<string, number> = {
    "short-vcc-gnd": 4700,
    "adapter-vcc": 3.3,
    "adapter-tx": 3.28,
    "earth-resistance-leads": 0,
    "earth-resistance": 0.08,
    "insulation-voltage": 500,
    insulation: 200,
    "final-earth-resistance-leads": 0,
    "final-earth-resistance": 0.09,
  };
  const single: Pick<Operator, "act" | "choose" | "measure"> = {
    act: async ({ id }, signal) => {
      asked.push(id);
      signals.add(signal);
    },
    choose: async ({ id, text, options }, signal) => {
      asked.push(id);
      choices.push(text.toString());
      signals.add(signal);
      return (answers[id] as string | undefined) ?? options[0]!.id;
    },
    measure: async (quantity, signal) => {
      if (quantity.work !== undefined) asked.push(quantity.work.id);
      asked.push(quantity.id);
      signals.add(signal);
      questions.push(quantity);
      const list = answers[quantity.id] as ReadingAnswer[] | undefined;
      return list === undefined ? good[quantity.id]! : list.length > 1 ? list.shift()! : list[0]!;
    },
  };
  return { asked, choices, signals, questions, provide: async () => "", ...single, ...itemByItem(single) };
}

/** When the case was closed in these tests. */
export const CLOSED_AT = "2026-11-22T10:00:00Z";

/** What the closing list leaves on record with this person. */
export const close = async (operator: Operator): Promise<ClosingRecord> =>
  (await closeCase(guide, texts, operator, CLOSED_AT)).record;

/** Of any error that keeps the plug away from mains or wires. */
export const unsafe = expect.objectContaining({ code: "unsafe" });
