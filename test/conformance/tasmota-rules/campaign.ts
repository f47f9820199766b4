/** Commands drawn from a seed, sent to the firmware model, and held to the rules. What differs is told with the rule's source. */
import type { TasmotaCore } from "../../../src/sim/tasmota/contract.ts";
import { buildModelImage } from "../../../src/sim/tasmota/model-image.ts";
import { TestBoard } from "../../support/tasmota-host.ts";
import { tasmotaWithoutRadio } from "../../support/tasmota-without-radio.ts";
import { parseLine, repeated } from "./call.ts";
import { DISPATCHER_RULES } from "./dispatcher-rules.ts";
import { ENERGY_RULES } from "./energy-rules.ts";
import { Model } from "./model.ts";
import { NETWORK_RULES } from "./network-rules.ts";
import { NUMBER_RULES } from "./number-rules.ts";
import { OPTION_RULES } from "./option-rules.ts";
import { POWER_RULES } from "./power-rules.ts";
import { Random } from "./random.ts";
import type { Rule } from "./rule.ts";
import { TEMPLATE_RULES } from "./template-rules.ts";
import { TEXT_RULES } from "./text-rules.ts";
import { TIMER_RULES } from "./timer-rules.ts";
import { VARIABLE_RULES } from "./variable-rules.ts";

export const RULES: readonly Rule[] = [
  ...NUMBER_RULES,
  ...TEXT_RULES,
  ...OPTION_RULES,
  ...POWER_RULES,
  ...ENERGY_RULES,
  ...TEMPLATE_RULES,
  ...TIMER_RULES,
  ...VARIABLE_RULES,
  ...DISPATCHER_RULES,
  ...NETWORK_RULES,
];

/** How many commands one device gets before the next one begins as new. */
const COMMANDS_PER_DEVICE = 250;
const TEMPLATE = '{"NAME":"Gosund EP2","GPIO":[320,1,576,1,2656,2720,0,0,2624,32,0,224,0,0],"FLAG":0,"BASE":45}';
const INFO = 2;
/** Lines that the firmware's own ticks bring. */
const OF_ITSELF = /^RSL: (STATE|SENSOR) = \{"Time"|^RSL: MARGINS = \{"MARGINS"|^RUL: Stored /;

export interface Difference {
  readonly seed: number;
  readonly command: string;
  readonly source: string;
  readonly expected: readonly string[];
  readonly given: readonly string[];
}

export interface Campaign {
  readonly sent: number;
  readonly rulesUsed: ReadonlySet<Rule>;
  readonly differences: readonly Difference[];
}

let configured: Uint8Array | undefined;

/** Flash of a plug with the EP2's template and its relay on. */
function configuredFlash(): Uint8Array {
  if (configured !== undefined) return configured;
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(buildModelImage());
  const board = new TestBoard({ model: tasmotaWithoutRadio(), flash });
  const core = (): TasmotaCore => board.running as unknown as TasmotaCore;
  board.powerOn();
  board.run(5);
  core().execute(`Template ${TEMPLATE}`, "web");
  core().execute("Module 0", "web");
  board.run(12);
  core().execute("Power 1", "web");
  board.run(12);
  board.powerOff();
  configured = board.flash;
  return configured;
}

class Device {
  readonly model: Model = new Model();
  readonly #board: TestBoard;
  readonly #core: TasmotaCore;
  #lines: string[] = [];

  constructor() {
    this.#board = new TestBoard({ model: tasmotaWithoutRadio(), flash: configuredFlash().slice() });
    this.#board.powerOn();
    this.#board.run(12);
    this.#core = this.#board.running as unknown as TasmotaCore;
    this.#core.onLog(({ level, text }) => {
      if (level <= INFO && !OF_ITSELF.test(text)) this.#lines.push(text.replace(/^RSL: /, ""));
    });
  }

  /** What was said, and whether a restart was asked for; it is not carried out. */
  send(line: string, seconds: number): { readonly lines: readonly string[]; readonly restart: boolean } {
    this.#lines = [];
    this.#core.execute(line, "web");
    let restart = this.#core.restartFlag > 0;
    for (let left = seconds; left > 0; left -= 0.05) {
      restart ||= this.#core.restartFlag > 0;
      this.#core.restartFlag = 0;
      this.#board.run(0.05);
    }
    this.#core.restartFlag = 0;
    return { lines: this.#lines, restart };
  }

  stop(): void {
    this.#board.powerOff();
  }
}

/** xdrv_02_9_mqtt.ino Xdrv02, xdrv_12_discovery.ino Xdrv12: no commands with SetOption3 0. Domoticz stays until a restart. */
const OF_MQTT = /^(MQTT|DISCOVER|PUBLISH|PREFIX|.*TOPIC$|.*RETAIN$)/;

/** Lines that the rule wants; undefined where it does not know. */
function wanted(rule: Rule, line: string, model: Model): readonly string[] | undefined {
  const call = parseLine(line);
  if (call === undefined) return [];
  model.reported.length = 0;
  const expected = !model.option(3) && OF_MQTT.test(call.name) ? "unknown" : rule.expect(call, model);
  if (expected === "skip") return undefined;
  if (expected === "error" || expected === "unknown") {
    const level = expected === "error" ? model.level(call) : model.option(4) ? "COMMAND" : "RESULT";
    const word = expected === "error" ? "Error" : "Unknown";
    return [...model.reported, `${level} = {"Command":"${word}","Input":"${repeated(call)}"}`];
  }
  return [...model.reported, ...(typeof expected === "string" ? model.answer(call, expected) : expected)];
}

/** The name in any case, with blanks, with a topic in front, or with an underscore that keeps the answer back. */
function typed(rule: Rule, random: Random): string {
  const name = Array.from(rule.command, (letter) =>
    random.chance(20) ? (random.chance(50) ? letter.toUpperCase() : letter.toLowerCase()) : letter,
  ).join("");
  const front = random.chance(90) ? "" : random.pick(["  ", "cmnd/plug/", "/", " cmnd/x/y/"]);
  const hidden = rule.command !== "" && random.chance(3) ? "_" : "";
  return `${front}${hidden}${name}${rule.sample(random)}`;
}

/** Two to four commands in a backlog; each answers as if alone. Undefined where one of them does not fit into a backlog. */
function backlog(
  random: Random,
  model: Model,
): { line: string; lines: string[]; source: string; count: number } | undefined {
  const count = random.int(2, 4);
  const parts: string[] = [];
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const rule = random.pick(RULES);
    const part = `${rule.command}${rule.sample(random)}`.trim();
    if (/[;{}]/.test(part) || /^(backlog|reset|nodelay|delay|_)/i.test(part)) return undefined;
    const expected = wanted(rule, part, model);
    if (expected === undefined) return undefined;
    parts.push(part);
    lines.push(...expected);
  }
  const blank = random.chance(30) ? " ; " : ";";
  return { line: `Backlog${random.pick(["", "0", "1"])} ${parts.join(blank)}`, lines, source: "CmndBacklog", count };
}

export function runCampaign(seed: number, commands: number): Campaign {
  const random = new Random(seed);
  const differences: Difference[] = [];
  const rulesUsed = new Set<Rule>();
  let device = new Device();
  let sinceNew = 0;
  let sent = 0;
  const renew = (): void => {
    device.stop();
    device = new Device();
    sinceNew = 0;
  };
  const compare = (line: string, source: string, expected: readonly string[], seconds: number): void => {
    const { lines, restart } = device.send(line, seconds);
    const given = restart ? [...lines, "restarts"] : lines;
    const all = device.model.restart ? [...expected, "restarts"] : expected;
    device.model.restart = false;
    if (given.join("\n") === all.join("\n")) return;
    differences.push({ seed, command: line, source, expected: all, given });
    // From here on model and device may be in different states.
    renew();
  };
  while (sent < commands) {
    if (sinceNew >= COMMANDS_PER_DEVICE) renew();
    if (random.chance(3)) {
      const drawn = backlog(random, device.model);
      if (drawn === undefined) renew();
      else {
        compare(drawn.line, drawn.source, drawn.lines, 0.25 * drawn.count);
        sent += drawn.count;
        sinceNew += drawn.count;
      }
      continue;
    }
    const rule = random.pick(RULES);
    const line = typed(rule, random);
    const expected = wanted(rule, line, device.model);
    if (expected === undefined) continue;
    rulesUsed.add(rule);
    compare(line, rule.source, expected, 0);
    sent++;
    sinceNew++;
  }
  device.stop();
  return { sent, rulesUsed, differences };
}
