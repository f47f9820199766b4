/**
 * Brings a plug back: asks what the person sees, searches, tries the shortest option, searches again. Every option is
 * tried once at most, every wait ends, and every outcome says what to do next.
 *
 * Which recovery options there are is decided in core/rescue/recovery-options.ts; here they are tried.
 */
import { type ErrorCode, PlugsmithError } from "../../core/errors.ts";
import { JOURNAL_ENTRY_VERSION } from "../../core/journal/version.ts";
import type { Observations, Symptom } from "../../core/rescue/observations.ts";
import { type RecoveryOptionId, recoveryTitle } from "../../core/rescue/recovery-options.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import { joined, say } from "../../core/text/text.ts";
import type { PlugAt } from "../firmware-driver/contract.ts";
import { driverFor } from "../firmware-drivers.ts";
import { warnOfWires } from "../safety/mains.ts";
import { requireSafePower } from "../safety/power-gate.ts";
import { runStep } from "../step.ts";
import { sleep } from "../time.ts";
import { reflash, resumeWriting, startFirmware } from "./by-flash.ts";
import {
  proofPorts,
  type RescuableFirmware,
  type RescueOptions,
  type RescuePorts,
  type RescueResult,
} from "./contract.ts";
import { type FinishedSetup, finishSetup } from "./finish-setup.ts";
import { isManualOption, recoverByHand } from "./manual-recovery.ts";
import { agreed, askPlug, askSymptom, askWifi } from "./questions.ts";
import { anotherPlug, nothingLeft, rescuable } from "./refusals.ts";
import { bringUp, overConsole, type Rejoined, type Rejoining, throughAccessPoint } from "./rejoin.ts";
import { onRecord, recordWires, requireAwayFromMains, requireClosedCase, wiresAttached } from "./safety.ts";
import { survey } from "./survey.ts";

/** After these the next recovery option is tried; any other error ends the rescue: credentials that fail on one recovery option fail on all. */
const SURVIVABLE: readonly ErrorCode[] = [
  "no-answer",
  "network-failed",
  "unauthorized",
  "bad-answer",
  "command-refused",
  "no-sync",
  "no-reply",
  "bad-reply",
  "line-lost",
  "not-settled",
  "audit-failed",
  "unsupported-transport",
  "verify-failed",
  "stub-failed",
  "not-measurable",
];

/** Errors: unsupported-transport when no recovery option is left, with what was tried; unsafe; needs-input; aborted; those of records and files. */
export async function rescue(ports: RescuePorts, options: RescueOptions): Promise<RescueResult> {
  const firmware = driverFor(options.profile, options.firmwares);
  firmware.refuseUnusable({ config: options.config, secure: options.secure });
  return await new Rescue(ports, options, rescuable(firmware, options)).run();
}

/** Where a recovery option ends: at a plug in the network, at a restored backup, or at something that shows at the next look. */
type OptionOutcome = Pick<PlugAt, "address" | "source"> | "vendor" | "look again";

class Rescue {
  readonly #ports: RescuePorts;
  readonly #options: RescueOptions;
  readonly #firmware: RescuableFirmware;
  readonly #tried: RecoveryOptionId[] = [];
  readonly #reported = new Set<RecoveryOptionId>();
  #plug: string | undefined;
  #symptom: Symptom = "unknown";
  #credentials: WifiCredentials | undefined;
  #last: PlugsmithError | undefined;
  /** The person was asked which plug it is: "another one" is an answer too. */
  #asked = false;
  /** The person has confirmed that the case is closed. */
  #closed = false;

  constructor(ports: RescuePorts, options: RescueOptions, firmware: RescuableFirmware) {
    this.#ports = ports;
    this.#options = options;
    this.#firmware = firmware;
  }

  async run(): Promise<RescueResult> {
    const ports = this.#ports;
    this.#symptom = this.#options.symptom ?? (await askSymptom(ports));
    this.#plug = this.#options.plug;
    if (ports.line !== undefined) {
      await requireAwayFromMains(ports, this.#options, await wiresAttached(ports, this.#plug));
    }
    for (;;) {
      const seen = await this.#survey();
      const finished = await this.#tryOptions(seen);
      if (finished !== undefined) return await this.#finish(finished);
    }
  }

  async #survey(): Promise<Observations> {
    return runStep(this.#ports, "look", say`Search for the plug`, async () => {
      const { observations, plug } = await survey(this.#ports, this.#options, {
        firmware: this.#firmware,
        plug: this.#plug,
        whichPlug: () => this.#whichPlug(),
        symptom: this.#symptom,
      });
      if (this.#options.plug !== undefined && plug !== this.#options.plug) throw anotherPlug(this.#options.plug, plug);
      this.#plug = plug;
      if (plug !== undefined) this.#ports.claimPlug?.(plug);
      if (observations.serial !== undefined && plug !== undefined) await recordWires(this.#ports, plug);
      const { length } = this.#firmware.rescue.options(observations);
      return [observations, length === 1 ? say`1 recovery option` : say`${length} recovery options`];
    });
  }

  /** Tries recovery options until one leads home (its end is returned) or has changed what is to be seen (undefined). */
  async #tryOptions(seen: Observations): Promise<FinishedSetup | "vendor" | undefined> {
    const { events } = this.#ports;
    const options = this.#firmware.rescue.options(seen).filter(({ id }) => !this.#tried.includes(id));
    options.forEach(({ id, reason, nextAction }, index) => {
      // After another look only what has become possible is news.
      if (this.#reported.has(id)) return;
      this.#reported.add(id);
      events({
        type: "notice",
        level: "info",
        text: say`Option ${index + 1}, ${recoveryTitle(id)}: ${reason}. ${nextAction}`,
      });
    });
    for (const option of options) {
      if (option.id === "open-the-case") break;
      if (!(await agreed(this.#ports, option))) continue;
      this.#tried.push(option.id);
      try {
        return await runStep<FinishedSetup | "vendor" | undefined>(
          this.#ports,
          option.id,
          recoveryTitle(option.id),
          async () => {
            const end = await this.#tryOption(option.id, seen);
            if (end === "look again") return [undefined, say`done; searching again`];
            if (end === "vendor") return [end, say`the backup that was being restored is complete, byte for byte`];
            return [
              await finishSetup(this.#ports, this.#options, this.#firmware, this.#plug, end),
              say`found at ${end.address}`,
            ];
          },
        );
      } catch (error) {
        if (!(error instanceof PlugsmithError) || !SURVIVABLE.includes(error.code)) throw error;
        this.#last = error;
        events({
          type: "notice",
          level: "warning",
          text: joined([error.texts.message, ...(error.texts.nextStep === undefined ? [] : [error.texts.nextStep])]),
        });
        // A recovery option that was tried half-way may have changed what is to be seen.
        return undefined;
      }
    }
    throw nothingLeft(options, this.#tried, this.#last);
  }

  async #tryOption(option: RecoveryOptionId, seen: Observations): Promise<OptionOutcome> {
    const ports = this.#ports;
    const { line } = ports;
    switch (option) {
      case "in-network": {
        const there = seen.network.find(({ access, minimal }) => access !== "wanted" && !minimal)!;
        await this.#safelyPowered(there.mac);
        return { address: there.address, source: "network" };
      }
      case "finish-upgrade": {
        const { address, access, mac } = seen.network.find(({ minimal }) => minimal)!;
        await this.#safelyPowered(mac);
        const at = { mac: mac ?? this.#plug ?? "", address, source: "network" } as const;
        const { finder, rescue: way } = this.#firmware;
        const [password] = access === "fits" ? await finder.passwordsFor(proofPorts(ports), at) : [];
        const working = { ...proofPorts(ports), events: ports.events };
        await way.finishUpgrade(working, { address, password }, await this.#options.upgradeImage!());
        return { address, source: "network" };
      }
      case "console":
        return await overConsole(this.#rejoining, line!, this.#symptom);
      case "access-point":
        return this.#rejoined(await throughAccessPoint(this.#rejoining));
      case "resume-writing": {
        const there = seen.serial?.kind === "download-mode";
        const written = await resumeWriting({ ...ports, line: line! }, this.#options, this.#plug!, there);
        if (written === "vendor") return written;
        return this.#rejoined(await bringUp(this.#rejoining, line!));
      }
      case "write-anew": {
        const keep = this.#symptom === "minimal";
        this.#plug = await reflash({ ...ports, line: line! }, this.#options, this.#plug, keep);
        await recordWires(ports, this.#plug);
        return this.#rejoined(await bringUp(this.#rejoining, line!));
      }
      case "start":
        await startFirmware({ ...ports, line: line! });
        return "look again";
      case "wait":
        await sleep(ports.clock, GUARD_MS, ports.signal);
        this.#symptom = "unknown";
        return "look again";
      case "open-the-case":
        return "look again";
      default:
        if (isManualOption(option)) await this.#byHand(option);
        return "look again";
    }
  }

  /** Rejoining may have shown which plug it is. */
  #rejoined(at: Rejoined): Rejoined {
    this.#plug = at.plug;
    return at;
  }

  /** A plug that was met over Wi-Fi may be in its socket. With a line, the person has confirmed that it is out of it. */
  async #safelyPowered(met: string | undefined): Promise<void> {
    const plug = met ?? this.#plug;
    if (this.#ports.line === undefined && plug !== undefined) await requireSafePower(this.#ports, plug, "look");
  }

  async #byHand(option: Parameters<typeof recoverByHand>[2]): Promise<void> {
    const { line } = this.#ports;
    if (line === undefined && !this.#closed) {
      await requireClosedCase(this.#ports, this.#options, this.#plug);
      this.#closed = true;
    }
    await recoverByHand(this.#ports, this.#firmware.finder, option, this.#plug, line !== undefined);
    // It cleared the settings, so what the person saw before no longer holds.
    if (option === "hold-button" || option === "seven-power-cycles") this.#symptom = "settings-gone";
  }

  async #finish(finished: FinishedSetup | "vendor"): Promise<RescueResult> {
    const ports = this.#ports;
    const plug = finished === "vendor" ? this.#plug! : finished.plug;
    const outcome = finished === "vendor" ? { outcome: finished } : { calibration: finished.calibration };
    await onRecord(ports, plug, (log) =>
      log.note({
        type: "rescued",
        version: JOURNAL_ENTRY_VERSION,
        symptom: this.#symptom,
        roads: this.#tried,
        ...outcome,
      }),
    );
    const wires = await wiresAttached(ports, plug);
    if (wires) warnOfWires(ports.events);
    const common = { walked: this.#tried, wiresAttached: wires };
    return finished === "vendor"
      ? { outcome: "vendor", plug, ...common }
      : { outcome: "configured", ...finished, ...common };
  }

  async #whichPlug(): Promise<string | undefined> {
    if (this.#asked) return undefined;
    this.#asked = true;
    return await askPlug(this.#ports);
  }

  /** What rejoining the network needs. */
  get #rejoining(): Rejoining {
    return {
      ports: this.#ports,
      options: this.#options,
      firmware: this.#firmware,
      plug: this.#plug,
      wifi: () => this.#wifi(),
      met: (mac) => this.#safelyPowered(mac),
    };
  }

  async #wifi(): Promise<WifiCredentials> {
    this.#credentials ??= await askWifi(this.#ports, this.#firmware, this.#options.wifi ?? {});
    return this.#credentials;
  }
}

/** Six starts within 10 s each, and a start that lasts (support_tasmota.ino and tasmota.ino, SetOption36), ms. */
const GUARD_MS = 90_000;
