/** Rules as stored texts, and the memories. They are kept, not run. Source: Tasmota xdrv_10_rules.ino. */
import type { CommandCall, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { answerAll, answerIndexedText, stateText } from "./answers.ts";
import { answerText, quote } from "./json.ts";
import { within } from "./payload.ts";

const RULES = 3;
const MEMORIES = 16;
/** Characters a rule may have. */
const RULE_LENGTH = 511;

/** Which switch of a rule a number sets, and to what: 2 toggles. */
const SWITCHES: Readonly<Record<number, readonly [field: string, value: 0 | 1 | 2]>> = {
  0: ["rule_enabled", 0],
  1: ["rule_enabled", 1],
  2: ["rule_enabled", 2],
  4: ["rule_once", 0],
  5: ["rule_once", 1],
  6: ["rule_once", 2],
  8: ["rule_stop", 0],
  9: ["rule_stop", 1],
  10: ["rule_stop", 2],
};

export function ruleCommands(machine: Machine): CommandTable {
  const { settings } = machine;

  function rule(call: CommandCall): void {
    if (!within(call.index, 1, RULES)) return;
    const bit = 1 << (call.index - 1);
    const field = `rules${call.index}`;
    const choice = /^\d+$/.test(call.data) || call.payload >= 0 ? SWITCHES[call.payload] : undefined;
    if (choice !== undefined) {
      const [name, value] = choice;
      const word = settings.get(name);
      settings.set(name, value === 2 ? word ^ bit : value === 1 ? word | bit : word & ~bit);
    } else if (call.data !== "" && call.data.length > 0) store(call, field);
    const flag = (name: string): string => stateText(machine, (settings.get(name) & bit) === 0 ? 0 : 1);
    const text = settings.fixedText(field);
    const length = new TextEncoder().encode(text).length;
    call.respond(
      `{"${call.key}${call.index}":{"State":"${flag("rule_enabled")}","Once":"${flag("rule_once")}",` +
        `"StopOnError":"${flag("rule_stop")}","Length":${length},"Free":${RULE_LENGTH - length},"Rules":${quote(text)}}}`,
    );
  }

  /** `"` clears, a leading + appends. A rule that does not fit leaves the old one. */
  function store(call: CommandCall, field: string): void {
    const old = settings.fixedText(field);
    const text = call.data === '"' ? "" : call.data.startsWith("+") ? `${old} ${call.data.slice(1).trim()}` : call.data;
    if (new TextEncoder().encode(text).length > RULE_LENGTH) machine.log(2, "RUL: Not enough space");
    else settings.setFixedText(field, text);
  }

  function memory(call: CommandCall): void {
    const fields = Array.from({ length: MEMORIES }, (_, i) => `Mem${i + 1}`);
    if (!within(call.index, 1, MEMORIES)) return;
    if (!call.userIndex) {
      call.respond(answerAll(machine, call, fields));
      return;
    }
    if (call.data !== "") settings.setText(`Mem${call.index}`, call.data === '"' ? "" : call.data);
    call.respond(answerIndexedText(call, settings.text(`Mem${call.index}`)));
  }

  function variable(call: CommandCall): void {
    if (!within(call.index, 1, MEMORIES)) return;
    if (!call.userIndex) {
      const all = Array.from(
        { length: MEMORIES },
        (_, i) => `"${call.key}${i + 1}":${quote(machine.variables.get(i + 1) ?? "")}`,
      );
      call.respond(`{${all.join(",")}}`);
      return;
    }
    if (call.data !== "") machine.variables.set(call.index, call.data === '"' ? "" : call.data);
    call.respond(answerIndexedText(call, machine.variables.get(call.index) ?? ""));
  }

  return { Rule: rule, Mem: memory, Var: variable, Event: (call) => call.respond(answerText(call.key, "Done")) };
}
