/**
 * Which component sits on which pin: the active module or template, with what the person put on free pins.
 * Source: Tasmota tasmota_support/support.ino (TemplateGpios, ValidGPIO, ModuleGpios), tasmota.ino (GpioInit).
 */
import { USER_CODE_STORED } from "../../../core/tasmota/tables/components.ts";
import { TEMPLATE_PINS } from "../../../core/tasmota/tables/legacy-gpio.ts";
import { USER_MODULE_STORED } from "../../../core/tasmota/tables/modules.ts";
import type { PinFunctions, SettingsView } from "../contract.ts";
import { modulePins } from "./module-templates.ts";

/** Pins that lead to the flash chip. */
const FLASH_PINS: readonly number[] = [6, 7, 8, 11];
/** Pins a flash chip in quad mode uses; free on an ESP8285. */
const QUAD_PINS: readonly number[] = [9, 10];
const GENERIC_STORED = 17;
/** SetOption51: GPIO9 and GPIO10 may be used in the Generic module. */
const OPTION_USE_QUAD_PINS = 51;

/** What the meter's driver sees in a build without one. */
export const NO_PINS: PinFunctions = { at: () => 0, pinOf: () => undefined, isFree: () => false };

export class PinMap implements PinFunctions {
  readonly #settings: SettingsView;
  #active: ReadonlyMap<number, number> = new Map();

  constructor(settings: SettingsView) {
    this.#settings = settings;
  }

  /** Takes the settings' module as it is now: done once per boot. */
  apply(): void {
    this.#active = new Map(this.#merged());
  }

  at(gpio: number): number {
    return this.#active.get(gpio) ?? 0;
  }

  pinOf(code: number): number | undefined {
    for (const [gpio, found] of this.#active) if (found === code) return gpio;
    return undefined;
  }

  /** Codes of the module set now, by GPIO number. */
  template(): ReadonlyMap<number, number> {
    const module = this.#settings.get("module");
    const codes =
      module === USER_MODULE_STORED
        ? TEMPLATE_PINS.map((_, i) => this.#settings.get("user_template", i))
        : modulePins(module + 1);
    return new Map(TEMPLATE_PINS.map((gpio, i) => [gpio, codes[i] ?? 0]));
  }

  /** The person may put a component here. */
  isFree(gpio: number, code: number = this.template().get(gpio) ?? 0): boolean {
    if (FLASH_PINS.includes(gpio) || code !== USER_CODE_STORED) return false;
    return !(
      QUAD_PINS.includes(gpio) &&
      this.#settings.get("module") === GENERIC_STORED &&
      this.#settings.option(OPTION_USE_QUAD_PINS) === 0
    );
  }

  #merged(): (readonly [gpio: number, code: number])[] {
    return [...this.template()].map(([gpio, code]) => {
      if (code !== USER_CODE_STORED) return [gpio, code] as const;
      return [gpio, this.isFree(gpio, code) ? this.#settings.get("my_gp", gpio) : 0] as const;
    });
  }
}
