/** LEDs, switches and buttons. Source: Tasmota tasmota_support/support_command.ino (CmndLedPower … CmndLedPwmMode, CmndSwitchMode, CmndSwitchText, CmndButtonDebounce). */
import type { CommandCall, CommandHandler, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { answerAll, answerIndexedNumber, answerIndexedText, numberCommand, stateText } from "./answers.ts";
import { answerNumber, answerText, hex } from "./json.ts";
import { within } from "./payload.ts";

const MAX_LEDS = 4;
/** LedState as LedPower sets it: bit 3 is the LED, without it no power is shown. */
const LED_POWER = 8;
const LAST_LED_STATE = 7;
const SWITCHES = 32;
/** Modes 0 … 16, in tasmota.h SwitchModeOptions. */
const LAST_SWITCH_MODE = 16;

export function ledCommands(machine: Machine): CommandTable {
  const { settings, relays, leds } = machine;

  function ledPower(call: CommandCall): void {
    if (!within(call.index, 1, MAX_LEDS)) return;
    const index = leds.hasLink ? call.index : 1;
    const bit = 1 << (index - 1);
    if (within(call.payload, 0, 2)) {
      const stored = settings.get("ledstate") & LED_POWER;
      const toggled = call.payload === 2;
      settings.set("ledstate", toggled ? stored ^ LED_POWER : call.payload * LED_POWER);
      const was = (leds.lit & bit) !== 0;
      leds.set(index - 1, leds.hasLink ? (toggled ? !was : call.payload === 1) : leds.legacyPower);
    }
    const on = leds.hasLink ? (leds.lit & bit) !== 0 : leds.legacyPower;
    call.respond(answerIndexedText(call, stateText(machine, on ? 1 : 0), index));
  }

  function ledState(call: CommandCall): void {
    if (within(call.payload, 0, LAST_LED_STATE)) {
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

  /** 0 … 255; what is beyond is held to the nearest. */
  function brightness(field: "ledpwm_on" | "ledpwm_off"): CommandHandler {
    return (call) => {
      if (call.data !== "") settings.set(field, Math.max(0, Math.min(255, call.payload)));
      call.respond(answerNumber(call.key, settings.get(field)));
    };
  }

  function ledPwmMode(call: CommandCall): void {
    if (!within(call.index, 1, MAX_LEDS)) return;
    const index = leds.hasLink ? call.index : 1;
    const bit = 1 << (index - 1);
    if (within(call.payload, 0, 2)) {
      const mask = settings.get("ledpwm_mask");
      settings.set("ledpwm_mask", call.payload === 2 ? mask ^ bit : call.payload === 1 ? mask | bit : mask & ~bit);
    }
    const on = (settings.get("ledpwm_mask") & bit) !== 0;
    call.respond(answerIndexedText(call, stateText(machine, on ? 1 : 0), index));
  }

  function switchMode(call: CommandCall): void {
    const wanted = within(call.payload, 0, LAST_SWITCH_MODE) ? call.payload : undefined;
    if (call.index === 0) {
      const all = Array.from({ length: SWITCHES }, (_, i) => i);
      if (wanted !== undefined) for (const i of all) settings.set("switchmode", wanted, i);
      call.respond(`{"${call.key}":[${all.map((i) => settings.get("switchmode", i)).join(",")}]}`);
      return;
    }
    if (!within(call.index, 1, SWITCHES)) return;
    if (wanted !== undefined) settings.set("switchmode", wanted, call.index - 1);
    call.respond(answerIndexedNumber(call, settings.get("switchmode", call.index - 1)));
  }

  /** Names of the switches; blanks are taken out. */
  function switchText(call: CommandCall): void {
    if (!within(call.index, 1, SWITCH_TEXTS.length)) return;
    if (!call.userIndex && call.data === "") {
      call.respond(answerAll(machine, call, SWITCH_TEXTS));
      return;
    }
    const field = SWITCH_TEXTS[call.index - 1]!;
    const text = call.data.replace(/\s/g, "");
    if (call.data !== "") settings.setText(field, text.startsWith('"') ? "" : text);
    call.respond(answerIndexedText(call, settings.text(field)));
  }

  return {
    LedPower: ledPower,
    LedState: ledState,
    LedMask: ledMask,
    LedPwmOn: brightness("ledpwm_on"),
    LedPwmOff: brightness("ledpwm_off"),
    LedPwmMode: ledPwmMode,
    SwitchMode: switchMode,
    SwitchText: switchText,
    ButtonDebounce: numberCommand(machine, { field: "button_debounce", low: 40, high: 1000 }),
    SwitchDebounce: numberCommand(machine, { field: "switch_debounce", low: 40, high: 1009 }),
  };
}

const SWITCH_TEXTS: readonly string[] = Array.from({ length: 8 }, (_, i) => `SwitchText${i + 1}`);
