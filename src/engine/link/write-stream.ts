/**
 * Writing a run of flash: compressed, in blocks, the stub erasing as it goes. The stub answers a block when it has it
 * whole and works on it while the next arrives, so an error in programming shows at the next command and the end of
 * the run waits for the last block.
 *
 * A block whose length or checksum was wrong on arrival was not acted on and is sent again. Any other trouble leaves
 * it open how far the stub came: the caller finds out by digests.
 */
import { Unzlib } from "fflate";
import { blocksOf, COMMANDS } from "../../core/loader/protocol.ts";
import { STUB_WRITE_BLOCK } from "../../core/loader/tables.ts";
import { type ChipLink, ChipRefusal } from "./chip-link.ts";
import { EXCHANGE_MS, RETRIES, wireMs, writeMs } from "./timing.ts";

export interface WriteStreamResult {
  /** Compressed bytes sent. */
  readonly sentBytes: number;
}

/**
 * @param at multiple of a sector; @param bytes whole sectors.
 * @param progress called with the bytes of flash of each block, once the stub has the block.
 * Errors: chip-refused, no-reply, line-lost, stub-failed, aborted.
 */
export async function writeRun(
  link: ChipLink,
  at: number,
  bytes: Uint8Array,
  progress: (bytes: number) => void,
): Promise<WriteStreamResult> {
  const compressed = link.codec.deflate(bytes);
  const blocks = [...blocksOf(compressed, STUB_WRITE_BLOCK)];
  const inflated = inflatedLengths(blocks);
  await link.exchange(
    "deflBegin",
    { size: bytes.length, blocks: blocks.length, blockSize: STUB_WRITE_BLOCK, at },
    { busyMs: writeMs(0) },
  );
  for (const [index, block] of blocks.entries()) {
    // The stub answers only when it is done with the block before.
    await sendBlock(link, block, index, writeMs(inflated[index - 1] ?? 0));
    progress(inflated[index]!);
  }
  await link.exchange("deflEnd", { stay: 1 }, { busyMs: writeMs(inflated.at(-1) ?? 0) });
  return { sentBytes: compressed.length };
}

async function sendBlock(link: ChipLink, block: Uint8Array, sequence: number, busyMs: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    link.port.discard();
    await link.sendBlock("deflData", block, sequence);
    try {
      const patience = EXCHANGE_MS + wireMs(block.length * 1.02 + 128, link.port.line.baud) + busyMs;
      await link.reply("deflData", COMMANDS.deflData.opcode, patience);
      return;
    } catch (error) {
      if (!(error instanceof ChipRefusal && error.damaged) || attempt > RETRIES) throw error;
      link.events({ type: "retry", step: link.step, attempt, reason: error.texts.message });
    }
  }
}

/** How many bytes of flash each compressed block stands for: what the stub has to program, and so how long it may take. */
function inflatedLengths(blocks: readonly Uint8Array[]): number[] {
  let count = 0;
  const inflate = new Unzlib((chunk) => {
    count += chunk.length;
  });
  return blocks.map((block, index) => {
    count = 0;
    inflate.push(block, index === blocks.length - 1);
    return count;
  });
}
