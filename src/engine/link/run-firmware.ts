/**
 * Starting the firmware without taking the power away: by the reset wire where it is wired; else the chip is reset
 * through its own register, and where GPIO0, latched low at power-up, brings it back to the ROM's loader, the ROM is
 * told to leave that and start what is in flash, which it does without another reset. A smoke check: only a cold
 * power-up with GPIO0 released proves that the plug boots by itself.
 *
 * Source: esptool, loader.py (soft reset of the ESP8266 through FLASH_BEGIN of 0 bytes and FLASH_END) and its ESP8266
 * stub (software reset: bit 31 of the RTC control register at 0x60000700).
 */
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { sleep } from "../time.ts";
import { BASE_BAUD } from "./baud.ts";
import type { ChipLink } from "./chip-link.ts";
import { attachFlash } from "./identify.ts";

const RTC_CONTROL = 0x60000700;
const SOFTWARE_RESET = 0x80000000;
const RESET_HOLD_MS = 100;
/** The ROM prints its boot text (about 70 bytes at 74880 baud) before it listens. */
const BOOT_TEXT_MS = 150;

export async function startFirmware(link: ChipLink, resetWires: boolean): Promise<void> {
  const { line, clock, signal } = link.port;
  if (resetWires && line.can.controlLines) {
    await line.setControlLines({ dtr: false, rts: true });
    await sleep(clock, RESET_HOLD_MS, signal);
    await line.setControlLines({ rts: false });
    await sleep(clock, BOOT_TEXT_MS, signal);
  }
  let answer = await callTwice(link);
  if (answer === "stub") {
    await link.send("writeReg", { address: RTC_CONTROL, value: SOFTWARE_RESET, mask: SOFTWARE_RESET, delayUs: 0 });
    await sleep(clock, BOOT_TEXT_MS, signal);
    if (line.can.baud) await line.setBaud(BASE_BAUD);
    answer = await callTwice(link);
  }
  // Nobody answers: the firmware is what runs now.
  if (answer === undefined) return;
  if (answer === "stub") {
    throw new PlugsmithError("stub-failed", {
      message: say`plugsmith cannot reset the chip over these wires.`,
      step: "finish",
      plugState: say`the stub is still running; the flash is as it was verified`,
      nextStep: say`Let go of the button (GPIO0), then switch the 3.3 V off and on.`,
    });
  }
  link.answering = "rom";
  await attachFlash(link);
  await link.send("flashEnd", { stay: 0 });
}

/** The ROM's first SYNC after a reset is eaten by its autobaud. */
async function callTwice(link: ChipLink): Promise<"rom" | "stub" | undefined> {
  link.port.discard();
  return (await link.sync(RESET_HOLD_MS)) ?? (await link.sync(RESET_HOLD_MS)) ?? link.sync(RESET_HOLD_MS);
}
