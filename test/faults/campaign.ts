/**
 * One seeded run of the fault campaign: a plug, a disk, a job, and faults at points that the seed chooses; then runs
 * without faults until the job is done. What must hold after every run is checked here; a seed is a whole story.
 */

import { PlugsmithError } from "../../src/core/errors.ts";
import type { JobEvent } from "../../src/core/events.ts";
import type { FlashSession } from "../../src/engine/flash/contract.ts";
import { openSession } from "../../src/engine/flash/session.ts";
import { listBackups, readSealedImage, sealBackup } from "../../src/engine/home/backups.ts";
import { openJournal } from "../../src/engine/home/journal.ts";
import { drain } from "../../src/platform/node/drain.ts";
import { codeLikeBytes } from "../../src/sim/bench/code-like-bytes.ts";
import type { VirtualBench } from "../../src/sim/bench/contract.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";

const HOME = "/home";
const SECTOR = 0x1000;
const CONNECTED_MS = 1400;
/** A run that takes longer in virtual time hangs. */
const LONGEST_RUN_US = 900e6;

export type Scenario = "backup" | "write" | "restore";

export interface CampaignSize {
  readonly flashPart: string;
  readonly flashSize: number;
  /** Sectors of firmware the plug holds at the start. */
  readonly usedSectors: number;
  /** Sectors of the image that is written. */
  readonly imageSectors: number;
  /** Virtual time in which the job is under way without faults, ms after its start: where faults are put. */
  readonly spanMs: Readonly<Record<Scenario, number>>;
}

/** 256 KiB with 36 KiB used: enough for partly blank blocks, runs and gaps. */
export const SMALL: CampaignSize = {
  flashPart: "GD25Q20",
  flashSize: 0x40000,
  usedSectors: 9,
  imageSectors: 7,
  spanMs: { backup: 2800, write: 2800, restore: 2800 },
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

class Story {
  readonly #seed: number;
  readonly #size: CampaignSize;
  readonly #random: SeededRandom;
  readonly #clock = new SimClock();
  readonly #bench: VirtualBench;
  readonly #disk: VirtualDisk;
  readonly #original: Uint8Array;
  readonly #image: Uint8Array;
  readonly #scenario: Scenario;
  readonly #target: "chip" | "image";
  readonly #log: string[] = [];
  readonly #faults: string[] = [];
  readonly #broken: string[] = [];
  #stop: ((reason: string) => void) | undefined;

  constructor(seed: number, size: CampaignSize) {
    this.#seed = seed;
    this.#size = size;
    this.#random = new SeededRandom(`faults/${seed}`);
    this.#scenario = (["backup", "write", "restore"] as const)[this.#random.below(3)]!;
    this.#target = this.#random.chance(0.5) ? "chip" : "image";
    this.#original = firmware(size.flashSize, size.usedSectors, this.#random.fork("vendor"));
    this.#image = firmware(size.imageSectors * SECTOR, size.imageSectors, this.#random.fork("image")).subarray(
      0,
      size.imageSectors * SECTOR - 4 * this.#random.below(500),
    );
    this.#disk = new VirtualDisk({ seed });
    this.#bench = createBench({
      clock: this.#clock,
      seed,
      flashPart: size.flashPart,
      flash: this.#scenario === "restore" ? this.#halfConverted() : this.#original,
      gpio0Grounded: true,
      supply: { from: this.#random.chance(0.5) ? "adapter" : "separate" },
      adapter: { latencyMs: this.#random.chance(0.5) ? 1 : 16 },
    });
  }

  async tell(): Promise<RunReport> {
    await this.#prepareHome();
    this.#placeFaults();
    let runs = 0;
    for (let done = false; !done && runs < 6; runs++) {
      done = await this.#run(runs);
      await this.#check(done);
      if (!done) await this.#aftermath();
    }
    if (runs === 6) this.#broken.push("not done after six runs");
    return {
      seed: this.#seed,
      scenario: this.#scenario,
      log: this.#log,
      faults: this.#faults,
      runs,
      broken: this.#broken,
      virtualMs: this.#clock.now / 1000,
    };
  }

  /** Writes and restores begin with a sealed backup; a restore also with the journal of the write before it. */
  async #prepareHome(): Promise<void> {
    if (this.#scenario === "backup") return;
    const { files } = this.#disk;
    const backup = await sealBackup(files, HOME, this.#plug(), this.#original, {
      chip: "ESP8285N08",
      mac: this.#mac(),
      flashId: 0,
      flashMaker: "GigaDevice",
      tool: "campaign",
      at: Date.UTC(2025, 11, 31),
    });
    if (this.#scenario !== "restore") return;
    const journal = await openJournal(files, `${HOME}/plugs/${this.#plug()}`);
    await journal.append({ type: "erase-begun", at: "2025-12-31T00:00:01.000Z", backup: backup.id });
    await journal.close();
  }

  #halfConverted(): Uint8Array {
    const flash = this.#original.slice().fill(0xff, 0, this.#size.usedSectors * SECTOR * this.#random.unit());
    flash.set(this.#image.subarray(0, (this.#image.length * this.#random.unit()) >> 2));
    return flash;
  }

  /** One process: true when it came to its end without an error. */
  async #run(number: number): Promise<boolean> {
    const line = this.#bench.openLine();
    const clock = this.#clock.port();
    let settled = false;
    let error: unknown;
    const session = openSession({
      line,
      clock,
      files: this.#disk.files,
      home: HOME,
      tool: "campaign",
      events: (event) => this.#note(event),
      patience: { connectMs: 40_000, reconnectMs: 25_000 },
    });
    this.#stop = (reason) => {
      this.#say(`process ${number} stopped: ${reason}`);
      settled = true;
      error ??= "killed";
    };
    const work = this.#job(session).then(
      () => {
        settled = true;
      },
      (thrown: unknown) => {
        error ??= thrown;
        settled = true;
      },
    );
    void work;
    const limit = this.#clock.now + LONGEST_RUN_US;
    await this.#clock.run(drain, () => settled, limit);
    if (!settled) this.#broken.push(`run ${number} hangs`);
    this.#stop = undefined;
    this.#judge(number, error);
    if (error !== "killed") await this.#finishQuietly(session.close());
    await this.#finishQuietly(line.close());
    return settled && error === undefined;
  }

  async #job(session: FlashSession): Promise<void> {
    if (this.#scenario === "backup") await session.backup();
    else if (this.#scenario === "write") await session.write(this.#image, { target: this.#target, raw: true });
    else await session.restore({ bytes: this.#original });
  }

  /** Errors are to be named, and to say what to do. */
  #judge(number: number, error: unknown): void {
    if (error === undefined) this.#say(`run ${number} done`);
    else if (error === "killed") this.#say(`run ${number} killed`);
    else if (!(error instanceof PlugsmithError))
      this.#broken.push(`run ${number}: not a named error: ${error instanceof Error ? error.stack : "?"}`);
    else {
      this.#say(`run ${number} failed: ${error.code} ${error.message}`);
      if (error.code === "internal") this.#broken.push(`run ${number}: internal: ${error.message}`);
      if (error.code === "erase-gate") this.#broken.push(`run ${number}: the gate is closed though a backup is sealed`);
    }
  }

  /** What must hold between runs, whatever happened. */
  async #check(done: boolean): Promise<void> {
    const { files } = this.#disk;
    const backups = await listBackups(files, HOME, this.#plug());
    for (const backup of backups) {
      try {
        const image = await readSealedImage(files, backup);
        if (!equal(image, this.#original)) this.#broken.push(`sealed backup ${backup.id} is not the original`);
      } catch (error) {
        this.#broken.push(`sealed backup ${backup.id} cannot be read: ${String(error)}`);
      }
    }
    const flash = this.#bench.flash;
    if (this.#scenario === "backup") {
      if (!equal(flash, this.#original)) this.#broken.push("a backup changed the flash");
      if (done && backups.length === 0) this.#broken.push("done, and nothing is sealed");
    } else {
      if (backups.length === 0) this.#broken.push("the sealed backup is gone");
      if (done && !equal(flash, this.#wanted()))
        this.#broken.push(`done, and the flash is wrong at ${difference(flash, this.#wanted())}`);
    }
  }

  #wanted(): Uint8Array {
    if (this.#scenario === "restore") return this.#original;
    const wanted = this.#target === "chip" ? new Uint8Array(this.#size.flashSize).fill(0xff) : this.#original.slice();
    wanted.set(this.#image);
    return wanted;
  }

  /**
   * Before the next run everything is put right again, as a person would: wires back, and a cold power-up with the
   * adapter out, since its TX half-feeds an unpowered chip, which then hangs.
   */
  async #aftermath(): Promise<void> {
    this.#disk.capacity = Number.POSITIVE_INFINITY;
    this.#disk.onOperation = undefined;
    const { hands } = this.#bench;
    hands.rewire({ chipRx: "connected", chipTx: "connected" });
    if (this.#bench.pluggedIn) hands.pullAdapterOut();
    hands.switchSupply(false);
    await this.#wait(1000);
    hands.switchSupply(true);
    hands.plugAdapterIn();
    await this.#wait(2000);
  }

  async #wait(ms: number): Promise<void> {
    let waited = false;
    this.#clock.at(this.#clock.now + ms * 1000, () => {
      waited = true;
    });
    await this.#clock.run(drain, () => waited);
  }

  #placeFaults(): void {
    const count = 1 + this.#random.below(3);
    for (let i = 0; i < count; i++) {
      // Connecting takes the first 1.4 s: most faults strike behind it, where flash and files are in motion.
      const span = this.#size.spanMs[this.#scenario];
      const from = this.#random.chance(0.7) ? CONNECTED_MS : 0;
      const at = (from + this.#random.unit() * (span - from)) * 1000;
      const kind = FAULTS[this.#random.below(FAULTS.length)]!;
      const forMs = 20 + this.#random.below(4000);
      this.#faults.push(`${kind} at ${Math.round(at / 1000)} ms for ${forMs} ms`);
      if (kind === "crash-at-operation" || kind === "kill-at-operation") this.#placeDiskFault(kind);
      else this.#clock.at(at, () => this.#strike(kind, forMs * 1000));
    }
    this.#say(`${this.#scenario} ${this.#target}: ${this.#faults.join("; ")}`);
  }

  #placeDiskFault(kind: "crash-at-operation" | "kill-at-operation"): void {
    const doomed = this.#random.below(this.#scenario === "backup" ? 40 : 25);
    let count = 0;
    this.#disk.onOperation = () => {
      if (count++ !== doomed) return;
      this.#disk.onOperation = undefined;
      this.#die(kind === "crash-at-operation");
    };
  }

  #strike(kind: Fault, lasting: number): void {
    const { hands, faults } = this.#bench;
    this.#say(`fault ${kind}`);
    const later = (act: () => void): void => {
      this.#clock.at(this.#clock.now + lasting, act);
    };
    const direction = this.#random.chance(0.5) ? "to-host" : "to-chip";
    if (kind === "drop" || kind === "flip" || kind === "double") faults.damageNext(direction, kind);
    else if (kind === "cut-cable") {
      hands.rewire(direction === "to-host" ? { chipTx: "open" } : { chipRx: "open" });
      later(() => hands.rewire({ chipRx: "connected", chipTx: "connected" }));
    } else if (kind === "pull-adapter") {
      if (!this.#bench.pluggedIn) return;
      hands.pullAdapterOut();
      later(() => {
        if (!this.#bench.pluggedIn) hands.plugAdapterIn();
      });
    } else if (kind === "power-loss") {
      hands.switchSupply(false);
      later(() => hands.switchSupply(true));
    } else if (kind === "sag") faults.sag(2000 + lasting / 100);
    else if (kind === "disk-full") this.#disk.capacity = this.#disk.used + this.#random.below(0x8000);
    else if (kind === "crash" || kind === "kill") this.#die(kind === "crash");
  }

  #die(power: boolean): void {
    if (this.#stop === undefined) return;
    if (power) this.#disk.crash();
    else this.#disk.kill();
    this.#stop(power ? "computer lost power" : "killed");
  }

  #note(event: JobEvent): void {
    if (event.type !== "progress") this.#say(JSON.stringify(event));
  }

  #say(text: string): void {
    this.#log.push(`${this.#clock.now.toFixed(3)} ${text}`);
  }

  #mac(): string {
    return [...this.#bench.mac].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
  }

  #plug(): string {
    return this.#mac().replaceAll(":", "");
  }

  async #finishQuietly(work: Promise<unknown>): Promise<void> {
    let settled = false;
    const mark = (): void => {
      settled = true;
    };
    work.then(mark, mark);
    await this.#clock.run(drain, () => settled, this.#clock.now + 60e6);
  }
}

const FAULTS = [
  "drop",
  "drop",
  "flip",
  "flip",
  "double",
  "cut-cable",
  "pull-adapter",
  "power-loss",
  "sag",
  "disk-full",
  "crash",
  "kill",
  "crash-at-operation",
  "kill-at-operation",
] as const;
type Fault = (typeof FAULTS)[number];

/** Code-like sectors, some blank ones between them, blank to the end. */
function firmware(size: number, used: number, random: SeededRandom): Uint8Array {
  const flash = new Uint8Array(size).fill(0xff);
  const sectors = size / SECTOR;
  for (let i = 0; i < used; i++) {
    const sector = used >= sectors ? i : random.chance(0.7) ? i : random.below(sectors);
    flash.set(codeLikeBytes(SECTOR, random), sector * SECTOR);
  }
  return flash;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return difference(a, b) === undefined;
}

function difference(a: Uint8Array, b: Uint8Array): string | undefined {
  if (a.length !== b.length) return "its length";
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return `0x${i.toString(16)}`;
  return undefined;
}
