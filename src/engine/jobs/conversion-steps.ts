/** The conversion's steps after the write, each on record when it is done, and none done that is on record. */
import { supplyOnRecord } from "../../core/conversion/next-step.ts";
import type { ConversionStep } from "../../core/conversion/state.ts";
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import type { NewEntry } from "../../core/journal/entries.ts";
import type { StepData, Supply } from "../../core/journal/step-data.ts";
import { JOURNAL_ENTRY_VERSION } from "../../core/journal/version.ts";
import { joined, quantity, say, type Text } from "../../core/text/text.ts";
import { type CalibrationRequest, calibrate } from "../calibration/calibrate.ts";
import { calibrationsOf } from "../calibration/journal-records.ts";
import type { FirmwareDriver, FirmwarePorts, OnlinePlug } from "../firmware-driver/contract.ts";
import { driverFor } from "../firmware-drivers.ts";
import { lastContact } from "../home/contacts.ts";
import { rememberedPlugs } from "../home/plug-records.ts";
import { type ClosedCase, type ClosingRecord, closingOnRecord, requireClosed } from "../safety/closed-case.ts";
import { type ClosingJournal, closeOnRecord } from "../safety/closing-record.ts";
import { hasStayedClosed, plugIntoMains } from "../safety/mains.ts";
import { classifySupply } from "../safety/supply.ts";
import { settleContacts } from "../safety/wire-contacts.ts";
import { runStep } from "../step.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import { onRecordOperator } from "./answer-record.ts";
import { coldStart } from "./boot-proof.ts";
import { type ConversionOptions, type ConversionPorts, needLine, requireOption } from "./conversion-contract.ts";
import type { ConversionLog } from "./conversion-log.ts";
import { leaveUnstarted } from "./operator-actions.ts";
import { type SetupStart, type SetupStep, setup } from "./setup.ts";

export type StepsOptions = Omit<ConversionOptions, "firmware" | "resume" | "calibration">;

export class ConversionSteps {
  readonly #ports: ConversionPorts;
  readonly #options: Pick<StepsOptions, "profile" | "guide" | "texts">;
  readonly #log: ConversionLog;
  readonly #plug: string;
  /** On record before this run. */
  readonly #earlier: ReadonlySet<ConversionStep>;
  /** The closing list was gone through in this run, or its person has said in this run that the case stayed shut. */
  #vouched = false;

  constructor(
    ports: ConversionPorts,
    options: Pick<StepsOptions, "profile" | "guide" | "texts">,
    log: ConversionLog,
    plug: string,
  ) {
    const operator = onRecordOperator(ports.operator, ports.clock, (entry) => log.note(entry));
    this.#ports = { ...ports, operator };
    this.#options = options;
    this.#log = log;
    this.#plug = plug;
    this.#earlier = new Set(log.state.finished.keys());
  }

  /** What feeds the plug at the wires: on record, or asked. A plug without wires needs no answer. */
  async supply(): Promise<Supply> {
    const recorded = supplyOnRecord(this.#log.state);
    if (recorded !== undefined) return recorded;
    const { line, operator, signal } = this.#ports;
    return line === undefined ? "weak" : await classifySupply(line, operator, signal);
  }

  /** Runs a step with its events and puts it on record. */
  async step<S extends ConversionStep, T>(
    name: S,
    title: Text,
    work: () => Promise<readonly [T, StepData[S], Text]>,
  ): Promise<T> {
    return runStep(this.#ports, name, title, async () => {
      const [result, data, summary] = await work();
      await this.#log.finish(name, data);
      return [result, summary];
    });
  }

  #done<S extends ConversionStep>(step: S): StepData[S] | undefined {
    return this.#log.state.finished.get(step)?.data;
  }

  /** With a weak supply the radio must not start on the wires: the first start is at mains, in the closed case. */
  async boot(supply: Supply): Promise<void> {
    if (this.#done("boot") !== undefined) return;
    const { clock, operator, signal } = this.#ports;
    if (supply === "strong") {
      const line = recordedLine(needLine(this.#ports, "boot"), this.#ports);
      await this.step("boot", say`First cold start`, async () => {
        const proof = await coldStart(line, { clock, operator, firmware: this.#firmware, plug: this.#plug, signal });
        return [proof, { ...proof }, say`${proof.version} runs (restart reason: ${proof.restartReason})`];
      });
      return;
    }
    await this.step("boot", say`Release GPIO0; the first start follows at mains`, async () => {
      await leaveUnstarted(this.#ports);
      return [undefined, { deferred: true }, say`the radio does not start on a weak supply`];
    });
  }

  async close(): Promise<ClosedCase> {
    const { operator, clock, signal } = this.#ports;
    const noMains = this.#done("calibrate") !== undefined;
    const recorded = noMains ? this.#closed() : await this.#stillClosed();
    const { guide, texts } = this.#options;
    if (recorded !== undefined) return requireClosed(recorded, guide);
    const { wires } = this.#log.state;
    const reason = wires?.reopened === true ? wires : undefined;
    return this.step("close-case", say`Close the case, item by item`, async () => {
      const proof = await closeOnRecord({ guide, texts, operator, clock, signal }, this.#closingJournal, reason);
      this.#vouched = true;
      const { confirmed, measured } = proof.record;
      return [proof, { ...proof.record }, say`${confirmed.length} confirmed, ${measured.length} measured`];
    });
  }

  /** Undefined while wires are on record. */
  #closed(): ClosingRecord | undefined {
    if (this.#log.state.wiresAttached) return undefined;
    return closingOnRecord(this.#done("close-case"));
  }

  get #closingJournal(): ClosingJournal {
    const { files, home } = this.#ports;
    return {
      soFar: async () => {
        await this.#settleContacts();
        return this.#log.state.closing;
      },
      append: (entry) => this.#log.note(entry),
      lastContact: () => lastContact(files, home),
    };
  }

  #settleContacts(): Promise<void> {
    const append = (entry: NewEntry): Promise<void> => this.#log.note(entry);
    return settleContacts(this.#ports, this.#plug, { entries: this.#log.entries, append });
  }

  /** What another run saw closed may have been opened since: the person is asked once, and a no is put on record. */
  async #stillClosed(): Promise<ClosingRecord | undefined> {
    await this.#settleContacts();
    const closing = this.#closed();
    const { operator, signal } = this.#ports;
    if (closing === undefined || this.#vouched) return closing;
    this.#vouched = await hasStayedClosed(closing, operator, signal);
    if (this.#vouched) return closing;
    await this.#log.note({ type: "wires-attached", version: JOURNAL_ENTRY_VERSION });
    return undefined;
  }

  async #atMains(): Promise<void> {
    const { operator, signal } = this.#ports;
    const closing = await this.#stillClosed();
    await plugIntoMains(requireClosed(closing, this.#options.guide, this.#log.state.wires), operator, signal);
  }

  /** Provision, configure, secure and audit, as far as `until`. Returns the plug's address. @param again even if on record. */
  async join(supply: Supply, options: StepsOptions, until: SetupStep = "audit", again = false): Promise<string> {
    const { files, home } = this.#ports;
    const { credentials, config, secure } = options;
    this.#firmware.refuseUnusable({ profile: this.#options.profile, credentials, config, secure });
    const seen = (await rememberedPlugs({ files, path: home })).find(({ mac }) => mac === this.#plug);
    if (!again && this.#done(until) !== undefined && seen !== undefined) return seen.address;
    const wires = supply === "strong" && this.#log.state.wiresAttached;
    if (wires) await this.#poweredAtTheWires();
    else await this.#atMains();
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
  async #setUp(start: SetupStart, options: StepsOptions, until: SetupStep, wires: boolean): Promise<string> {
    const { firmwares, clock, events, signal, locate } = this.#ports;
    const { profile, config, secure, correct } = options;
    const result = await setup(
      wires ? this.#firmwarePorts() : { ...this.#firmwarePorts(), line: undefined },
      {
        profile,
        firmwares,
        config,
        locate,
        start,
        until,
        // Mains has its gate in #atMains, and the journal is open in this run.
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
    return driverFor(this.#options.profile, this.#ports.firmwares);
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
  async #proveAgain(online: OnlinePlug, address: string, options: StepsOptions): Promise<void> {
    if (!this.#earlier.has("audit")) return;
    try {
      await online.audit({ profile: options.profile, config: options.config });
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
   * @param again even if it is on record. @param order what the plug was configured to, to be read back on the way.
   */
  async calibrate(
    address: string,
    request: CalibrationRequest | undefined,
    again = false,
    options?: StepsOptions,
  ): Promise<void> {
    if (!again && this.#done("calibrate") !== undefined) return;
    const { clock, operator, events, signal } = this.#ports;
    await this.step("calibrate", say`Calibrate the meter`, async () => {
      if (request === undefined) return [undefined, { skipped: true }, say`left for later: plugsmith calibrate`];
      await this.#atMains();
      const at = { mac: this.#plug, address, source: "network" } as const;
      const online = await this.#firmware.open(this.#firmwarePorts(), at, this.#ports);
      try {
        if (options !== undefined) await this.#proveAgain(online, address, options);
        await operator.act(
          {
            id: "load-in",
            text: say`Now plug the load into the plug, with the reference connected as in the drawing.`,
          },
          signal,
        );
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
