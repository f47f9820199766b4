import { describe, expect, test } from "vitest";
import { replyFrame, type StubRig, stubRig } from "../../../test/support/scripted-stub.ts";
import { u32le } from "../../core/bytes.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { STUB_SYNC_VALUE } from "../../core/loader/tables.ts";
import { say } from "../../core/text/text.ts";
import { type ConnectOptions, connect } from "./connect.ts";

const DIVIDER = 0x60000014;
const ROM_SYNC = 0x20120707;
const BOOT_TEXT = 74_880;
const BASE = 115_200;

interface Call {
  /** ms */
  readonly at: number;
  readonly baud: number;
  readonly extraDelimiter: boolean;
}

interface CallRig extends StubRig {
  readonly calls: Call[];
  /** Control lines as they are set, with the time. */
  readonly wires: string[];
  /** Who answers this call. */
  answers: (call: Call) => "rom" | "stub" | undefined;
  readonly connect: (options?: Partial<ConnectOptions>) => Promise<string>;
}

/** A chip that answers calls as a test has it. Its other answers: registers, of which the divider is that of the line's rate. */
function rig(controlLines = false): CallRig {
  const made = stubRig();
  const { stub, link } = made;
  link.answering = "rom";
  Object.assign(stub, { can: { baud: true, controlLines } });
  const now = (): number => Math.round(stub.clock.now / 1000);
  const calling: CallRig = {
    ...made,
    calls: [],
    wires: [],
    answers: () => undefined,
    connect: (options = {}) =>
      made.run(
        connect(link, { patienceMs: 5000, resetWires: false, ...options }).then(
          () => link.answering,
          (error: { code: string }) => error.code,
        ),
      ),
  };
  stub.setControlLines = ((lines: object) => {
    calling.wires.push(`${now()} ${JSON.stringify(lines)}`);
    return Promise.resolve();
  }) as typeof stub.setControlLines;
  stub.script = (name) => {
    if (name === "readReg") stub.ram.set(DIVIDER, Math.round(52e6 / stub.baud));
    if (name === "writeReg") stub.say(replyFrame("writeReg"), 30);
    if (name !== "sync") return name === "writeReg";
    const call: Call = { at: now(), baud: stub.baud, extraDelimiter: stub.written.at(-1)![1] === 0xc0 };
    calling.calls.push(call);
    const who = calling.answers(call);
    if (who !== undefined) stub.say(replyFrame("sync", { value: who === "rom" ? ROM_SYNC : STUB_SYNC_VALUE }));
    return true;
  };
  return calling;
}

const plain = ({ calls }: CallRig): string[] =>
  calls.map(({ baud, extraDelimiter }) => `${baud}${extraDelimiter ? "+" : ""}`);

const SWEEP = [
  ...["74880", "74880"],
  ...["115200", "115200+", "115200+"],
  ...[460_800, 921_600, 230_400, 1_500_000, 2_000_000, 57_600].flatMap((rate) => [`${rate}`, `${rate}+`]),
];

describe("the order of calls", () => {
  test("a ROM is called first, where its boot text can be read; then each rate at which tools leave stubs", async () => {
    const made = rig();
    expect(await made.connect()).toBe("no-sync");
    expect(plain(made).slice(0, SWEEP.length)).toEqual(SWEEP);
    // A call waits 60 ms and 160 bytes on the wire.
    const [first, second] = made.calls;
    expect(second!.at - first!.at).toBe(Math.round(60 + (160 * 10_000) / BOOT_TEXT));
  });

  test("after a sweep it is called where words can be understood, for 12 s until the next sweep", async () => {
    const made = rig();
    await made.connect({ patienceMs: 20_000 });
    const afterwards = made.calls.slice(SWEEP.length);
    const next = afterwards.findIndex(({ baud }) => baud === 460_800);
    const [first] = afterwards;
    const sweepBegan = afterwards[next - 5]!;
    expect(sweepBegan.at - first!.at).toBeGreaterThanOrEqual(12_000);
    expect(sweepBegan.at - first!.at).toBeLessThan(12_300);
    expect(new Set(afterwards.slice(0, next - 5).map(({ baud }) => baud))).toEqual(new Set([BOOT_TEXT]));
  });

  test("what makes no sense brings the next sweep after 4 s", async () => {
    const made = rig();
    // Noise while one waits, that reads as nothing known.
    for (let ms = 2500; ms < 9000; ms += 50) {
      made.stub.clock.hostAt(ms * 1000, () => made.stub.arrive(Uint8Array.of(0x8f, 0xfe, 0x91, 0xe3, 0x7f, 0x80), ms));
    }
    await made.connect({ patienceMs: 11_000 });
    const swept = made.calls.filter(({ baud }) => baud === 921_600).map(({ at }) => at);
    const [first, , second] = swept;
    expect(second! - first!).toBeLessThan(7000);
  });

  test("a rate that the adapter refuses is left out, and not asked for again", async () => {
    const made = rig();
    const setBaud = made.stub.setBaud.bind(made.stub);
    let refused = 0;
    made.stub.setBaud = (baud) => {
      if (baud !== 921_600) return setBaud(baud);
      refused++;
      return Promise.reject(new Error("not this rate"));
    };
    await made.connect({ patienceMs: 20_000 });
    expect(plain(made).filter((each) => each.startsWith("921600"))).toEqual([]);
    expect(refused).toBe(1);
  });

  test("where the boot text's rate is refused, one waits at 115200", async () => {
    const made = rig();
    const setBaud = made.stub.setBaud.bind(made.stub);
    made.stub.setBaud = (baud) => (baud === BOOT_TEXT ? Promise.reject(new Error("not this rate")) : setBaud(baud));
    await made.connect();
    expect(plain(made).slice(0, SWEEP.length - 2)).toEqual(SWEEP.slice(2));
    expect(new Set(made.calls.slice(SWEEP.length - 2).map(({ baud }) => baud))).toEqual(new Set([BASE]));
  });

  test("a line without rates is called at the one it has", async () => {
    const made = rig();
    Object.assign(made.stub, { can: { baud: false, controlLines: false } });
    await made.connect();
    expect(new Set(made.calls.map(({ baud }) => baud))).toEqual(new Set([BASE]));
  });
});

describe("who answers", () => {
  test("a ROM that took the boot text's rate is moved to 115200", async () => {
    const made = rig();
    made.answers = ({ baud }) => (baud === BOOT_TEXT && made.calls.length === 2 ? "rom" : undefined);
    expect(await made.connect()).toBe("rom");
    expect(made.stub.baud).toBe(BASE);
    const [moved] = made.stub.frames.filter((_, i) => made.stub.asked[i] === "writeReg");
    expect([8, 12].map((at) => u32le(moved!, at))).toEqual([DIVIDER, Math.round(52e6 / BASE)]);
  });

  test("a ROM that is not heard at 115200 is looked for", async () => {
    const made = rig();
    made.answers = ({ at }) => (at < 200 || at > 600 ? "rom" : undefined);
    const { script } = made.stub;
    made.stub.script = (name, frame) => name === "writeReg" || script!(name, frame);
    expect(await made.connect()).toBe("rom");
    expect(made.calls.at(-1)!.baud).toBe(BASE);
  });

  test("a ROM at 115200 stays there", async () => {
    const made = rig();
    made.answers = ({ baud }) => (baud === BASE ? "rom" : undefined);
    expect(await made.connect()).toBe("rom");
    expect(made.stub.asked.filter((name) => name === "writeReg")).toEqual([]);
  });

  test("a stub that is inside out answers the call with a delimiter more", async () => {
    const made = rig();
    made.answers = ({ baud, extraDelimiter }) => (baud === 230_400 && extraDelimiter ? "stub" : undefined);
    // Its code is not ours.
    expect(await made.connect()).toBe("other-stub");
    expect(made.stub.baud).toBe(230_400);
  });

  test("an adapter that stays at another rate than it says is set to the chip's", async () => {
    const made = rig();
    made.answers = ({ baud }) => (baud === 921_600 ? "stub" : undefined);
    const { script } = made.stub;
    made.stub.script = (name, frame) => {
      const isDone = script!(name, frame);
      if (name === "readReg") made.stub.ram.set(DIVIDER, Math.round(52e6 / 460_800));
      return isDone;
    };
    await made.connect();
    expect(made.stub.baud).toBe(460_800);
  });
});

describe("what goes wrong while calling", () => {
  test("who falls silent at once is called again from the first rate on", async () => {
    const made = rig();
    let times = 0;
    made.answers = ({ baud }) => (baud === BASE && ++times <= 2 ? "stub" : undefined);
    const { script } = made.stub;
    made.stub.script = (name, frame) => name === "readReg" || script!(name, frame);
    await made.connect({ patienceMs: 10_000 });
    const again = plain(made).lastIndexOf("74880");
    expect(again).toBeGreaterThan(3);
  });

  /** The line is lost 10 ms after the third call, and its port stays there. @returns when that was, ms. */
  function lostAfterThreeCalls(made: CallRig): () => number {
    const { script } = made.stub;
    let lostAt = 0;
    made.stub.script = (name, frame) => {
      const isDone = script!(name, frame);
      if (made.calls.length === 3 && lostAt === 0) {
        lostAt = made.calls[2]!.at + 10;
        made.stub.clock.hostAt(lostAt * 1000, () => made.stub.lose());
      }
      return isDone;
    };
    return () => lostAt;
  }

  test("after a loss that leaves the port there, one listens at 115200 for 3 s: a firmware may have started", async () => {
    const made = rig();
    const lostAt = lostAfterThreeCalls(made);
    await made.connect({ patienceMs: 8000 });
    const after = made.calls.slice(3);
    expect([after[0]!.at - lostAt(), after[0]!.baud]).toEqual([250, BASE]);
    const next = after.find(({ baud }) => baud === BOOT_TEXT)!;
    expect(next.at - after[0]!.at).toBeGreaterThanOrEqual(3000);
    expect(next.at - after[0]!.at).toBeLessThan(3200);
  });

  test("in the middle of work a stub is looked for at once", async () => {
    const made = rig();
    made.link.answering = "our-stub";
    lostAfterThreeCalls(made);
    await made.connect();
    expect(plain(made).slice(3, 3 + SWEEP.length)).toEqual(SWEEP);
  });

  test("an error of another kind ends the calling", async () => {
    const made = rig();
    made.stub.write = () => Promise.reject(new PlugsmithError("port-failed", { message: say`No.` }));
    expect(await made.connect()).toBe("port-failed");
  });
});

describe("reset wires", () => {
  test("after silence at all rates EN is held for 100 ms with GPIO0 free, then GPIO0 while EN rises", async () => {
    const made = rig(true);
    made.answers = ({ baud }) => (made.wires.length > 0 && baud === BOOT_TEXT ? "rom" : undefined);
    expect(await made.connect({ resetWires: true })).toBe("rom");
    const times = made.wires.map((each) => Number(each.split(" ")[0]));
    // As esptool's classic reset (reset.py, ClassicReset).
    expect(made.wires.map((each) => each.slice(each.indexOf(" ") + 1))).toEqual([
      '{"dtr":false,"rts":true}',
      '{"dtr":true,"rts":false}',
      '{"dtr":false}',
    ]);
    expect([times[1]! - times[0]!, times[2]! - times[1]!]).toEqual([100, 50]);
    expect(plain(made).slice(0, SWEEP.length)).toEqual(SWEEP);
  });

  test("three calls follow a reset", async () => {
    const made = rig(true);
    await made.connect({ resetWires: true, patienceMs: 2700 });
    expect(plain(made).slice(SWEEP.length, SWEEP.length + 3)).toEqual(["74880", "74880", "74880"]);
    expect(made.wires.length).toBeGreaterThanOrEqual(3);
  });

  test("wires that are not there, or not allowed, are left alone", async () => {
    for (const [there, allowed] of [
      [true, false],
      [false, true],
    ] as const) {
      const made = rig(there);
      await made.connect({ resetWires: allowed });
      expect(made.wires).toEqual([]);
    }
  });
});
