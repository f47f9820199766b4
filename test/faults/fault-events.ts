/** The seed's faults, carried out on the bench, the line and the disk of a story when their moments come. */
import { drain } from "../../src/platform/node/system.ts";
import type { VirtualBench } from "../../src/sim/bench/contract.ts";
import type { SimClock } from "../../src/sim/world/clock.ts";
import type { VirtualDisk } from "../../src/sim/world/disk.ts";
import type { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { CommandCounter, type FaultKind, isCurable, MAY_MISAIM, type PlannedFault } from "./fault-plan.ts";
import type { FaultyLine, Sent } from "./faulty-line.ts";

/** A burst of noise damages about one byte in so many, for at most so long: what retries are bounded for. */
const BYTES_PER_NOISE = 400;
const NOISE_US = 150_000;
/** A computer that is busy elsewhere, at most, µs: less than what counts as a chip that is gone. */
const STALL_US = 2_000_000;

const GOOD_WIRES = { chipRx: "connected", chipTx: "connected", vcc: "connected", noise: 0 } as const;

export interface Stage {
  readonly clock: SimClock;
  readonly bench: VirtualBench;
  readonly disk: VirtualDisk;
  readonly random: SeededRandom;
  readonly fedByAdapter: boolean;
  readonly say: (text: string) => void;
  /** Whether a process is under way, and how to end it. */
  readonly running: () => boolean;
  readonly endProcess: (reason: string) => void;
}

/** A fault that struck, and whether the run has to live through it. */
export interface Struck {
  readonly kind: FaultKind;
  readonly curable: boolean;
}

/** Opcodes that put code into the chip's memory and start it. */
const UPLOADING: readonly (number | "ack")[] = [0x05, 0x06, 0x07];
/** Opcodes that show the stub to be there. */
const STUB_THERE: readonly (number | "ack")[] = [0x0f, 0x10, 0x13, 0xd1, 0xd2];

export class FaultEvents {
  readonly #stage: Stage;
  readonly #plan: readonly PlannedFault[];
  readonly #counter = new CommandCounter();
  /** What struck the run under way. */
  #struck: Struck[] = [];
  #line: FaultyLine | undefined;
  #stubThere = false;

  constructor(stage: Stage, plan: readonly PlannedFault[]) {
    this.#stage = stage;
    this.#plan = plan;
  }

  get struck(): readonly Struck[] {
    return this.#struck;
  }

  /** A process begins, on this line. */
  begin(line: FaultyLine): void {
    this.#line = line;
    this.#struck = [];
    this.#stubThere = false;
  }

  place(): void {
    const { clock, disk } = this.#stage;
    for (const fault of this.#plan) {
      if (fault.when.on === "time") clock.at(clock.now + fault.when.ms * 1000, () => this.#inject(fault));
    }
    let operations = 0;
    disk.onOperation = () => {
      const number = operations++;
      for (const fault of this.#plan)
        if (fault.when.on === "disk" && fault.when.operation === number) this.#inject(fault);
    };
  }

  /** A command is about to leave. */
  sees(sent: Sent): void {
    if (UPLOADING.includes(sent.opcode)) this.#stubThere = false;
    if (STUB_THERE.includes(sent.opcode)) this.#stubThere = true;
    const now = this.#counter.count(sent);
    if (now === undefined) return;
    const { clock } = this.#stage;
    for (const fault of this.#plan) {
      const { when } = fault;
      if (when.on !== "command" || when.command !== now.command || when.number !== now.number) continue;
      if (when.afterMs === 0) this.#inject(fault);
      else clock.at(clock.now + when.afterMs * 1000, () => this.#inject(fault));
    }
  }

  /**
   * Before the next run everything is put right, as a person would: wires back, room on the disk. After a mere kill
   * the chip may be left as it is, in the middle of whatever it was told; otherwise it gets a cold power-up with the
   * adapter out, since its TX half-feeds an unpowered chip, which then hangs.
   */
  async putRight(killed: boolean): Promise<void> {
    const { bench, disk, random, say } = this.#stage;
    disk.capacity = Number.POSITIVE_INFINITY;
    const { actions: person } = bench;
    person.rewire(GOOD_WIRES);
    const unhurt = this.#struck.every(
      ({ kind, curable }) => (curable && !MAY_MISAIM.includes(kind)) || kind === "kill",
    );
    if (killed && unhurt && bench.pluggedIn && random.chance(0.5)) {
      say("the chip is left as it is");
      return;
    }
    if (bench.pluggedIn) person.pullAdapterOut();
    person.switchSupply(false);
    await this.#wait(1000);
    person.switchSupply(true);
    person.plugAdapterIn();
    await this.#wait(2000);
  }

  #inject(fault: PlannedFault): void {
    const { bench, random, say, clock, running } = this.#stage;
    const { kind } = fault;
    if (!running()) return;
    const { actions: person, faults } = bench;
    const lasting = fault.forMs * 1000;
    say(`fault ${kind}`);
    const direction = random.chance(0.5) ? "to-host" : "to-chip";
    const later = (act: () => void, after = lasting): void => {
      clock.at(clock.now + after, act);
    };
    // A damaged command of the upload may start code that is not there: then only a power cycle helps.
    const curable = isCurable(kind) && (this.#stubThere || !MAY_MISAIM.includes(kind));
    this.#struck.push({ kind, curable });
    if (kind === "crash" || kind === "kill") this.#die(kind === "crash");
    else if (kind === "drop" || kind === "flip" || kind === "double") faults.damageNext(direction, kind);
    else if (kind === "misaim")
      this.#line?.spoilCommand({ what: "fields", place: random.unit(), bit: random.below(8) });
    else if (kind === "misname") this.#line?.spoilCommand({ what: "opcode", place: 0, bit: random.below(8) });
    else if (kind === "spoil") this.#spoil(direction);
    else if (kind === "lose-reply") this.#line?.loseFrame();
    else if (kind === "stall") this.#line?.holdUntil(clock.now + Math.min(lasting, STALL_US));
    else if (kind === "noise") {
      person.rewire({ noise: 1 / BYTES_PER_NOISE });
      later(() => person.rewire({ noise: 0 }), Math.min(lasting, NOISE_US));
    } else if (kind === "cut-cable") {
      person.rewire(direction === "to-host" ? { chipTx: "open" } : { chipRx: "open" });
      later(() => person.rewire({ chipRx: "connected", chipTx: "connected" }));
    } else if (kind === "weak-program" || kind === "weak-erase") {
      faults.weakenFlash(kind === "weak-program" ? "program" : "erase");
    } else if (kind === "sag") faults.sag(2000 + lasting / 100);
    else if (kind === "pull-adapter" || kind === "blackout") this.#pull(kind === "blackout", later);
    else if (kind === "power-loss") this.#losePower(later);
    else if (kind === "disk-full") this.#fillDisk();
  }

  #spoil(direction: "to-host" | "to-chip"): void {
    const { random } = this.#stage;
    const spoiling = { what: "anything", place: random.unit(), bit: random.below(8) } as const;
    if (direction === "to-chip") this.#line?.spoilCommand(spoiling);
    else this.#line?.spoilArrival(spoiling);
  }

  /** The adapter goes, and with a blackout the plug's own supply with it. */
  #pull(blackout: boolean, later: (act: () => void) => void): void {
    const { actions: person } = this.#stage.bench;
    if (!this.#stage.bench.pluggedIn) return;
    person.pullAdapterOut();
    if (blackout) person.switchSupply(false);
    later(() => {
      person.switchSupply(true);
      if (!this.#stage.bench.pluggedIn) person.plugAdapterIn();
    });
  }

  #losePower(later: (act: () => void) => void): void {
    const { actions: person } = this.#stage.bench;
    if (this.#stage.fedByAdapter) {
      person.rewire({ vcc: "open" });
      later(() => person.rewire({ vcc: "connected" }));
    } else {
      person.switchSupply(false);
      later(() => person.switchSupply(true));
    }
  }

  #fillDisk(): void {
    const { disk, random } = this.#stage;
    disk.capacity = disk.used + random.below(0x8000);
  }

  #die(power: boolean): void {
    const { disk, endProcess } = this.#stage;
    endProcess(power ? "computer lost power" : "killed");
    if (power) disk.crash();
    else disk.kill();
  }

  async #wait(ms: number): Promise<void> {
    const { clock } = this.#stage;
    let waited = false;
    clock.at(clock.now + ms * 1000, () => {
      waited = true;
    });
    await clock.run(drain, () => waited);
  }
}
