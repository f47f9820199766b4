/** The ROM's flash and cache functions that programs call (names and addresses: eagle.rom.addr.v6.ld). */
import { attach, erase, read, selectPads, unlock, waitIdle, write } from "./flash-routines.ts";
import { ROM_DATA } from "./rom-data.ts";
import type { RomMachine, RomRoutines } from "./rom-machine.ts";

const CACHE_CONTROL = 0x3ff0000c;
const CACHE_ENABLE = 0x100;
const CALL_CYCLES = 40;

const ADDRESS = {
  selectSpiFunction: 0x40003f58,
  cacheReadDisable: 0x400047f0,
  cacheReadEnable: 0x40004678,
  spiFlashAttach: 0x40004644,
  spiUnlock: 0x40004878,
  spiEraseChip: 0x40004984,
  spiEraseBlock: 0x400049b4,
  spiEraseSector: 0x40004a00,
  spiWrite: 0x40004a4c,
  spiRead: 0x40004b1c,
  spiParamCfg: 0x40004c2c,
  waitSpiIdle: 0x4000448c,
  spiReadStatus: 0x400043c8,
  spiWriteEnable: 0x4000443c,
} as const;

export function installFlashFunctions(machine: RomMachine, routines: RomRoutines): void {
  const { runner, flash } = machine;
  const u32 = (value: number | undefined): number => (value ?? 0) >>> 0;
  runner.hook(ADDRESS.selectSpiFunction, (cpu) => {
    selectPads(machine);
    cpu.cycles += CALL_CYCLES;
    cpu.pc = cpu.a[0]!;
  });
  runner.hook(ADDRESS.cacheReadDisable, (cpu) => {
    cpu.write32(CACHE_CONTROL, cpu.read32(CACHE_CONTROL) & ~CACHE_ENABLE);
    cpu.cycles += CALL_CYCLES;
    cpu.pc = cpu.a[0]!;
  });
  routines.install(ADDRESS.spiFlashAttach, function* () {
    yield* attach(machine);
    return undefined;
  });
  runner.hook(ADDRESS.cacheReadEnable, (cpu) => {
    const [odd, megabytes] = [u32(cpu.a[2]) & 1, u32(cpu.a[3]) & 7];
    cpu.write32(CACHE_CONTROL, (odd << 24) | (megabytes << 16) | CACHE_ENABLE);
    cpu.cycles += CALL_CYCLES;
    cpu.pc = cpu.a[0]!;
  });
  routines.install(ADDRESS.spiUnlock, () => unlock(machine));
  routines.install(ADDRESS.spiEraseChip, () => erase(machine, "chip", 0));
  routines.install(ADDRESS.spiEraseBlock, (a) => erase(machine, "block64", u32(a[2])));
  routines.install(ADDRESS.spiEraseSector, (a) => erase(machine, "sector", u32(a[2])));
  routines.install(ADDRESS.spiWrite, (a) => write(machine, u32(a[2]), u32(a[3]), u32(a[4])));
  routines.install(ADDRESS.spiRead, (a) => read(machine, u32(a[2]), u32(a[3]), u32(a[4])));
  routines.install(ADDRESS.waitSpiIdle, function* () {
    yield* waitIdle(machine);
    return 0;
  });
  runner.hook(ADDRESS.spiParamCfg, (cpu) => {
    const chip = cpu.read32(ROM_DATA.flashChipPointer);
    for (let i = 0; i < 6; i++) cpu.write32(chip + 4 * i, cpu.a[2 + i]!);
    cpu.a[2] = 0;
    cpu.cycles += CALL_CYCLES;
    cpu.pc = cpu.a[0]!;
  });
  runner.hook(ADDRESS.spiReadStatus, (cpu) => {
    cpu.write32(cpu.a[3]!, flash.readStatus(runner.now));
    cpu.a[2] = 0;
    cpu.cycles += CALL_CYCLES;
    cpu.pc = cpu.a[0]!;
  });
  runner.hook(ADDRESS.spiWriteEnable, (cpu) => {
    flash.writeEnable(runner.now);
    cpu.a[2] = 0;
    cpu.cycles += CALL_CYCLES;
    cpu.pc = cpu.a[0]!;
  });
}
