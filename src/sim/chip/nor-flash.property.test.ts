import fc from "fast-check";
import { expect, test } from "vitest";
import { NorFlash } from "./nor-flash.ts";

const SECTOR = 0x1000;
const write = fc.record({
  address: fc.integer({ min: 0, max: 2 * SECTOR - 1 }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }),
});

test("programming never sets a bit, touches one page, and equals the AND of what was and what came last", () => {
  fc.assert(
    fc.property(fc.array(write, { minLength: 1, maxLength: 12 }), (writes) => {
      const flash = new NorFlash();
      const model = new Uint8Array(2 * SECTOR).fill(0xff);
      let now = 0;
      for (const { address, bytes } of writes) {
        flash.setWriteEnable(true, now);
        expect(flash.program(address, bytes, now)).toBe(true);
        const page = address & ~255;
        const last = bytes.slice(-256);
        const start = address + bytes.length - last.length;
        for (const [i, byte] of last.entries()) model[page | ((start + i) & 0xff)]! &= byte;
        now = flash.busyUntil;
      }
      flash.settle(now);
      expect(Buffer.compare(flash.memory.subarray(0, 2 * SECTOR), model)).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test("a program cut short leaves each bit either as it was or as it was to be", () => {
  fc.assert(
    fc.property(write, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), ({ address, bytes }, share, seed) => {
      const contents = Uint8Array.from({ length: 2 * SECTOR }, (_, i) => (i * 73) & 0xff);
      const flash = new NorFlash({ contents, seed });
      const whole = new NorFlash({ contents, seed });
      for (const each of [flash, whole]) {
        each.setWriteEnable(true, 0);
        each.program(address, bytes, 0);
      }
      whole.settle(whole.busyUntil);
      flash.powerLost(share * flash.busyUntil);
      for (let i = 0; i < 2 * SECTOR; i++) {
        const [was, is, target] = [contents[i]!, flash.memory[i]!, whole.memory[i]!];
        if ((is & ~was) !== 0 || (target & ~is) !== 0) return false;
      }
      return true;
    }),
    { numRuns: 60 },
  );
});
