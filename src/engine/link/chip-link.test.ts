import { describe, expect, test } from "vitest";
import { replyFrame, type ScriptedReply, type ScriptedStub, stubRig } from "../../../test/support/scripted-stub.ts";
import { toHex, u32le } from "../../core/bytes.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { type CommandName, encodeReadAck } from "../../core/loader/protocol.ts";
import { STUB_SYNC_VALUE } from "../../core/loader/tables.ts";
import { say } from "../../core/text/text.ts";
import { ChipRefusal, isTransient } from "./chip-link.ts";

const REGISTER = 0x60000014;
/** What the boot ROM's SYNC replies carry; the stubs' carry another value (esptool, loader.py, sync_stub_detected). */
const ROM_SYNC = { value: 0x20120707 };

const code = (expected: string) => expect.objectContaining({ code: expected });

/** Every command of this name is answered so; undefined: not at all. */
function answering(name: CommandName, reply: ScriptedReply | undefined, stub: ScriptedStub): void {
  stub.script = (asked) => {
    if (asked !== name) return false;
    if (reply !== undefined) stub.say(replyFrame(name, reply));
    return true;
  };
}

/** How many delimiters each write began with. */
const delimiters = ({ written }: ScriptedStub): number[] =>
  written.map((bytes) => bytes.findIndex((byte) => byte !== 0xc0));

describe("after damage", () => {
  test("recover() resynchronises an inverted SLIP receiver by a SYNC with an extra delimiter", async () => {
    const { stub, link, run } = stubRig();
    stub.script = (name) => name === "sync" && stub.written.at(-1)![1] !== 0xc0;
    expect(await run(link.recover())).toBe("stub");
    expect(delimiters(stub)).toEqual([1, 2]);
  });

  test("recover() reaches a receiver in step with every third SYNC, and gives up after 3 s", async () => {
    const { stub, link, run } = stubRig();
    answering("sync", undefined, stub);
    await expect(run(link.recover())).rejects.toThrowError(code("no-reply"));
    expect(delimiters(stub).slice(0, 7)).toEqual([1, 2, 2, 1, 2, 2, 1]);
    // RECOVER_MS, and the last SYNC's own patience: 100 ms and 0x1100 bytes at 115200 baud.
    expect(stub.clock.now / 1000).toBeGreaterThanOrEqual(3000);
    expect(stub.clock.now / 1000).toBeLessThan(3000 + 100 + (0x1100 * 10_000) / 115_200);
  });

  test("recover() waits for a busy chip as long as its command may take", async () => {
    const { stub, link, run } = stubRig();
    stub.script = (name) => name === "sync" && stub.clock.now < 9.5e6;
    expect(await run(link.recover(7000))).toBe("stub");
    const late = stubRig();
    late.stub.script = (name) => name === "sync" && late.stub.clock.now < 9.5e6;
    await expect(late.run(late.link.recover(6000))).rejects.toThrowError(code("no-reply"));
  });

  test("an answer of the boot ROM means that the chip restarted, unless the link talks to the ROM", async () => {
    const { stub, link, run } = stubRig();
    answering("sync", ROM_SYNC, stub);
    await expect(run(link.recover())).rejects.toThrowError(code("stub-failed"));
    link.answering = "rom";
    expect(await run(link.recover())).toBe("rom");
  });

  test("recover() drops what arrived before", async () => {
    const { stub, link, run } = stubRig();
    await run(link.readReg(REGISTER));
    answering("sync", undefined, stub);
    stub.say(replyFrame("sync", { value: STUB_SYNC_VALUE }));
    await expect(run(link.recover())).rejects.toThrowError(code("no-reply"));
  });
});

describe("a reply", () => {
  test("a reply is found behind late replies, echoes and boot text", async () => {
    const { stub, link, run } = stubRig();
    stub.script = (name, frame) => {
      if (name !== "readReg") return false;
      stub.say(replyFrame("sync"));
      stub.say(frame);
      stub.say(new TextEncoder().encode("ets Jan  8 2013,rst cause:2"));
      // What another command is refused with is no refusal of this one.
      stub.say(replyFrame("flashMd5", { status: 0xc4 }));
      stub.say(replyFrame("readReg", { value: 7, body: new Uint8Array(4) }));
      stub.say(replyFrame("readReg", { value: 0x1234 }));
      return true;
    };
    expect(await run(link.readReg(REGISTER))).toBe(0x1234);
    expect(stub.asked).toEqual(["readReg"]);
  });

  test("a reply to an earlier command is not taken for the current one", async () => {
    const { stub, link, run } = stubRig();
    stub.ram.set(REGISTER, 5);
    await run(link.readReg(REGISTER));
    stub.say(replyFrame("readReg", { value: 99 }));
    expect(await run(link.readReg(REGISTER))).toBe(5);
  });

  test("a reply is awaited as long as the chip may work, and no longer", async () => {
    // 500 ms and the frame with 64 bytes more at 115200 baud, beyond the time given.
    const within = 1000 + 500;
    const beyond = within + 50;
    for (const [delay, outcome] of [
      [within, "answered"],
      [beyond, "no-reply"],
    ] as const) {
      const { stub, link, run } = stubRig();
      stub.script = () => {
        stub.say(replyFrame("eraseRegion"), delay);
        return true;
      };
      const work = link.exchange("eraseRegion", { at: 0, length: 0x1000 }, { busyMs: 1000 });
      const met = await run(work.then(() => "answered").catch((error: PlugsmithError) => error.code));
      expect(met).toBe(outcome);
    }
  });

  test("a stream of other replies does not extend the time limit", async () => {
    const { stub, link, run } = stubRig();
    stub.script = () => {
      for (let ms = 50; ms < 5000; ms += 50) stub.say(replyFrame("sync"), ms);
      return true;
    };
    await expect(run(link.exchange("readReg", { address: REGISTER }))).rejects.toThrowError(code("no-reply"));
    expect(stub.clock.now / 1000).toBeLessThan(600);
  });

  // Status byte first; the ROM's reason second (esptool documentation, "Serial Protocol"; esp-flasher-stub, response codes).
  test.each([
    ["a stub's wrong length", 0xc0, 0, true],
    ["a stub's wrong checksum", 0xc1, 0, true],
    ["a stub's unknown block size", 0xc2, 0, false],
    ["a stub's failed flash", 0xc4, 0, false],
    ["the ROM's wrong checksum", 1, 7, true],
    ["the ROM's invalid message", 1, 5, false],
    ["a stub that fails with the reason 7", 0xc4, 7, false],
  ])("the reply %s is a refusal and says whether the command arrived intact", async (_, status, reason, damaged) => {
    const { stub, link, run } = stubRig();
    answering("flashBegin", { status, reason }, stub);
    link.step = "write";
    const work = link.exchange("flashBegin", { size: 0, blocks: 0, blockSize: 0, at: 0 });
    const error = await run(work.catch((thrown: unknown) => thrown));
    expect(error).toBeInstanceOf(ChipRefusal);
    expect(error).toMatchObject({ code: "chip-refused", damaged, step: "write" });
  });
});

describe("what may be repeated", () => {
  test.each(["no-reply", "chip-refused", "bad-reply"] as const)(
    "a repeatable command is tried four more times after %s",
    async (failure) => {
      for (const failures of [4, 5]) {
        const { link, retries, run } = stubRig();
        let tries = 0;
        const work = link.withRetry(() => {
          tries++;
          if (tries <= failures) return Promise.reject(new PlugsmithError(failure, { message: say`failure ${tries}` }));
          return Promise.resolve("done");
        });
        const outcome = await run(work.catch((error: PlugsmithError) => error.code));
        expect([outcome, tries]).toEqual([failures === 4 ? "done" : failure, 5]);
        expect(retries).toEqual(["1: failure 1", "2: failure 2", "3: failure 3", "4: failure 4"]);
      }
    },
  );

  test.each(["line-lost", "aborted", "stub-failed", "internal"] as const)(
    "a repeatable command is not tried again after %s",
    async (failure) => {
      const { stub, link, run } = stubRig();
      let tries = 0;
      const work = link.withRetry(() => {
        tries++;
        return Promise.reject(new PlugsmithError(failure, { message: say`it failed` }));
      });
      await expect(run(work)).rejects.toThrowError(code(failure));
      expect(tries).toBe(1);
      expect(stub.asked).toEqual([]);
    },
  );

  test("a retry waits for the chip to finish", async () => {
    const { stub, link, run } = stubRig();
    stub.lost.push("eraseRegion");
    stub.script = (name) => name === "sync" && stub.clock.now < 13e6;
    await run(link.exchangeWithRetry("eraseRegion", { at: 0, length: 0x1000 }, { busyMs: 6000 }));
    const calls = stub.asked.filter((name) => name === "sync").length;
    expect(calls).toBeGreaterThan(1);
    expect(stub.asked).toEqual(["eraseRegion", ...new Array(calls).fill("sync"), "eraseRegion"]);
  });

  test("an error of another kind is never transient", () => {
    expect(isTransient(new Error("no-reply"))).toBe(false);
    expect(isTransient(undefined)).toBe(false);
  });
});

describe("SYNC", () => {
  test.each([
    ["the stub", { value: STUB_SYNC_VALUE }, "stub"],
    ["the boot ROM", ROM_SYNC, "rom"],
    ["nobody", undefined, undefined],
    ["a chip that refuses", { status: 1, reason: 5 }, undefined],
  ])("SYNC reports that %s answered", async (_, reply, who) => {
    const { stub, link, run } = stubRig();
    answering("sync", reply, stub);
    expect(await run(link.sync(100))).toBe(who);
    expect(stub.clock.now / 1000).toBe(who === undefined ? 100 : 0);
    expect(delimiters(stub)).toEqual([1]);
  });

  test("SYNC ends on time although other bytes keep coming", async () => {
    const { stub, link, run } = stubRig();
    stub.script = () => {
      for (let ms = 30; ms < 1000; ms += 30) stub.say(replyFrame("readReg"), ms);
      return true;
    };
    expect(await run(link.sync(100))).toBeUndefined();
    expect(stub.clock.now / 1000).toBe(100);
  });
});

test("a register is written whole and at once", async () => {
  const { stub, link, run } = stubRig();
  await run(link.writeReg(REGISTER, 0x12345678));
  expect([8, 12, 16, 20].map((at) => u32le(stub.frames[0]!, at))).toEqual([REGISTER, 0x12345678, 0xffffffff, 0]);
});

test("a digest is requested for the given range and returned in lower-case hex", async () => {
  const { stub, link, run } = stubRig();
  stub.md5 = "FEDCBA9876543210FEDCBA9876543210";
  expect(await run(link.flashMd5(0x3000, 0x5000, 0))).toBe("fedcba9876543210fedcba9876543210");
  expect(stub.digests).toEqual([{ at: 0x3000, length: 0x5000 }]);
});

test("the shortest exchange tells the adapter's latency", async () => {
  const { stub, link, run } = stubRig();
  const wire = (bytes: number): number => (bytes * 10_000) / 115_200;
  for (const delay of [30, 20, 40]) {
    stub.script = () => {
      stub.say(replyFrame("readReg"), delay);
      return true;
    };
    await run(link.readReg(REGISTER));
  }
  // READ_REG is 8 bytes and an address, its reply 8 and the status: 12 there, 12 back with the delimiters.
  expect(link.roundTripMs).toBeCloseTo(20 - wire(12 + 12), 9);
});

test("commands that may change the flash are counted before they are sent; reads and acknowledgements are not", async () => {
  const { stub, link, run } = stubRig();
  await run(link.transmit(encodeReadAck(0x1000)));
  await run(link.readReg(REGISTER));
  expect(link.flashEpoch).toBe(0);
  stub.write = () => Promise.reject(new PlugsmithError("line-lost", { message: say`gone` }));
  await expect(run(link.send("eraseRegion", { at: 0, length: 0x1000 }))).rejects.toThrowError(code("line-lost"));
  expect(link.flashEpoch).toBe(1);
  stub.lose();
  expect(link.flashEpoch).toBe(2);
});

test("a data block carries its length and number", async () => {
  const { stub, link, run } = stubRig();
  const data = Uint8Array.of(1, 2, 3, 4, 5);
  await run(link.sendBlock("flashData", data, 9));
  expect([8, 12, 16, 20].map((at) => u32le(stub.frames[0]!, at))).toEqual([5, 9, 0, 0]);
  expect(toHex(stub.frames[0]!.subarray(24))).toBe("0102030405");
});
