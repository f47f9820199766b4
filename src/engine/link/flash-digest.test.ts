import { expect, test } from "vitest";
import { recorded } from "../../../test/support/recorded.ts";
import { SimpleLine } from "../../../test/support/simple-line.ts";
import { concatBytes, u32le } from "../../core/bytes.ts";
import { COMMANDS, type CommandName, encodeReadAck } from "../../core/loader/protocol.ts";
import { STUB_SYNC_VALUE } from "../../core/loader/tables.ts";
import { SlipDecoder, slipEncode } from "../../core/slip.ts";
import { drain } from "../../platform/node/drain.ts";
import { SimClock } from "../../sim/world/clock.ts";
import { ChipLink } from "./chip-link.ts";
import { FlashDigest } from "./flash-digest.ts";
import { FramePort } from "./frame-port.ts";
import { startFirmware } from "./run-firmware.ts";
import { writeRun } from "./write-stream.ts";

const SIZE = 0x100000;
const OTHER_MD5 = "fedcba9876543210fedcba9876543210";
const NAMES = Object.keys(COMMANDS) as CommandName[];

/** Answers every command as a stub would, with a flash whose digest and a RAM whose words can be set. */
class ScriptedStub extends SimpleLine {
  md5 = "0123456789abcdef0123456789abcdef";
  readonly ram = new Map<number, number>();
  readonly asked: CommandName[] = [];
  /** Commands whose next reply is lost. */
  readonly lost: CommandName[] = [];
  readonly clock = new SimClock();
  readonly #decoder = new SlipDecoder({ frame: (frame) => this.#answer(frame), begun: () => {} }, 0x5000);

  constructor() {
    super("scripted stub");
  }

  write(bytes: Uint8Array): Promise<void> {
    this.#decoder.push(bytes);
    return Promise.resolve();
  }

  #answer(frame: Uint8Array): void {
    const name = NAMES.find((each) => COMMANDS[each].opcode === frame[1]);
    if (name === undefined || frame[0] !== 0) return;
    this.asked.push(name);
    const at = this.lost.indexOf(name);
    if (at >= 0) {
      this.lost.splice(at, 1);
      return;
    }
    if (name === "writeReg") this.ram.set(u32le(frame, 8), u32le(frame, 12));
    const value = name === "readReg" ? (this.ram.get(u32le(frame, 8)) ?? 0) : STUB_SYNC_VALUE;
    const body = name === "flashMd5" ? Uint8Array.from(Buffer.from(this.md5, "hex")) : new Uint8Array(0);
    const head = Uint8Array.of(1, frame[1]!, body.length + 2, 0, value, value >> 8, value >> 16, value >> 24);
    this.arrive(slipEncode(concatBytes(head, body, Uint8Array.of(0, 0))), this.clock.now / 1000);
  }
}

function rig(): { stub: ScriptedStub; link: ChipLink; digest: FlashDigest; run: <T>(work: Promise<T>) => Promise<T> } {
  const stub = new ScriptedStub();
  const link = new ChipLink(new FramePort(recorded(stub, stub.clock), stub.clock.port(), undefined), () => {});
  link.answering = "our-stub";
  const run = <T>(work: Promise<T>): Promise<T> => stub.clock.complete(drain, work);
  return { stub, link, digest: new FlashDigest(link), run };
}

const ANY_FIELDS = new Proxy({}, { get: () => 0 }) as never;
const data = new Uint8Array(4);

test("a digest is told again without asking while only questions were asked, with its age", async () => {
  const { stub, link, digest, run } = rig();
  expect(await run(digest.now(SIZE))).toEqual({ md5: stub.md5, ageMs: 0 });
  await run(link.readReg(0x3ff00050));
  await run(link.flashMd5(0, 0x1000, 100));
  await run(link.sync(100));
  await link.transmit(encodeReadAck(0x1000));
  stub.clock.at(stub.clock.now + 4e6, () => {});
  await run(new Promise<void>((resolve) => link.port.clock.after(4000, resolve)));
  expect(await run(digest.now(SIZE))).toEqual({ md5: stub.md5, ageMs: 4000 });
  expect(stub.asked.filter((name) => name === "flashMd5")).toHaveLength(2);
});

const QUESTIONS: readonly CommandName[] = ["sync", "readReg", "flashMd5", "readFlash", "changeBaud"];
const ACTS = NAMES.filter((name) => !QUESTIONS.includes(name));

test.each(ACTS.flatMap((name) => (["send", "exchange", "steady"] as const).map((way) => [name, way] as const)))(
  "the chip is asked again after %s by %s",
  async (name, way) => {
    const { stub, link, digest, run } = rig();
    await run(digest.now(SIZE));
    stub.md5 = OTHER_MD5;
    if (way === "send") await run(link.send(name, ANY_FIELDS, data));
    else await run(link[way](name, ANY_FIELDS, { data }));
    expect(await run(digest.now(SIZE))).toEqual({ md5: OTHER_MD5, ageMs: 0 });
  },
);

test.each([
  ["a block of data was sent", ({ link }) => link.sendBlock("memData", data, 0)],
  ["a register was written", ({ link }) => link.writeReg(0x60000200, 0)],
  ["a run of flash was written", ({ link }) => writeRun(link, 0, new Uint8Array(0x1000), () => {})],
  ["the firmware was started", ({ link }) => startFirmware(link, false).catch(() => {})],
  ["the chip was found again after damage", ({ link }) => link.recover()],
  [
    "a question had to be asked twice",
    ({ stub, link }) => {
      stub.lost.push("readReg");
      return link.readReg(0x3ff00050);
    },
  ],
  ["the line was lost", ({ stub }) => Promise.resolve(stub.lose())],
  ["the word in RAM is gone", ({ stub }) => Promise.resolve(stub.ram.clear())],
] as readonly (readonly [string, (made: ReturnType<typeof rig>) => Promise<unknown>])[])(
  "the chip is asked again when %s",
  async (_, happens) => {
    const made = rig();
    const { stub, digest, run } = made;
    await run(digest.now(SIZE));
    stub.md5 = OTHER_MD5;
    await run(happens(made));
    expect(await run(digest.now(SIZE))).toEqual({ md5: OTHER_MD5, ageMs: 0 });
  },
);

test("a digest is not told again where the command that marks it had to be sent twice: the first may have become another", async () => {
  const { stub, digest, run } = rig();
  stub.lost.push("writeReg");
  await run(digest.now(SIZE));
  stub.md5 = OTHER_MD5;
  expect(await run(digest.now(SIZE))).toEqual({ md5: OTHER_MD5, ageMs: 0 });
});
