/** Registers as a program on the chip sees them, through the bus. */
import { expect, test } from "vitest";
import { chipRig, MAC } from "../../../test/support/chip-rig.ts";
import { efuseWords } from "./efuses.ts";

test("efuse words are those of an ESP8285N08 with this MAC", () => {
  // read from a chip whose identity esptool and Tasmota agree on
  expect(efuseWords(MAC, "ESP8285N08")).toEqual([0x12000010, 0x0200a1b2, 0x12019000, 0x00c44f33]);
  expect(efuseWords(MAC, "ESP8285H16")[0] & 0x30).toBe(0x30);
  expect(efuseWords(MAC, "ESP8266EX")[2] & 0x10000).toBe(0);
});

test("the cache registers answer as polls for them need it, and the enable bit maps the flash", () => {
  const { chip } = chipRig({ gpio0: 0, flash: { contents: Uint8Array.of(1, 2, 3, 4) } });
  expect(chip.bus.read32(0x3ff0000c) & 0x302).toBe(0x002);
  expect(chip.cpu.memory.flashWindow).toBeUndefined();
  chip.bus.write32(0x3ff0000c, 0x100);
  expect(chip.bus.read32(0x3ff0000c) & 0x302).toBe(0x102);
  expect(chip.cpu.read32(0x40200000)).toBe(0x04030201);
  chip.bus.write32(0x3ff0000c, 0);
  expect(chip.cpu.memory.flashWindow).toBeUndefined();
});

test("the SDK's PLL settings raise the APB clock from 52 to 80 MHz, and the core's bit doubles its own", () => {
  const rig = chipRig({ gpio0: 0 });
  rig.pass(10);
  const { bus, uart0 } = rig.chip;
  bus.write32(0x60000014, 694);
  expect(1e6 / uart0.bitTime).toBeCloseTo(74928, -1);
  bus.write32(0x60000d10, 0x01880167);
  expect(1e6 / uart0.bitTime).toBeCloseTo(74928, -1);
  bus.write32(0x60000d10, 0x01910267);
  expect(1e6 / uart0.bitTime).toBeCloseTo(115273, -1);
  const { cpu, runner } = rig.chip;
  const cyclesPerMs = (): number => runner.cyclesFor(1000);
  expect(cyclesPerMs()).toBeCloseTo(80_000, 3);
  bus.write32(0x3ff00014, 1);
  expect(cyclesPerMs()).toBeCloseTo(160_000, 3);
  rig.chip.reset(2);
  expect(cyclesPerMs()).toBeCloseTo(52_000, 3);
  expect(cpu.pc >>> 0).toBe(0x40000080);
});

test("RTC memory keeps its contents over a reset and loses them with the power", () => {
  const rig = chipRig({ gpio0: 0 });
  const { bus } = rig.chip;
  bus.write32(0x60001200, 0xcafe_babe);
  rig.chip.reset(4);
  expect(bus.read32(0x60001200)).toBe(0xcafe_babe);
  expect(bus.read32(0x60000714)).toBe(4);
  rig.chip.setPower(false);
  rig.chip.setPower(true);
  expect(bus.read32(0x60001200)).not.toBe(0xcafe_babe);
  expect(bus.read32(0x60000714)).toBe(1);
});

test("bit 31 of RTC_CTL resets the chip without sampling the straps again", () => {
  const rig = chipRig({ gpio0: 0 });
  rig.pass(60);
  rig.take();
  rig.chip.setGpio0(undefined);
  rig.chip.bus.write32(0x60000700, 0x8000_0000);
  rig.pass(60);
  expect(rig.text()).toContain("rst cause:2, boot mode:(1,6)");
});

test("the hardware watchdog resets with cause 4 when it is not fed, and does not while it is", () => {
  const rig = chipRig({ gpio0: 0 });
  rig.pass(60);
  rig.take();
  const { bus } = rig.chip;
  bus.write32(0x60000904, 11);
  bus.write32(0x60000908, 13);
  bus.write32(0x60000900, 1);
  for (let i = 0; i < 3; i++) {
    rig.pass(12_000);
    bus.write32(0x60000914, 0x73);
  }
  rig.pass(12_850); // 65536 × (2^11 + 2^13) clocks of 52 MHz are 12.9 s
  expect(rig.text()).toBe("");
  rig.pass(100);
  expect(rig.text()).toContain("rst cause:4");
});

test("random numbers come from the seed, the microsecond counter from the clock", () => {
  const numbers = (seed: number): number[] => {
    const { chip } = chipRig({ gpio0: 0, seed });
    return [1, 2, 3].map(() => chip.bus.read32(0x3ff20e44));
  };
  expect(numbers(1)).toEqual(numbers(1));
  expect(numbers(1)).not.toEqual(numbers(2));
  expect(new Set(numbers(1)).size).toBe(3);
  const rig = chipRig({ gpio0: 0 });
  rig.pass(123.4);
  expect(rig.chip.bus.read32(0x3ff20c00)).toBe(123_400);
});

test("GPIO registers drive pins, read them and the straps, and latch edges", () => {
  const rig = chipRig({ gpio0: 0 });
  rig.pass(10);
  const { bus, pins } = rig.chip;
  expect((bus.read32(0x60000318) >>> 16) & 7).toBe(1);
  bus.write32(0x60000310, 1 << 12);
  bus.write32(0x60000304, 1 << 12);
  expect(pins.level(12)).toBe(1);
  bus.write32(0x60000308, 1 << 12);
  expect(pins.level(12)).toBe(0);
  bus.write32(0x60000328, 3 << 7); // GPIO0, both edges
  expect(bus.read32(0x6000031c)).toBe(0);
  rig.chip.setGpio0(undefined);
  expect(bus.read32(0x60000318) & 1).toBe(1);
  expect(bus.read32(0x6000031c)).toBe(1);
  bus.write32(0x60000324, 1);
  expect(bus.read32(0x6000031c)).toBe(0);
  expect(rig.chip.incidents).toEqual([]);
});

test("a register without a model keeps what is written and is listed", () => {
  const { chip } = chipRig({ gpio0: 0 });
  expect(chip.bus.read32(0x60009a00)).toBe(0);
  chip.bus.write32(0x60009a00, 7);
  expect(chip.bus.read32(0x60009a00)).toBe(7);
  expect([...chip.bus.unmodelled]).toContain(0x60009a00);
});

test("the ADC's eight results stand for a supply of 3.3 V, by the correction that Espressif's adc_read makes", () => {
  const { chip } = chipRig({ gpio0: 0 });
  chip.bus.write32(0x60000d50, 2);
  expect(chip.bus.read32(0x60000d50) & 0x0700_0000).toBe(0);
  const volts = Array.from({ length: 8 }, (_, i) => {
    const code = ~chip.bus.read32(0x60000d80 + 4 * i) & 0x7ff;
    const corrected = (code & 0x700) + ((Math.max(0, (code & 0xff) - 21) * 279) >> 8);
    // Full scale: Tasmota shows Vcc 4.466 for eight codes of 0x7ff.
    return (corrected / 0x7ff) * 4.466;
  });
  for (const volt of volts) expect(volt).toBeCloseTo(3.3, 2);
});

test("what the SDK's radio set-up polls reads as finished, whatever is written", () => {
  const { chip } = chipRig({ gpio0: 0 });
  chip.bus.write32(0x60009b60, 0xffff_ffff);
  expect(chip.bus.read32(0x60009b60)).toBe(0xffff_fffd);
  chip.bus.write32(0x6000057c, 0x1234);
  expect(chip.bus.read32(0x6000057c)).toBe(0x8000_1234);
  chip.bus.write32(0x60009b64, 0x55);
  expect(chip.bus.read32(0x60009b64)).toBe(0x55);
});
