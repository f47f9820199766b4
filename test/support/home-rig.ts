/** A plug as it was sold on a virtual bench, its home and its person, and the engine's jobs with them, in virtual time. */
import type { JobEvent } from "../../src/core/events.ts";
import {
  type ConversionOptions,
  type ConversionPorts,
  type ConversionResult,
  convert,
} from "../../src/engine/jobs/convert.ts";
import type { Operator } from "../../src/engine/ports.ts";
import type { RescueOptions, RescueResult } from "../../src/engine/rescue/contract.ts";
import { rescue } from "../../src/engine/rescue/rescue.ts";
import { drain } from "../../src/platform/node/system.ts";
import { codeLikeBytes } from "../../src/sim/bench/code-like-bytes.ts";
import { createVirtualHome, HOME_NETWORK, type VirtualHome } from "../../src/sim/home/virtual-home.ts";
import { type PersonOptions, virtualPerson } from "../../src/sim/home/virtual-person.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { EP2_GUIDE, EP2_TEXTS } from "./conversion-options.ts";
import { MemoryFiles } from "./memory-files.ts";

import { EP2 } from "./setup-rig.ts";

export const IMAGE: Uint8Array = buildModelImage();

const SECTOR = 0x1000;
/** Sectors in use: boot and application, something in the middle, system parameters at the end. */
const USED = [0, 1, 2, 3, 4, 5, 6, 7, 40, 129, 130, 251, 252, 253, 254, 255];

/** A vendor's flash with little in it: what is blank is proven by digest and costs no time. */
export function sparseFlash(): Uint8Array {
  const random = new SeededRandom(11);
  const flash = new Uint8Array(0x100000).fill(0xff);
  for (const sector of USED) flash.set(codeLikeBytes(SECTOR, random), sector * SECTOR);
  return flash;
}

export class HomeRig {
  readonly clock: SimClock = new SimClock();
  readonly home: VirtualHome;
  /** The flash as the plug was sold. */
  readonly original: Uint8Array;
  readonly files: MemoryFiles = new MemoryFiles();
  readonly events: JobEvent[] = [];
  readonly answers: string[] = [];
  readonly #random = new SeededRandom(1);
  /** Called with every event. */
  watch: (event: JobEvent) => void = () => {};

  /** @param adapter its kind; an FT232R's 3.3 V cannot feed a radio. */
  constructor(adapter: "CP2102" | "FT232R" = "CP2102") {
    const bench = { flash: sparseFlash(), adapter: { kind: adapter } };
    this.home = createVirtualHome({ clock: this.clock, seed: 3, bench });
    this.original = this.home.bench.flash.slice();
  }

  person(options: PersonOptions = {}): Operator {
    return virtualPerson(this.home, { onAnswer: (line) => this.answers.push(line), ...options });
  }

  ports(extra: Partial<ConversionPorts> = {}): ConversionPorts {
    const { line, http, wifi } = this.home;
    return {
      line,
      http,
      wifi,
      clock: this.clock.port(),
      files: this.files,
      home: "/home",
      tool: "plugsmith test",
      random: { bytes: (count) => this.#random.bytes(count) },
      operator: this.person(),
      events: (event) => {
        this.events.push(event);
        this.watch(event);
      },
      ...extra,
    };
  }

  convert(extra: Partial<ConversionPorts> = {}, options: Partial<ConversionOptions> = {}): Promise<ConversionResult> {
    return this.do(
      convert(this.ports(extra), {
        profile: EP2,
        guide: EP2_GUIDE,
        texts: EP2_TEXTS,
        credentials: HOME_NETWORK,
        virtual: true,
        firmware: { image: IMAGE, origin: "the built-in stand-in" },
        config: { deviceName: "Kettle plug", timeZone: "Europe/Berlin" },
        ...options,
      }),
    );
  }

  rescue(options: Partial<RescueOptions>, extra: Partial<ConversionPorts> = {}): Promise<RescueResult> {
    return this.do(
      rescue(this.ports(extra), {
        profile: EP2,
        guide: EP2_GUIDE,
        texts: EP2_TEXTS,
        config: { deviceName: "Kettle plug" },
        wifi: HOME_NETWORK,
        ranges: ["192.168.1.40-192.168.1.60"],
        ...options,
      }),
    );
  }

  do<T>(work: Promise<T>): Promise<T> {
    return this.clock.complete(drain, work);
  }

  /** Out of its socket, opened, the wires on it again, the adapter not plugged in. */
  openAndWire(): void {
    this.home.plugIntoMains(false);
    this.home.bench.actions.rewire({
      chipRx: "connected",
      chipTx: "connected",
      ground: "connected",
      vcc: "connected",
    });
  }

  get sealedBackups(): readonly string[] {
    return [...this.files.now.keys()].filter((path) => path.endsWith("original.bin"));
  }
}
