/**
 * The verdict on an image against what the virtual chip does with it: each row is written to a flash, the chip is
 * powered up, and what it prints tells whether the program ran. The same rows gave the same results with a boot ROM read
 * out of a chip and with the Arduino core's eboot in place of this project's own (neither may be passed on).
 */
import { describe, expect, test } from "vitest";
import { chipRig } from "../../../test/support/chip-rig.ts";
import {
  flashProgram,
  LOADER_CODE,
  type TestHeader,
  type TestSegment,
  testPart,
  withLoader,
} from "../../../test/support/test-image.ts";
import { greetingProgram, type Program } from "../../sim/bench/greeting-program.ts";
import { isPlugsmithError } from "../errors.ts";
import { inspectImage } from "./inspect.ts";

const TEXT = "the program runs";
const DATA = 0x3ffe8000;
const CODE = 0x40100000;
const FLASH = 0x40200000;
const MIB = 0x100000;

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array((bytes.length + 3) & ~3);
  whole.set(bytes);
  return whole;
}

function segmentsOf({ segments }: Program): TestSegment[] {
  return segments.map(({ address, bytes }) => ({ address, bytes: padded(bytes) }));
}

const program = greetingProgram(TEXT);
const [code, text] = segmentsOf(program) as [TestSegment, TestSegment];
const { entry } = program;
const some = (address: number, length = 16): TestSegment => ({ address, bytes: new Uint8Array(length).fill(0x5a) });

function part(
  before: readonly TestSegment[],
  after: readonly TestSegment[],
  header: Partial<TestHeader> = {},
): Uint8Array {
  return testPart([...before, code, text, ...after], { entry, ...header });
}

function placed(places: { readonly code?: number; readonly text?: number }): Uint8Array {
  const moved = greetingProgram(TEXT, places);
  return testPart(segmentsOf(moved), { entry: moved.entry });
}

/** By itself at 0, in a file as long as real ones are. */
function alone(image: Uint8Array): Uint8Array {
  const file = new Uint8Array(0x2000).fill(0xff);
  file.set(image);
  return file;
}

function boots(file: Uint8Array): boolean {
  const contents = new Uint8Array(MIB).fill(0xff);
  contents.set(file);
  const rig = chipRig({ flash: { contents } });
  rig.pass(150);
  return rig.text().includes(TEXT);
}

function verdict(file: Uint8Array): string {
  try {
    inspectImage(file, MIB);
    return "boots";
  } catch (error) {
    if (isPlugsmithError(error, "bad-image")) return error.message;
    throw error;
  }
}

/** Image, and what is said of it where it does not boot. */
type Row = readonly [name: string, image: Uint8Array, refused: RegExp | undefined];

function agree(file: Uint8Array, refused: RegExp | undefined): void {
  const said = verdict(file);
  expect([said === "boots", said]).toEqual([
    boots(file),
    refused === undefined ? "boots" : expect.stringMatching(refused),
  ]);
}

/** What holds for the boot ROM and for the second stage alike. */
const either: readonly Row[] = [
  ["a plain program", part([], []), undefined],
  [
    "more segments than esptool writes",
    part(
      [],
      Array.from({ length: 15 }, (_, i) => some(DATA + 0x1000 + 32 * i)),
    ),
    undefined,
  ],
  ["an empty segment for address 0", part([], [{ address: 0, bytes: [] }]), undefined],
  ["the same bytes twice", part([text], [code]), undefined],
  ["text in the last word of data RAM", placed({ text: 0x3fffbfec }), undefined],
  ["any flash mode, size and frequency", part([], [], { flashMode: 7, flashSizeAndSpeed: 0x15 }), undefined],
  ["entry 0", part([], [], { entry: 0 }), /entered at 0x0/],
  ["an entry behind the code", part([], [], { entry: CODE + 0x4000 }), /entered at 0x40104000/],
  ["an entry in data", part([], [], { entry: DATA }), /entered at 0x3ffe8000/],
  ["an entry in the mapped flash", part([], [], { entry: FLASH + 0x1010 }), /entered at 0x40201010/],
  ["an entry in the ROM", part([], [], { entry: 0x40000080 }), /entered at 0x40000080/],
  ["no segments", testPart([], { entry }), /entered at/],
  ["only empty segments", testPart([{ address: CODE, bytes: [] }], { entry: CODE }), /entered at/],
  ["a segment for address 0", part([some(0)], []), /no memory/],
  ["the text where there is no memory", placed({ text: 0x3ffe0000 }), /no memory/],
  ["the text far from any memory", placed({ text: 0x20000000 }), /no memory/],
  ["the text in the ROM", placed({ text: 0x40002000 }), /no memory|does not load/],
  ["the text in a register", placed({ text: 0x60000900 }), /no memory/],
  ["the code in data RAM", placed({ code: DATA + 0x1000 }), /entered at/],
  ["the code behind instruction RAM", placed({ code: 0x40110000 }), /no memory/],
  ["the code running out of instruction RAM", placed({ code: 0x4010ffe0 }), /runs out of its memory|does not load/],
  ["an address beside a word in data RAM", part([some(DATA + 0x1002)], []), /not a multiple of 4/],
  ["an address beside a word in instruction RAM", part([some(CODE + 0x1001)], []), /not a multiple of 4/],
  ["text written over", part([], [some(DATA + 4, 4)]), /two segments for 0x3ffe8004/],
  ["code written over", part([], [some(CODE + 16, 8)]), /two segments for 0x40100010/],
  ["a segment longer than the file", part([], [{ ...some(DATA + 0x1000), claimed: MIB }]), /cut off/],
  ["fewer segments than it claims", part([], [], { count: 9 }), /cut off|segment|checksum/],
];

describe("the boot ROM and the part at 0", () => {
  const rows: readonly Row[] = [
    ...either,
    ["a rest of a word at the end of data", part([], [some(DATA + 0x1000, 5)]), undefined],
    ["code up to where boot loaders run", placed({ code: 0x4010efc4 }), undefined],
    ["a rest of a word in instruction RAM", part([], [some(CODE + 0x1000, 6)]), /length is not a multiple of 4/],
    ["a rest of a word before another segment", part([some(DATA + 0x1000, 6)], []), /length is not a multiple of 4/],
    ["a segment for the mapped flash", part([some(FLASH + 0x1010)], []), /mapped flash/],
    ["a segment for the ROM", part([some(0x40001000)], []), /no memory/],
    ["the ROM's flash description", part([some(0x3fffc700, 64)], []), /boot ROM's own memory/],
    ["the ROM's stack", part([some(0x3fffff80, 0x70)], []), /boot ROM's own memory/],
    ["from the program's memory into the ROM's", part([some(0x3fffbff0, 0x1000)], []), /boot ROM's own memory/],
    ["a segment of 4 GiB", part([], [{ ...some(DATA + 0x1000), claimed: 0xfffffff0 }]), /cut off/],
    ["a wrong checksum", part([], [], { spoil: 1 }), /checksum/],
    ["another magic", part([], [], { magic: 0xea }), /does not begin|EA/],
  ];
  test.each(rows)("%s", (_, image, refused) => {
    agree(alone(image), refused);
  });
});

describe("a second-stage loader and the application at 0x1000", () => {
  const inFlash = (at: number): Uint8Array => {
    const { entry: start, segments } = flashProgram(TEXT, at);
    return testPart(
      segments.map(({ address, bytes }) => ({ address, bytes: padded(bytes) })),
      { entry: start },
    );
  };
  const rows: readonly Row[] = [
    ...either,
    ["code in the mapped flash, where it lies", inFlash(FLASH + 0x1010), undefined],
    ["any length", part([some(DATA + 0x1000, 5)], [some(CODE + 0x1000, 6)]), undefined],
    ["code up to the end of what it loads", placed({ code: 0x4010bfc4 }), undefined],
    ["code in the mapped flash, linked for elsewhere", inFlash(FLASH + 0x2010), /mapped to 0x40201010/],
    ["code in the mapped flash, linked beside it", inFlash(FLASH + 0x1014), /mapped to 0x40201010/],
    ["code where the loader loads nothing", placed({ code: 0x4010c000 }), /does not load/],
    ["code where the loader runs", placed({ code: LOADER_CODE }), /does not load/],
    ["a segment that reaches the loader", part([some(0x4010bff0, 0x3080)], []), /overwrites the boot loader/],
  ];
  test.each(rows)("%s", (_, image, refused) => {
    agree(withLoader(image), refused);
  });

  test("without an application it starts nothing, whatever else lies at 0x1000", () => {
    for (const at1000 of [new Uint8Array(0x1000).fill(0xff), new Uint8Array(0x1000), part([], [], { magic: 0x1f })]) {
      const file = new Uint8Array(0x4000).fill(0xff);
      file.set(withLoader(at1000));
      expect(verdict(file)).toMatch(/looks for an application at 0x1000, and there is none/);
    }
  });
});

test("damage is refused although the second stage, which checks nothing, starts what is left", () => {
  const damaged = withLoader(part([], [], { spoil: 1 }));
  expect(boots(damaged)).toBe(true);
  expect(verdict(damaged)).toMatch(/the checksum of its application at 0x1000 is wrong/);
});
