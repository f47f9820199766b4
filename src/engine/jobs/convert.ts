/**
 * The whole conversion: from a plug with its vendor's firmware to a configured, locked, closed and calibrated one. Each
 * step is on record before the next begins; run again, it goes on after the last step on record, and what a step can
 * prove cheaply (a digest, a read-back) it proves instead of doing it again.
 *
 * Order with a weak supply: the radio must not run from it, so the case is closed first and the plug is brought into the
 * network through its own access point, at mains.
 */
import { type ConversionState, type ConversionStep, foldConversion } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { ReportData } from "../../core/report/data.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import { type CalibrationRequest, calibrate } from "../calibration/calibrate.ts";
import { calibrationsOf, commandLink } from "../calibration/journal-records.ts";
import { openSession } from "../flash/session.ts";
import { plugFolder } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import type { ByteLine, Clock, ComputerWifi, Files, Http, Operator, Random } from "../ports.ts";
import type { PlugWishes } from "../tasmota/configure.ts";
import { awaitPlugAt, probe } from "../tasmota/find.ts";
import { HttpClient } from "../tasmota/http-client.ts";
import { readSecrets, rememberedPlugs } from "../tasmota/plug-records.ts";
import type { ProvisionContext } from "../tasmota/provision.ts";
import type { SecureOptions } from "../tasmota/secure.ts";
import { setup } from "../tasmota/setup.ts";
import { coldStart } from "./boot-proof.ts";
import { type ConversionLog, entryFields, openConversionLog, unfinishedConversions } from "./conversion-log.ts";
import { classifySupply, prepareBench, prepareFirmware, type Supply } from "./prepare-conversion.ts";
import { writeReport } from "./report.ts";
import { type ClosedCase, closeCase, hasStayedClosed, requireClosed, type SafetyRecord } from "./safety.ts";

export interface ConversionPorts {
  readonly line: ByteLine;
  readonly clock: Clock;
  readonly files: Files;
  readonly home: string;
  readonly tool: string;
  readonly random: Random;
  readonly http: Http;
  readonly operator: Operator;
  readonly events: EventSink;
  readonly wifi?: ComputerWifi | undefined;
  readonly locate?: ((mac: string) => Promise<string | undefined>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ConversionOrder {
  readonly profile: Profile;
  readonly guide: Guide;
  readonly texts: GuideTexts;
  readonly firmware: { readonly image: Uint8Array; readonly origin: string };
  readonly credentials: WifiCredentials;
  /** Asked after a wrong password; undefined gives up. */
  readonly correct?: ProvisionContext["correct"];
  readonly wishes: PlugWishes;
  readonly secure?: SecureOptions;
  /** Without it the calibration is left for later; the report says so. */
  readonly calibration?: CalibrationRequest | undefined;
  /** True where nothing here speaks of a real plug. */
  readonly virtual: boolean;
}

export interface ConversionResult {
  /** 12 lower-case hex digits. */
  readonly plug: string;
  readonly address: string;
  readonly report: ReportData;
  /** Path of the page. */
  readonly page: string;
  /** Steps that were on record already. */
  readonly resumedAfter: readonly ConversionStep[];
}

/** Errors: those of the steps, each with what to do next; running it again goes on where it ended. */
export async function convert(ports: ConversionPorts, order: ConversionOrder): Promise<ConversionResult> {
  const { files, home, clock } = ports;
  // Refused before anybody picks up a saw.
  const firmware = prepareFirmware(order.firmware.image, order.firmware.origin, order.profile);
  const resumed = await chooseUnfinished(ports);
  const known: ConversionState | undefined =
    resumed === undefined ? undefined : foldConversion(await readJournal(files, plugFolder(home, resumed)));
  const resumedAfter = known === undefined ? [] : [...known.finished.keys()];

  let plug = resumed;
  if (plug === undefined || !known!.finished.has("write")) {
    plug = await flash(ports, order, firmware, resumed);
  }
  const log = await openConversionLog(files, home, plug, clock);
  try {
    const job = new Conversion(ports, order, log, plug);
    const address = await job.afterFlashing();
    const { data, page } = await job.step("report", "Write the report", async () => {
      const written = await writeReport(ports, log, plug, order, clock);
      return [written, { page: written.page }, `report.html and report.json in ${log.folder}`];
    });
    return { plug, address, report: data, page, resumedAfter };
  } finally {
    await log.close();
  }
}

async function chooseUnfinished({ files, home, operator, signal }: ConversionPorts): Promise<string | undefined> {
  const open = await unfinishedConversions(files, home);
  if (open.length === 0) return undefined;
  const answer = await operator.choose(
    {
      id: "resume",
      text: "A conversion was begun and not finished. Go on with it?",
      options: [
        ...open.map(({ plug, next, begunAt }) => ({ id: plug, text: `${plug}, begun ${begunAt}, next: ${next}` })),
        { id: "new", text: "No, another plug" },
      ],
    },
    signal,
  );
  return answer === "new" ? undefined : answer;
}

/** Steps prepare to write: one connection, one power-up. Returns the plug. */
async function flash(
  ports: ConversionPorts,
  order: ConversionOrder,
  firmware: ReturnType<typeof prepareFirmware>,
  expected: string | undefined,
): Promise<string> {
  const { line, clock, files, home, tool, operator, events, signal } = ports;
  const supply = await classifySupply(line, operator, signal);
  const safety = await timed(ports, "prepare", "Open, wire and measure", async () => {
    const record = await prepareBench(order.guide, order.texts, operator, order.credentials, supply, signal);
    return [record, `${firmware.description}; supply ${supply}`];
  });
  const session = openSession({ line, clock, files, home, tool, events, ...(signal === undefined ? {} : { signal }) });
  try {
    const identity = await timed(ports, "connect", "Connect in download mode", async () => {
      const met = await whileAsking(ports, () => session.identify());
      return [met, `${met.variant}, ${met.mac}`];
    });
    if (expected !== undefined && identity.plug !== expected) {
      throw new PlugsmithError("wrong-plug", {
        message: `This is the plug ${identity.plug}, not ${expected}, whose conversion was to go on.`,
        step: "identify",
        plugState: "untouched",
        nextStep: "Connect the other plug, or answer that this is another one.",
      });
    }
    const flashId = identity.flashId.toString(16).padStart(6, "0");
    if (expected === undefined) await session.note("conversion-begun", { ...entryFields });
    await session.note("wires-attached", { ...entryFields });
    const finish = (step: ConversionStep, data: Readonly<Record<string, unknown>>): Promise<void> =>
      session.note("conversion-step", { ...entryFields, step, data });
    const { facts: _, ...image } = firmware;
    await finish("prepare", { supply, safety, firmware: image });
    await finish("connect", {});
    await finish("identify", { chip: identity.variant, mac: identity.mac, flashId, flashSize: identity.flashSize });
    const backup = await session.backup();
    await finish("back up", { file: backup.path, sha256: backup.manifest.sha256, already: backup.already });
    const written = await session.write(order.firmware.image, { target: "chip" });
    await session.finish("stay");
    await finish("write", { md5: written.md5, sha256: firmware.sha256 });
    return identity.plug;
  } finally {
    await session.close();
  }
}

/** The chip is looked for while the person is still at it; whichever comes first ends the asking. */
async function whileAsking<T>({ operator }: ConversionPorts, work: () => Promise<T>): Promise<T> {
  const asking = new AbortController();
  const asked = operator
    .act(
      {
        id: "ground-gpio0",
        text: "Hold GPIO0 to ground and plug the USB adapter in while holding it. (The plug is looked for meanwhile.)",
      },
      asking.signal,
    )
    .catch(() => {});
  try {
    return await work();
  } finally {
    asking.abort();
    await asked;
  }
}

async function timed<T>(
  { events, clock }: ConversionPorts,
  step: string,
  title: string,
  work: () => Promise<readonly [T, string]>,
): Promise<T> {
  const began = clock.now();
  events({ type: "step-started", step, title });
  const [result, summary] = await work();
  events({ type: "step-finished", step, durationMs: Math.round(clock.now() - began), summary });
  return result;
}

class Conversion {
  readonly #ports: ConversionPorts;
  readonly #order: ConversionOrder;
  readonly #log: ConversionLog;
  readonly #plug: string;

  constructor(ports: ConversionPorts, order: ConversionOrder, log: ConversionLog, plug: string) {
    this.#ports = ports;
    this.#order = order;
    this.#log = log;
    this.#plug = plug;
  }

  /** Runs a step with its events and puts it on record. */
  async step<T>(
    name: ConversionStep,
    title: string,
    work: () => Promise<readonly [T, Readonly<Record<string, unknown>>, string]>,
  ): Promise<T> {
    return timed(this.#ports, name, title, async () => {
      const [result, data, summary] = await work();
      await this.#log.finish(name, data);
      return [result, summary];
    });
  }

  /** Returns the plug's address. */
  async afterFlashing(): Promise<string> {
    const supply = (this.#done("prepare")?.["supply"] as Supply | undefined) ?? "weak";
    let address: string;
    if (supply === "strong") {
      await this.#boot();
      address = await this.#join({ road: "serial" });
      await this.#close();
    } else {
      await this.#releaseOnly();
      await this.#close();
      address = await this.#join({ road: "access-point" });
    }
    await this.#calibrate(address);
    return address;
  }

  #done(step: ConversionStep): Readonly<Record<string, unknown>> | undefined {
    return this.#log.state.finished.get(step)?.data;
  }

  async #boot(): Promise<void> {
    if (this.#done("boot") !== undefined) return;
    const { line, clock, operator, signal } = this.#ports;
    await this.step("boot", "First cold start", async () => {
      const proof = await coldStart(line, clock, operator, signal);
      return [proof, { ...proof }, `${proof.version} says "${proof.restartReason}"`];
    });
  }

  /** With a weak supply the radio must not start on the wires: the first start is at mains, in the closed case. */
  async #releaseOnly(): Promise<void> {
    if (this.#done("boot") !== undefined) return;
    const { operator, signal } = this.#ports;
    await this.step("boot", "Release GPIO0; the first start follows at mains", async () => {
      await operator.act({ id: "release-gpio0", text: "Take the GPIO0 wire off ground." }, signal);
      await operator.act(
        { id: "unplug-adapter", text: "Pull the USB adapter out: the radio must not start on its supply." },
        signal,
      );
      return [undefined, { deferred: true }, "the radio is not started on a weak supply"];
    });
  }

  async #close(): Promise<ClosedCase> {
    const recorded = this.#closed();
    const { operator, clock, signal } = this.#ports;
    if (recorded !== undefined && !this.#log.state.wiresAttached) {
      const noMains = this.#done("calibrate") !== undefined;
      if (noMains || (await hasStayedClosed(recorded, operator, signal)))
        return requireClosed(recorded, this.#order.guide);
      await this.#log.append({ type: "wires-attached", at: new Date(clock.wallTime()).toISOString(), ...entryFields });
    }
    const { guide, texts } = this.#order;
    return this.step("close the case", "Close the case, item by item", async () => {
      const proof = await closeCase(guide, texts, operator, new Date(clock.wallTime()).toISOString(), signal);
      return [proof, { ...proof }, `${proof.confirmed.length} confirmed, ${proof.measured.length} measured`];
    });
  }

  #closed(): ClosedCase | undefined {
    const data = this.#done("close the case") as (SafetyRecord & { closedAt?: string }) | undefined;
    return data?.closedAt === undefined ? undefined : { ...data, closedAt: data.closedAt };
  }

  async #atMains(): Promise<void> {
    requireClosed(this.#log.state.wiresAttached ? undefined : this.#closed(), this.#order.guide);
    const { operator, signal } = this.#ports;
    await operator.act(
      { id: "first-mains", text: "Plug it into the protected socket (RCD or series bulb), nothing plugged into it." },
      signal,
    );
  }

  async #join({ road }: { readonly road: "serial" | "access-point" }): Promise<string> {
    const { files, home, http, random, operator, line, wifi, clock, events, signal, locate } = this.#ports;
    const place = { files, path: home };
    const seen = (await rememberedPlugs(place)).find(({ mac }) => mac === this.#plug);
    if (this.#done("audit") !== undefined && seen !== undefined) return seen.address;
    if (road === "access-point") await this.#atMains();
    const there = seen === undefined ? undefined : await probe(http, seen.address, { signal });
    const start =
      seen !== undefined && there !== undefined && (there.mac === this.#plug || there.needsPassword)
        ? { address: seen.address }
        : { road, credentials: this.#order.credentials, mac: this.#plug };
    const { profile, wishes, secure, correct } = this.#order;
    const result = await setup(
      { http, random, operator, home: place, line, wifi },
      { start, profile, wishes, locate, ...(secure === undefined ? {} : { secure }) },
      { clock, events, signal, correct },
    );
    if (result.mac !== this.#plug) {
      throw new PlugsmithError("wrong-plug", {
        message: `Set up was the plug ${result.mac}, but flashed was ${this.#plug}.`,
        step: "provision",
        plugState: `${result.mac} is configured; ${this.#plug} is not`,
        nextStep: "Only one plug may have its access point open at a time; power the other one down and run it again.",
      });
    }
    await this.#log.finish("provision", { road, address: result.address });
    await this.#log.finish("configure", { changed: result.changed });
    await this.#log.finish("secure", { refused: result.lock.refused.length });
    await this.#log.finish("audit", { passed: result.report.passed, facts: result.report.facts });
    return result.address;
  }

  async #calibrate(address: string): Promise<void> {
    if (this.#done("calibrate") !== undefined) return;
    const { calibration } = this.#order;
    const { http, clock, files, home, operator, events, signal } = this.#ports;
    await this.step("calibrate", "Calibrate the meter", async () => {
      if (calibration === undefined) return [undefined, { skipped: true }, "left for later: plugsmith calibrate"];
      await this.#atMains();
      const { webPassword } = await readSecrets({ files, path: home }, this.#plug);
      await awaitPlugAt({ http, clock }, address, this.#plug, { password: webPassword, signal });
      const client = new HttpClient({ http, clock, host: address, password: webPassword });
      try {
        await operator.act(
          { id: "load-in", text: "Now plug the load into the plug, with the reference as drawn." },
          signal,
        );
        const record = await calibrate(
          {
            clock,
            operator,
            events,
            link: commandLink(client),
            records: {
              append: (entry) => this.#log.append({ type: "calibration", at: entry.at, record: entry }),
              all: () => Promise.resolve(calibrationsOf(this.#log.entries)),
            },
            ...(signal === undefined ? {} : { signal }),
          },
          calibration,
        );
        const words = record.results.map(
          ({ command, budget }) => `${command} ±${(100 * budget.expanded).toFixed(1)} %`,
        );
        return [record, { after: record.after }, words.join(", ")];
      } finally {
        await client.close();
      }
    });
  }
}
