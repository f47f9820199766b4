/**
 * Changing the rate, and proving that the new one carries data both ways before anything is trusted to it.
 *
 * The command's habit differs between stubs: the legacy one multiplies the UART's divider by `old` / `baud`, the
 * current one by 115200 / `baud` whatever `old` says. Both do the same when told old = 115200 and a `baud` computed
 * from the divider as it is now, which is what happens here; the divider is read, not assumed.
 *
 * Proof, chip-bound: a FLASH_DATA of a pattern into a flash operation of 0 bytes, started at the old rate; the stub
 * checks length and checksum and writes nothing. FLASH_BEGIN has no checksum, and a turned bit can make its 0 bytes
 * many; so the operation is started far beyond any flash, where the stub's look at the first sector is refused by the
 * ROM (SPIRead: address and length against the chip's size) before anything is erased. The legacy stub does not look
 * first: at one of those, an end that is refused ends the work, since the flash may have been changed.
 * Host-bound: a READ_FLASH whose MD5 the stub computes. In this order: no command with consequences goes out at a rate
 * that has not carried a pattern to the chip. An adapter is asked for the rate before the chip is.
 *
 * Way back, when the new rate stays silent: SYNC at the old rate (the command may never have arrived); else, at the
 * new rate, the command back, blind, several times (the chip may hear though it is not heard), and SYNC at the old
 * rate again; else all rates in turn. What remains is the reset wire or a power cycle, which connecting knows how to
 * ask for.
 */

import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { encodeCommand } from "../../core/loader/protocol.ts";
import { REGISTERS, UART_DIVIDER_MASK } from "../../core/loader/tables.ts";
import type { StepId } from "../../core/step-id.ts";
import { say } from "../../core/text/text.ts";
import { sleep } from "../time.ts";
import type { ChipLink } from "./chip-link.ts";
import { readFlashOnce } from "./read-stream.ts";
import { EXCHANGE_MS, wireMs } from "./timing.ts";

/** The rate a stub is left at, and the one the ROM is best spoken to at. */
export const BASE_BAUD = 115200;
/** Rates by which one steps down; all are within 2 % of a divider of 52 and of 80 MHz. */
export const RATES: readonly number[] = [3_000_000, 2_000_000, 1_500_000, 921_600, 460_800, 230_400, 115_200];

/** The stub waits about 10 ms before and after it changes its divider (esp-flasher-stub, legacy stub). */
export const SETTLE_MS = 30;
/** Beyond the settling time, for an adapter's latency. */
const FOLLOW_MS = 16;
const PATTERN_BYTES = 1024;
/** ROM and stub answer SYNC eight times, 14 bytes each with delimiters. */
const SYNC_REPLIES_BYTES = 8 * 14;
/** A sector's address beyond 16 MiB, the most that an ESP8266 addresses, in each of the bits that could turn but many at once. */
const BEYOND_FLASH = 0x7fff_f000;
const PROOF_READ = 2048;
/** The chip's own work on a proof's block, and a computer that is busy. */
const PROOF_WAIT_MS = 60;

/** The chip went to a rate at which it is not heard, and there is no way back but to power it up again. */
export class LostAtRate extends PlugsmithError<"no-reply"> {
  constructor(who: "The chip" | "The boot ROM", tried: number, step: StepId) {
    super("no-reply", {
      message:
        who === "The chip"
          ? say`The chip was lost at ${tried} baud and does not answer at any rate.`
          : say`The boot ROM was lost at ${tried} baud and does not answer at any rate.`,
      step,
      plugState: say`flash untouched by the change of rate`,
      nextStep: say`Switch the power off and on while you hold the button (GPIO0 to GND). plugsmith then tries a lower rate.`,
      context: { baud: tried },
    });
  }
}

/** The divider nearest to a rate; the ROM runs the UART at twice the crystal. */
export function dividerFor(baud: number, crystalMhz: 26 | 40): number {
  return Math.round((crystalMhz * 2e6) / baud);
}

/** What to ask of CHANGE_BAUD (with old = 115200) so that a divider `now` becomes `wanted`, on both stubs. */
export function baudArgument(now: number, wanted: number): number {
  return Math.floor((now * BASE_BAUD) / wanted);
}

/**
 * Moves to `target` and proves it; a rate it is at already (the ROM's, or one a stub was left at) is proven too, unless
 * it is 115200. On failure the link is back at the rate it had, or at 115200, proven by SYNC.
 * @returns whether the target carries data both ways.
 * Errors: no-reply where there was no way back; line-lost, aborted, stub-failed (the chip restarted).
 */
export async function stepBaud(link: ChipLink, target: number, crystalMhz: 26 | 40): Promise<boolean> {
  const there = target === link.port.line.baud;
  if (there && target === BASE_BAUD) return true;
  const from = there ? BASE_BAUD : link.port.line.baud;
  const divider = (await link.readReg(REGISTERS.uartClockDivider)) & UART_DIVIDER_MASK;
  const wanted = dividerFor(target, crystalMhz);
  if (!there && !(await acceptsRate(link, target))) return false;
  await link.exchangeWithRetry("flashBegin", { size: 0, blocks: 0, blockSize: PATTERN_BYTES, at: BEYOND_FLASH });
  if (!there) {
    await link.exchange("changeBaud", { baud: baudArgument(divider, wanted), old: BASE_BAUD });
    await sleep(link.port.clock, SETTLE_MS, link.port.signal);
    await link.port.line.setBaud(target);
  }
  const found = await carriesBothWays(link);
  if (found === "carries") {
    await endProof(link);
    return true;
  }
  const argument = baudArgument(wanted, there ? dividerFor(from, crystalMhz) : divider);
  await wayBack(link, from, target, argument, found);
  return false;
}

/**
 * Whether the adapter takes a rate: one that refuses it shall do so before the chip has changed to it. Afterwards it has
 * the rate it had, or, to "keep", the new one. Errors: line-lost.
 */
export async function acceptsRate(
  { port: { line } }: ChipLink,
  target: number,
  after: "return" | "keep" = "return",
): Promise<boolean> {
  const from = line.baud;
  try {
    await line.setBaud(target);
    if (after === "return") await line.setBaud(from);
    return true;
  } catch (error) {
    if (isPlugsmithError(error, "line-lost")) throw error;
    return false;
  }
}

/** Errors: verify-failed where a stub that does not look before it erases found bytes to be missing at the end. */
async function endProof(link: ChipLink): Promise<void> {
  try {
    await link.exchangeWithRetry("flashEnd", { stay: 1 });
  } catch (error) {
    if (link.answering === "our-stub" || !isPlugsmithError(error, "chip-refused")) throw error;
    throw new PlugsmithError("verify-failed", {
      message: say`A command to a stub that another tool had started was corrupted on the serial line, and the stub took it for a write.`,
      step: link.step,
      plugState: say`the flash may have changed, most likely in its last sector; plugsmith did nothing more`,
      nextStep: say`Switch the power off and on while you hold the button (GPIO0 to GND), so that plugsmith's own stub runs. Then compare the flash with a backup if you have one.`,
      cause: error,
    });
  }
}

/** To 115200 again, without proof of a pattern: for leaving a stub where the next tool looks for it. */
export async function returnToBase(link: ChipLink, crystalMhz: 26 | 40): Promise<void> {
  if (link.port.line.baud === BASE_BAUD) return;
  const divider = (await link.readReg(REGISTERS.uartClockDivider)) & UART_DIVIDER_MASK;
  await link.exchange("changeBaud", { baud: baudArgument(divider, dividerFor(BASE_BAUD, crystalMhz)), old: BASE_BAUD });
  await sleep(link.port.clock, SETTLE_MS, link.port.signal);
  await link.port.line.setBaud(BASE_BAUD);
  await link.recover();
}

/** "heard": SYNC was answered, and data did not come through: the chip is at this rate. */
type Carried = "carries" | "heard" | "silent";

/**
 * How long a proof waits for a reply: what an exchange took beyond the wire so far, several times over. Waiting as long
 * as for work in progress would make each rate that fails cost a second.
 */
export function proofWaitMs(link: ChipLink): number {
  return Math.min(EXCHANGE_MS, PROOF_WAIT_MS + 4 * link.roundTripMs);
}

async function carriesBothWays(link: ChipLink): Promise<Carried> {
  let found: Carried = "silent";
  try {
    link.port.discard();
    const waitMs = proofWaitMs(link);
    const patience = waitMs + wireMs(200, link.port.line.baud);
    const answer =
      (await link.sync(patience)) ?? (await link.sync(patience, true)) ?? (await link.sync(patience, true));
    if (answer !== "stub") return "silent";
    found = "heard";
    for (const pattern of patterns()) {
      await link.exchange(
        "flashData",
        { length: pattern.length, sequence: 0, reserved0: 0, reserved1: 0 },
        { data: pattern, waitMs },
      );
    }
    await readFlashOnce(link, 0, PROOF_READ);
    return "carries";
  } catch (error) {
    const rateFailed =
      isPlugsmithError(error, "no-reply") ||
      isPlugsmithError(error, "chip-refused") ||
      isPlugsmithError(error, "bad-reply");
    if (rateFailed) return found;
    throw error;
  }
}

async function wayBack(
  link: ChipLink,
  from: number,
  tried: number,
  argument: number,
  found: "heard" | "silent",
): Promise<void> {
  const { line, clock, signal } = link.port;
  for (let round = 0; round < 3; round++) {
    // A chip that answered at the new rate is there, and need not be looked for at the old one first.
    if (found === "silent" || round > 0) {
      await line.setBaud(from);
      if (await answers(link, "stub")) return;
      await line.setBaud(tried);
    }
    // Breaks off whatever the chip is still sending, then asks it back. Replies are not waited for: they may be dumb.
    await link.transmit(encodeCommand("sync", {}), { extraDelimiter: round > 0 });
    await sleep(clock, FOLLOW_MS + wireMs(PROOF_READ, tried), signal);
    for (const extraDelimiter of [false, true]) {
      await link.transmit(encodeCommand("changeBaud", { baud: argument, old: BASE_BAUD }), { extraDelimiter });
      await sleep(clock, SETTLE_MS + FOLLOW_MS, signal);
      await line.setBaud(from);
      if (await answers(link, "stub")) return;
      await line.setBaud(tried);
    }
  }
  for (const rate of RATES) if ((await acceptsRate(link, rate, "keep")) && (await answers(link, "stub"))) return;
  await line.setBaud(from);
  throw new LostAtRate("The chip", tried, link.step);
}

/** Whether this one answers at the line's present rate. */
export async function answers(link: ChipLink, whom: "rom" | "stub"): Promise<boolean> {
  link.port.discard();
  const patience = 120 + wireMs(200, link.port.line.baud);
  for (const extra of [false, true, true]) {
    if ((await link.sync(patience, extra)) !== whom) continue;
    // The other replies to this SYNC: the next session must not take one of them for an answer to its own.
    await sleep(link.port.clock, wireMs(SYNC_REPLIES_BYTES, link.port.line.baud) + SETTLE_MS, link.port.signal);
    link.port.discard();
    return true;
  }
  return false;
}

/** Every byte value. */
export function mixedPattern(): Uint8Array {
  const mixed = new Uint8Array(PATTERN_BYTES);
  for (let i = 0; i < mixed.length; i++) mixed[i] = (i * 167 + (i >> 8) * 59) & 0xff;
  return mixed;
}

/** Every byte value, the delimiters thick, fast edges, long runs. Deterministic: nothing is learnt from chance here. */
function* patterns(): Generator<Uint8Array> {
  yield mixedPattern();
  const edges = new Uint8Array(PATTERN_BYTES);
  const shapes = [0x55, 0xaa, 0x00, 0xff, 0xc0, 0xdb, 0x0f, 0x80];
  for (let i = 0; i < edges.length; i++) edges[i] = shapes[(i + (i >> 6)) % shapes.length]!;
  yield edges;
}
