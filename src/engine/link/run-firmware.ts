/**
 * Starting the firmware without taking the power away: by the reset wire where it is wired, else from the stub, by
 * going back to where the ROM would start what is in flash. A smoke check: the straps stay as they were latched at
 * power-up, so only a cold power-up proves that the plug boots by itself.
 *
 * Source: both stubs return to 0x400010a8 in the ROM to start the firmware (esp-flasher-stub, main.c).
 */
import { sleep } from "../time.ts";
import type { ChipLink } from "./chip-link.ts";

const ROM_BOOT_FROM_FLASH = 0x400010a8;
const RESET_HOLD_MS = 100;

export async function startFirmware(link: ChipLink, resetWires: boolean): Promise<void> {
  const { line, clock, signal } = link.port;
  if (resetWires && line.can.controlLines) {
    await line.setControlLines({ dtr: false, rts: true });
    await sleep(clock, RESET_HOLD_MS, signal);
    await line.setControlLines({ rts: false });
    // Where the stub still answers, the reset wire goes nowhere.
    if ((await link.sync(RESET_HOLD_MS)) === undefined) return;
  }
  await link.steady("memBegin", { size: 0, blocks: 0, blockSize: 0, at: 0 });
  await link.exchange("memEnd", { stay: 0, entry: ROM_BOOT_FROM_FLASH });
}
