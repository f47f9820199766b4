/** Relays, pulse times and LEDs. Source: Tasmota tasmota_support/support_command.ino (CmndPower … CmndLedPwmOff). */
import type { CommandCall, CommandTable } from "../contract.ts";
import { POWER } from "../device/relays.ts";
import type { Machine } from "../machine.ts";
import { answerIndexedNumber, answerIndexedText, numberCommand, stateText } from "./answers.ts";
import { answerNumber, answerText, hex } from "./json.ts";
import { within } from "./payload.ts";

const PULSE_TIMERS = 32;
const ALWAYS_ON = 4;
const MAX_LEDS = 4;
const LED_POWER = 8;
const LAST_LED_STATE = 8;
const INTERLOCK_OPTION = 14;

export function powerCommands(machine: Machine): CommandTable {
  const { settings, relays, leds } = machine;

  function power(call: CommandCall): void {
    if (call.index === 0) {
      for (let relay = 1; relay <= relays.count; relay++) {
        relays.command(relay, within(call.payload, POWER.off, POWER.toggle) ? call.payload : POWER.show, call.source);
      }
    } else if (call.index <= relays.count) {
      relays.command(
        call.index,
        within(call.payload, POWER.off, POWER.blinkStop) ? call.payload : POWER.show,
        call.source,
      );
    } else return;
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

  function ledPower(call: CommandCall): void {
    if (!within(call.index, 1, MAX_LEDS)) return;
    const index = leds.hasLink ? call.index : 1;
    const bit = 1 << (index - 1);
    if (within(call.payload, 0, 2)) {
      const was = leds.hasLink ? (leds.lit & bit) !== 0 : leds.legacyPower;
      const on = call.payload === 2 ? !was : call.payload === 1;
      settings.set("ledstate", on ? LED_POWER : 0);
      leds.set(index - 1, on);
    }
    const on = leds.hasLink ? (leds.lit & bit) !== 0 : leds.legacyPower;
    call.respond(answerIndexedText(call, stateText(machine, on ? 1 : 0), index));
  }

  function ledState(call: CommandCall): void {
    if (within(call.payload, 0, LAST_LED_STATE - 1)) {
      settings.set("ledstate", call.payload);
      leds.set(0, (call.payload & 1) !== 0 && relays.power !== 0);
    }
    call.respond(answerNumber(call.key, settings.get("ledstate")));
  }

  function ledMask(call: CommandCall): void {
    if (call.data !== "") settings.set("ledmask", call.payload);
    const mask = settings.get("ledmask");
    call.respond(answerText(call.key, `${mask} (0x${hex(mask, 4)})`));
  }

  /** One relay has nothing to lock. */
  function interlock(call: CommandCall): void {
    if (relays.count <= 1) settings.setOption(INTERLOCK_OPTION, 0);
    else if (within(call.payload, 0, 1)) settings.setOption(INTERLOCK_OPTION, call.payload);
    call.respond(answerText(call.key, stateText(machine, settings.option(INTERLOCK_OPTION))));
  }

  function switchMode(call: CommandCall): void {
    if (!within(call.index, 1, 28)) return;
    if (within(call.payload, 0, 16)) settings.set("switchmode", call.payload, call.index - 1);
    call.respond(answerIndexedNumber(call, settings.get("switchmode", call.index - 1)));
  }

  return {
    Power: power,
    PowerOnState: powerOnState,
    PulseTime: pulseTime,
    BlinkTime: numberCommand(machine, { field: "blinktime", low: 2, high: 3600 }),
    BlinkCount: numberCommand(machine, { field: "blinkcount", low: 0, high: 32000 }),
    Interlock: interlock,
    SwitchMode: switchMode,
    ButtonDebounce: numberCommand(machine, { field: "button_debounce", low: 40, high: 1000 }),
    SwitchDebounce: numberCommand(machine, { field: "switch_debounce", low: 40, high: 1009 }),
    LedPower: ledPower,
    LedState: ledState,
    LedMask: ledMask,
  };
}
