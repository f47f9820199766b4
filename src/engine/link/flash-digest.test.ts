import { expect, test } from "vitest";
import { type Asked, FlashDigest } from "./flash-digest.ts";

const SIZE = 0x100000;

/** A chip whose flash, RAM word and history can be set. */
class Chip implements Asked {
  md5 = "0123456789abcdef0123456789abcdef";
  doubts = 0;
  asked = 0;
  now = 0;
  readonly ram = new Map<number, number>();
  readonly port = { clock: { now: (): number => this.now } };

  flashMd5(): Promise<string> {
    this.asked++;
    return Promise.resolve(this.md5);
  }

  readReg(address: number): Promise<number> {
    return Promise.resolve(this.ram.get(address) ?? 0xdeadbeef);
  }

  writeReg(address: number, value: number): Promise<void> {
    this.doubts++;
    this.ram.set(address, value);
    return Promise.resolve();
  }
}

test("a digest is told again without asking while the stub has run on, with its age", async () => {
  const chip = new Chip();
  const digest = new FlashDigest(chip);
  expect(await digest.now(SIZE)).toEqual({ md5: chip.md5, ageMs: 0 });
  chip.now = 4000;
  expect(await digest.now(SIZE)).toEqual({ md5: chip.md5, ageMs: 4000 });
  expect(chip.asked).toBe(1);
});

test.each([
  ["something was sent that may change the flash", (chip: Chip) => chip.doubts++],
  ["the word in RAM is gone", (chip: Chip) => chip.ram.clear()],
] as const)("the chip is asked anew when %s", async (_, happens) => {
  const chip = new Chip();
  const digest = new FlashDigest(chip);
  await digest.now(SIZE);
  chip.md5 = "fedcba9876543210fedcba9876543210";
  happens(chip);
  expect(await digest.now(SIZE)).toEqual({ md5: chip.md5, ageMs: 0 });
  expect(chip.asked).toBe(2);
});
