/** Var, Mem and what calculates with them. Source: Tasmota tasmota_xdrv_driver/xdrv_10_rules.ino (CmndVariable … CmndScale, CmndRuleTimer). */
import type { CommandCall, CommandHandler, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { answerAll, answerIndexedText } from "./answers.ts";
import { evaluate } from "./expression.ts";
import { fixed } from "./json.ts";
import { resolution } from "./option-commands.ts";
import { commaArguments, decimalOf, within } from "./payload.ts";

const VARIABLES = 16;
/** Bytes of a variable. */
const LONGEST_VARIABLE = 32;
const RULE_TIMERS = 8;
const SCALE_ARGUMENTS = 5;

export function variableCommands(machine: Machine): CommandTable {
  const { settings, variables, time } = machine;
  const f = Math.fround;
  /** Absolute µs at which each RuleTimer ends; 0 where none runs. */
  const timers = machine.ruleTimers;
  const memories = Array.from({ length: VARIABLES }, (_, i) => `Mem${i + 1}`);

  const variable = (index: number): string => variables.get(index) ?? "";

  function store(index: number, text: string): void {
    const bytes = new TextEncoder().encode(text).subarray(0, LONGEST_VARIABLE);
    variables.set(index, new TextDecoder().decode(bytes));
  }

  function shown(value: number): string {
    return fixed(value, resolution(settings.get("flag2"), "CalcRes"));
  }

  function named(name: string): number | undefined {
    const [, family, number] = /^(VAR|MEM)(\d*)/.exec(name) ?? [];
    if (family !== undefined) {
      const index = Number(number);
      if (!within(index, 1, VARIABLES)) return 0;
      return decimalOf(family === "VAR" ? variable(index) : settings.text(`Mem${index}`));
    }
    const [hours, minutes] = time.local().slice(11, 16).split(":").map(Number);
    if (name === "TIME") return hours! * 60 + minutes!;
    if (name === "UPTIME") return Math.floor(time.uptime / 60);
    if (name === "UTCTIME") return f(time.utc);
    return name === "LOCALTIME" ? f(time.utc + time.zoneSeconds()) : undefined;
  }

  /** Text, `"` for nothing, or `=` and an expression. */
  function storedText(data: string): string {
    if (data.startsWith("=")) return shown(evaluate(data.slice(1), named));
    return data.startsWith('"') ? "" : data;
  }

  function varCommand(call: CommandCall): void {
    if (!within(call.index, 1, VARIABLES)) return;
    if (!call.userIndex) {
      // Not escaped in the list.
      const all = Array.from({ length: VARIABLES }, (_, i) => `"Var${i + 1}":"${variable(i + 1)}"`);
      call.respond(`{${all.join(",")}}`);
      return;
    }
    if (call.data !== "") store(call.index, storedText(call.data));
    call.respond(answerIndexedText(call, variable(call.index)));
  }

  function memory(call: CommandCall): void {
    if (!within(call.index, 1, VARIABLES)) return;
    if (!call.userIndex) {
      call.respond(answerAll(machine, call, memories));
      return;
    }
    if (call.data !== "") settings.setText(`Mem${call.index}`, storedText(call.data));
    call.respond(answerIndexedText(call, settings.text(`Mem${call.index}`)));
  }

  function calculation(combine: (a: number, b: number) => number): CommandHandler {
    return (call) => {
      if (!within(call.index, 1, VARIABLES)) return;
      if (call.data !== "") store(call.index, shown(f(combine(decimalOf(variable(call.index)), decimalOf(call.data)))));
      call.respond(answerIndexedText(call, variable(call.index)));
    };
  }

  /** "Scale1 value, from low, from high, to low, to high". */
  function scale(call: CommandCall): void {
    if (!within(call.index, 1, VARIABLES)) return;
    if (call.data !== "") {
      const given = commaArguments(call.data);
      if (given.length !== SCALE_ARGUMENTS) return;
      const [value, fromLow, fromHigh, toLow, toHigh] = given.map(decimalOf) as [
        number,
        number,
        number,
        number,
        number,
      ];
      const stretched = f(f(value - fromLow) * f(toHigh - toLow));
      store(call.index, shown(f(f(stretched / f(fromHigh - fromLow)) + toLow)));
    }
    call.respond(answerIndexedText(call, variable(call.index)));
  }

  function ruleTimer(call: CommandCall): void {
    if (call.index > RULE_TIMERS) return;
    const now = machine.host.clock.now;
    if (call.data !== "") {
      const seconds = evaluate(call.data, named);
      const [first, last] = call.index === 0 ? [1, RULE_TIMERS] : [call.index, call.index];
      for (let i = first; i <= last; i++) timers[i - 1] = seconds > 0 ? now + Math.trunc(seconds * 1000) * 1000 : 0;
    }
    const left = Array.from({ length: RULE_TIMERS }, (_, i) => timers[i] ?? 0).map(
      (at, i) => `"T${i + 1}":${at > now ? Math.floor((at - now) / 1e6) : 0}`,
    );
    call.respond(`{${left.join(",")}}`);
  }

  return {
    Var: varCommand,
    Mem: memory,
    Add: calculation((a, b) => a + b),
    Sub: calculation((a, b) => a - b),
    Mult: calculation((a, b) => a * b),
    Scale: scale,
    RuleTimer: ruleTimer,
  };
}
