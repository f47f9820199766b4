/**
 * What the firmware model holds in RAM, so that a plug that is kept in a folder goes on where it was: settings that are not
 * saved yet, its clock, relays, log, variables, and what its network was at. Blinking, TimedPower, subscriptions of rules
 * and the connection to a broker are not part of it: they end as at a power cut.
 */

import type { KeptMemory } from "../board/firmware.ts";
import { fromHex, toHex } from "../hex.ts";
import type { ConsolePort, KeptConsole } from "./console/console-port.ts";
import type { KeptLog, WebLogRing } from "./console/web-log.ts";
import type { KeptNetwork } from "./contract.ts";
import type { KeptTime } from "./device/firmware-time.ts";
import type { KeptRelays } from "./device/relays.ts";
import type { Telemetry } from "./device/telemetry.ts";
import type { Machine } from "./machine.ts";
import type { KeptSaving, SettingsSaver } from "./settings/settings-saver.ts";

export interface TasmotaMemory {
  /** The structure of 4096 bytes, hex. */
  readonly settings: string;
  readonly saving: KeptSaving;
  readonly time: KeptTime;
  readonly relays: KeptRelays;
  readonly console: KeptConsole;
  readonly log: KeptLog;
  readonly telemetry: number;
  readonly variables: readonly (readonly [number, string])[];
  /** µs that each has left. */
  readonly ruleTimers: readonly number[];
  readonly network: KeptNetwork;
  readonly deviceTopic: string;
  readonly hostname: string;
  readonly syslogLevel: number;
}

/** The parts that other code does not see. */
export interface KeptParts {
  readonly saver: SettingsSaver;
  readonly telemetry: Telemetry;
}

type Kept = Machine & {
  readonly webLog: WebLogRing;
  readonly serial: ConsolePort;
  readonly backlogEmpty: boolean;
  deviceTopic: string;
  hostname: string;
};

/** How long it may look for the network that it was in, µs: the network may be another one by now. */
const NETWORK_BACK_US = 30e6;
/** A start counts as survived then, s, and is no longer under way. */
export const STARTED_AFTER_S = 10;

export class Keeper {
  readonly #machine: Kept;
  readonly #parts: KeptParts;
  /** It looks for the network that it was in. */
  #resuming: { readonly wasConnected: boolean; readonly until: number } | undefined;

  constructor(machine: Kept, parts: KeptParts) {
    this.#machine = machine;
    this.#parts = parts;
  }

  get isAtRest(): boolean {
    const { time, network, relays, store, ota, restartFlag, backlogEmpty } = this.#machine;
    const started = time.uptime > STARTED_AFTER_S && restartFlag === 0 && backlogEmpty;
    return started && relays.isAtRest && network.isAtRest && !store.busy && !ota.running && !this.isResuming;
  }

  keep(): KeptMemory {
    const machine = this.#machine;
    const { saver, telemetry } = this.#parts;
    const { deviceTopic, hostname, syslogLevel } = machine;
    const { now } = machine.host.clock;
    machine.meter.beforeSave();
    const memory: TasmotaMemory = {
      settings: toHex(machine.settings.bytes),
      saving: saver.keep(),
      time: machine.time.keep(),
      relays: machine.relays.keep(),
      console: machine.serial.keep(),
      log: machine.webLog.keep(),
      telemetry: telemetry.counter,
      variables: [...machine.variables],
      ruleTimers: Array.from(machine.ruleTimers as readonly (number | undefined)[], (at) =>
        Math.max(0, (at ?? 0) - now),
      ),
      network: machine.network.keep(),
      deviceTopic,
      hostname,
      syslogLevel,
    };
    return { ...memory };
  }

  /** Goes on from where it was kept, without a word. @param takePins has the pins taken, and then the relays switched. */
  resume(kept: KeptMemory, takePins: (switchRelays: () => void) => void): void {
    const memory = kept as unknown as TasmotaMemory;
    const machine = this.#machine;
    const { saver, telemetry } = this.#parts;
    const { now } = machine.host.clock;
    this.#resuming = { wasConnected: memory.network.station.connected, until: now + NETWORK_BACK_US };
    machine.store.load();
    machine.settings.load(fromHex(memory.settings));
    saver.resume(memory.saving);
    machine.time.resume(memory.time);
    machine.serial.resume(memory.console);
    machine.webLog.resume(memory.log);
    telemetry.counter = memory.telemetry;
    for (const [index, value] of memory.variables) machine.variables.set(index, value);
    machine.ruleTimers.push(...memory.ruleTimers.map((left) => (left > 0 ? now + left : 0)));
    machine.deviceTopic = memory.deviceTopic;
    machine.hostname = memory.hostname;
    machine.syslogLevel = memory.syslogLevel;
    takePins(() => machine.relays.resume(memory.relays));
    machine.network.resume(memory.network);
  }

  /** What it did before is over, and it says nothing of it: it only finds its network again. */
  get isResuming(): boolean {
    if (this.#resuming === undefined) return false;
    const { network, host } = this.#machine;
    const { wasConnected, until } = this.#resuming;
    const back = network.isAtRest && (!wasConnected || network.station.connected);
    if (back || host.clock.now >= until) this.#resuming = undefined;
    return this.#resuming !== undefined;
  }
}
