import { describe, expect, test } from "vitest";
import { replyFrame, type StubRig, stubRig } from "../../../test/support/scripted-stub.ts";
import { u32le } from "../../core/bytes.ts";
import { dividerFor } from "./baud.ts";
import { moveRom, stepRom } from "./rom-baud.ts";

const DIVIDER = 0x60000014;
const ROM_SYNC = { value: 0x20120707 };
const FAST = 460_800;

/** The rate that a divider makes with 26 MHz (ESP8266 Technical Reference: the UART runs at twice the crystal here). */
const rateOf = (divider: number): number => 52e6 / divider;

interface RomRig extends StubRig {
  /** Rates of the line and dividers sent, with the virtual time, ms. */
  readonly happened: string[];
  /** Rate at which the ROM listens. */
  rom: number;
  /** Whether it is heard there. */
  isHeard: (rate: number) => boolean;
  /** Turns a bit in what is read back. */
  damage: number;
}

/** A ROM at 115200 baud that follows its divider register, and answers a write to it at the new rate after the delay asked for. */
function rig(): RomRig {
  const made: RomRig = {
    ...stubRig(),
    happened: [],
    rom: 115_200,
    isHeard: () => true,
    damage: -1,
  };
  const { stub, link } = made;
  link.answering = "rom";
  const now = (): number => Math.round(stub.clock.now / 1000);
  const setBaud = stub.setBaud.bind(stub);
  stub.setBaud = (baud) => {
    if (baud !== stub.baud) made.happened.push(`${now()} line ${baud}`);
    return setBaud(baud);
  };
  let read = 0;
  let uploaded = new Uint8Array(0);
  stub.script = (name, frame) => {
    // A UART takes a rate that is 2 % off.
    if (Math.abs(stub.baud / made.rom - 1) > 0.02) return true;
    const say = (reply: Uint8Array, afterMs = 0): void => {
      const rate = made.rom;
      if (made.isHeard(rate)) stub.say(reply, afterMs);
    };
    if (name === "writeReg" && u32le(frame, 8) === DIVIDER) {
      const divider = u32le(frame, 12);
      expect([u32le(frame, 16), u32le(frame, 20)]).toEqual([0xfffff, 30_000]);
      made.rom = rateOf(divider);
      made.happened.push(`${now()} divider ${divider}`);
      say(replyFrame("writeReg"), 30);
    } else if (name === "memData") {
      uploaded = frame.slice(24);
      say(replyFrame("memData"));
    } else if (name === "readReg") {
      const at = u32le(frame, 8) - 0x3ffe8200;
      say(replyFrame("readReg", { value: u32le(uploaded, at) ^ (read++ === made.damage ? 0x100 : 0) }));
    } else say(replyFrame(name, name === "sync" ? ROM_SYNC : {}));
    return true;
  };
  return made;
}

describe("moving the ROM", () => {
  test("the line follows 10 ms after the divider was sent, and the answer comes at the new rate", async () => {
    const made = rig();
    expect(await made.run(moveRom(made.link, FAST, 26))).toBe(true);
    expect(made.happened).toEqual([`0 divider ${dividerFor(FAST, 26)}`, `10 line ${FAST}`]);
  });

  test("a ROM that does not answer is given 185 ms, and counts as not heard", async () => {
    const made = rig();
    made.isHeard = (rate) => rate < 200_000;
    expect(await made.run(moveRom(made.link, FAST, 26))).toBe(false);
    // Its delay of 30 ms, 30 ms to settle, a quarter of an exchange's 500 ms.
    expect(made.stub.clock.now / 1000).toBe(10 + 30 + 30 + 125);
  });

  test("an answer that came before is not taken for this one", async () => {
    const made = rig();
    await made.run(made.link.exchange("memBegin", { size: 0, blocks: 0, blockSize: 0, at: 0 }));
    made.stub.say(replyFrame("writeReg"));
    made.isHeard = () => false;
    expect(await made.run(moveRom(made.link, FAST, 26))).toBe(false);
  });

  test("a lost line is reported as one", async () => {
    const made = rig();
    made.stub.clock.hostAt(20_000, () => made.stub.lose());
    await expect(made.run(moveRom(made.link, FAST, 26))).rejects.toMatchObject({ code: "line-lost" });
  });
});

describe("stepping the ROM up", () => {
  test("a pattern goes to free memory, and four words of it come back", async () => {
    const made = rig();
    expect(await made.run(stepRom(made.link, FAST, 26))).toBe(true);
    const sent = (name: string) => made.stub.frames.filter((_, i) => made.stub.asked[i] === name);
    // MEM_BEGIN: size, blocks, block size, address. Free until a stub clears it (linker script of esp-flasher-stub).
    expect([8, 12, 16, 20].map((at) => u32le(sent("memBegin")[0]!, at))).toEqual([1024, 1, 1024, 0x3ffe8200]);
    expect([8, 12].map((at) => u32le(sent("memData")[0]!, at))).toEqual([1024, 0]);
    expect(sent("readReg").map((frame) => u32le(frame, 8) - 0x3ffe8200)).toEqual([0, 256, 512, 768]);
    expect(made.stub.baud).toBe(FAST);
  });

  test.each([0, 1, 2, 3])("a word %i that comes back wrong means that the rate does not carry", async (damage) => {
    const made = rig();
    made.damage = damage;
    expect(await made.run(stepRom(made.link, FAST, 26))).toBe(false);
    expect([made.stub.baud, made.rom]).toEqual([115_200, rateOf(dividerFor(115_200, 26))]);
  });

  test("a ROM that was heard at the new rate is asked back there first", async () => {
    const made = rig();
    made.damage = 0;
    await made.run(stepRom(made.link, FAST, 26));
    const acts = made.happened.map((each) => each.slice(each.indexOf(" ") + 1));
    // First the adapter is asked for the rate.
    expect(acts.slice(0, 5)).toEqual([
      `line ${FAST}`,
      "line 115200",
      `divider ${dividerFor(FAST, 26)}`,
      `line ${FAST}`,
      `divider ${dividerFor(115_200, 26)}`,
    ]);
  });

  test("a ROM that never followed is found at the old rate", async () => {
    const made = rig();
    const { script } = made.stub;
    made.stub.script = (name, frame) => name === "writeReg" || script!(name, frame);
    expect(await made.run(stepRom(made.link, FAST, 26))).toBe(false);
    expect([made.stub.baud, made.rom]).toEqual([115_200, 115_200]);
    expect(made.stub.asked.filter((name) => name === "writeReg")).toHaveLength(1);
  });

  test("a ROM that hears at the new rate and is not heard is sent back blind", async () => {
    const made = rig();
    made.isHeard = (rate) => rate < 200_000;
    expect(await made.run(stepRom(made.link, FAST, 26))).toBe(false);
    expect(made.stub.baud).toBe(115_200);
  });

  test("a ROM that answers nowhere is lost after three rounds of two commands back", async () => {
    const made = rig();
    const { script } = made.stub;
    let asked = 0;
    made.stub.script = (name, frame) => {
      if (name === "writeReg") asked++;
      return asked > 0 || script!(name, frame);
    };
    await expect(made.run(stepRom(made.link, FAST, 26))).rejects.toMatchObject({ code: "no-reply" });
    // The move itself, and the way back: each is once with a delimiter more and once without.
    expect(asked).toBe(1 + 3 * 2);
    expect(made.stub.baud).toBe(115_200);
  });

  test("a rate that is not higher is not asked for", async () => {
    const made = rig();
    for (const rate of [115_200, 57_600]) expect(await made.run(stepRom(made.link, rate, 26))).toBe(false);
    expect(made.stub.asked).toEqual([]);
  });
});
