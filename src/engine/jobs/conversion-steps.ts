/** The conversion's steps after the write, each on record when it is done, and none done that is on record. */
import { supplyOnRecord } from "../../core/conversion/next-step.ts";
import type { ConversionStep } from "../../core/conversion/state.ts";
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import type { StepData, Supply } from "../../core/journal/step-data.ts";
import { JOURNAL_ENTRY_VERSION } from "../../core/journal/version.ts";
import { joined, quantity, say } from "../../core/text/text.ts";
import { type Calibrated, type CalibrationRequest, calibrate } from "../calibration/calibrate.ts";
import { calibrationsOf } from "../calibration/journal-records.ts";
import type { FirmwareDriver, FirmwarePorts, OnlinePlug } from "../firmware-driver/contract.ts";
import { driverFor } from "../firmware-drivers.ts";
import { seenPlug } from "../home/plug-records.ts";
import type { Operator, OperatorWork } from "../ports.ts";
import type { ClosedCase } from "../safety/closed-case.ts";
import { classifySupply } from "../safety/supply.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import { onRecordOperator } from "./answer-record.ts";
import { coldStart } from "./boot-proof.ts";
import { CaseClosing, readsInstrument } from "./case-closing.ts";
import { type ConversionOptions, type ConversionPorts, needLine, requireOption } from "./conversion-contract.ts";
import { type ConversionLog, stepOnRecord } from "./conversion-log.ts";
import { leaveUnstarted } from "./operator-actions.ts";
import { type SetupStart, type SetupStep, setup } from "./setup.ts";
import { correction } from "./wifi-credentials.ts";

/** What the plug is to become. */
export type JoinOptions = Pick<ConversionOptions, "credentials" | "config" | "secure" | "askAgain">;

/** What the plug is; with the calibration that follows, its conditions are confirmed where the plug gets its mains. */
export type DeviceOptions = Pick<ConversionOptions, "profile" | "guide" | "texts"> &
  Partial<Pick<ConversionOptions, "calibration">>;

const LOAD_IN = {
  id: "load-in",
  text: say`Now plug the load into the plug, with the reference connected as in the drawing.`,
};
const LOAD_ON = {
  id: "load-on",
  text: say`Switch the load on, and wait until the reading is steady: a heater needs a minute or two to warm up.`,
};

/** What is read of the load itself is read when it is warm; the mains voltage does not depend on it. */
function loadIn({ method }: CalibrationRequest): OperatorWork {
  const steps = method.kind === "volts-and-load" ? [LOAD_IN] : [LOAD_IN, LOAD_ON];
  return { id: "load", text: say`With the plug at mains:`, steps };
}

export class ConversionSteps {
  readonly #ports: ConversionPorts;
  /** Not put on record. */
  readonly #person: Operator;
  readonly #device: DeviceOptions;
  readonly #log: ConversionLog;
  readonly #plug: string;
  /** On record before this run. */
  readonly #earlier: ReadonlySet<ConversionStep>;
  readonly #case: CaseClosing;

  constructor(ports: ConversionPorts, device: DeviceOptions, log: ConversionLog, plug: string) {
    const operator = onRecordOperator(ports.operator, ports.clock, (entry) => log.note(entry));
    this.#ports = { ...ports, operator };
    this.#person = ports.operator;
    this.#device = device;
    this.#log = log;
    this.#plug = plug;
    this.#earlier = new Set(log.state.finished.keys());
    this.#case = new CaseClosing(this.#ports, device, log, plug);
  }

  close(): Promise<ClosedCase> {
    return this.#case.close();
  }

  /** What feeds the plug at the wires: on record, or asked. A plug without wires needs no answer. */
  async supply(): Promise<Supply> {
    const recorded = supplyOnRecord(this.#log.state);
    if (recorded !== undefined) return recorded;
    const { line, operator, signal } = this.#ports;
    return line === undefined ? "weak" : await classifySupply(line, operator, signal);
  }

  #done<S extends ConversionStep>(step: S): StepData[S] | undefined {
    return this.#log.state.finished.get(step)?.data;
  }

  /** With a weak supply the radio must not start on the wires: the first start is at mains, in the closed case. */
  async boot(supply: Supply): Promise<StepData["boot"]> {
    const earlier = this.#done("boot");
    if (earlier !== undefined) return earlier;
    const { clock, operator, signal } = this.#ports;
    if (supply === "strong") {
      const line = recordedLine(needLine(this.#ports, "boot"), this.#ports);
      return await stepOnRecord(this.#ports, this.#log, "boot", say`First cold start`, async () => {
        const proof = await coldStart(line, { clock, operator, firmware: this.#firmware, plug: this.#plug, signal });
        return [proof, { ...proof }, say`${proof.version} runs (restart reason: ${proof.restartReason})`];
      });
    }
    const title = say`Release GPIO0; the first start follows at mains`;
    return await stepOnRecord(this.#ports, this.#log, "boot", title, async () => {
      await leaveUnstarted(this.#ports);
      const data = { deferred: true };
      return [data, data, say`the radio does not start on a weak supply`];
    });
  }

  /** Provision, configure, secure and audit, as far as `until`. Returns the plug's address. @param again even if on record. */
  async join(supply: Supply, options: JoinOptions, until: SetupStep = "audit", again = false): Promise<string> {
    const { files, home } = this.#ports;
    const { credentials, config, secure } = options;
    this.#firmware.refuseUnusable({ profile: this.#device.profile, credentials, config, secure });
    const seen = await seenPlug({ files, path: home }, this.#plug);
    if (!again && this.#done(until) !== undefined && seen !== undefined) return seen.address;
    const wires = supply === "strong" && this.#log.state.wiresAttached;
    if (wires) await this.#poweredAtTheWires();
    else await this.#case.powerAtMains(this.#device.calibration);
    const start = (await this.#inNetwork(seen?.address)) ?? {
      mac: this.#plug,
      credentials: requireOption(options.credentials, "wifi", "provision"),
    };
    if (!this.#log.state.provisioning)
      await this.#log.note({ type: "provision-begun", version: JOURNAL_ENTRY_VERSION });
    return await this.#setUp(start, options, until, wires);
  }

  /**
   * What is right already is left alone. Returns the plug's address.
   * @param wires whether its wires may carry the credentials; else its access point does.
   */
  async #setUp(start: SetupStart, options: JoinOptions, until: SetupStep, wires: boolean): Promise<string> {
    const { firmwares, clock, events, signal, locate } = this.#ports;
    const { profile } = this.#device;
    const { config, secure, credentials, askAgain } = options;
    const asking = { operator: this.#person, events, signal };
    const correct = askAgain === true ? correction(asking, credentials?.ssid) : undefined;
    const result = await setup(
      wires ? this.#firmwarePorts() : { ...this.#firmwarePorts(), line: undefined },
      {
        profile,
        firmwares,
        config,
        locate,
        start,
        until,
        // Mains has its gate in case-closing.ts, and the journal is open in this run.
        gate: (mac) => Promise.resolve(this.#refuseOther(mac)),
        secure,
        finished: async (step, mac, data) => {
          this.#refuseOther(mac);
          if (this.#done(step) === undefined || step !== "provision") {
            await this.#log.finish(step, data);
          }
        },
      },
      { clock, events, signal, correct },
    );
    return result.address;
  }

  get #firmware(): FirmwareDriver {
    return driverFor(this.#device.profile, this.#ports.firmwares);
  }

  #firmwarePorts(): FirmwarePorts {
    const { files, home, http, random, operator, line, wifi, neighbours } = this.#ports;
    return { http, random, operator, home: { files, path: home }, line, wifi, neighbours };
  }

  #refuseOther(mac: string): void {
    if (mac === this.#plug) return;
    throw new PlugsmithError("wrong-plug", {
      message: say`Plug ${mac} joined the network, but plug ${this.#plug} was flashed.`,
      step: "provision",
      plugState: say`${mac} is in the network; ${this.#plug} is not`,
      nextStep: say`Only one plug at a time may have its access point open. Switch the other one off and run the command again.`,
      context: { expected: this.#plug, found: mac },
    });
  }

  /** An earlier run may have brought it into the network already, even in its last moment, which nobody noted. */
  async #inNetwork(seen: string | undefined): Promise<SetupStart | undefined> {
    const { locate } = this.#ports;
    if (seen !== undefined && (await this.#answersAt(seen))) return { address: seen };
    const found = this.#log.state.provisioning ? await locate?.(this.#plug) : undefined;
    return found === undefined ? undefined : { address: found };
  }

  /** A plug that was in its network before may have had its power a moment ago: it is waited for. */
  #answersAt(address: string): Promise<boolean> {
    const patient = this.#log.state.finished.has("provision");
    return this.#firmware.answersAt(this.#ports, { mac: this.#plug, address }, patient, this.#ports);
  }

  /** Between two runs the adapter may have been pulled out. */
  async #poweredAtTheWires(): Promise<void> {
    const { operator, signal } = this.#ports;
    if (needLine(this.#ports, "provision").present) return;
    await operator.act(
      { id: "adapter-in", text: say`Plug in the USB adapter. Do not press the button: the firmware has to start.` },
      signal,
    );
  }

  /** What an earlier run configured is read back: a plug may have been reset meanwhile, and then it is set again. */
  async #proveAgain(online: OnlinePlug, address: string, options: JoinOptions): Promise<void> {
    if (!this.#earlier.has("audit")) return;
    try {
      await online.audit({ profile: this.#device.profile, config: options.config });
    } catch (error) {
      if (!isPlugsmithError(error, "audit-failed")) throw error;
      const { events } = this.#ports;
      events({
        type: "notice",
        level: "warning",
        text: say`A setting has changed since the plug was configured: ${error.texts.message} It is set again.`,
      });
      await this.#setUp({ address }, options, "audit", false);
    }
  }

  /**
   * Without a request it is put on record as left for later.
   * @param again even if it is on record. @param options what the plug was configured to, to be read back on the way.
   * @returns undefined where it was on record, or is left for later.
   */
  async calibrate(
    address: string,
    request: CalibrationRequest | undefined,
    again = false,
    options?: JoinOptions,
  ): Promise<Calibrated | undefined> {
    if (!again && this.#done("calibrate") !== undefined) return undefined;
    const { clock, operator, events, signal } = this.#ports;
    return await stepOnRecord(this.#ports, this.#log, "calibrate", say`Calibrate the meter`, async () => {
      if (request === undefined) return [undefined, { skipped: true }, say`left for later: plugsmith calibrate`];
      const mainsConfirmed = await this.#case.powerAtMains(request);
      const at = { mac: this.#plug, address, source: "network" } as const;
      const online = await this.#firmware.open(this.#firmwarePorts(), at, this.#ports);
      try {
        if (options !== undefined) await this.#proveAgain(online, address, options);
        const isRead = readsInstrument(request);
        if (!isRead) await operator.act(LOAD_IN, signal);
        const record = await calibrate(
          {
            clock,
            operator,
            events,
            meter: online.meter,
            records: {
              append: (entry) => this.#log.note({ type: "calibration", at: entry.at, record: entry }),
              all: () => Promise.resolve(calibrationsOf(this.#log.entries)),
            },
            signal,
            mainsConfirmed,
            loadIn: isRead ? loadIn(request) : undefined,
          },
          request,
        );
        const limits = record.results.map(
          ({ command, budget }) => say`${command} ±${quantity(100 * budget.expanded, "%", 1)}`,
        );
        return [record, { after: record.after }, joined(limits, ", ")];
      } finally {
        await online.close();
      }
    });
  }
}
