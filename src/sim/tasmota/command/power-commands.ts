/** Relays, their locks and times. Source: Tasmota tasmota_support/support_command.ino (CmndPower … CmndBlinkcount, CmndInterlock). */
import type { CommandCall, CommandTable } from "../contract.ts";
import { POWER } from "../device/relays.ts";
import type { Machine } from "../machine.ts";
import { numberCommand, stateText } from "./answers.ts";
import { answerNumber, answerText } from "./json.ts";
import { atoi, commaArguments, stateNumber, within } from "./payload.ts";

const PULSE_TIMERS = 32;
const ALWAYS_ON = 4;
const INTERLOCK_OPTION = 14;
const INTERLOCK_GROUPS = 16;
/** TimedPower: shortest time and the loop's step, ms. */
const TIMED_STEP = 50;
/** What follows when a timed off, on, toggle or blink is over. */
const TIMED_END: readonly number[] = [POWER.on, POWER.off, POWER.toggle, POWER.blinkStop];

interface TimedCommand {
  readonly command: string;
  /** Absolute µs. */
  readonly at: number;
  readonly cancel: () => void;
}

export function powerCommands(machine: Machine): CommandTable {
  const { settings, relays } = machine;
  let timed: readonly TimedCommand[] = [];

  function power(call: CommandCall): void {
    if (call.index > relays.count) return;
    if (call.index === 0) relays.commandAll(within(call.payload, POWER.off, POWER.toggle) ? call.payload : POWER.show);
    else switchRelay(call, call.payload);
    call.respond(undefined);
  }

  function switchRelay(call: CommandCall, action: number): void {
    relays.command(call.index, within(action, POWER.off, POWER.blinkStop) ? action : POWER.show, call.source);
  }

  function powerLock(call: CommandCall): void {
    if (call.index > relays.count) return;
    const mask = call.index === 0 ? (1 << relays.count) - 1 : 1 << (call.index - 1);
    if (call.payload >= 0) {
      const rest = settings.get("power_lock") & ~mask;
      settings.set("power_lock", call.payload & 1 ? rest | mask : call.index === 0 ? 0 : rest);
    }
    call.respond(answerText(call.key, settings.get("power_lock").toString(2).padStart(Math.max(1, relays.count), "0")));
  }

  function forget(begins: string): void {
    for (const { command, cancel } of timed) if (command.startsWith(begins)) cancel();
    timed = timed.filter(({ command }) => !command.startsWith(begins));
  }

  /** TimedPower 2000,1: switch now, and the other way round after so many ms. */
  function timedPower(call: CommandCall): void {
    if (call.index > relays.count) return;
    const now = machine.host.clock.now;
    if (call.data === "" && !call.userIndex) {
      const shown = timed.map(
        ({ command, at }) => `{"Remaining":${Math.floor((at - now) / 1000)},"Command":"${command}"}`,
      );
      call.respond(`{"${call.key}":${shown.length > 0 ? `[${shown.join(",")}]` : '"Empty"'}}`);
      return;
    }
    if (call.data === "") {
      forget(`Power${call.index}`);
      call.respond(answerText(call.key, "Done"));
      return;
    }
    const [, word] = commaArguments(call.data);
    const state = word === undefined ? POWER.on : stateNumber(word) >= 0 ? stateNumber(word) : atoi(word);
    const action = state & 3;
    const command = `Power${call.index} ${TIMED_END[action]}`;
    for (const other of timed) if (other.command === command) other.cancel();
    const at = now + Math.max(TIMED_STEP, call.payload) * 1000;
    const cancel = machine.host.clock.at(at, () => {
      timed = timed.filter((other) => other.command !== command);
      machine.execute(command, "system");
    });
    timed = [...timed.filter((other) => other.command !== command), { command, at, cancel }];
    if (call.index === 0) relays.commandAll(action <= POWER.toggle ? action : POWER.show);
    else switchRelay(call, action);
    call.respond(undefined);
  }

  function pulseTime(call: CommandCall): void {
    if (!within(call.index, 1, PULSE_TIMERS)) return;
    if (!call.userIndex && call.data === "") {
      const all = Array.from({ length: PULSE_TIMERS }, (_, i) => i);
      const set = all.map((i) => settings.get("pulse_timer", i)).join(",");
      const left = all.map((i) => relays.pulseRemaining(i)).join(",");
      call.respond(`{"${call.key}":{"Set":[${set}],"Remaining":[${left}]}}`);
      return;
    }
    const at = call.index - 1;
    if (within(call.payload, 0, 65535)) {
      settings.set("pulse_timer", call.payload, at);
      relays.restartPulse(at, call.payload);
    }
    call.respond(
      `{"${call.key}${call.index}":{"Set":${settings.get("pulse_timer", at)},"Remaining":${relays.pulseRemaining(at)}}}`,
    );
  }

  function powerOnState(call: CommandCall): void {
    if (within(call.payload, 0, 5)) {
      settings.set("poweronstate", call.payload);
      if (call.payload === ALWAYS_ON) {
        for (let relay = 1; relay <= relays.count; relay++) relays.command(relay, POWER.on, call.source);
      }
    }
    call.respond(answerNumber(call.key, settings.get("poweronstate")));
  }

  /** "Interlock 1,2 3,4": groups of relays of which one is on at most. One relay has nothing to lock. */
  function interlock(call: CommandCall): void {
    const { count } = relays;
    if (count <= 1) {
      settings.setOption(INTERLOCK_OPTION, 0);
      call.respond(answerText(call.key, stateText(machine, 0)));
      return;
    }
    if (call.data.includes(",")) setInterlockGroups(machine, call.data);
    else if (call.data !== "") settings.setOption(INTERLOCK_OPTION, call.payload & 1);
    const numbers = Array.from({ length: count }, (_, i) => i + 1);
    const groups = Array.from({ length: INTERLOCK_GROUPS }, (_, i) => settings.get("interlock", i))
      .filter((group) => group !== 0)
      .map((group) => numbers.filter((relay) => (group & (1 << (relay - 1))) !== 0).join(","));
    const shown = groups.length > 0 ? groups.join(" ") : numbers.join(",");
    call.respond(`{"${call.key}":"${stateText(machine, settings.option(INTERLOCK_OPTION))}","Groups":"${shown}"}`);
  }

  return {
    Power: power,
    PowerLock: powerLock,
    TimedPower: timedPower,
    PowerOnState: powerOnState,
    PulseTime: pulseTime,
    BlinkTime: numberCommand(machine, { field: "blinktime", low: 2, high: 3600 }),
    BlinkCount: numberCommand(machine, { field: "blinkcount", low: 0, high: 32000 }),
    Interlock: interlock,
  };
}

/** Each relay in one group only; a group of one is none. */
function setInterlockGroups({ settings, relays }: Machine, data: string): void {
  let taken = 0;
  const groups = data
    .split(" ")
    .filter((group) => group !== "")
    .slice(0, INTERLOCK_GROUPS)
    .map((group) => {
      let mask = 0;
      for (const relay of group.split(",").map(atoi)) {
        if (within(relay, 1, relays.count)) mask |= (1 << (relay - 1)) & ~taken;
        taken |= mask;
      }
      return (mask & (mask - 1)) === 0 ? 0 : mask;
    });
  for (let i = 0; i < INTERLOCK_GROUPS; i++) settings.set("interlock", groups[i] ?? 0, i);
}
