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

/** SET-DATASIZE, SET-PARITY, SET-STOPSIZE and SET-CONTROL with the values of RFC 2217, section 3: asked, answered. */
const SETTINGS: readonly [string, number, number, number][] = [
  ...[5, 6, 7, 8].map((bits): [string, number, number, number] => [`${bits} data bits`, 2, bits, bits]),
  ["no parity", 3, 1, 1],
  ["odd parity", 3, 2, 2],
  ["even parity", 3, 3, 3],
  ["mark parity", 3, 4, 4],
  ["space parity", 3, 5, 5],
  ["one stop bit", 4, 1, 1],
  ["two stop bits", 4, 2, 2],
  ["one and a half stop bits", 4, 3, 3],
  ["no flow control", 5, 1, 1],
  ["XON/XOFF", 5, 2, 2],
  ["RTS/CTS", 5, 3, 3],
  ["9 data bits, which there are not", 2, 9, 8],
  ["a parity beyond the list", 3, 6, 1],
  ["stop bits beyond the list", 4, 4, 1],
  ["outbound flow by DCD, which no adapter has", 5, 17, 1],
  ["the flow towards the client alone, which no adapter has", 5, 16, 14],
];
test.each(SETTINGS)("%s: answered with what is in force, and told again when asked", async (_, code, value, answer) => {
  const { rig, session, sent } = served(serveRfc2217);
  session.receive(command(code, value));
  await rig.wait(5);
  expect(sent()).toEqual([...command(code + 100, answer)]);
  session.receive(command(code, code === 5 && value === 16 ? 13 : 0));
  await rig.wait(5);
  expect(sent()).toEqual([...command(code + 100, answer)]);
});

test("settings that follow each other before the first is in force are all in force in the end, and gone with the client", async () => {
  const { rig, session } = served(serveRfc2217);
  for (const setting of [command(2, 7), command(3, 3), command(4, 2), command(5, 2)]) session.receive(setting);
  session.receive(bytes(0x41));
  await rig.wait(10);
  expect(rig.chip.received[0]).toMatchObject({ value: 0x41, format: { dataBits: 7, parity: "even", stopBits: 2 } });
  session.close();
  await rig.wait(10);
  const next = rig.bench.openLine();
  expect(next.format).toEqual({ dataBits: 8, parity: "none", stopBits: 1 });
  expect(next.flow).toBe("none");
});

test("a break holds the line low for as long as it lasts, whatever is sent meanwhile, and ends with the client", async () => {
  const { rig, session, sent } = served(serveRfc2217);
  session.receive(command(5, 5));
  await rig.wait(20);
  session.receive(command(5, 4));
  session.receive(bytes(0x55));
  await rig.wait(30);
  expect(rig.chip.received).toEqual([]);
  session.receive(command(5, 6));
  await rig.wait(5);
  session.receive(command(5, 4));
  expect(sent()).toEqual([...command(105, 5), ...command(105, 5), ...command(105, 6), ...command(105, 6)]);
  const [first] = rig.chip.received;
  expect(first!.value).toBe(-1);
  expect(10 * first!.bitTime).toBeCloseTo(50_000, -1);
  session.receive(command(5, 5));
  await rig.wait(20);
  session.close();
  await rig.wait(20);
  expect(rig.chip.received.map((byte) => byte.value)).toEqual([-1, -1]);
  expect(rig.bench.openLine().breaking).toBe(false);
});

test("with XON/XOFF the chip stops what is sent and has it go on; both characters are kept from the client", async () => {
  const { rig, session, sent } = served(serveRfc2217);
  session.receive(command(5, 2));
  await rig.wait(5);
  sent();
  rig.chip.send([0x41, 0x13], 115200);
  await rig.wait(5);
  session.receive(bytes(1, 2, 3));
  await rig.wait(50);
  expect(rig.chip.received).toEqual([]);
  rig.chip.send([0x11, 0x42], 115200);
  await rig.wait(5);
  expect(rig.chip.received.map((byte) => byte.value)).toEqual([1, 2, 3]);
  expect(sent()).toEqual([0x41, 0x42]);
});

/** A purge's values in RFC 2217: 1 what was received, 2 what is to be sent, 3 both. */
test.each([
  [1, false],
  [2, true],
  [3, true],
])("PURGE-DATA %i is answered at once, and whether what waits to be sent is thrown away: %s", async (what, emptied) => {
  const { rig, session, sent } = served(serveRfc2217);
  session.receive(command(1, 0, 0, 0x4b, 0)); // 19200 baud: 200 kB take 104 s
  await rig.wait(5);
  session.receive(new Uint8Array(200_000).fill(0x55));
  await rig.wait(10);
  sent();
  session.receive(command(12, what));
  expect(sent()).toEqual([...command(112, what)]);
  session.receive(command(1, 0, 1, 0xc2, 0));
  await rig.wait(1000);
  expect(sent()).toEqual(emptied ? [...command(101, 0, 1, 0xc2, 0)] : []);
  expect(rig.chip.received.every((byte) => byte.value === 0x55)).toBe(true);
  expect(rig.chip.received.length < 100).toBe(emptied);
});

/** What a client can leave behind it: rate, bytes. */
test.each([
  [1, 100],
  [110, 600],
  [115_200, 200_000],
  [9600, 5],
])("a client that leaves %i baud and %i bytes behind does not keep the next one waiting", async (baud, count) => {
  const { rig, session } = served(serveRfc2217);
  session.receive(command(1, ...new Uint8Array(Uint32Array.of(baud).buffer).reverse()));
  await rig.wait(5);
  session.receive(new Uint8Array(count).fill(0x55));
  session.receive(command(5, 5));
  session.close();
  const got: number[] = [];
  const next = serveRfc2217(rig.bench.openLine(), { send: (chunk) => got.push(...chunk), end: () => {} });
  next.receive(command(1, 0, 1, 0xc2, 0));
  const before = rig.clock.now;
  while (got.length === 0 && rig.clock.now < before + 2e6) await rig.wait(10);
  expect(rig.clock.now - before).toBeLessThan(1e6);
  expect(got).toEqual([...command(101, 0, 1, 0xc2, 0)]);
  next.receive(bytes(0xaa));
  await rig.wait(10);
  expect(rig.chip.received.at(-1)).toMatchObject({ value: 0xaa, bitTime: 1e6 / 115_200 });
  // Five bytes had the time to leave: what a program writes last is not lost because it closes the port.
  if (count === 5) expect(rig.chip.received.filter((byte) => byte.value === 0x55).length).toBe(5);
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

test("a client that stays suspended loses what is beyond 64 KiB, not the memory of this process", async () => {
  const { rig, session, sent } = served(serveRfc2217);
  session.receive(command(8));
  rig.chip.send(new Array<number>(70_000).fill(7), 2_000_000);
  session.receive(command(1, 0, 0x1e, 0x84, 0x80));
  await rig.wait(1000);
  sent();
  session.receive(command(9));
  expect(Math.abs(sent().length - 65_536)).toBeLessThan(100);
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
  rig.bench.actions.pullAdapterOut();
  await rig.wait(1);
  expect(ended()).toBe(true);
});
