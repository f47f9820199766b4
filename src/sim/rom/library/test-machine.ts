/** A core with nothing but the ROM library in its ROM, for the library's tests: calls functions as guest code would. */
import type { Mmio } from "../../cpu/contract.ts";
import { Lx106 } from "../../cpu/lx106.ts";
import { initialiseRomData, installRomLibrary, ROM_LIBRARY } from "./library.ts";

const RETURN_ADDRESS = 0x40107ff0;
/** Data RAM that the tests may use. */
export const HEAP = 0x3ffe8000;

export class TestMachine {
  readonly cpu: Lx106;

  /** @param mmio what answers at the addresses of registers; default: nothing. */
  constructor(mmio: Mmio = { read32: () => 0, write32: () => {} }) {
    const cpu = new Lx106({
      mmio,
      flash: new Uint8Array(0x100000).fill(0xff),
    });
    installRomLibrary(cpu);
    cpu.hook(RETURN_ADDRESS, () => cpu.yieldSoon());
    cpu.ps = 0x20;
    cpu.a[1] = 0x3ffffff0;
    initialiseRomData(cpu);
    this.cpu = cpu;
  }

  /** Calls the function of that name with arguments in a2 and up; returns a2. */
  call(name: string, ...args: number[]): number {
    const { cpu } = this;
    const entry = [...ROM_LIBRARY].find(([, candidate]) => candidate.name === name);
    if (entry === undefined) throw new Error(`no ROM function ${name}`);
    cpu.a[0] = RETURN_ADDRESS;
    for (const [index, value] of args.entries()) cpu.a[2 + index] = value;
    cpu.pc = entry[0];
    cpu.run(cpu.cycles + 1e6);
    return cpu.a[2]!;
  }

  /** The same for a 64-bit result in a2/a3. */
  callWide(name: string, ...args: number[]): bigint {
    const low = BigInt(this.call(name, ...args) >>> 0);
    return (BigInt(this.cpu.a[3]!) << 32n) | low;
  }

  get returned(): boolean {
    return this.cpu.pc === RETURN_ADDRESS;
  }

  put(address: number, text: string): void {
    this.cpu.writeBlock(address, new TextEncoder().encode(text));
  }

  get(address: number, length: number): string {
    return new TextDecoder().decode(this.cpu.readBlock(address, length));
  }
}
