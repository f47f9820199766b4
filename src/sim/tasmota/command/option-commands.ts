/** SetOption, resolutions and saving. Source: Tasmota tasmota_support/support_command.ino (CmndSetoptionBase …). */
import { BITS_OF_OTHER_COMMANDS, SET_OPTION_RANGES } from "../../../core/tasmota/tables/set-options.ts";
import type { CommandCall, CommandHandler, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { answerActive, answerIndexedNumber, answerIndexedText, RESTART_SOON, stateText } from "./answers.ts";
import { answerNumber, answerText } from "./json.ts";
import { within } from "./payload.ts";

/** Options whose change needs a restart. */
const RESTARTING: readonly number[] = [
  ...[3, 15, 37, 68, 69, 75, 85, 88, 97, 102, 103, 104, 106, 107, 132],
  ...[151, 152, 153],
];
/** The same only when switched off. */
const RESTARTING_OFF: readonly number[] = [55, 115];
/** Byte options that take 1..250. */
const NARROW_BYTES: readonly number[] = [32, 33, 45];
const STOP_ROTATION = 12;
const NO_SLEEP = 127;
/** Bits of flag2 of each resolution: lowest bit and width. */
const RESOLUTIONS: Readonly<Record<string, readonly [bit: number, width: number, highest: number]>> = {
  TempRes: [30, 2, 3],
  HumRes: [28, 2, 3],
  PressRes: [26, 2, 3],
  WattRes: [19, 2, 3],
  VoltRes: [17, 2, 3],
  FreqRes: [11, 2, 3],
  AmpRes: [15, 2, 3],
  EnergyRes: [23, 3, 5],
  WeightRes: [9, 2, 3],
  SpeedUnit: [1, 3, 6],
  CalcRes: [6, 3, 7],
};

/** A resolution as stored in flag2. */
export function resolution(flag2: number, name: string): number {
  const [bit, width] = RESOLUTIONS[name]!;
  return (flag2 >>> bit) & ((1 << width) - 1);
}

/** flag2 with some bits replaced. */
export function withBits(word: number, bit: number, width: number, value: number): number {
  const mask = ((1 << width) - 1) * 2 ** bit;
  return ((word & ~mask) | (value * 2 ** bit)) >>> 0;
}

function setOption(machine: Machine, call: CommandCall, shown?: (value: string) => string): void {
  const { settings } = machine;
  const named: CommandCall = { ...call, key: "SetOption" };
  const range = SET_OPTION_RANGES.find(({ first, last }) => within(call.index, first, last));
  if (range === undefined) return;
  if (range.kind === "byte") {
    const [low, high] = NARROW_BYTES.includes(call.index) ? [1, 250] : [0, 255];
    if (call.payload >= 0) {
      if (!within(call.payload, low, high)) return;
      settings.setOption(call.index, call.payload);
      if (RESTARTING.includes(call.index)) machine.restartFlag = RESTART_SOON;
    }
    call.respond(answerIndexedNumber(named, settings.option(call.index)));
    return;
  }
  if (call.payload >= 0) {
    if (call.payload > 1 || BITS_OF_OTHER_COMMANDS.includes(call.index)) return;
    settings.setOption(call.index, call.payload);
    if (RESTARTING.includes(call.index) || (RESTARTING_OFF.includes(call.index) && call.payload === 0)) {
      machine.restartFlag = RESTART_SOON;
    }
    if (call.index === STOP_ROTATION) {
      machine.store.fixed = call.payload === 1;
      machine.store.save("fresh", machine.time.utc);
    }
  }
  const state = stateText(machine, settings.option(call.index));
  call.respond(shown?.(state) ?? answerIndexedText(named, state));
}

/** A command of its own for one option: answers without the number. */
export function optionSynonym(machine: Machine, index: number): CommandHandler {
  return (call) => setOption(machine, { ...call, index }, (value) => answerText(call.key, value));
}

export function optionCommands(machine: Machine): CommandTable {
  const { settings } = machine;

  function resolutionCommand(name: string): CommandHandler {
    const [bit, width, highest] = RESOLUTIONS[name]!;
    return (call) => {
      const word = settings.get("flag2");
      if (within(call.payload, 0, highest)) settings.set("flag2", withBits(word, bit, width, call.payload));
      call.respond(answerNumber(call.key, resolution(settings.get("flag2"), name)));
    };
  }

  function saveData(call: CommandCall): void {
    if (within(call.payload, 0, 3600)) settings.set("save_data", call.payload);
    machine.saveSettings();
    const every = settings.get("save_data");
    call.respond(answerText(call.key, every > 1 ? `Every ${every} sec` : stateText(machine, every)));
  }

  function sleep(call: CommandCall): void {
    if (within(call.payload, 0, 250)) settings.set("sleep", call.payload);
    const value = settings.get("sleep");
    call.respond(answerActive(call.key, value, value));
  }

  return {
    SetOption: (call) => setOption(machine, call),
    SO: (call) => setOption(machine, call),
    WifiNoSleep: optionSynonym(machine, NO_SLEEP),
    ...Object.fromEntries(Object.keys(RESOLUTIONS).map((name) => [name, resolutionCommand(name)])),
    SaveData: saveData,
    Sleep: sleep,
  };
}
