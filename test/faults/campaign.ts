/**
 * One seeded run of the fault campaign: a plug, a disk, a job, and faults at points that the seed chooses; then runs
 * without faults until the job is done. What must hold after every run is in invariants.ts; a seed is a whole story.
 */

import type { JobEvent } from "../../src/core/events.ts";
import { openSession } from "../../src/engine/flash/session.ts";
import { listBackups, readSealedImage } from "../../src/engine/home/backups.ts";
import { drain } from "../../src/platform/node/system.ts";
import type { VirtualBench } from "../../src/sim/bench/contract.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { endQuietly } from "../support/quiet-end.ts";
import { FaultEvents, type Struck } from "./fault-events.ts";
import { faultText, type PlannedFault, planFaults, type Scenario } from "./fault-plan.ts";
import { FaultyLine, type Sent } from "./faulty-line.ts";
import { damagePartial, partialPath } from "./home-damage.ts";
import { checkBackups, checkEconomy, checkEnd, checkFlash, isDone, type Run } from "./invariants.ts";
import { HOME, type Plug, type Situation, situation } from "./situation.ts";

const CONNECTED_MS = 1400;
/** A run that takes longer in virtual time hangs. */
const LONGEST_RUN_US = 900e6;
const MOST_RUNS = 6;

export interface CampaignSize {
  readonly flashPart: string;
  readonly flashSize: number;
  /** Sectors of firmware the plug holds at the start. */
  readonly usedSectors: number;
  /** Sectors of the image that is written. */
  readonly imageSectors: number;
  /** Virtual time in which the job is under way without faults, ms after its start: where faults are put. */
  readonly spanMs: number;
}

/** 256 KiB with 36 KiB used: enough for partly blank blocks, runs and gaps. */
export const SMALL: CampaignSize = {
  flashPart: "GD25Q20",
  flashSize: 0x40000,
  usedSectors: 9,
  imageSectors: 7,
  spanMs: 2800,
};

export interface RunReport {
  readonly seed: number;
  readonly scenario: Scenario;
  /** Everything observable, one line each, with virtual times: equal for equal seeds. */
  readonly log: readonly string[];
  readonly faults: readonly string[];
  readonly runs: number;
  /** Broken promises; empty is good. */
  readonly broken: readonly string[];
  readonly virtualMs: number;
}

/** How to see a seed again. */
export function replayLine(seed: number): string {
  return `PLUGSMITH_SEED=${seed} npx vitest run --project e2e test/faults/flash-faults-odd.test.ts -t replay`;
}

export async function runSeed(seed: number, size: CampaignSize = SMALL): Promise<RunReport> {
  const story = new Story(seed, size);
  return story.tell();
}

const FAST = [460_800, 921_600, 1_500_000, 2_000_000] as const;

/** One adapter in eight does not make a rate: its driver says so, or it says nothing and stays at a lower one. */
function stubbornness(random: SeededRandom): { refusesBauds?: readonly number[]; clampsAboveBaud?: number } {
  if (!random.chance(0.125)) return {};
  const refuses = ([[74_880], FAST, [74_880, ...FAST], [230_400, ...FAST]] as const)[random.below(5)];
  return refuses === undefined ? { clampsAboveBaud: 230_400 } : { refusesBauds: refuses };
}

class Story {
  readonly #seed: number;
  readonly #random: SeededRandom;
  readonly #clock = new SimClock();
  readonly #bench: VirtualBench;
  readonly #disk: VirtualDisk;
  readonly #situation: Situation;
  readonly #plan: readonly PlannedFault[];
  readonly #faults: FaultEvents;
  readonly #plug: Plug;
  readonly #log: string[] = [];
  readonly #broken: string[] = [];
  readonly #corrupted = new Set<string>();
  readonly #struckBefore: Struck[] = [];
  #stop: ((reason: string) => void) | undefined;
  #changedBytes = 0;

  constructor(seed: number, size: CampaignSize) {
    this.#seed = seed;
    this.#random = new SeededRandom(`faults/${seed}`);
    this.#situation = situation(this.#random, size);
    this.#disk = new VirtualDisk({ seed });
    const fedByAdapter = this.#random.chance(0.5);
    const adapter = { latencyMs: this.#random.chance(0.5) ? 1 : 16, ...stubbornness(this.#random) };
    this.#bench = createBench({
      clock: this.#clock,
      seed,
      flashPart: size.flashPart,
      flash: this.#situation.flash,
      gpio0Grounded: true,
      supply: { from: fedByAdapter ? "adapter" : "separate" },
      adapter,
    });
    const digits = [...this.#bench.mac].map((byte) => byte.toString(16).padStart(2, "0"));
    this.#plug = { mac: digits.join(":"), id: digits.join("") };
    this.#plan = planFaults(this.#random, this.#situation.scenario, size.spanMs, CONNECTED_MS);
    const stage = {
      clock: this.#clock,
      bench: this.#bench,
      disk: this.#disk,
      random: this.#random,
      fedByAdapter,
      say: (text: string) => this.#say(text),
      running: () => this.#stop !== undefined,
      endProcess: (reason: string) => this.#stop?.(reason),
    };
    this.#faults = new FaultEvents(stage, this.#plan);
  }

  async tell(): Promise<RunReport> {
    await this.#situation.prepareHome(this.#disk.files, this.#plug);
    await this.#noteCorrupted();
    this.#say(`${this.#situation.text}: ${this.#plan.map(faultText).join("; ")}`);
    this.#faults.place();
    let runs = 0;
    for (let done = false; !done && runs < MOST_RUNS; runs++) {
      await this.#damageHome(runs);
      const run = await this.#run(runs);
      await this.#check(run);
      done = isDone(this.#situation, run);
      if (!done) await this.#faults.putRight(run.killed);
      this.#struckBefore.push(...run.struck);
      this.#disk.onOperation = undefined;
    }
    if (runs === MOST_RUNS) this.#broken.push(`not done after ${MOST_RUNS} runs`);
    return {
      seed: this.#seed,
      scenario: this.#situation.scenario,
      log: this.#log,
      faults: this.#plan.map(faultText),
      runs,
      broken: this.#broken,
      virtualMs: this.#clock.now / 1000,
    };
  }

  /** One process, to its end. */
  async #run(number: number): Promise<Run> {
    const line = new FaultyLine(this.#bench.openLine(), this.#clock, (text) => this.#say(text));
    line.onSent = (sent) => this.#sees(sent);
    this.#faults.begin(line);
    this.#changedBytes = 0;
    const before = this.#bench.flash.slice();
    const partial = await this.#partial();
    let settled = false;
    let killed = false;
    let error: unknown;
    let result: unknown;
    const session = openSession({
      line,
      clock: this.#clock.port(),
      files: this.#disk.files,
      home: HOME,
      tool: "campaign",
      events: (event) => this.#note(event),
      patience: { connectMs: 40_000, reconnectMs: 25_000 },
    });
    this.#stop = (reason) => {
      this.#stop = undefined;
      this.#say(`process ${number} stopped: ${reason}`);
      settled = true;
      killed = true;
    };
    this.#situation.work(session, this.#plug).then(
      (value: unknown) => {
        result = value;
        settled = true;
      },
      (thrown: unknown) => {
        error = thrown;
        settled = true;
      },
    );
    await this.#clock.run(drain, () => settled, this.#clock.now + LONGEST_RUN_US);
    if (!settled) {
      this.#broken.push(`run ${number} hangs`);
      killed = true;
    }
    this.#stop = undefined;
    this.#sayEnd(number, killed, error);
    line.onSent = undefined;
    if (!killed) await endQuietly(this.#clock, session.close());
    await endQuietly(this.#clock, line.close());
    const after = this.#bench.flash.slice();
    return {
      number,
      killed,
      error,
      result,
      before,
      after,
      partial,
      changedBytes: this.#changedBytes,
      struck: this.#faults.struck,
      struckBefore: [...this.#struckBefore],
    };
  }

  async #check(run: Run): Promise<void> {
    const situation = this.#situation;
    this.#broken.push(
      ...checkEnd(situation, run),
      ...checkFlash(situation, run),
      ...checkEconomy(situation, run),
      ...(await checkBackups(this.#disk.files, this.#plug.id, situation, run, this.#corrupted)),
    );
  }

  /** Backups that are rotten before anything began are nobody's fault. */
  async #noteCorrupted(): Promise<void> {
    const { files } = this.#disk;
    for (const backup of await listBackups(files, HOME, this.#plug.id)) {
      await readSealedImage(files, backup).catch(() => this.#corrupted.add(backup.id));
    }
  }

  async #damageHome(run: number): Promise<void> {
    for (const { kind, when } of this.#plan) {
      if (when.on !== "pause" || when.before !== run) continue;
      if (kind !== "partial-rot" && kind !== "partial-cut" && kind !== "partial-stale") continue;
      this.#say(`fault ${kind}`);
      const folder = `${HOME}/plugs/${this.#plug.id}`;
      await damagePartial(this.#disk.files, folder, kind, this.#situation.original, this.#random);
    }
  }

  async #partial(): Promise<Uint8Array | undefined> {
    const { files } = this.#disk;
    const path = partialPath(`${HOME}/plugs/${this.#plug.id}`);
    return (await files.stat(path)) === undefined ? undefined : files.read(path);
  }

  /** DEFL_BEGIN and ERASE_REGION tell what is to be changed. */
  #sees(sent: Sent): void {
    if (sent.opcode === 0x10) this.#changedBytes += sent.words[0] ?? 0;
    if (sent.opcode === 0xd1) this.#changedBytes += sent.words[1] ?? 0;
    this.#faults.sees(sent);
  }

  #sayEnd(number: number, killed: boolean, error: unknown): void {
    if (killed) this.#say(`run ${number} killed`);
    else if (error === undefined) this.#say(`run ${number} done`);
    else this.#say(`run ${number} failed: ${error instanceof Error ? error.message : "not an error"}`);
  }

  #note(event: JobEvent): void {
    if (event.type !== "progress") this.#say(JSON.stringify(event));
  }

  #say(text: string): void {
    this.#log.push(`${this.#clock.now.toFixed(3)} ${text}`);
  }
}
