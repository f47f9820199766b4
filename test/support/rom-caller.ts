/** Calls functions of the emulated boot ROM on a whole chip, as a program would, with callbacks written in TypeScript. */
import type { CpuPort } from "../../src/sim/cpu/contract.ts";
import { chipRig, type Rig, type RigOptions } from "./chip-rig.ts";

/** Instruction RAM that nothing else uses: where calls return to, then a callback every 16 bytes. */
const RETURN_ADDRESS = 0x40107000;
const CALLBACKS = 0x40107010;
const STACK = 0x3fffff00;
/** Data RAM that tests may use. */
export const HEAP = 0x3ffe8000;

export class RomCaller {
  readonly rig: Rig;
  #callbacks = 0;
  #returned = false;

  constructor(options: RigOptions = {}) {
    this.rig = chipRig({ gpio0: 0, ...options });
    this.rig.pass(50);
    this.rig.take();
    const { cpu, runner } = this.rig.chip;
    cpu.hook(RETURN_ADDRESS, () => {
      this.#returned = true;
      runner.waitHere(100);
    });
  }

  get cpu(): CpuPort {
    return this.rig.chip.cpu;
  }

  /** Runs the function for up to `ms`. @returns a2, or undefined if it has not returned. */
  call(address: number, args: readonly number[] = [], ms = 10): number | undefined {
    const { cpu, runner } = this.rig.chip;
    runner.beforeInput();
    this.#returned = false;
    cpu.pc = address;
    cpu.a[0] = RETURN_ADDRESS;
    cpu.a[1] = STACK;
    for (const [index, value] of args.entries()) {
      if (index < 6) cpu.a[2 + index] = value;
      else cpu.write32(STACK + 4 * (index - 6), value);
    }
    runner.wake();
    this.rig.pass(ms);
    return this.#returned ? cpu.a[2] : undefined;
  }

  /** A function of the program; it returns unless it sets `pc` itself. @returns its address. */
  program(work: (a: Int32Array, cpu: CpuPort) => number | undefined): number {
    const address = CALLBACKS + 16 * this.#callbacks++;
    this.rig.chip.cpu.hook(address, (cpu) => {
      const result = work(cpu.a, cpu);
      if (result !== undefined) cpu.a[2] = result;
      cpu.cycles += 20;
      if (cpu.pc === (address | 0)) cpu.pc = cpu.a[0]!;
    });
    return address;
  }

  put(address: number, bytes: Uint8Array | string): void {
    this.cpu.writeBlock(address, typeof bytes === "string" ? new TextEncoder().encode(`${bytes}\0`) : bytes);
  }

  hex(address: number, length: number): string {
    return Buffer.from(this.cpu.readBlock(address, length)).toString("hex");
  }
}
