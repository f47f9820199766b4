/** A plug that was configured, locked and calibrated, its person, and the rescue between them, in virtual time. */

import { PlugsmithError } from "../../src/core/errors.ts";
import { asText } from "../../src/core/text/text.ts";
import { openCalibrationRecords } from "../../src/engine/calibration/journal-records.ts";
import { readSecrets } from "../../src/engine/home/plug-records.ts";
import type { Files, Operator } from "../../src/engine/ports.ts";
import type { RescueOptions, RescuePorts, RescueResult } from "../../src/engine/rescue/contract.ts";
import { rescue } from "../../src/engine/rescue/rescue.ts";
import { closeAndRecord } from "../../src/engine/rescue/safety.ts";
import { commandLink } from "../../src/engine/tasmota/command-link.ts";
import { HttpClient } from "../../src/engine/tasmota/http-client.ts";
import { tasmotaMeter } from "../../src/engine/tasmota/meter.ts";
import { sleep } from "../../src/engine/time.ts";
import { EP2_GUIDE, EP2_TEXTS } from "./conversion-options.ts";
import { itemByItem } from "./item-by-item.ts";
import { EP2, GOOD, SetupRig } from "./setup-rig.ts";

export const MAC = "5ccf7fa1b2c3";
export const CONSTANTS = { voltage: 1742, current: 3166, power: 13412 } as const;

/** The EP2's button (its profile), low when pressed. */
const BUTTON = 13;

/** What a calibration would have left in the plug's journal. */
export async function recordCalibration(files: Files, plug: string): Promise<void> {
  const records = await openCalibrationRecords(files, "/home", plug);
  const before = { voltage: 1950, current: 3500, power: 12530 };
  await records.append({
    version: 1,
    kind: "calibrated",
    at: "2026-01-02T03:04:05.000Z",
    method: "in a test",
    samples: 8,
    before,
    after: CONSTANTS,
    results: [],
    resistive: "yes",
  });
  await records.close();
}

/** What sound things measure, for the guide's questions: in the middle of what it allows. */
function soundReading(id: string): number {
  const item = [...EP2_GUIDE.beforePower, ...EP2_GUIDE.closing].find((each) => each.id === id);
  if (item === undefined || !("measure" in item)) return 0.2;
  const { atLeast, atMost } = item;
  if (atLeast !== undefined && atMost !== undefined) return (atLeast + atMost) / 2;
  return atLeast === undefined ? 0.9 * atMost! : 1.1 * atLeast;
}

export class RescueRig extends SetupRig {
  /** Ids of what was asked, in order. */
  readonly asked: string[] = [];
  /** Answers to choices by id; else the first option. */
  answers: Record<string, string> = {};

  /** Converted over the wires, calibrated, closed by its list, in the network. Returns its address. */
  async converted(): Promise<string> {
    this.board.powerOn();
    const { address } = await this.setup("serial");
    const { webPassword } = await readSecrets({ files: this.files, path: "/home" }, MAC);
    const client = new HttpClient({ http: this.http, clock: this.clock.port(), host: address, password: webPassword });
    await this.do(tasmotaMeter(commandLink(client)).writeConstants(CONSTANTS));
    await recordCalibration(this.files, MAC);
    await this.do(closeAndRecord(this.rescuePorts(), this.rescueOptions(), MAC));
    this.asked.length = 0;
    this.board.run(5);
    return address;
  }

  get constants(): unknown {
    const { settings } = this.core;
    return {
      voltage: settings.get("energy_voltage_calibration"),
      current: settings.get("energy_current_calibration"),
      power: settings.get("energy_power_calibration"),
    };
  }

  async oldPassword(): Promise<string | undefined> {
    return (await readSecrets({ files: this.files, path: "/home" }, MAC)).webPassword;
  }

  /** Power off and on, each for so many seconds. */
  async powerCycle(off: number, on: number): Promise<void> {
    const clock = this.clock.port();
    this.board.powerOff();
    await sleep(clock, off * 1000);
    this.board.powerOn();
    await sleep(clock, on * 1000);
  }

  async press(seconds: number): Promise<void> {
    this.board.pull(BUTTON, 0);
    await sleep(this.clock.port(), seconds * 1000);
    this.board.pull(BUTTON, 1);
  }

  async pressSixTimes(): Promise<void> {
    for (let i = 0; i < 6; i++) {
      await this.press(0.15);
      await sleep(this.clock.port(), 150);
    }
  }

  readonly #hands: Readonly<Record<string, () => Promise<void>>> = {
    "power-cycle": () => this.powerCycle(10, 0),
    "six-presses": () => this.pressSixTimes(),
    "hold-button": () => this.press(45),
    "seven-power-cycles": async () => {
      this.board.powerOff();
      await sleep(this.clock.port(), 30_000);
      this.board.powerOn();
      for (let i = 0; i < 6; i++) {
        await sleep(this.clock.port(), 2000);
        await this.powerCycle(2, 0);
      }
    },
  };

  readonly person: Operator = {
    act: async ({ id }) => {
      this.asked.push(id);
      await this.#hands[id]?.();
    },
    measure: ({ id }) => Promise.resolve(soundReading(id)),
    choose: ({ id, options }) => {
      const answer = this.answers[id] ?? options[0]!.id;
      this.asked.push(`${id}: ${answer}`);
      return Promise.resolve(answer);
    },
    check: (list, signal) => itemByItem(this.person).check(list, signal),
    read: (readings, signal) => itemByItem(this.person).read(readings, signal),
    provide: ({ id }) => Promise.reject(new PlugsmithError("needs-input", { message: asText(id) })),
  };

  rescuePorts(extra: Partial<RescuePorts> = {}): RescuePorts {
    const { http, random, wifi } = this.ports;
    return {
      clock: this.clock.port(),
      files: this.files,
      home: "/home",
      tool: "plugsmith test",
      random,
      http,
      wifi,
      operator: this.person,
      events: (event) => this.events.push(event),
      ...extra,
    };
  }

  rescueOptions(extra: Partial<RescueOptions> = {}): RescueOptions {
    return {
      profile: EP2,
      guide: EP2_GUIDE,
      texts: EP2_TEXTS,
      config: { timeZone: "Europe/Berlin" },
      wifi: GOOD,
      ranges: ["192.168.1.2-192.168.1.60"],
      ...extra,
    };
  }

  rescue(options: Partial<RescueOptions>, ports: Partial<RescuePorts> = {}): Promise<RescueResult> {
    return this.do(rescue(this.rescuePorts(ports), this.rescueOptions(options)));
  }
}
