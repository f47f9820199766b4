/**
 * A conversion whose computer loses power at points that the seed chooses, the plug's own power sometimes with it; then
 * runs until it is done. A seed is a whole story; what must hold is checked after every run.
 */
import { PlugsmithError } from "../../src/core/errors.ts";
import type { JobEvent } from "../../src/core/events.ts";
import { type ConversionOptions, type ConversionPorts, convert } from "../../src/engine/jobs/convert.ts";
import { locateIn } from "../../src/engine/locate-plug.ts";
import type { ByteLine, Operator } from "../../src/engine/ports.ts";
import { drain } from "../../src/platform/node/system.ts";
import { createVirtualHome, HOME_NETWORK, type VirtualHome } from "../../src/sim/home/virtual-home.ts";
import { virtualPerson } from "../../src/sim/home/virtual-person.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { conversionOptions, EP2_GUIDE } from "../support/conversion-options.ts";
import { KillableProcess } from "../support/killable-process.ts";
import { endQuietly } from "../support/quiet-end.ts";
import { ConversionLaws } from "./convert-laws.ts";
import { sparseFlash } from "./sparse-flash.ts";

const HOME = "/home";
/** A run that takes longer in virtual time hangs. */
const LONGEST_RUN_US = 3600e6;
const MOST_RUNS = 6;

/** Steps as their events name them, and how long each takes about, ms: where faults are put. */
const STEPS: readonly (readonly [step: string, lasts: number])[] = [
  ["prepare", 70_000],
  ["connect", 8000],
  ["back-up", 4000],
  ["write", 3000],
  ["boot", 12_000],
  ["provision", 16_000],
  ["configure", 14_000],
  ["secure", 3000],
  ["audit", 1500],
  ["close-case", 35_000],
  ["calibrate", 65_000],
];
/** Changes that a whole conversion makes on the disk, about. */
const OPERATIONS = 130;

type Moment = { readonly operation: number } | { readonly step: string; readonly ms: number };

interface Fault {
  readonly when: Moment;
  readonly plugToo: boolean;
}

export interface StoryReport {
  readonly seed: number;
  /** Everything observable, one line each, with virtual times: equal for equal seeds. */
  readonly log: readonly string[];
  readonly faults: readonly string[];
  /** Faults that struck before the conversion was done. */
  readonly struck: number;
  readonly runs: number;
  /** Broken laws; empty is good. */
  readonly broken: readonly string[];
}

/** How to see a seed again. */
export function replayLine(seed: number): string {
  return `PLUGSMITH_SEED=${seed} npx vitest run --project e2e test/faults/convert-crash.test.ts -t replay`;
}

export async function tellStory(seed: number): Promise<StoryReport> {
  return new Story(seed).tell();
}

class Story {
  readonly #seed: number;
  readonly #random: SeededRandom;
  readonly #clock = new SimClock();
  readonly #home: VirtualHome;
  readonly #disk: VirtualDisk;
  readonly #person: Operator;
  readonly #options: ConversionOptions;
  readonly #faults: Fault[] = [];
  readonly #log: string[] = [];
  readonly #laws: ConversionLaws;
  readonly #host: SeededRandom;
  #process = new KillableProcess();
  #armed: Fault | undefined;
  #struck = 0;

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = new SeededRandom(`convert/${seed}`);
    this.#host = this.#random.fork("host");
    const weak = this.#random.chance(0.3);
    const hasty = this.#random.chance(0.25);
    this.#home = createVirtualHome({
      clock: this.#clock,
      seed,
      bench: { flash: sparseFlash(this.#random.fork("vendor")), adapter: { kind: weak ? "FT232R" : "CP2102" } },
    });
    this.#disk = new VirtualDisk({ seed });
    this.#person = virtualPerson(this.#home, {
      seed,
      character: hasty ? "hasty" : "careful",
      onAnswer: (line) => this.#say(line),
    });
    this.#options = conversionOptions({ deviceName: "Kettle plug", timeZone: "Europe/Berlin" });
    this.#laws = new ConversionLaws({
      home: this.#home,
      disk: this.#disk,
      path: HOME,
      image: this.#options.firmware!.image,
      closing: EP2_GUIDE.closing.map(({ id }) => id),
      secrets: [HOME_NETWORK.passphrase],
    });
    for (let i = this.#random.chance(0.4) ? 2 : 1; i > 0; i--) this.#faults.push(this.#fault());
    this.#say(
      `${weak ? "weak" : "strong"} supply, ${hasty ? "hasty" : "careful"}; ${this.#faults.map(reported).join("; ")}`,
    );
  }

  #fault(): Fault {
    const plugToo = this.#random.chance(0.4);
    if (this.#random.chance(0.5)) return { when: { operation: this.#random.below(OPERATIONS) }, plugToo };
    const [step, lasts] = STEPS[this.#random.below(STEPS.length)]!;
    return { when: { step, ms: Math.floor(this.#random.unit() * lasts) }, plugToo };
  }

  async tell(): Promise<StoryReport> {
    let runs = 0;
    for (let done = false; !done && runs < MOST_RUNS; runs++) {
      done = await this.#run(runs);
      await this.#laws.check();
      // Struck after the last line of the journal: nothing is left to go on with, and nobody begins again.
      done ||= await this.#laws.everythingOnRecord();
      if (!done) await this.#aftermath();
    }
    if (runs === MOST_RUNS) this.#laws.break(`not done after ${MOST_RUNS} runs`);
    else await this.#laws.checkDone(this.#clock);
    return {
      seed: this.#seed,
      log: this.#log,
      faults: this.#faults.map(reported),
      struck: this.#struck,
      runs,
      broken: this.#laws.broken,
    };
  }

  /** One process: true when it came to its end. */
  async #run(number: number): Promise<boolean> {
    const process = new KillableProcess(this.#laws.watch());
    this.#process = process;
    const line = this.#home.bench.openLine();
    this.#arm(this.#faults[number]);
    await this.#laws.runBegins();
    let outcome: "done" | "failed" | undefined;
    let error: unknown;
    convert(this.#ports(process, line), this.#options).then(
      () => {
        outcome = "done";
      },
      (thrown: unknown) => {
        outcome = "failed";
        error = thrown;
      },
    );
    await this.#clock.run(drain, () => outcome !== undefined || !process.alive, this.#clock.now + LONGEST_RUN_US);
    const survived = process.alive;
    this.#disarm();
    process.die();
    await endQuietly(this.#clock, line.close());
    this.#say(`run ${number}: ${survived ? (outcome ?? "hangs") : "died"}`);
    if (survived && outcome === undefined) this.#laws.break(`run ${number} hangs`);
    if (survived && outcome === "failed") this.#judge(number, error);
    return survived && outcome === "done";
  }

  /** Nothing was in its way: a run that is not struck has no reason to fail. */
  #judge(number: number, error: unknown): void {
    const named = error instanceof PlugsmithError;
    const text = named ? `${error.code}: ${error.message}` : String(error instanceof Error ? error.stack : error);
    this.#say(`run ${number} failed: ${text}`);
    this.#laws.break(`run ${number} failed: ${text}`);
  }

  #ports(process: KillableProcess, line: ByteLine): ConversionPorts {
    const { http, wifi } = this.#home;
    return {
      line: process.line(line),
      clock: process.clock(this.#clock.port()),
      files: this.#disk.files,
      home: HOME,
      tool: "campaign",
      random: { bytes: (count) => this.#host.bytes(count) },
      http: process.http(http),
      operator: process.operator(this.#person),
      events: (event) => this.#observe(event),
      wifi: process.wifi(wifi),
      locate: (mac) => this.#locate(mac, process),
    };
  }

  /** As the command line does it, over fewer addresses. */
  async #locate(mac: string, process: KillableProcess): Promise<string | undefined> {
    const ports = { http: process.http(this.#home.http), clock: process.clock(this.#clock.port()), events: () => {} };
    return await locateIn(ports, ["192.168.1.48/29"], mac);
  }

  #observe(event: JobEvent): void {
    if (event.type !== "progress") this.#say(JSON.stringify(event));
    const when = this.#armed?.when;
    if (event.type !== "step-started" || when === undefined || !("step" in when) || when.step !== event.step) return;
    const fault = this.#armed!;
    this.#clock.at(this.#clock.now + when.ms * 1000, () => {
      if (this.#armed === fault) this.#inject(fault);
    });
  }

  #arm(fault: Fault | undefined): void {
    this.#armed = fault;
    if (fault === undefined || !("operation" in fault.when)) return;
    let left = fault.when.operation;
    this.#disk.onOperation = () => {
      if (left-- === 0) this.#inject(fault);
    };
  }

  #disarm(): void {
    this.#armed = undefined;
    this.#disk.onOperation = undefined;
  }

  /** The computer loses its power; in a power cut the plug too. */
  #inject(fault: Fault): void {
    this.#disarm();
    this.#struck++;
    this.#say(`power is lost${fault.plugToo ? ", the plug's too" : ""}`);
    this.#process.die();
    this.#disk.crash();
    if (!fault.plugToo) return;
    const { bench, atMains } = this.#home;
    const adapterIn = bench.pluggedIn;
    if (adapterIn) bench.actions.pullAdapterOut();
    if (atMains) this.#home.plugIntoMains(false);
    this.#clock.at(this.#clock.now + 5e6, () => {
      if (adapterIn) bench.actions.plugAdapterIn();
      if (atMains) this.#home.plugIntoMains(true);
    });
  }

  /** The computer starts again. */
  async #aftermath(): Promise<void> {
    let waited = false;
    this.#clock.at(this.#clock.now + (20 + this.#random.below(40)) * 1e6, () => {
      waited = true;
    });
    await this.#clock.run(drain, () => waited);
  }

  #say(text: string): void {
    this.#log.push(`${this.#clock.now.toFixed(3)} ${text}`);
  }
}

function reported({ when, plugToo }: Fault): string {
  const moment = "operation" in when ? `disk operation ${when.operation}` : `${when.ms} ms into ${when.step}`;
  return `power lost at ${moment}${plugToo ? ", the plug's too" : ""}`;
}
