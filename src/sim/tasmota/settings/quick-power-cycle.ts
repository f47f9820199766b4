/**
 * Seven quick power cycles in a row erase the settings. The count is kept in a flash sector of its own, a word per
 * cycle, so that counting needs no erase.
 * Source: Tasmota tasmota_support/settings.ino (UpdateQuickPowerCycle).
 */
import type { FirmwareFlash } from "../../board/firmware.ts";
import { SECTOR_SIZE, type SettingsStore } from "./settings-store.ts";

const QPC_SECTOR = 0xf3;
const SIGNATURE = 0xffa55aff;
/** The cycle that erases. */
const ERASING_CYCLE = 7;
/** Sectors erased by it: the counter itself, the settings, the SDK's. */
const FIRST_ERASED = 0xf3;
const LAST_ERASED = 0xff;

/** SetOption65: not counted. */
const NOT_COUNTED = 65;
/** Uptime at which a start counts as no quick one, s. */
const OVER = 8;

interface CountingCore {
  readonly host: { readonly flash: FirmwareFlash };
  readonly settings: { option(number: number): number };
  readonly store: SettingsStore;
  log(level: 2, text: string): void;
}

/** The counting of one run. */
export class QuickPowerCycles {
  readonly #core: CountingCore;

  constructor(core: CountingCore) {
    this.#core = core;
  }

  /** At the first start since power came. Returns whether it erased everything. */
  count(): boolean {
    const { host, settings, store } = this.#core;
    if (settings.option(NOT_COUNTED)) return false;
    return this.#tell(countPowerCycle(host.flash, store)) === "erased";
  }

  everySecond(uptime: number): void {
    const { host, settings, store } = this.#core;
    if (uptime === OVER && !settings.option(NOT_COUNTED)) this.#tell(forgetPowerCycles(host.flash, store));
  }

  #tell(outcome: PowerCycleOutcome): PowerCycleOutcome {
    if (outcome === "armed") this.#core.log(2, "QPC: Reset");
    else if (typeof outcome === "object") this.#core.log(2, `QPC: Count ${outcome.count}`);
    return outcome;
  }
}

/** What came of it: how many cycles there were, the counter armed again, or everything erased. */
type PowerCycleOutcome = { readonly count: number } | "armed" | "erased" | "unchanged";

function countPowerCycle(flash: FirmwareFlash, store: SettingsStore): PowerCycleOutcome {
  const words = readWords(flash);
  if (words[0] !== SIGNATURE) return arm(store);
  let cycle = 1;
  while (cycle < ERASING_CYCLE && words[cycle] === 0) cycle++;
  if (cycle === ERASING_CYCLE) {
    for (let sector = FIRST_ERASED; sector <= LAST_ERASED; sector++) store.eraseSector(sector);
    return "erased";
  }
  store.program(QPC_SECTOR * SECTOR_SIZE + 4 * cycle, new Uint8Array(4));
  return { count: cycle };
}

/** After 8 s of uptime the cycle was not quick: start over, if anything had been counted. */
function forgetPowerCycles(flash: FirmwareFlash, store: SettingsStore): PowerCycleOutcome {
  const words = readWords(flash);
  return words[0] !== SIGNATURE || words[1] === 0 ? arm(store) : "unchanged";
}

function arm(store: SettingsStore): PowerCycleOutcome {
  const signature = new Uint8Array(4);
  new DataView(signature.buffer).setUint32(0, SIGNATURE, true);
  store.eraseSector(QPC_SECTOR);
  store.program(QPC_SECTOR * SECTOR_SIZE, signature);
  return "armed";
}

function readWords(flash: FirmwareFlash): readonly number[] {
  const bytes = flash.read(QPC_SECTOR * SECTOR_SIZE, 4 * (ERASING_CYCLE + 1));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: ERASING_CYCLE + 1 }, (_, i) => view.getUint32(4 * i, true));
}
