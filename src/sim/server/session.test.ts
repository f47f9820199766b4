import { expect, test } from "vitest";
import { type Rig, rig } from "../../../test/support/bench-rig.ts";
import { serveRfc2217 } from "./rfc2217-session.ts";
import { type ServedSession, serveRaw } from "./session.ts";

function served(
  serve: typeof serveRfc2217,
  options: Parameters<typeof rig>[0] = {},
): { rig: Rig; session: ServedSession; sent: () => number[]; ended: () => boolean } {
  const made = rig(options);
  const got: number[] = [];
  let over = false;
  const session = serve(made.bench.openLine(), {
    send: (bytes) => got.push(...bytes),
    end: () => {
      over = true;
    },
  });
  return { rig: made, session, sent: () => got.splice(0), ended: () => over };
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
/** A COM port command as RFC 2217 frames it. */
const command = (...body: number[]): Uint8Array => bytes(255, 250, 44, ...body, 255, 240);

test("options are agreed once: binary, suppress-go-ahead and com-port yes, the rest no", () => {
  const { session, sent } = served(serveRfc2217);
  session.receive(bytes(255, 251, 44, 255, 253, 44, 255, 253, 0, 255, 253, 1, 255, 251, 24));
  expect(sent()).toEqual([255, 253, 44, 255, 251, 44, 255, 251, 0, 255, 252, 1, 255, 254, 24]);
  session.receive(bytes(255, 251, 44, 255, 253, 44));
  expect(sent()).toEqual([]);
  session.receive(bytes(255, 254, 44));
  expect(sent()).toEqual([255, 252, 44]);
});

test("the baud rate is answered when it is in force, with the rate that is", async () => {
  const { rig, session, sent } = served(serveRfc2217);
  session.receive(command(1, 0, 1, 0x24, 0xf8));
  expect(sent()).toEqual([]);
  await rig.wait(5);
  expect(rig.bench.line.baud).toBe(74_999 + 1);
  expect(sent()).toEqual([...command(101, 0, 1, 0x24, 0xf8)]);
  session.receive(command(1, 0, 0, 0, 0));
  expect(sent()).toEqual([...command(101, 0, 1, 0x24, 0xf8)]);
});

test("data passes both ways with 255 doubled on the telnet side only, however it is split", async () => {
  const { rig, session, sent } = served(serveRfc2217);
  session.receive(bytes(1, 255));
  session.receive(bytes(255, 2, 255, 250, 44, 5));
  session.receive(bytes(7, 255, 240, 3));
  await rig.wait(5);
  expect(rig.chip.received.map((byte) => byte.value)).toEqual([1, 255, 2, 3]);
  expect(sent()).toEqual([...command(105, 9)]);
  rig.chip.send([7, 255, 8], 115200);
  await rig.wait(5);
  expect(sent()).toEqual([7, 255, 255, 8]);
});

test("DTR and RTS reach EN and GPIO0, and are let go when the client leaves", async () => {
  const { rig, session, sent } = served(serveRfc2217, { wiring: { autoReset: "direct" } });
  session.receive(command(5, 8));
  session.receive(command(5, 11));
  await rig.wait(5);
  expect(sent()).toEqual([...command(105, 8), ...command(105, 11)]);
  expect(rig.chip.pins.at(-1)).toBe("reset 0");
  session.close();
  await rig.wait(20);
  expect(rig.chip.pins.slice(-2)).toEqual(["reset 1", "boot with gpio0 1"]);
});

test("what the line cannot do is answered with what it does: 8 bits, no parity, one stop bit, no flow control", () => {
  const { session, sent } = served(serveRfc2217);
  session.receive(command(2, 7));
  session.receive(command(3, 2));
  session.receive(command(4, 2));
  session.receive(command(5, 3));
  session.receive(command(5, 16));
  expect(sent()).toEqual([
    ...command(102, 8),
    ...command(103, 1),
    ...command(104, 1),
    ...command(105, 1),
    ...command(105, 14),
  ]);
});

test("a suspended client gets its bytes when it resumes, unless it purges them", async () => {
  const { rig, session, sent } = served(serveRfc2217);
  session.receive(command(8));
  rig.chip.send([1, 2], 115200);
  await rig.wait(5);
  expect(sent()).toEqual([]);
  session.receive(command(9));
  expect(sent()).toEqual([1, 2]);
  session.receive(command(8));
  rig.chip.send([3], 115200);
  await rig.wait(5);
  session.receive(command(12, 1));
  session.receive(command(9));
  expect(sent()).toEqual([...command(112, 1)]);
});

test("a command without end is cut off, and the next one is understood", () => {
  const { session, sent } = served(serveRfc2217);
  session.receive(bytes(255, 250, 44));
  for (let i = 0; i < 100; i++) session.receive(new Uint8Array(10_000));
  session.receive(bytes(255, 240));
  session.receive(command(5, 7));
  expect(sent()).toEqual([...command(105, 9)]);
});

test("raw: bytes and nothing else, and the connection ends with the adapter", async () => {
  const { rig, session, sent, ended } = served(serveRaw);
  session.receive(bytes(255, 253, 44));
  rig.chip.send([255], 115200);
  await rig.wait(5);
  expect(rig.chip.received.map((byte) => byte.value)).toEqual([255, 253, 44]);
  expect(sent()).toEqual([255]);
  rig.bench.hands.pullAdapterOut();
  await rig.wait(1);
  expect(ended()).toBe(true);
});
