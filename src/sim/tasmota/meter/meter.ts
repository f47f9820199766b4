/**
 * The energy driver of the firmware model: pulses in, ENERGY out. Present only when the active template has a CF pin.
 * Source: xdrv_03_energy.ino, xnrg_01_hlw8012.ino.
 */
import {
  CALIBRATION_RESET_MARKS,
  DEFAULT_CALIBRATION,
  PULSE_WATCHDOG_MS,
} from "../../../core/tasmota/tables/metering.ts";
import { timeField } from "../command/time-commands.ts";
import type { MeterPart, PinFunctions, Quantity, TasmotaCore } from "../contract.ts";
import { calibrationFor } from "./calibrate.ts";
import { EnergyCounters } from "./energy-counters.ts";
import { energyJson, resolutions } from "./energy-json.ts";
import { Margins } from "./margins.ts";
import { type Calibration, driverPins, PulseDriver, TICK_US, TICKS_PER_SECOND } from "./pulse-driver.ts";

const CALIBRATION_FIELDS = {
  power: "energy_power_calibration",
  voltage: "energy_voltage_calibration",
  current: "energy_current_calibration",
} as const satisfies Record<Quantity, string>;

const SOFTWARE_RESET = 3;
/** SetOption21: measure although the relay is off. */
const MEASURE_WHEN_OFF = 21;

export function createMeter(core: TasmotaCore): MeterPart {
  return new EnergyMeter(core);
}

class EnergyMeter implements MeterPart {
  readonly #core: TasmotaCore;
  #driver: PulseDriver | undefined;
  #counters: EnergyCounters | undefined;
  #margins: Margins | undefined;
  #cancelTick: (() => void) | undefined;
  #ticks = 0;
  #secondsWithoutPulses = 0;

  constructor(core: TasmotaCore) {
    this.#core = core;
  }

  get present(): boolean {
    return this.#driver !== undefined;
  }

  configure(pins: PinFunctions): void {
    const found = driverPins(pins);
    if (found === undefined) return;
    const { host, settings, time } = this.#core;
    this.#driver = new PulseDriver(host.meter, host.pins, found);
    this.#counters = new EnergyCounters(settings, time, host.kept !== undefined || host.resetCause === SOFTWARE_RESET);
    this.#margins = new Margins(this.#core, this.#driver, () => this.#sendSensor());
    if (CALIBRATION_RESET_MARKS.includes(settings.get(CALIBRATION_FIELDS.power))) {
      for (const quantity of ["power", "voltage", "current"] as const) {
        settings.set(CALIBRATION_FIELDS[quantity], DEFAULT_CALIBRATION[quantity]);
      }
    }
  }

  start(): void {
    if (this.#driver !== undefined) this.#scheduleTick();
  }

  stop(): void {
    this.#cancelTick?.();
    this.#driver = undefined;
  }

  everySecond(): void {
    const driver = this.#driver;
    if (driver === undefined) return;
    this.#secondsWithoutPulses = driver.takeSign() ? 0 : this.#secondsWithoutPulses + 1;
    if (this.#secondsWithoutPulses * 1000 > PULSE_WATCHDOG_MS) {
      driver.watts = 0;
      driver.volts = 0;
      driver.amps = 0;
      driver.forget();
    }
    this.#counters!.everySecond();
    this.#margins!.everySecond(Math.trunc(this.energy().today * 1000));
  }

  sensorJson(tele: boolean): string {
    const driver = this.#driver;
    if (driver === undefined) return "";
    const { settings, time } = this.#core;
    return energyJson({
      driver,
      resolutions: resolutions(settings.get("flag2")),
      startTime: time.format(settings.get("energy_kWhtotal_time")),
      energy: this.energy(),
      period: tele ? this.#counters!.takePeriod() : undefined,
    });
  }

  calibrationFor(quantity: Quantity, argument: string, typed: number): Readonly<Partial<Record<Quantity, number>>> {
    return this.#driver === undefined ? {} : calibrationFor(this.#driver, quantity, argument, typed);
  }

  setEnergy(counter: "total" | "today" | "yesterday", wattHours: number, epoch?: number): void {
    this.#counters?.set(counter, wattHours, epoch);
  }

  maxEnergySet(): void {
    this.#margins?.maxEnergySet();
  }

  energy(): { readonly total: number; readonly yesterday: number; readonly today: number } {
    return this.#counters?.read() ?? { total: 0, yesterday: 0, today: 0 };
  }

  beforeSave(): void {
    this.#counters?.save();
  }

  powerChanged(): void {
    this.#margins?.relayMoved();
  }

  #scheduleTick(): void {
    const { clock } = this.#core.host;
    this.#cancelTick = clock.at(clock.now + TICK_US, () => {
      this.#tick();
      this.#scheduleTick();
    });
  }

  #tick(): void {
    const driver = this.#driver!;
    if (++this.#ticks % TICKS_PER_SECOND === 0) {
      const { power } = this.#calibration();
      this.#counters!.add(driver.energyOf(driver.takeSecondPulses(), power));
    }
    driver.tick(this.#calibration(), this.#measuring());
  }

  #measuring(): boolean {
    if (this.#core.settings.option(MEASURE_WHEN_OFF) === 1) return true;
    for (let relay = 1; relay <= this.#core.relayCount; relay++) {
      if (this.#core.relayOn(relay)) return true;
    }
    return false;
  }

  #calibration(): Calibration {
    const { settings } = this.#core;
    return {
      power: settings.get(CALIBRATION_FIELDS.power),
      voltage: settings.get(CALIBRATION_FIELDS.voltage),
      current: settings.get(CALIBRATION_FIELDS.current),
    };
  }

  /** SENSOR with nothing but the energy, as margins and limits send it. */
  #sendSensor(): void {
    this.#core.publish("tele", "SENSOR", `{${timeField(this.#core)},"ENERGY":${this.sensorJson(false)}}`);
  }
}
