/**
 * The settings as the rules see them: numbers and texts by name, options by number, the text pool's size.
 * Source: Tasmota 15.2 settings.ino (SettingsUpdateText, SettingsDefaultSet2), tasmota_types.h (settings_text_size), my_user_config.h.
 */
import { type Call, escaped } from "./call.ts";

/** What the device says to a command, in order, and whether it restarts. */
export interface Outcome {
  readonly lines: readonly string[];
  readonly restart: boolean;
}

const POOL = 699;
/** Texts of a device that got the EP2's template, NULs of all 99 included (Status 2, CR). */
const POOL_USED_BLANK = 352;
const OPTIONS_ON: readonly number[] = [0, 3, 15, 57, 95, 96, 128];
/** SetOption32 … 49: settings.ino, SettingsDefaultSet2. */
const OPTION_BYTES: readonly number[] = [40, 5, 200, 0, 1, 0, 6, 0, 0, 60, 90, 10, 25, 40, 0, 0, 0, 0];

export class Model {
  readonly numbers: Map<string, number> = new Map();
  readonly texts: Map<string, string> = new Map();
  readonly options: Map<number, number> = new Map();
  /** Lines told beside the answer while a command is carried out. */
  readonly reported: string[] = [];
  #poolUsed = POOL_USED_BLANK;
  restart = false;

  constructor() {
    for (const option of OPTIONS_ON) this.options.set(option, 1);
    for (const [i, value] of OPTION_BYTES.entries()) this.options.set(32 + i, value);
  }

  option(number: number): number {
    return this.options.get(number) ?? 0;
  }

  number(name: string, standard: number): number {
    return this.numbers.get(name) ?? standard;
  }

  text(name: string, standard = ""): string {
    return this.texts.get(name) ?? standard;
  }

  /** A text that does not fit leaves the old one, and the log says by how much. */
  setText(name: string, value: string, standard = ""): void {
    const grown = this.#poolUsed + Buffer.byteLength(value) - Buffer.byteLength(this.text(name, standard));
    if (grown > POOL) {
      this.reported.push(`CFG: Text overflow by ${grown - POOL} char(s)`);
      return;
    }
    this.#poolUsed = grown;
    this.texts.set(name, value);
  }

  /** OFF and ON as StateText1 and StateText2 have them. */
  state(value: number): string {
    return this.text(`StateText${value + 1}`, ["OFF", "ON", "TOGGLE", "HOLD"][value]);
  }

  /** The level that answers go to: RESULT, with SetOption4 the command. */
  level(call: Call): string {
    return this.option(4) ? call.name : "RESULT";
  }

  answer(call: Call, json: string): readonly string[] {
    return call.silent ? [] : [`${this.level(call)} = ${json}`];
  }
}

export function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

export function keyed(key: string, value: string | number): string {
  return `{"${key}":${typeof value === "number" ? value : quoted(value)}}`;
}
