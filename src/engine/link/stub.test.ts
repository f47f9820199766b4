import image from "esptool-js/lib/targets/stub_flasher/esp8266.json" with { type: "json" };
import { describe, expect, test } from "vitest";
import { replyFrame, type StubRig, stubRig } from "../../../test/support/scripted-stub.ts";
import { u32le } from "../../core/bytes.ts";
import { STUB_SYNC_VALUE } from "../../core/loader/tables.ts";
import { isOurStub, startStub } from "./stub.ts";

const CODE = Buffer.from(image.text, "base64");
const DATA = Buffer.from(image.data, "base64");
/** What a stub sends when it starts (esptool, loader.py, run_stub). */
const GREETING = new TextEncoder().encode("OHAI");
const ROM_SYNC = { value: 0x20120707 };

interface RomRig extends StubRig {
  /** What was put into the chip's memory. */
  readonly memory: Map<number, number>;
  /** Starts of the stub. */
  starts: number;
  /** ms after which the n-th start (from 1) is greeted; undefined: never. */
  greets: (start: number) => number | undefined;
  /** Who answers SYNC after a start. */
  runs: "stub" | "rom";
}

/** A boot ROM with RAM, which starts what is in it. */
function rig(): RomRig {
  const made: RomRig = { ...stubRig(), memory: new Map(), starts: 0, greets: () => 0, runs: "rom" };
  const { stub, link } = made;
  link.answering = "rom";
  let at = 0;
  stub.script = (name, frame) => {
    if (name === "memBegin") at = u32le(frame, 20);
    if (name === "memData") for (const byte of frame.subarray(24)) made.memory.set(at++, byte);
    if (name === "memEnd") {
      stub.say(replyFrame("memEnd"));
      const after = made.greets(++made.starts);
      if (after !== undefined) stub.say(GREETING, after);
      return true;
    }
    if (name === "readReg") stub.say(replyFrame("readReg", { value: wordIn(made, u32le(frame, 8)) }));
    if (name === "writeReg") {
      for (let i = 0; i < 4; i++) made.memory.set(u32le(frame, 8) + i, frame[12 + i]!);
    }
    if (name === "sync") stub.say(replyFrame("sync", made.runs === "rom" ? ROM_SYNC : { value: STUB_SYNC_VALUE }));
    if (name === "readReg" || name === "sync") return true;
    return false;
  };
  return made;
}

function wordIn({ memory }: RomRig, at: number): number {
  return [0, 1, 2, 3].reduce((word, i) => word + (memory.get(at + i) ?? 0) * 256 ** i, 0);
}

const bytesAt = ({ memory }: RomRig, at: number, length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, i) => memory.get(at + i) ?? -1));
const sent = ({ stub }: RomRig, name: string): Uint8Array[] => stub.frames.filter((_, i) => stub.asked[i] === name);

describe("the upload", () => {
  test("the stub is Espressif's, but for the byte that lets a turned bit erase the whole flash", async () => {
    const made = rig();
    await made.run(startStub(made.link));
    expect(made.link.answering).toBe("our-stub");
    const uploaded = bytesAt(made, image.text_start, CODE.length);
    const changed = [...CODE.keys()].filter((at) => uploaded[at] !== CODE[at]);
    expect(changed.map((at) => [CODE[at], uploaded[at]])).toEqual([[0xd0, 0x13]]);
    // movi a2, 208; bne a12, a2, +2: the dispatcher's case of ERASE_FLASH.
    expect([...CODE.subarray(changed[0]! - 2, changed[0]! + 4)]).toEqual([0x22, 0xa0, 0xd0, 0x27, 0x9c, 0x02]);
    expect(bytesAt(made, image.data_start, DATA.length)).toEqual(DATA);
  });

  test("code and data go in numbered blocks of 6 KiB, and the stub is started at its entry", async () => {
    const made = rig();
    await made.run(startStub(made.link));
    const whole = (length: number): number => Math.ceil(length / 4) * 4;
    // MEM_BEGIN: size, blocks, block size, address (Espressif, "Serial Protocol").
    expect(sent(made, "memBegin").map((frame) => [8, 12, 16, 20].map((at) => u32le(frame, at)))).toEqual(
      [
        [CODE.length, image.text_start],
        [DATA.length, image.data_start],
      ].map(([length, at]) => [whole(length!), Math.ceil(length! / 0x1800), 0x1800, at]),
    );
    const blocks = sent(made, "memData").map((frame) => [u32le(frame, 8), u32le(frame, 12)]);
    expect(blocks.map(([, number]) => number)).toEqual([
      ...Array(Math.ceil(CODE.length / 0x1800)).keys(),
      ...Array(Math.ceil(DATA.length / 0x1800)).keys(),
    ]);
    expect(blocks.reduce((sum, [length]) => sum + length!, 0)).toBe(whole(CODE.length) + whole(DATA.length));
    expect([8, 12].map((at) => u32le(sent(made, "memEnd")[0]!, at))).toEqual([0, image.entry]);
  });
});

describe("a stub that does not greet", () => {
  test("its greeting is awaited for 500 ms and 64 bytes on the wire", async () => {
    const wire = (64 * 10_000) / 115_200;
    for (const [ms, starts] of [
      [500 + wire - 1, 1],
      [500 + wire + 1, 2],
    ] as const) {
      const made = rig();
      made.greets = (start) => (start === 1 ? ms : 0);
      await made.run(startStub(made.link));
      expect(made.starts).toBe(starts);
    }
  });

  test("other frames before the greeting are passed over", async () => {
    const made = rig();
    made.greets = () => 20;
    const { script } = made.stub;
    made.stub.script = (name, frame) => {
      const isDone = script!(name, frame);
      if (name === "memEnd") made.stub.say(replyFrame("sync"), 10);
      return isDone;
    };
    await made.run(startStub(made.link));
    expect(made.starts).toBe(1);
  });

  test("a stub that answers although its greeting was lost is not uploaded again", async () => {
    const made = rig();
    made.greets = () => undefined;
    made.link.answering = "our-stub";
    made.runs = "stub";
    await made.run(startStub(made.link));
    expect([made.starts, made.link.answering]).toEqual([1, "our-stub"]);
    expect(made.retries).toEqual([expect.stringMatching(/^1: /)]);
  });

  test("the upload is repeated four times, and then the error says that the flash is untouched", async () => {
    for (const [failures, outcome] of [
      [4, "our-stub"],
      [5, "stub-failed"],
    ] as const) {
      const made = rig();
      made.greets = (start) => (start <= failures ? undefined : 0);
      const ended = await made.run(
        startStub(made.link).then(
          () => made.link.answering,
          (error: { code: string; plugState: string }) =>
            `${error.code}${error.plugState === "flash untouched" ? "" : "?"}`,
        ),
      );
      expect([ended, made.starts]).toEqual([outcome, 5]);
      expect(made.retries.map((each) => each[0])).toEqual(["1", "2", "3", "4"]);
    }
  });

  test("a lost line is not met by another upload", async () => {
    const made = rig();
    made.greets = () => undefined;
    made.stub.clock.hostAt(100_000, () => made.stub.lose());
    await expect(made.run(startStub(made.link))).rejects.toMatchObject({ code: "line-lost" });
    expect(made.starts).toBe(1);
  });
});

describe("whose stub answers", () => {
  const STRIDE = Math.floor(CODE.length / 4 / 6) * 4;

  async function uploaded(): Promise<RomRig> {
    const made = rig();
    await made.run(startStub(made.link));
    return made;
  }

  test("the stub that was uploaded is ours", async () => {
    const made = await uploaded();
    expect(await made.run(isOurStub(made.link))).toBe(true);
    expect(sent(made, "writeReg")).toEqual([]);
  });

  test.each([0, 1, 2, 3, 4, 5])("code that differs in word %i of six is another's", async (word) => {
    const made = await uploaded();
    const at = image.text_start + word * STRIDE;
    made.memory.set(at, made.memory.get(at)! ^ 0x40);
    expect(await made.run(isOurStub(made.link))).toBe(false);
  });

  test("the same stub as another tool left it is disarmed, and ours from then on", async () => {
    const made = await uploaded();
    for (const [at, byte] of CODE.entries()) made.memory.set(image.text_start + at, byte);
    expect(await made.run(isOurStub(made.link))).toBe(true);
    const armed = [...CODE.keys()].filter((at) => made.memory.get(image.text_start + at) !== CODE[at]);
    expect(armed.map((at) => made.memory.get(image.text_start + at))).toEqual([0x13]);
  });

  test("one whose dispatcher compares with something else is not ours", async () => {
    const made = await uploaded();
    const at = image.text_start + CODE.indexOf(Uint8Array.of(0x22, 0xa0, 0xd0, 0x27, 0x9c, 0x02)) + 2;
    made.memory.set(at, 0xd1);
    expect(await made.run(isOurStub(made.link))).toBe(false);
  });
});
