/** Rules as stored texts, events and subscriptions. They are kept, not run. Source: Tasmota tasmota_xdrv_driver/xdrv_10_rules.ino. */
import type { CommandCall, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { stateText } from "./answers.ts";
import { answerText, escapeJson, quote } from "./json.ts";
import { within } from "./payload.ts";

const RULES = 3;
/** Characters a rule may have. */
const RULE_LENGTH = 511;
const HIGHEST_SWITCH = 10;

/** Which switch of a rule a number sets, and to what: 2 toggles. 3 and 7 do nothing. */
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

interface Subscription {
  readonly event: string;
  readonly topic: string;
  readonly key: string;
}

export function ruleCommands(machine: Machine): CommandTable {
  const { settings } = machine;
  let subscriptions: readonly Subscription[] = [];

  function byteLength(text: string): number {
    return new TextEncoder().encode(text).length;
  }

  /** Rule0 speaks of all three: a number or a quote for each, other text is dropped. */
  function rule(call: CommandCall): void {
    if (call.index === 0) {
      const switches = call.data !== "" && within(call.payload, 0, HIGHEST_SWITCH);
      const data = switches || call.data.startsWith('"') ? call.data.slice(0, switches ? undefined : 1) : "";
      for (let index = 1; index <= RULES; index++) {
        change({ ...call, index, data });
        machine.publish("stat", "RESULT", shown({ ...call, index }));
      }
      call.respond(undefined);
      return;
    }
    if (call.index > RULES) return;
    change(call);
    call.respond(shown(call));
  }

  function change({ index, data, payload }: CommandCall): void {
    if (data === "") return;
    if (!within(payload, 0, HIGHEST_SWITCH)) {
      store(`rules${index}`, data);
      return;
    }
    const choice = SWITCHES[payload];
    if (choice === undefined) return;
    const [field, value] = choice;
    const bit = 1 << (index - 1);
    const word = settings.get(field);
    settings.set(field, value === 2 ? word ^ bit : value === 1 ? word | bit : word & ~bit);
  }

  /** `"` clears, a leading + appends after a blank. A rule that does not fit leaves the old one. */
  function store(field: string, data: string): void {
    const old = settings.fixedText(field);
    const text = data.startsWith('"') ? "" : data.startsWith("+") ? `${old} ${data.slice(1)}` : data;
    if (byteLength(text) > RULE_LENGTH) machine.log(1, "RUL: Not enough space");
    else settings.setFixedText(field, text);
  }

  function shown({ key, index }: CommandCall): string {
    const bit = 1 << (index - 1);
    const flag = (name: string): string => stateText(machine, (settings.get(name) & bit) === 0 ? 0 : 1);
    const text = settings.fixedText(`rules${index}`);
    const length = byteLength(text);
    return (
      `{"${key}${index}":{"State":"${flag("rule_enabled")}","Once":"${flag("rule_once")}",` +
      `"StopOnError":"${flag("rule_stop")}","Length":${length},"Free":${RULE_LENGTH - length},"Rules":${quote(text)}}}`
    );
  }

  /** "Subscribe event, topic, key": listed, and never told of by a broker here. */
  function subscribe(call: CommandCall): void {
    if (call.data === "") {
      const all = subscriptions.map(({ event, topic, key }) => listed(event, topic, key)).join("; ");
      call.respond(`{"${call.key}":"${all === "" ? "Empty" : all}"}`);
      return;
    }
    const [event, topic, key = ""] = call.data
      .split(",")
      .filter((part) => part !== "")
      .map((part) => part.trim());
    if (event === undefined || topic === undefined) return;
    const upper = event.toUpperCase();
    const whole = topic.endsWith("#") ? topic : topic.endsWith("/") ? `${topic}#` : `${topic}/#`;
    const bare = whole.slice(0, -2);
    subscriptions = [...subscriptions.filter((other) => other.event !== upper), { event: upper, topic: bare, key }];
    call.respond(`{"${call.key}":"${listed(upper, call.index === 2 ? bare : whole, key)}"}`);
  }

  function listed(event: string, topic: string, key: string): string {
    return `${event},${topic}${key === "" ? "" : ","}${escapeJson(key)}`;
  }

  function unsubscribe(call: CommandCall): void {
    const event = call.data.trim().toUpperCase();
    const known = subscriptions.some((other) => other.event === event);
    if (call.data === "" || event === "*") subscriptions = [];
    else if (known) subscriptions = subscriptions.filter((other) => other.event !== event);
    else return;
    call.respond(answerText(call.key, call.data === "" ? "Done" : event));
  }

  return {
    Rule: rule,
    Event: (call) => call.respond(answerText(call.key, "Done")),
    If: (call) => call.respond(answerText(call.key, "Done")),
    Subscribe: subscribe,
    Unsubscribe: unsubscribe,
  };
}
