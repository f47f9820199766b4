/**
 * The ROM's rate. It takes one by itself when it starts, and follows its divider register after that; its receiver, an
 * interrupt a byte, keeps up with several hundred kbaud. The stub is uploaded at a rate that was proven here by a
 * pattern both ways; how the stub carries it is proven again by baud.ts.
 */
import { COMMANDS, dataFields, encodeCommand } from "../../core/loader/protocol.ts";
import { REGISTERS, UART_DIVIDER_MASK } from "../../core/loader/tables.ts";
import { sleep } from "../time.ts";
import { acceptsRate, answers, dividerFor, LostAtRate, mixedPattern, proofWaitMs, SETTLE_MS } from "./baud.ts";
import { type ChipLink, isTransient } from "./chip-link.ts";
import { EXCHANGE_MS } from "./timing.ts";

/** What the ROM waits between changing its divider and answering, and when this side changes in between. */
const REPLY_DELAY_US = 30_000;
const FOLLOW_MS = 10;
/** Free until a stub clears it at its start (linker script of esp-flasher-stub: data from 0x3ffe8100 on). */
const PATTERN_ADDRESS = 0x3ffe8200;
/** Bytes of the pattern that are read back, in words spread over it. */
const WORDS_BACK = 4;
const ROUNDS_BACK = 3;

/**
 * Moves the ROM, which listens at the line's rate, and the line to another rate.
 * @returns whether the ROM was heard there.
 */
export async function moveRom(link: ChipLink, target: number, crystalMhz: 26 | 40): Promise<boolean> {
  const { port } = link;
  port.discard();
  // The ROM answers at the new rate, and late enough for this side to follow.
  await link.send("writeReg", divider(target, crystalMhz));
  await sleep(port.clock, FOLLOW_MS, port.signal);
  await port.line.setBaud(target);
  try {
    await link.reply("writeReg", COMMANDS.writeReg.opcode, REPLY_DELAY_US / 1000 + SETTLE_MS + EXCHANGE_MS / 4);
    return true;
  } catch (error) {
    if (isTransient(error)) return false;
    throw error;
  }
}

/**
 * Moves the ROM to a higher rate and proves it by a pattern both ways. On failure it is back at the rate it had.
 * Errors: no-reply where there was no way back; line-lost, aborted.
 */
export async function stepRom(link: ChipLink, target: number, crystalMhz: 26 | 40): Promise<boolean> {
  const { line } = link.port;
  const from = line.baud;
  if (target <= from || !(await acceptsRate(link, target))) return false;
  const heard = await moveRom(link, target, crystalMhz);
  if (heard && (await carriesBothWays(link))) return true;
  await wayBack(link, from, target, crystalMhz, heard);
  return false;
}

const divider = (
  baud: number,
  crystalMhz: 26 | 40,
): { address: number; value: number; mask: number; delayUs: number } => ({
  address: REGISTERS.uartClockDivider,
  value: dividerFor(baud, crystalMhz),
  mask: UART_DIVIDER_MASK,
  delayUs: REPLY_DELAY_US,
});

async function carriesBothWays(link: ChipLink): Promise<boolean> {
  const pattern = mixedPattern();
  const waitMs = proofWaitMs(link);
  try {
    const { length } = pattern;
    await link.exchange("memBegin", { size: length, blocks: 1, blockSize: length, at: PATTERN_ADDRESS }, { waitMs });
    await link.exchange("memData", dataFields(pattern, 0), { data: pattern, waitMs });
    const words = new DataView(pattern.buffer);
    for (let i = 0; i < WORDS_BACK; i++) {
      const at = Math.floor((i * pattern.length) / WORDS_BACK) & ~3;
      const { value } = await link.exchange("readReg", { address: PATTERN_ADDRESS + at }, { waitMs });
      if (value !== words.getUint32(at, true)) return false;
    }
    return true;
  } catch (error) {
    if (isTransient(error)) return false;
    throw error;
  }
}

/** The ROM may be at either rate, and may hear though it is not heard. */
async function wayBack(
  link: ChipLink,
  from: number,
  tried: number,
  crystalMhz: 26 | 40,
  heard: boolean,
): Promise<void> {
  const { line, clock, signal } = link.port;
  const back = encodeCommand("writeReg", divider(from, crystalMhz));
  for (let round = 0; round < ROUNDS_BACK; round++) {
    // A ROM that answered at the new rate is there, and need not be looked for at the old one first.
    if (!heard || round > 0) {
      await line.setBaud(from);
      if (await answers(link, "rom")) return;
      await line.setBaud(tried);
    }
    for (const extraDelimiter of [true, false]) {
      await link.transmit(back, { extraDelimiter });
      await sleep(clock, REPLY_DELAY_US / 1000 + SETTLE_MS, signal);
    }
  }
  await line.setBaud(from);
  if (await answers(link, "rom")) return;
  throw new LostAtRate("The boot ROM", tried, link.step);
}
