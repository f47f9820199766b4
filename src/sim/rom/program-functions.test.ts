/** ROM functions that need the whole chip: tasks, printing, radio, GPIO, clock. Addresses: eagle.rom.addr.v6.ld. */
import { describe, expect, test } from "vitest";
import { HEAP, RomCaller } from "../../../test/support/rom-caller.ts";
import { RADIO_FUNCTIONS } from "./radio-functions.ts";
import { romFunctionAt } from "./rom-symbols.ts";

const ETS = { idle: 0x40000dc0, task: 0x40000dd0, run: 0x40000e04, post: 0x40000e24 } as const;

/** A task that puts what it gets on the list. */
function noting(caller: RomCaller, priority: number, seen: string[], queueLength = 4): void {
  const run = caller.program((a, cpu) => {
    seen.push(`${priority}: ${cpu.read32(a[2]!)} ${cpu.read32(a[2]! + 4)} level ${cpu.ps & 15}`);
    return undefined;
  });
  caller.call(ETS.task, [run, priority, HEAP + 0x100 * priority, queueLength]);
}

describe("the scheduler", () => {
  test("runs the posted events of the highest priority first, each queue in order, with interrupts unlocked", () => {
    const caller = new RomCaller();
    const seen: string[] = [];
    noting(caller, 1, seen);
    noting(caller, 33, seen);
    caller.call(ETS.post, [1, 10, 11]);
    caller.call(ETS.post, [33, 20, 21]);
    caller.call(ETS.post, [1, 12, 13]);
    caller.cpu.ps |= 3;
    expect(caller.call(ETS.run)).toBeUndefined();
    expect(seen).toEqual(["33: 20 21 level 0", "1: 10 11 level 0", "1: 12 13 level 0"]);
  });

  test("keeps events in the program's own memory, as a ring, and refuses what does not fit", () => {
    const caller = new RomCaller();
    const seen: string[] = [];
    noting(caller, 2, seen, 2);
    const answers = [1, 2, 3].map((signal) => caller.call(ETS.post, [2, signal, 0]));
    expect(answers).toEqual([0, 0, 1]);
    expect(caller.hex(HEAP + 0x200, 16)).toBe("01000000000000000200000000000000");
    caller.call(ETS.run);
    expect(seen).toHaveLength(2);
    expect(caller.call(ETS.post, [2, 9, 0])).toBe(0);
    expect(caller.hex(HEAP + 0x200, 4)).toBe("09000000");
  });

  test("refuses an event for a priority without a task", () => {
    expect(new RomCaller().call(ETS.post, [7, 1, 1])).toBe(1);
  });

  test("calls the idle function with interrupts locked before it waits, and runs what that posts", () => {
    const caller = new RomCaller();
    const seen: string[] = [];
    noting(caller, 3, seen);
    let calls = 0;
    const idle = caller.program((a, cpu) => {
      seen.push(`idle ${a[2]} level ${cpu.ps & 15}`);
      if (calls++ > 0) return undefined;
      a.set([3, 55, 66], 2);
      cpu.pc = ETS.post;
      return undefined;
    });
    caller.call(ETS.idle, [idle, 77]);
    caller.call(ETS.post, [3, 1, 2]);
    caller.call(ETS.run);
    expect(seen).toEqual(["3: 1 2 level 0", "idle 77 level 3", "3: 55 66 level 0", "idle 77 level 3"]);
  });

  test("waits without executing anything until an interrupt posts", () => {
    const caller = new RomCaller();
    noting(caller, 3, []);
    caller.call(ETS.run);
    const { runner } = caller.rig.chip;
    const skipped = runner.skippedUs;
    caller.rig.pass(1000);
    runner.beforeInput();
    expect(runner.skippedUs - skipped).toBeGreaterThan(990_000);
  });
});

describe("printing", () => {
  const PRINTF = 0x400024cc;
  const INSTALL_PUTC1 = 0x4000242c;

  function printer(): { caller: RomCaller; taken: () => string; putc: number } {
    const caller = new RomCaller();
    let text = "";
    const putc = caller.program((a) => {
      text += String.fromCharCode(a[2]! & 0xff);
      return undefined;
    });
    return { caller, putc, taken: () => text };
  }

  test("goes to UART0 at first, with a CR before each LF", () => {
    const caller = new RomCaller();
    caller.put(HEAP, "%d volts\n");
    caller.call(PRINTF, [HEAP, 230]);
    expect(caller.rig.text()).toBe("230 volts\r\n");
  });

  test("goes to the function that the program installed, character by character and unchanged", () => {
    const { caller, putc, taken } = printer();
    caller.call(INSTALL_PUTC1, [putc]);
    caller.put(HEAP, "%s %04x\n");
    caller.put(HEAP + 100, "plug");
    expect(caller.call(PRINTF, [HEAP, HEAP + 100, 0xbeef])).toBe(10);
    expect(taken()).toBe("plug beef\n");
    expect(caller.rig.text()).toBe("");
  });

  test("goes nowhere with no function installed, and back to UART0 with ets_install_uart_printf", () => {
    const caller = new RomCaller();
    caller.put(HEAP, "x");
    caller.call(INSTALL_PUTC1, [0]);
    caller.call(PRINTF, [HEAP]);
    expect(caller.rig.text()).toBe("");
    caller.call(0x40002438);
    caller.call(PRINTF, [HEAP]);
    expect(caller.rig.text()).toBe("x");
  });

  test("ets_vprintf takes its arguments from the saved registers, then from the stack behind them", () => {
    const { caller, putc, taken } = printer();
    caller.put(HEAP, "%d %d %d %d");
    const [registers, stack] = [HEAP + 0x100, HEAP + 0x200];
    caller.put(registers + 16, Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0));
    caller.put(stack + 32, Uint8Array.of(3, 0, 0, 0, 4, 0, 0, 0));
    caller.call(0x40001f00, [putc, HEAP, stack, registers, 16]);
    expect(taken()).toBe("1 2 3 4");
  });
});

describe("the radio's functions", () => {
  test("the table that phy_get_romfuncs gives holds functions of the linker script, by their own addresses", () => {
    const caller = new RomCaller();
    const table = caller.call(0x40006b08)!;
    const shown = RADIO_FUNCTIONS.map((_, slot) => caller.cpu.read32(table + 4 * slot) >>> 0);
    expect(shown).toEqual(RADIO_FUNCTIONS);
    for (const address of shown) if (address !== 0) expect(romFunctionAt(address)).toMatch(/^rom_/);
    expect(romFunctionAt(shown[17]!)).toBe("rom_mhz2ieee");
    expect(romFunctionAt(shown[38]!)).toBe("rom_i2c_writeReg");
  });

  test.each([
    [2412, 1],
    [2437, 6],
    [2472, 13],
    [2484, 14],
  ])("%i MHz is channel %i", (mhz, channel) => {
    expect(new RomCaller().call(0x400065a4, [mhz])).toBe(channel);
  });

  test("rom_i2c_writeReg programs the PLL: the chip goes from 52 to 80 MHz", () => {
    const caller = new RomCaller();
    const { runner } = caller.rig.chip;
    expect(Math.round(runner.cyclesFor(1000) / 1000)).toBe(52);
    caller.call(0x400072d8, [0x67, 4, 1, 0x88]);
    caller.call(0x400072d8, [0x67, 4, 2, 0x91]);
    expect(Math.round(runner.cyclesFor(1000) / 1000)).toBe(80);
  });

  test("rom_i2c_readReg_Mask reads ones, as wide as the mask; rom_abs_temp is an absolute value", () => {
    const caller = new RomCaller();
    expect(caller.call(0x4000729c, [0x62, 1, 7, 5, 3])).toBe(7);
    expect(caller.call(0x400060c0, [-9])).toBe(9);
  });
});

describe("other functions", () => {
  test("gpio_output_set sets, clears, enables and disables by its four masks", () => {
    const caller = new RomCaller();
    caller.call(0x40004cd0, [0x8000, 0, 0xb000, 0]);
    caller.call(0x40004cd0, [0x1000, 0x8000, 0, 0x2000]);
    expect(caller.cpu.read32(0x60000300)).toBe(0x1000);
    expect(caller.cpu.read32(0x6000030c)).toBe(0x9000);
    expect(caller.rig.chip.pins.level(12)).toBe(1);
    expect(caller.rig.chip.pins.level(15)).toBe(0);
  });

  test("rtc_get_reset_reason tells the cause, xthal_get_ccount the cycles", () => {
    const caller = new RomCaller();
    expect(caller.call(0x400025e0)).toBe(1);
    const first = caller.call(0x4000dd38, [], 1)!;
    expect(caller.call(0x4000dd38, [], 1)! - first).toBeGreaterThan(40_000);
  });

  test("a function that the ROM lacks ends the run with its address, name and caller", () => {
    const caller = new RomCaller();
    expect(caller.call(0x40001b40)).toBeUndefined();
    expect(caller.rig.chip.limits).toEqual([expect.stringMatching(/0x40001b40 \(mem_malloc\).*from 0x40106ffd/)]);
  });
});
