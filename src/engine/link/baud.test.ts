import fc from "fast-check";
import { expect, test } from "vitest";
import { baudArgument, dividerFor, RATES } from "./baud.ts";

/** What both stubs compute when told old = 115200: esp-flasher-stub and the legacy stub, in 32-bit integers. */
const stubDivider = (now: number, argument: number): number => Math.floor((now * 115200) / argument);

test("the stub reaches the wanted divider from any other, with either crystal", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(26 as const, 40 as const),
      fc.integer({ min: 20, max: 1400 }),
      fc.constantFrom(...RATES, 74_880),
      (crystal, now, rate) => {
        const wanted = dividerFor(rate, crystal);
        expect(stubDivider(now, baudArgument(now, wanted))).toBe(wanted);
      },
    ),
  );
});

test("the argument is a 32-bit number and the divider within 3 % of the rate up to 2 Mbaud", () => {
  for (const rate of RATES) {
    const divider = dividerFor(rate, 26);
    expect(Math.abs(52e6 / divider / rate - 1)).toBeLessThan(0.03);
    expect(baudArgument(0xfffff >> 6, divider)).toBeLessThan(2 ** 32);
  }
});
