/** A virtual plug on a small flash, a virtual disk, and sessions on them, in virtual time. */
import type { JobEvent } from "../../src/core/events.ts";
import type { FlashSession, SessionOptions } from "../../src/engine/flash/contract.ts";
import { openSession } from "../../src/engine/flash/session.ts";
import { FramePort } from "../../src/engine/link/frame-port.ts";
import { recordedLine } from "../../src/engine/wires/recorded-line.ts";
import { drain } from "../../src/platform/node/system.ts";
import { codeLikeBytes } from "../../src/sim/bench/code-like-bytes.ts";
import type { BenchOptions, VirtualBench } from "../../src/sim/bench/contract.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";

export const SMALL_FLASH = 0x40000;
export const SECTOR = 0x1000;

/** Code-like bytes in these sectors, blank elsewhere. */
export function flashWith(sectors: readonly number[], seed = 1): Uint8Array {
  const random = new SeededRandom(seed);
  const flash = new Uint8Array(SMALL_FLASH).fill(0xff);
  for (const sector of sectors) flash.set(codeLikeBytes(SECTOR, random), sector * SECTOR);
  return flash;
}

export class SessionRig {
  readonly clock: SimClock;
  readonly disk = new VirtualDisk({ seed: 1 });
  readonly bench: VirtualBench;
  readonly events: JobEvent[] = [];

  constructor(options: Partial<BenchOptions> = {}) {
    this.clock = options.clock ?? new SimClock();
    this.bench = createBench({
      flashPart: "GD25Q20",
      flash: flashWith([0, 1, 2, 5, 40]),
      gpio0Grounded: true,
      ...options,
      clock: this.clock,
    });
  }

  /** Drives the world until the work is done. */
  run<T>(work: Promise<T>): Promise<T> {
    return this.clock.complete(drain, work);
  }

  open(options: Partial<SessionOptions> = {}): FlashSession {
    return openSession({
      line: this.bench.openLine(),
      clock: this.clock.port(),
      files: this.disk.files,
      home: "/home",
      tool: "test 1",
      events: (event) => this.events.push(event),
      patience: { connectMs: 15_000, reconnectMs: 15_000 },
      ...options,
    });
  }

  /** Frames over a line of their own, without a session. */
  framePort(): FramePort {
    const records = { files: this.disk.files, home: "/home", clock: this.clock.port() };
    return new FramePort(recordedLine(this.bench.openLine(), records), records.clock, undefined);
  }

  /** Lets virtual time pass. */
  async pass(ms: number): Promise<void> {
    let over = false;
    this.clock.at(this.clock.now + ms * 1000, () => {
      over = true;
    });
    await this.clock.run(drain, () => over);
  }

  get plug(): string {
    return [...this.bench.mac].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  heard(): string[] {
    return this.events.flatMap((event) => (event.type === "hearing" ? [event.finding] : []));
  }

  fact(name: string): unknown {
    return this.events.findLast((event) => event.type === "fact" && event.name === name);
  }
}
