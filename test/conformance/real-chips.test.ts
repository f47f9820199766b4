/**
 * What real chips said, played on the virtual one: boot texts and traces of the boot ROM that people posted. Each row of
 * test/fixtures/real-chips names its place; the README there says what the fields mean.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ResetCause } from "../../src/sim/board/firmware.ts";
import { callRom, checksum, chipRig, exchange, packet, type Rig, words } from "../support/chip-rig.ts";
import { readStub } from "../support/stub-session.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/real-chips");
const rows = <T>(name: string): T[] =>
  readFileSync(join(FOLDER, name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as T);

interface BootText {
  readonly source: string;
  readonly text: string;
  /** Address in hexadecimal digits, length, checksum after it; null where the post ends before. */
  readonly loads: readonly (readonly [string, number, string | null])[];
  readonly csumErr: boolean;
  readonly partial?: "start" | "end" | undefined;
}

/** J to itself. */
const LOOP = [0x06, 0xff, 0xff, 0];

/** An image whose segments have these addresses, lengths and checksums; what they hold otherwise does not matter. */
function imageOf({ loads, csumErr }: BootText): Uint8Array {
  const entry = loads.find(([address]) => address.startsWith("401"))?.[0] ?? "40100000";
  const out = [0xe9, loads.length, 0, 0, ...words(Number.parseInt(entry, 16))];
  let before = 0xef;
  for (const [address, length, printed] of loads) {
    const wanted = printed === null ? before : Number.parseInt(printed, 16);
    out.push(...words(Number.parseInt(address, 16), length));
    const bytes = new Array<number>(length).fill(0);
    if (address === entry && length > LOOP.length) bytes.splice(0, LOOP.length, ...LOOP);
    if (length > 0) bytes[length - 1] = bytes.reduce((sum, byte) => sum ^ byte, before ^ wanted);
    out.push(...bytes);
    before = wanted;
  }
  while (out.length % 16 !== 15) out.push(0);
  return Uint8Array.from([...out, csumErr ? 0 : before]);
}

/** Line ends, blanks at the ends of lines and empty lines do not survive every forum. */
const comparable = (text: string): string =>
  text
    .replaceAll("\r", "")
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .join("\n");

const HEADER = /rst cause:(\d), boot mode:\((\d),(\d)\)/g;

/** Boots the chip as each of the text's headers says. */
function bootAs(row: BootText): string {
  const headers = [...row.text.matchAll(HEADER)];
  if (headers.length === 0) headers.push(/(2)(3)(6)/.exec("236")! as RegExpExecArray);
  const [, , , upper] = headers[0]!;
  const rig = chipRig({
    upperStraps: Number(upper),
    flash: { contents: row.loads.length === 0 ? new Uint8Array(16) : imageOf(row) },
  });
  let text = "";
  for (const [, cause, mode] of headers) {
    for (const [gpio, bit] of [
      [15, 4],
      [0, 2],
      [2, 1],
    ] as const) {
      rig.chip.holdPin(gpio, (Number(mode) & bit) === 0 ? 0 : 1);
    }
    // Straps are sampled as the reset pin rises; the other causes keep them.
    rig.chip.setReset(0);
    rig.chip.setReset(1);
    rig.chip.reset(Number(cause) as ResetCause);
    rig.take();
    rig.pass(1500);
    text += rig.text();
  }
  return text;
}

describe("boot texts", () => {
  const texts = rows<BootText>("boot-texts.jsonl");

  test.each(texts.map((row) => [`${row.source}: ${row.text.match(/mode:\(.*?\)/)?.[0] ?? ""}`, row] as const))(
    "the virtual chip prints the boot text %s",
    (_, row) => {
      const [reported, heard] = [comparable(row.text), comparable(bootAs(row))];
      if (row.partial === "end") expect(heard.slice(0, reported.length)).toBe(reported);
      else if (row.partial === "start") expect(heard.slice(-reported.length)).toBe(reported);
      else expect(heard).toBe(reported);
    },
  );

  test("with another image, strap or cause the virtual chip prints another text", () => {
    const row = texts.find(({ source }) => source === "andrei7c4/weatherdisplay#4")!;
    const [[address, length, sum], ...others] = row.loads as [BootText["loads"][number], ...BootText["loads"]];
    expect(comparable(bootAs({ ...row, loads: [[address, length + 4, sum], ...others] }))).not.toBe(
      comparable(row.text),
    );
    expect(comparable(bootAs({ ...row, csumErr: true }))).not.toBe(comparable(row.text));
  });
});

interface Trace {
  readonly id: string;
  readonly source: string;
  readonly baud: number;
  readonly efuses?: [number, number, number, number] | undefined;
  readonly state: "off" | "booted" | "connected";
  readonly sequence: readonly (readonly ["host" | "chip", string])[];
}

const UART_DIVIDER = 0x60000014;
const bytesOf = (hex: string): number[] => [...Buffer.from(hex, "hex")];

/** The stub of another version stands for the one that was uploaded. */
const STUB = readStub("legacy");

function uploaded(rig: Rig): string {
  let last = "";
  for (const [start, bytes] of [
    [STUB.textStart, STUB.text],
    [STUB.dataStart, STUB.data],
  ] as const) {
    exchange(rig, packet(5, words(bytes.length, Math.ceil(bytes.length / 0x1800), 0x1800, start)));
    for (let i = 0; i * 0x1800 < bytes.length; i++) {
      const block = bytes.subarray(i * 0x1800, (i + 1) * 0x1800);
      last = exchange(rig, packet(7, [...words(block.length, i, 0, 0), ...block], checksum(block)), 800);
    }
  }
  return last;
}

function ask(rig: Rig, hex: string, baud: number): string {
  if (hex === "MEM_DATA") return uploaded(rig);
  if (hex === "MEM_END") return exchange(rig, packet(6, words(0, STUB.entry)), 200);
  return exchange(rig, bytesOf(hex), 200 + (1e4 * hex.length) / baud);
}

/** The first 15 bytes that the chip of issue 620 sent of its flash. */
const IMAGE_HEAD = "e90304e215104000001040200a0000";

test.each(rows<Trace>("rom-traces.jsonl").map((row) => [`${row.id} (${row.source})`, row] as const))(
  "%s: the virtual chip gives the same answers",
  (_, { baud, efuses, state, sequence }) => {
    const rig = chipRig({
      gpio0: 0,
      baud,
      flash: { contents: Uint8Array.from(bytesOf(IMAGE_HEAD)) },
      efuses,
    });
    if (state !== "off") rig.pass(50);
    if (state === "connected") {
      callRom(rig);
      rig.pass(200);
      rig.take();
    } else if (state === "booted") rig.take();
    for (let i = 0; i < sequence.length; i++) {
      const [direction, hex] = sequence[i]!;
      if (direction === "chip") {
        rig.pass(50);
        expect(rig.hex().slice(0, hex.length)).toBe(hex);
        continue;
      }
      const answered = ask(rig, hex, baud);
      const [, reported] = sequence[++i]!;
      if (reported === "") expect(answered).toBe("");
      else if (bytesOf(hex).length === 14 && Buffer.from(hex, "hex").readUInt32LE(9) === UART_DIVIDER) {
        const divider = (text: string): number => Buffer.from(text, "hex").readUInt32LE(5);
        // It follows the clock of the host's adapter, which was off by so much.
        expect(Math.abs(divider(answered) / divider(reported) - 1)).toBeLessThan(0.005);
      } else expect(answered.slice(0, reported.length)).toBe(reported);
    }
  },
);
