/** A bench with something wrong, and the doctor at its line: what it says, in order, in virtual time. */
import type { JobEvent } from "../../src/core/events.ts";
import { type Diagnosed, diagnose } from "../../src/engine/doctor/diagnose.ts";
import { drain } from "../../src/platform/node/system.ts";
import type { BenchOptions, VirtualBench } from "../../src/sim/bench/contract.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import { createVirtualHome } from "../../src/sim/home/virtual-home.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";

type Heard = Extract<JobEvent, { type: "hearing" }>;

export class DoctorRig {
  readonly clock = new SimClock();
  readonly bench: VirtualBench;
  readonly disk = new VirtualDisk({ seed: 1 });
  readonly events: JobEvent[] = [];
  readonly #seconds: number;

  /** @param seconds the doctor's patience. `tasmota`: the firmware model's image in the flash, in a home with an air. */
  constructor(options: Partial<BenchOptions> & { readonly seconds?: number; readonly tasmota?: boolean } = {}) {
    const { seconds = 20, tasmota = false, ...bench } = options;
    this.#seconds = seconds;
    if (tasmota) {
      const flash = new Uint8Array(0x100000).fill(0xff);
      flash.set(buildModelImage());
      this.bench = createVirtualHome({ clock: this.clock, bench: { pluggedIn: true, flash, ...bench } }).bench;
    } else {
      this.bench = createBench({ flashPart: "GD25Q20", ...bench, clock: this.clock });
    }
  }

  /** The hands do something, so many seconds after the beginning. */
  at(seconds: number, act: () => void): this {
    this.clock.at(seconds * 1e6, act);
    return this;
  }

  /** Separate supply off, and on again three seconds later. */
  switchSupplyAt(seconds: number): this {
    const { actions: person } = this.bench;
    return this.at(seconds, () => person.switchSupply(false)).at(seconds + 3, () => person.switchSupply(true));
  }

  diagnose(): Promise<Diagnosed> {
    return this.clock.complete(
      drain,
      diagnose({
        line: this.bench.openLine(),
        clock: this.clock.port(),
        files: this.disk.files,
        home: "/home",
        events: (event) => this.events.push(event),
        patienceMs: this.#seconds * 1000,
        resetWires: false,
      }),
    );
  }

  /** Examines until patience ends; the findings in order. */
  async findings(): Promise<string[]> {
    await this.diagnose().catch(() => undefined);
    return this.heard().map(({ finding }) => finding);
  }

  heard(): Heard[] {
    return this.events.filter((event) => event.type === "hearing");
  }

  last(finding: string): Heard | undefined {
    return this.heard().findLast((event) => event.finding === finding);
  }
}
