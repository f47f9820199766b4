/**
 * Many FLASH_MD5 in a row with one request waiting in the stub while it works on another: both stubs receive into a
 * second buffer while they work, so the adapter's latency is hidden. Never more than two unanswered.
 */
import { toHex } from "../../core/bytes.ts";
import { COMMANDS } from "../../core/loader/protocol.ts";
import { type ChipLink, mayPass } from "./chip-link.ts";
import { EXCHANGE_MS, md5Ms, wireMs } from "./timing.ts";

interface Range {
  readonly at: number;
  readonly length: number;
}

/** MD5 of each range, lower-case hex. Damage on the way is repaired. Errors: no-reply, line-lost, stub-failed, aborted. */
export async function flashMd5s(link: ChipLink, ranges: readonly Range[]): Promise<string[]> {
  if (ranges.length > 1) {
    try {
      return await inFlight(link, ranges);
    } catch (error) {
      if (!mayPass(error)) throw error;
      link.events({ type: "retry", step: link.step, attempt: 1, reason: error.message });
      await link.recover(md5Ms(Math.max(...ranges.map((range) => range.length))));
    }
  }
  // Replies carry no number: once one is lost, none of that batch can be told from its neighbour. All are asked again,
  // one by one.
  const digests: string[] = [];
  for (const { at, length } of ranges) digests.push(await link.flashMd5(at, length, md5Ms(length)));
  return digests;
}

async function inFlight(link: ChipLink, ranges: readonly Range[]): Promise<string[]> {
  const digests: string[] = [];
  const send = async (index: number): Promise<void> => {
    const range = ranges[index];
    if (range === undefined) return;
    await link.send("flashMd5", { at: range.at, length: range.length, reserved0: 0, reserved1: 0 });
  };
  link.port.discard();
  await send(0);
  for (const [index, range] of ranges.entries()) {
    await send(index + 1);
    const patience = EXCHANGE_MS + wireMs(128, link.port.line.baud) + md5Ms(range.length);
    const reply = await link.reply("flashMd5", COMMANDS.flashMd5.opcode, patience);
    digests.push(toHex(reply.body));
  }
  return digests;
}
