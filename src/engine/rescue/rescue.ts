/**
 * Brings a plug back: asks what is seen, looks, tries the shortest option, looks again. Every option is tried once at most,
 * every wait ends, and whatever comes out says what to do next.
 *
 * Which recovery options there are is decided in core/rescue/recovery-options.ts; here somebody tries them.
 */
import { foldConversion } from "../../core/conversion/state.ts";
import { type ErrorCode, PlugsmithError } from "../../core/errors.ts";
import { JOURNAL_ENTRY_VERSION } from "../../core/journal/version.ts";
import { type Observations, SYMPTOMS, type Symptom } from "../../core/rescue/observations.ts";
import {
  type RecoveryOption,
  type RecoveryOptionId,
  recoveryOptions,
  recoveryTitle,
} from "../../core/rescue/recovery-options.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import { asText, joined, say } from "../../core/text/text.ts";
import type { PlugAt } from "../firmware-driver/contract.ts";
import { plugFolder, plugsOnRecord } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { readSecrets, rememberedPlugs } from "../home/plug-records.ts";
import { coldStart } from "../jobs/boot-proof.ts";
import { leaveUnstarted } from "../jobs/operator-actions.ts";
import { locatePatiently } from "../jobs/setup.ts";
import { askCredentials, correction, type GivenWifi } from "../jobs/wifi-credentials.ts";
import type { ByteLine } from "../ports.ts";
import { plugIntoMains } from "../safety/mains.ts";
import { requireSafePower } from "../safety/power-gate.ts";
import { classifySupply } from "../safety/supply.ts";
import { runStep } from "../step.ts";
import { passwordsFor, proofPorts } from "../tasmota/address-proof.ts";
import { tasmotaDriver } from "../tasmota/driver.ts";
import { locateIn } from "../tasmota/find.ts";
import { provision } from "../tasmota/provision-plug.ts";
import { refuseUnusable } from "../tasmota/refuse-unusable.ts";
import { sleep } from "../time.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import { recoverByConsole } from "./by-console.ts";
import { reflash, resumeWriting, startFirmware } from "./by-flash.ts";
import { finishUpgrade } from "./by-upgrade.ts";
import type { RescueOptions, RescuePorts, RescueResult } from "./contract.ts";
import { type FinishedSetup, finishSetup } from "./finish-setup.ts";
import { isManualOption, recoverByHand } from "./manual-recovery.ts";
import {
  closeAndRecord,
  onRecord,
  recordWires,
  requireAwayFromMains,
  requireClosedCase,
  wiresAttached,
} from "./safety.ts";
import { survey } from "./survey.ts";

/** After these the next recovery option is tried; any other error ends the rescue: credentials that fail on one recovery option fail on all. */
const SURVIVABLE: readonly ErrorCode[] = [
  ...(["no-answer", "network-failed", "unauthorized", "bad-answer", "command-refused"] as const),
  ...([
    "no-sync",
    "no-reply",
    "bad-reply",
    "line-lost",
    "not-settled",
    "audit-failed",
    "unsupported-transport",
  ] as const),
  ...(["verify-failed", "stub-failed", "not-measurable"] as const),
];

/** Errors: unsupported-transport when no recovery option is left, with what was tried; unsafe; needs-input; aborted; those of records and files. */
export async function rescue(ports: RescuePorts, options: RescueOptions): Promise<RescueResult> {
  refuseUnusable({ config: options.config, secure: options.secure });
  return await new Rescue(ports, options).run();
}

/** Where a recovery option ends: at a plug in the network, at a restored backup, or at something that shows at the next look. */
type OptionOutcome = Pick<PlugAt, "address" | "source"> | "vendor" | "look again";

class Rescue {
  readonly #ports: RescuePorts;
  readonly #options: RescueOptions;
  readonly #tried: RecoveryOptionId[] = [];
  readonly #reported = new Set<RecoveryOptionId>();
  #plug: string | undefined;
  #symptom: Symptom = "unknown";
  #credentials: WifiCredentials | undefined;
  #last: PlugsmithError | undefined;
  /** Which plug it is was asked: "another one" is an answer too. */
  #asked = false;
  /** The case was asked about, and is shut. */
  #closed = false;

  constructor(ports: RescuePorts, options: RescueOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  async run(): Promise<RescueResult> {
    const ports = this.#ports;
    this.#symptom = this.#options.symptom ?? (await this.#askSymptom());
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
        plug: this.#plug,
        whichPlug: () => this.#askPlug(),
        symptom: this.#symptom,
      });
      if (this.#options.plug !== undefined && plug !== this.#options.plug) throw this.#notOurs(plug);
      this.#plug = plug;
      if (plug !== undefined) this.#ports.claimPlug?.(plug);
      if (observations.serial !== undefined && plug !== undefined) await recordWires(this.#ports, plug);
      const { length } = recoveryOptions(observations);
      return [observations, length === 1 ? say`1 recovery option` : say`${length} recovery options`];
    });
  }

  /** Tries recovery options until one leads home (its end is returned) or has changed what is to be seen (undefined). */
  async #tryOptions(seen: Observations): Promise<FinishedSetup | "vendor" | undefined> {
    const { events } = this.#ports;
    const options = recoveryOptions(seen).filter(({ id }) => !this.#tried.includes(id));
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
      if (!(await this.#agreed(option))) continue;
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
            return [await finishSetup(this.#ports, this.#options, this.#plug, end), say`found at ${end.address}`];
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
    throw this.#noOption(options);
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
        const [password] = access === "fits" ? await passwordsFor(proofPorts(ports), at) : [];
        await finishUpgrade(ports, address, password, await this.#options.upgradeImage!());
        return { address, source: "network" };
      }
      case "console":
        return await this.#overConsole(line!, this.#symptom);
      case "access-point":
        return await this.#throughAccessPoint();
      case "resume-writing": {
        const there = seen.serial?.kind === "download-mode";
        const written = await resumeWriting({ ...ports, line: line! }, this.#options, this.#plug!, there);
        if (written === "vendor") return written;
        return await this.#bringUp(line!);
      }
      case "write-anew": {
        const keep = this.#symptom === "minimal";
        this.#plug = await reflash({ ...ports, line: line! }, this.#options, this.#plug, keep);
        await recordWires(ports, this.#plug);
        return await this.#bringUp(line!);
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

  /** A plug in the air has its power from the bench or from its socket. With a line its person has said that it is out of it. */
  async #safelyPowered(met: string | undefined): Promise<void> {
    const plug = met ?? this.#plug;
    if (this.#ports.line === undefined && plug !== undefined) await requireSafePower(this.#ports, plug, "look");
  }

  async #byHand(option: Parameters<typeof recoverByHand>[1]): Promise<void> {
    const { line } = this.#ports;
    if (line === undefined && !this.#closed) {
      await requireClosedCase(this.#ports, this.#options, this.#plug);
      this.#closed = true;
    }
    await recoverByHand(this.#ports, option, this.#plug, line !== undefined);
    // What was lost by it is known now; what the person saw before is not what they would see.
    if (option === "hold-button" || option === "seven-power-cycles") this.#symptom = "settings-gone";
  }

  async #overConsole(line: ByteLine, symptom: Symptom): Promise<OptionOutcome> {
    const option = { plug: this.#plug!, symptom, credentials: () => this.#wifi(), correct: this.#correct };
    return { address: await recoverByConsole({ ...this.#ports, line }, option), source: "plug" };
  }

  async #throughAccessPoint(): Promise<OptionOutcome> {
    const { http, clock, random, operator, events, signal, files, home, wifi } = this.#ports;
    const secrets = await this.#secrets();
    const done = await provision(
      { http, random, operator, home: { files, path: home }, wifi },
      {
        transport: "access-point",
        credentials: await this.#wifi(),
        mac: this.#plug,
        password: secrets.webPassword ?? secrets.nextWebPassword,
      },
      { clock, events, signal, correct: this.#correct, met: (mac) => this.#safelyPowered(mac) },
    );
    this.#plug = done.mac;
    // The page that reports success restarts the plug (xdrv_01_9_webserver.ino); until then every page of it is open.
    await sleep(clock, RESTART_MS, signal);
    if (done.address !== undefined) return { address: done.address, source: "plug" };
    return { address: await this.#locate(done.mac), source: "network" };
  }

  /** The first start after writing: as in a conversion, and where the supply is too weak for a radio closed and at mains. */
  async #bringUp(line: ByteLine): Promise<OptionOutcome> {
    const ports = this.#ports;
    const { clock, operator, signal } = ports;
    const plug = this.#plug!;
    const { finished } = foldConversion(await readJournal(ports.files, plugFolder(ports.home, plug)));
    const recorded = finished.get("prepare")?.data.supply;
    if ((recorded ?? (await classifySupply(line, operator, signal))) === "strong") {
      await coldStart(recordedLine(line, ports), { clock, operator, firmware: tasmotaDriver, plug, signal });
      return await this.#overConsole(line, "wrong-wifi");
    }
    await leaveUnstarted(ports);
    await plugIntoMains(await closeAndRecord(ports, this.#options, plug), operator, signal);
    return await this.#throughAccessPoint();
  }

  async #locate(plug: string): Promise<string> {
    const { http, clock, events, signal } = this.#ports;
    const address = await locatePatiently(
      (mac) => locateIn({ http, clock, events }, this.#options.ranges, mac, signal),
      plug,
      { clock, signal },
    );
    if (address !== undefined) return address;
    throw new PlugsmithError("no-answer", {
      message: say`Plug ${plug} joined the network, but plugsmith cannot find it there.`,
      step: "find",
      plugState: say`in the network, as it reported itself`,
      nextStep: say`Find its address in the router's device list, then run setup --address.`,
      context: { plug },
    });
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
    if (wires) {
      ports.events({
        type: "notice",
        level: "warning",
        text: say`Wires are still on the plug. Do not connect it to mains before you have completed the closing list.`,
      });
    }
    const common = { walked: this.#tried, wiresAttached: wires };
    return finished === "vendor"
      ? { outcome: "vendor", plug, ...common }
      : { outcome: "configured", ...finished, ...common };
  }

  async #agreed({ id, loses, nextAction }: RecoveryOption): Promise<boolean> {
    if (loses === "nothing") return true;
    const answer = await this.#ports.operator.choose(
      {
        id: "lose-settings",
        text: joined([
          nextAction,
          say`This deletes its settings; plugsmith sets them again afterwards. Use this option?`,
        ]),
        options: [
          { id: id, text: say`Yes` },
          { id: "no", text: say`No, use another option` },
        ],
      },
      this.#ports.signal,
    );
    return answer === id;
  }

  async #askSymptom(): Promise<Symptom> {
    const answer = await this.#ports.operator.choose(
      {
        id: "symptom",
        text: say`What do you see?`,
        options: Object.entries(SYMPTOMS).map(([id, text]) => ({ id, text })),
      },
      this.#ports.signal,
    );
    return answer in SYMPTOMS ? (answer as Symptom) : "unknown";
  }

  async #askPlug(): Promise<string | undefined> {
    const { files, home, operator, signal } = this.#ports;
    if (this.#asked) return undefined;
    this.#asked = true;
    const plugs = await plugsOnRecord(files, home);
    if (plugs.length < 2) return plugs[0];
    const seen = await rememberedPlugs({ files, path: home });
    const answer = await operator.choose(
      {
        id: "which-plug",
        text: say`Which plug is it?`,
        options: [
          ...plugs.map((id) => ({
            id,
            text: asText(`${id} ${seen.find(({ mac }) => mac === id)?.name ?? ""}`.trim()),
          })),
          { id: "other", text: say`A different one` },
        ],
      },
      signal,
    );
    return plugs.find((plug) => plug === answer);
  }

  async #wifi(): Promise<WifiCredentials> {
    this.#credentials ??= await wifiToJoin(this.#ports, this.#options.wifi ?? {});
    return this.#credentials;
  }

  /** Undefined where nobody is there to correct the credentials. */
  get #correct(): ReturnType<typeof correction> | undefined {
    return this.#options.askAgain === true ? correction(this.#ports, this.#options.wifi?.ssid) : undefined;
  }

  async #secrets(): ReturnType<typeof readSecrets> {
    const { files, home } = this.#ports;
    return this.#plug === undefined ? {} : await readSecrets({ files, path: home }, this.#plug);
  }

  #notOurs(found: string | undefined): PlugsmithError {
    return new PlugsmithError("wrong-plug", {
      message:
        found === undefined
          ? say`plugsmith cannot identify the plug on the wires; it may not be ${String(this.#options.plug)}.`
          : say`Plug ${found} is on the wires, not ${String(this.#options.plug)}.`,
      step: "look",
      plugState: say`untouched`,
      nextStep: say`Connect the other plug, or leave out --plug.`,
      context: { expected: this.#options.plug, found },
    });
  }

  #noOption(options: readonly RecoveryOption[]): PlugsmithError {
    const wired = options.find(({ id }) => id === "open-the-case");
    return new PlugsmithError("unsupported-transport", {
      message:
        this.#tried.length === 0
          ? say`There is no recovery option for this plug here.`
          : say`No recovery option is left. Tried without success: ${this.#tried.join(", ")}.`,
      step: "rescue",
      plugState: this.#last?.texts.plugState ?? say`unchanged`,
      nextStep:
        wired?.nextAction ??
        this.#last?.texts.nextStep ??
        say`Check the supply and the wires with plugsmith doctor. Then run rescue again with --firmware tasmota.bin.`,
      cause: this.#last,
      context: { tried: this.#tried },
    });
  }
}

/** What is not given is asked. Errors: bad-argument, aborted, needs-input. */
async function wifiToJoin({ operator, signal }: RescuePorts, given: GivenWifi): Promise<WifiCredentials> {
  const { ssid, passphrase } = given;
  if (ssid !== undefined && passphrase !== undefined) {
    refuseUnusable({ credentials: { ssid, passphrase } });
    return { ssid, passphrase };
  }
  const asked = await askCredentials(operator, given, signal);
  if (asked !== undefined) return asked;
  throw new PlugsmithError("aborted", {
    message: say`Without a network's name there is no way back into one.`,
    step: "provision",
    plugState: say`as it was found`,
    nextStep: say`Run rescue again with --ssid.`,
  });
}

/** Six starts within 10 s each, and a start that lasts (support_tasmota.ino and tasmota.ino, SetOption36), ms. */
const GUARD_MS = 90_000;

/** restart_flag 2: 1.25 to 2.25 s (support_tasmota.ino), ms, and a little. */
const RESTART_MS = 4000;
