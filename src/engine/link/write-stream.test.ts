import { describe, expect, test } from "vitest";
import { replyFrame, type ScriptedReply, type StubRig, stubRig } from "../../../test/support/scripted-stub.ts";
import { concatBytes, u32le } from "../../core/bytes.ts";
import { codeLikeBytes } from "../../sim/bench/code-like-bytes.ts";
import { SeededRandom } from "../../sim/world/seeded-random.ts";
import { writeRun } from "./write-stream.ts";

const AT = 0x8000;
/** More than one block of 16 KiB when compressed. */
const BYTES = codeLikeBytes(0x9000, new SeededRandom(4));
/** A stub's wrong checksum, and its failed flash (esp-flasher-stub, response codes). */
const DAMAGED = { status: 0xc1 };
const FAILED = { status: 0xc4 };

function rig(): StubRig & { write: (bytes?: Uint8Array) => Promise<number[]> } {
  const made = stubRig();
  const write = async (bytes = BYTES): Promise<number[]> => {
    const told: number[] = [];
    await made.run(writeRun(made.link, AT, bytes, (count) => told.push(count)));
    return told;
  };
  return { ...made, write };
}

const dataOf = ({ stub }: StubRig): Uint8Array[] => stub.frames.filter((_, i) => stub.asked[i] === "deflData");
/** Length, number and the two reserved words of a block's command. */
const headOf = (frame: Uint8Array): number[] => [8, 12, 16, 20].map((at) => u32le(frame, at));

/** The n-th block (from 1) is answered so, the first time or always; the others as usual. */
function answeringBlock(made: StubRig, number: number, reply: ScriptedReply, times = Number.POSITIVE_INFINITY): void {
  let left = times;
  made.stub.script = (name, frame) => {
    if (name !== "deflData" || u32le(frame, 12) !== number - 1 || left-- <= 0) return false;
    made.stub.say(replyFrame("deflData", reply));
    return true;
  };
}

describe("a run of flash", () => {
  test("its length, place and blocks are announced, the blocks are numbered from 0, and the stub stays", async () => {
    const made = rig();
    await made.write();
    expect(made.stub.asked[0]).toBe("deflBegin");
    const data = dataOf(made).map((frame) => frame.subarray(24));
    // FLASH_DEFL_BEGIN: size, blocks, block size, offset (Espressif, "Serial Protocol").
    expect(headOf(made.stub.frames[0]!)).toEqual([BYTES.length, data.length, 0x4000, AT]);
    expect(dataOf(made).map(headOf)).toEqual(data.map(({ length }, i) => [length, i, 0, 0]));
    expect(concatBytes(...data)).toEqual(made.link.codec.deflate(BYTES));
    expect(made.stub.asked.at(-1)).toBe("deflEnd");
    expect(u32le(made.stub.frames.at(-1)!, 8)).toBe(1);
  });

  test("each block reports the flash that it stands for, once the stub has it", async () => {
    const made = rig();
    const told = await made.write();
    expect(told).toHaveLength(dataOf(made).length);
    expect(told.reduce((sum, count) => sum + count)).toBe(BYTES.length);
    const blank = await rig().write(new Uint8Array(0x10000).fill(0xff));
    expect(blank).toEqual([0x10000]);
  });
});

describe("a block that arrives damaged", () => {
  test.each([1, 2])("block %i is sent again with its number, and the retry is reported", async (number) => {
    const made = rig();
    answeringBlock(made, number, DAMAGED, 1);
    await made.write();
    const numbers = dataOf(made).map((frame) => u32le(frame, 12));
    expect(numbers.filter((each) => each === number - 1)).toHaveLength(2);
    expect(made.retries).toEqual([expect.stringMatching(/^1: /)]);
  });

  test("a block is sent five times in all", async () => {
    for (const [failures, outcome] of [
      [4, "written"],
      [5, "chip-refused"],
    ] as const) {
      const made = rig();
      answeringBlock(made, 1, DAMAGED, failures);
      const ended = made.write().then(
        () => "written",
        (error: { code: string }) => error.code,
      );
      expect(await ended).toBe(outcome);
      expect(made.retries.map((each) => each[0])).toEqual(["1", "2", "3", "4"]);
      expect(dataOf(made).filter((frame) => u32le(frame, 12) === 0)).toHaveLength(5);
    }
  });

  test("a reply that comes twice is not taken for the next block's", async () => {
    const made = rig();
    made.stub.script = (name, frame) => {
      if (name !== "deflData") return false;
      const isFirst = u32le(frame, 12) === 0;
      if (isFirst) for (const _ of [1, 2]) made.stub.say(replyFrame("deflData"));
      else made.stub.say(replyFrame("deflData", FAILED));
      return true;
    };
    await expect(made.write()).rejects.toMatchObject({ code: "chip-refused" });
    expect(dataOf(made)).toHaveLength(2);
  });
});

describe("other trouble ends the run", () => {
  test("a flash that refuses a block is not asked again", async () => {
    const made = rig();
    answeringBlock(made, 1, FAILED);
    await expect(made.write()).rejects.toMatchObject({ code: "chip-refused", damaged: false });
    expect(dataOf(made)).toHaveLength(1);
    expect(made.retries).toEqual([]);
  });

  test("silence to a block ends the run at once", async () => {
    const made = rig();
    made.stub.lost.push("deflData");
    await expect(made.write()).rejects.toMatchObject({ code: "no-reply" });
    expect(dataOf(made)).toHaveLength(1);
  });
});

describe("how long the stub may take", () => {
  const wire = (bytes: number): number => (bytes * 10_000) / 115_200;
  /** 500 ms for an exchange, and 2.5 s and 40 s for each MiB of flash (timing.ts). */
  const work = (bytes: number): number => 500 + 2500 + (bytes * 40_000) / 0x100000;

  /** Answers the n-th block, or the end, after so long; all else at once. */
  async function outcome(late: number | "end", ms: number): Promise<string> {
    const made = rig();
    made.stub.script = (name, frame) => {
      const isLate = late === "end" ? name === "deflEnd" : name === "deflData" && u32le(frame, 12) === late - 1;
      if (isLate) made.stub.say(replyFrame(name), ms);
      return isLate;
    };
    return made.write().then(
      () => "written",
      (error: { code: string }) => error.code,
    );
  }

  test("the first block waits for its own time on the wire, the second for the flash of the first as well", async () => {
    const made = rig();
    const told = await made.write();
    // Its escaped bytes are two in a hundred.
    const first = work(0) + wire(0x4000 * 1.02 + 128);
    expect([await outcome(1, first - 1), await outcome(1, first + 1)]).toEqual(["written", "no-reply"]);
    const second = work(told[0]!) + wire(dataOf(made)[1]!.subarray(24).length * 1.02 + 128);
    expect([await outcome(2, second - 1), await outcome(2, second + 1)]).toEqual(["written", "no-reply"]);
  });

  test("the end waits for the flash of the last block", async () => {
    const told = await rig().write();
    const end = work(told.at(-1)!);
    expect([await outcome("end", end - 1), await outcome("end", end + 20)]).toEqual(["written", "no-reply"]);
  });
});
