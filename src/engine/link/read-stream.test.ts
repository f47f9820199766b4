import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { replyFrame, type ScriptedStub, type StubRig, stubRig } from "../../../test/support/scripted-stub.ts";
import { u32le } from "../../core/bytes.ts";
import { SlipDecoder } from "../../core/slip.ts";
import { codeLikeBytes } from "../../sim/bench/code-like-bytes.ts";
import { SeededRandom } from "../../sim/world/seeded-random.ts";
import { type ReadOutcome, readFlash, readFlashOnce } from "./read-stream.ts";

const AT = 0x3000;
const PACKET = 0x200;
const FLASH = codeLikeBytes(8 * PACKET, new SeededRandom(5));

interface Faults {
  /** Status of the reply to READ_FLASH. */
  status?: number;
  /** Index of a packet, and what is sent in its place; an empty one is not sent. */
  packet?: readonly [index: number, bytes: (packet: Uint8Array) => Uint8Array];
  /** What is sent in place of the MD5. */
  md5?: (md5: Uint8Array) => Uint8Array;
  /** ms before each packet. */
  latencyMs?: number;
}

interface ReadRig extends StubRig {
  /** What READ_FLASH asked for, acknowledged totals, and "stop", in order. */
  readonly asked: (number | string)[];
  readonly read: (length: number, enoughAfter?: number) => Promise<ReadOutcome>;
  readonly got: Uint8Array[];
  /** How many packets had arrived at each acknowledgement. */
  readonly gotWhenAcknowledged: number[];
}

/**
 * A stub that reads as Espressif's does: the next packet goes out when the last is acknowledged, any other frame ends the
 * stream, and the MD5 of what was sent follows (esp-flasher-stub, READ_FLASH).
 */
function rig(faults: Faults = {}): ReadRig {
  const made = stubRig();
  const { stub, link, run } = made;
  const asked: (number | string)[] = [];
  const gotWhenAcknowledged: number[] = [];
  const got: Uint8Array[] = [];
  let stream: { readonly length: number; sent: number; acknowledged: number } | undefined;
  const say = (bytes: Uint8Array): void => stub.say(bytes, faults.latencyMs ?? 0);
  const end = (): void => {
    const md5 = createHash("md5").update(FLASH.subarray(0, stream!.sent)).digest();
    stream = undefined;
    say(faults.md5?.(md5) ?? md5);
  };
  const next = (): void => {
    if (stream!.sent === stream!.length) {
      end();
      return;
    }
    const index = stream!.sent / PACKET;
    const packet = FLASH.slice(stream!.sent, Math.min(stream!.sent + PACKET, stream!.length));
    stream!.sent += packet.length;
    const bytes = faults.packet?.[0] === index ? faults.packet[1](packet) : packet;
    if (bytes.length > 0) say(bytes);
  };
  // What is answered at once would arrive inside the packet that is being answered.
  const afterwards = (act: () => void): void => void stub.clock.hostAt(stub.clock.now, act);
  const decoder = new SlipDecoder(
    {
      frame: (frame) => {
        if (stream === undefined) return;
        if (frame.length !== 4) {
          asked.push("stop");
          afterwards(end);
          return;
        }
        asked.push(u32le(frame, 0));
        gotWhenAcknowledged.push(got.length);
        stream.acknowledged = u32le(frame, 0);
        afterwards(() => {
          if (stream !== undefined && stream.acknowledged >= stream.sent) next();
        });
      },
    },
    0x1000,
  );
  const write = stub.write.bind(stub);
  stub.write = (bytes) => {
    if (stream === undefined) return write(bytes);
    decoder.push(bytes);
    return Promise.resolve();
  };
  stub.script = (name, frame) => {
    if (name !== "readFlash") return false;
    asked.push(...[8, 12, 16, 20].map((at) => u32le(frame, at)));
    stub.say(replyFrame("readFlash", { status: faults.status }));
    if (faults.status !== undefined) return true;
    stream = { length: u32le(frame, 12), sent: 0, acknowledged: 0 };
    afterwards(next);
    return true;
  };
  const read = (length: number, enoughAfter = Number.POSITIVE_INFINITY): Promise<ReadOutcome> =>
    run(
      readFlash(link, AT, length, (at, data) => {
        expect(at).toBe(AT + got.reduce((sum, part) => sum + part.length, 0));
        got.push(data);
        return got.length >= enoughAfter ? "enough" : "more";
      }),
    );
  return { ...made, asked, read, got, gotWhenAcknowledged };
}

const bytesOf = ({ got }: ReadRig): Uint8Array => Buffer.concat(got);
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes);
const synced = ({ asked }: ScriptedStub): boolean => asked.includes("sync");

describe("a stream that arrives whole", () => {
  test("its bytes come in order, and the stub's MD5 proves them", async () => {
    const made = rig();
    expect(await made.read(3 * PACKET + 100)).toEqual({ length: 3 * PACKET + 100, proven: true, trouble: undefined });
    expect(bytesOf(made)).toEqual(asBuffer(FLASH.subarray(0, 3 * PACKET + 100)));
  });

  test("packets of 512 bytes are asked for, and each is acknowledged once", async () => {
    const made = rig();
    await made.read(2 * PACKET + 16);
    // READ_FLASH: offset, length, packet, bytes in flight.
    expect(made.asked).toEqual([AT, 2 * PACKET + 16, PACKET, 8 * PACKET, PACKET, 2 * PACKET, 2 * PACKET + 16]);
  });

  test("our stub's packets are acknowledged as they begin, another tool's when they are whole", async () => {
    for (const [who, first] of [
      ["our-stub", 0],
      ["other-stub", 1],
    ] as const) {
      const made = rig();
      made.link.answering = who;
      expect((await made.read(2 * PACKET)).proven).toBe(true);
      expect(made.gotWhenAcknowledged[0]).toBe(first);
    }
  });

  test("the last bytes may be as many as an MD5 has", async () => {
    const made = rig();
    expect(await made.read(PACKET + 16)).toMatchObject({ length: PACKET + 16, proven: true });
  });

  test("frames that came before the stream are no part of it", async () => {
    const made = rig();
    await made.run(made.link.readReg(0x60000014));
    made.stub.say(replyFrame("readFlash", { status: 0xc4 }));
    expect((await made.read(PACKET)).proven).toBe(true);
  });
});

describe("a stream that is ended because nothing more is wanted", () => {
  test("a frame in place of an acknowledgement ends it, and what came by then is proven", async () => {
    const made = rig();
    const outcome = await made.read(8 * PACKET, 2);
    expect(outcome).toMatchObject({ proven: true, trouble: undefined });
    expect(outcome.length).toBeLessThanOrEqual(4 * PACKET);
    expect(made.asked.filter((each) => each === "stop")).toHaveLength(1);
    expect(made.asked.at(-1)).toBe("stop");
  });

  test("nothing needs to be ended where the last packet was enough", async () => {
    const made = rig();
    expect(await made.read(2 * PACKET, 2)).toMatchObject({ length: 2 * PACKET, proven: true });
    expect(made.asked).not.toContain("stop");
  });
});

describe("a stream with damage", () => {
  test("an MD5 that differs leaves the bytes unproven, without trouble", async () => {
    const made = rig({ packet: [1, (packet) => packet.with(7, packet[7]! ^ 1) as Uint8Array] });
    expect(await made.read(3 * PACKET)).toEqual({ length: 3 * PACKET, proven: false, trouble: undefined });
  });

  test.each<[string, Faults, number]>([
    ["a packet that is short", { packet: [1, (packet) => packet.subarray(1)] }, PACKET],
    ["a packet that does not come", { packet: [2, () => new Uint8Array(0)] }, 2 * PACKET],
    ["an MD5 that is short", { md5: (md5) => md5.subarray(1) }, 3 * PACKET],
    ["a command that the stub refuses", { status: 0xc4 }, 0],
  ])("%s ends the stream with what came before it, and the stub is called into step", async (_, faults, length) => {
    const made = rig(faults);
    const outcome = await made.read(3 * PACKET);
    expect(outcome).toMatchObject({ length, proven: false });
    expect(outcome.trouble).toBeDefined();
    expect(synced(made.stub)).toBe(true);
  });

  test("silence is noticed after 500 ms and two packets on the wire", async () => {
    const made = rig({ packet: [0, () => new Uint8Array(0)] });
    const recover = made.link.recover.bind(made.link);
    let noticed = 0;
    made.link.recover = (...args) => {
      noticed = made.stub.clock.now / 1000;
      return recover(...args);
    };
    await made.read(PACKET);
    expect(noticed).toBeCloseTo(500 + (2 * PACKET * 10_000) / 115_200, 3);
  });

  test("a packet that comes late but in time starts the wait again", async () => {
    const made = rig({ latencyMs: 400 });
    expect((await made.read(4 * PACKET)).proven).toBe(true);
  });

  test("a small range that is not proven is an error", async () => {
    const made = rig({ packet: [0, (packet) => packet.with(7, packet[7]! ^ 1) as Uint8Array] });
    await expect(made.run(readFlashOnce(made.link, AT, 64))).rejects.toMatchObject({ code: "bad-reply" });
    const sound = rig();
    expect(await sound.run(readFlashOnce(sound.link, AT, PACKET + 1))).toEqual(FLASH.slice(0, PACKET + 1));
  });
});

test("a stream of packets that are too long for their time is ended", async () => {
  const made = rig({ latencyMs: 580 });
  // Two exchanges, 300 ms for each packet, and four times the bytes' own time on the wire.
  const bound = 2 * 500 + 8 * 300 + (4 * 8 * PACKET * 10_000) / 115_200;
  const outcome = await made.read(8 * PACKET);
  expect(outcome).toMatchObject({
    proven: false,
    trouble: expect.anything(),
    length: PACKET * Math.floor(bound / 580),
  });
});

test("a lost line ends the stream as one", async () => {
  const made = rig({ latencyMs: 100 });
  made.stub.clock.hostAt(250_000, () => made.stub.lose());
  await expect(made.read(8 * PACKET)).rejects.toMatchObject({ code: "line-lost" });
  expect(made.stub.clock.now / 1000).toBe(250);
});
