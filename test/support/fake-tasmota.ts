/** A core of the firmware model that is just enough for unit tests of its network and meter halves. */
import type { FirmwareHost } from "../../src/sim/board/firmware.ts";
import type { TasmotaCore } from "../../src/sim/tasmota/contract.ts";
import type { SimClock } from "../../src/sim/world/clock.ts";

export interface FakeTasmota {
  readonly core: TasmotaCore;
  readonly numbers: Map<string, number>;
  readonly texts: Map<string, string>;
  readonly options: Map<number, number>;
  /** "tele SENSOR {…}" in order. */
  readonly published: string[];
  readonly logged: string[];
  readonly relays: boolean[];
  readonly gpio: Map<number, 0 | 1>;
  /** Commands that were executed, with their source. */
  readonly commands: string[];
  /** Log lines a command leaves: set by the test. */
  answer: (command: string) => readonly string[];
  readonly network: { managerActive: boolean; hostname: string; ip: string };
}

const EP2_CODES = new Map([
  [4, 2656],
  [5, 2720],
  [12, 2624],
  [15, 224],
]);

export function fakeTasmota(clock: SimClock, host: Partial<FirmwareHost>, codes = EP2_CODES): FakeTasmota {
  const numbers = new Map<string, number>([
    ["flag2", 0x558180c0],
    ["energy_power_calibration", 12530],
    ["energy_voltage_calibration", 1950],
    ["energy_current_calibration", 3500],
  ]);
  const texts = new Map<string, string>([
    ["DeviceName", "Tasmota"],
    ["StateText1", "OFF"],
    ["StateText2", "ON"],
  ]);
  const options = new Map<number, number>();
  const published: string[] = [];
  const logged: string[] = [];
  const relays = [true];
  const gpio = new Map<number, 0 | 1>();
  const commands: string[] = [];
  const lines: string[] = [];
  const network = { managerActive: false, hostname: "tasmota-A1B2C3-4803", ip: "192.168.1.50" };
  const fake = { commands, network, answer: (_command: string): readonly string[] => [] };
  const core = {
    build: {
      number: "15.2.0.2",
      version: "15.2.0.2(tasmota)",
      image: "tasmota",
      built: "",
      core: "2.7.8",
      sdk: "2.2.2",
      programSize: 655,
      free: 348,
    },
    network: {
      get managerActive() {
        return network.managerActive;
      },
      get hostname() {
        return network.hostname;
      },
      get station() {
        return { ip: network.ip, connected: true, ssid: "Home", signalDbm: -55, gateway: "", mask: "", dns1: "" };
      },
    },
    meter: { present: false },
    moduleName: "Sonoff Basic",
    restartFlag: 0,
    templateJson: () => "{}",
    webLog: {
      get next() {
        return lines.length + 1;
      },
      since: (index: number) => lines.slice(Math.max(0, index - 1)),
      holdLevel: () => {},
    },
    execute: (command: string, source: string) => {
      commands.push(`${source}: ${command}`);
      lines.push(...fake.answer(command));
    },
    saveSettings: () => {},
    dumpSettings: () => new Uint8Array(4096).fill(7),
    restoreSettings: (dump: Uint8Array) => (dump.length === 4096 ? "ok" : "invalid"),
    storeFirmware: (_image: Uint8Array, done: (error: string | undefined) => void) => done(undefined),
    host: {
      clock,
      resetCause: 1,
      mac: Uint8Array.from([0x5c, 0xcf, 0x7f, 0xa1, 0xb2, 0xc3]),
      pins: {
        output: (pin: number, level: 0 | 1) => void gpio.set(pin, level),
        release: () => {},
        level: (pin: number) => gpio.get(pin) ?? 0,
        onChange: () => {},
      },
      ...host,
    },
    settings: {
      get: (field: string, index = 0) => numbers.get(index === 0 ? field : `${field}${index}`) ?? 0,
      set: (field: string, value: number, index = 0) =>
        void numbers.set(index === 0 ? field : `${field}${index}`, value),
      text: (field: string) => texts.get(field) ?? "",
      setText: (field: string, value: string) => {
        texts.set(field, value);
        return true;
      },
      option: (number: number) => options.get(number) ?? 0,
      setOption: (number: number, value: number) => void options.set(number, value),
    },
    time: {
      uptime: 0,
      uptimeText: () => "0T00:00:00",
      utc: 0,
      valid: false,
      zoneSeconds: () => 0,
      local: () => new Date(clock.now / 1000).toISOString().slice(0, 19),
      format: (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 19),
    },
    pins: {
      at: (pin: number) => codes.get(pin) ?? 0,
      pinOf: (code: number) => [...codes].find(([, value]) => value === code)?.[0],
      isFree: (pin: number) => !codes.has(pin),
    },
    relayCount: relays.length,
    relayOn: (relay: number) => relays[relay - 1] ?? false,
    setRelay: (relay: number, action: "on" | "off" | "toggle") => {
      relays[relay - 1] = action === "toggle" ? !relays[relay - 1] : action === "on";
    },
    publish: (prefix: string, subtopic: string, payload: string) =>
      void published.push(`${prefix} ${subtopic} ${payload}`),
    log: (_level: number, text: string) => void logged.push(text),
  } as unknown as TasmotaCore;
  return Object.assign(fake, { core, numbers, texts, options, published, logged, relays, gpio });
}
