/** The few shapes nearly all commands share: a number in a range, a text of the pool. */
import type { CommandCall, CommandHandler } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { answerNumber, quote } from "./json.ts";
import { within } from "./payload.ts";

export interface NumberSpec {
  readonly field: string;
  readonly low: number;
  readonly high: number;
  /** What the firmware makes of a value before it stores it. */
  readonly store?: (value: number) => number;
  /** What 1 stands for, in range or not. */
  readonly one?: number | undefined;
  readonly index?: number;
  readonly after?: ((value: number) => void) | undefined;
}

/** Stores the payload if it is in range; answers with what is stored, unchanged values included. */
export function numberCommand(machine: Machine, spec: NumberSpec): CommandHandler {
  return (call) => {
    const asked = call.payload === 1 ? (spec.one ?? 1) : call.payload;
    if (within(asked, spec.low, spec.high)) {
      machine.settings.set(spec.field, spec.store?.(asked) ?? asked, spec.index ?? 0);
      spec.after?.(call.payload);
    }
    call.respond(answerNumber(call.key, machine.settings.get(spec.field, spec.index ?? 0)));
  };
}

/** {"key":"ON"} in the words of StateText. */
export function stateText(machine: Machine, value: number): string {
  return machine.settings.text(`StateText${value + 1}`);
}

export function answerIndexedText(call: CommandCall, text: string, index: number = call.index): string {
  return `{"${call.key}${index}":${quote(text)}}`;
}

export function answerIndexedNumber(call: CommandCall, value: number): string {
  return `{"${call.key}${call.index}":${value}}`;
}

/** {"SSId1":"…","SSId2":"…"}: every text of a family, as a command without index answers. */
export function answerAll(machine: Machine, call: CommandCall, fields: readonly string[]): string {
  return `{${fields.map((field, i) => `"${call.key}${i + 1}":${quote(machine.settings.text(field))}`).join(",")}}`;
}

/** A pair as {"SerialLog":{"2":{"Active":"2"}}}. */
export function answerActive(key: string, stored: number, active: number): string {
  return `{"${key}":{"${stored}":{"Active":"${active}"}}}`;
}

/** A choice as {"WifiConfig":{"4":"Retry"}}. */
export function answerChoice(key: string, value: number, name: string): string {
  return `{"${key}":{"${value}":${quote(name)}}}`;
}

/** The firmware restarts once the backlog is empty. */
export const RESTART_SOON = 2;
