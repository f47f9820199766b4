/**
 * Many FLASH_MD5 in a row. Behind a slow adapter one request waits in the stub while it works on another: both stubs
 * receive into a second buffer while they work, so the latency is hidden. Never more than two unanswered.
 */
import { toHex } from "../../core/bytes.ts";
import { COMMANDS } from "../../core/loader/protocol.ts";
import { type ChipLink, isTransient } from "./chip-link.ts";
import { EXCHANGE_MS, md5Ms, wireMs } from "./timing.ts";

/**
 * The current stub has no buffer between the end of a frame and its picking it up, and may see that end together with
 * up to 31 bytes that follow (its receiver interrupts at 32): what follows at once would lose its beginning. So bytes
 * that mean nothing go before it.
 */
const PICK_UP_BYTES = 48;
/** Round trips longer than this, ms, are worth those bytes. */
const WORTH_HIDING_MS = 6;

interface Range {
  readonly at: number;
  readonly length: number;
}

/** MD5 of each range, lower-case hex. Damage on the way is repaired. Errors: no-reply, line-lost, stub-failed, aborted. */
export async function flashMd5s(link: ChipLink, ranges: readonly Range[]): Promise<string[]> {
  if (ranges.length > 1 && link.roundTripMs > WORTH_HIDING_MS) {
    try {
      return await inFlight(link, ranges);
    } catch (error) {
      if (!isTransient(error)) throw error;
      link.events({ type: "retry", step: link.step, attempt: 1, reason: error.texts.message });
      await link.recover(md5Ms(Math.max(...ranges.map((range) => range.length))));
    }
  }
  // Replies carry no number: once one is lost, the replies of that batch cannot be assigned. All are asked again,
  // one by one.
  const digests: string[] = [];
  for (const { at, length } of ranges) digests.push(await link.flashMd5(at, length, md5Ms(length)));
  return digests;
}

async function inFlight(link: ChipLink, ranges: readonly Range[]): Promise<string[]> {
  const digests: string[] = [];
  const send = async (index: number, lead: number): Promise<void> => {
    const range = ranges[index];
    if (range === undefined) return;
    await link.send("flashMd5", { at: range.at, length: range.length, reserved0: 0, reserved1: 0 }, undefined, lead);
  };
  link.port.discard();
  await send(0, 0);
  for (const [index, range] of ranges.entries()) {
    await send(index + 1, PICK_UP_BYTES);
    const patience = EXCHANGE_MS + wireMs(128, link.port.line.baud) + md5Ms(range.length);
    const reply = await link.reply("flashMd5", COMMANDS.flashMd5.opcode, patience);
    digests.push(toHex(reply.body));
  }
  return digests;
}
