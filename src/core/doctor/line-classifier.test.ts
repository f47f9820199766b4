import { describe, expect, test } from "vitest";
import { type Classification, LineClassifier } from "./line-classifier.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Everything heard of a text that comes in pieces of this size, repetitions left out. */
function classified(text: string, piece = text.length, sent = ""): string[] {
  const classifier = new LineClassifier();
  classifier.sent(bytes(sent));
  const heard: string[] = [];
  for (let at = 0; at < text.length; at += piece) {
    for (const classification of classifier.classify(bytes(text.slice(at, at + piece)), true)) {
      const word = wordOf(classification);
      if (word !== heard.at(-1)) heard.push(word);
    }
  }
  return heard;
}

function wordOf(classification: Classification): string {
  if (classification.kind === "loader")
    return `${classification.kind}: ${classification.name.split(",")[0]}${classification.failed ? ", in vain" : ""}`;
  if (classification.kind === "boot") return `boot ${classification.mode} after ${classification.cause}`;
  if (classification.kind === "crash") return `crash: ${classification.exception ?? "of no number"}`;
  return "speaker" in classification && classification.speaker !== undefined
    ? `${classification.kind}: ${classification.speaker}`
    : classification.kind;
}

const BOOT = "\r\n ets Jan  8 2013,rst cause:2, boot mode:(3,6)\r\n\r\n";
const EBOOT = "load 0x4010f000, len 3584, room 16 \r\ntail 0\r\nchksum 0xb0\r\ncsum 0xb0\r\nv3969889e\r\n~ld\r\n";

test.each([
  ["boot text", BOOT, ["boot 3 after 2"]],
  [
    "boot text and the second stage's, which are no firmware",
    BOOT + EBOOT,
    ["boot 3 after 2", "load", "loader: eboot"],
  ],
  ["download mode", BOOT.replace("(3,6)", "(1,7)"), ["boot 1 after 2"]],
  [
    "a watchdog's reset",
    `${BOOT.replace("cause:2", "cause:4")}wdt reset\r\n${EBOOT}`,
    ["boot 3 after 4", "load", "loader: eboot"],
  ],
  ["Tasmota", "00:00:00.001 Project tasmota - Tasmota Version 15.2.0\r\n", ["text: Tasmota"]],
  ["Tasmota's later lines", "00:00:12.345 MQT: Attempting connection to the broker\r\n", ["text: Tasmota"]],
  ["Tuya", "[01-01 00:00:00 TUYA Notice][tuya_device.c:155] key:14\r\n", ["text: the vendor's (Tuya)"]],
  ["any other firmware", "SDK ver: 2.2.1 compiled @ Jan 2019, starting station\r\n", ["text"]],
  ["a Realtek chip", "ROM:[V0.1]\r\nFLASHRATE:4\r\n", ["other-chip: A Realtek chip (RTL87xx)"]],
  ["a later Realtek chip", "== Rtl8710c IoT Platform ==\r\n", ["other-chip: A Realtek chip (RTL87xx)"]],
  ["a Beken chip", "V:BK7231S_1.0.5\r\nCPSR:000000D3\r\n", ["other-chip: A Beken chip (BK7231)"]],
  ["a Winner Micro chip", "secboot running...\r\nCCCC", ["other-chip: A Winner Micro chip (W600 or W800)"]],
  ["an ESP32", "rst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT)\r\n", ["other-chip: An ESP32"]],
  ["a glitch at power-up", "\u0000\u00ff\u0080", []],
  ["garbage", "\u00e0\u0012rb\u0000l|\u0002\f\u00ec".repeat(4), ["garbage"]],
])("%s is classified, whole or in chunks of 8", (_, text, expected) => {
  expect(classified(text)).toEqual(expected);
  expect(classified(text, 8)).toEqual(expected);
});

describe("an echo", () => {
  // Like a SYNC: mostly 55h, with bytes that are no letters.
  const call = `\u0000\b$\u0000\u0000\u0000\u0000\u0000\u0007\u0007\u0012 ${"U".repeat(32)}`;

  test("an echo is recognised by the sent bytes, and its beginning is not garbage", () => {
    expect(classified(`\u00c0${call}\u00c0`.repeat(5), 3, call)).toEqual(["echo"]);
  });

  test("at rates without an expected speaker only an echo is recognised", () => {
    const classifier = new LineClassifier();
    classifier.sent(bytes(call));
    expect(classifier.classify(bytes("\u00e0\u0012rb\u0000l".repeat(9)), false)).toEqual([]);
    expect(classifier.classify(bytes(call), false)).toEqual([{ kind: "echo" }]);
  });
});

test("every byte with one bit flipped, as without a common ground, is garbage and no firmware", () => {
  const line = "00:00:00.001 WIF: Connecting to the access point in channel 6 as plug-1234\r\n".repeat(2);
  const flipped = Array.from(line, (letter, index) =>
    String.fromCharCode(letter.charCodeAt(0) ^ (1 << ((index * 5) % 8))),
  ).join("");
  expect(classified(flipped)).toEqual(["garbage"]);
});

/** Lines as people posted them; the issues are named in boot-words.ts. */
test.each([
  ["no image in flash mode", "ets_main.c 181 \r\n", ["nothing-to-start"]],
  ["a wrong checksum", "csum err\r\nets_main.c\r\n", ["nothing-to-start"]],
  [
    "GPIO15 high",
    "ets Jan  8 2013,rst cause:2, boot mode:(7,7)\r\nwaiting for host\r\n",
    ["boot 7 after 2", "waits-for-host"],
  ],
  [
    "an image with a segment in no memory, as erased flash yields",
    "load 0xffffffff, len 4, room 16\r\n",
    ["nothing-to-start"],
  ],
  ["an image whose first segment is a register's", "load 0x60000108, len 4, room 8\r\n", ["load"]],
  ["a segment for data RAM", "load 0x3ffe8000, len 16, room 12\r\n", ["load"]],
  ["rBoot", "rBoot v1.4.2 - richardaburton@gmail.com\r\n", ["loader: rBoot"]],
  ["rBoot without a usable image", "No good rom available.\r\n", ["loader: rBoot, in vain"]],
  ["Espressif's loader", "2nd boot version : 1.6\r\n", ["loader: Espressif's boot loader"]],
  ["Espressif's loader without an image", "backup boot failed.\r\n", ["loader: Espressif's boot loader, in vain"]],
  ["eboot that fails to copy", "e:4\r\n", ["loader: eboot, in vain"]],
  ["a crash's head", "Exception (28):\r\n", ["crash: Exception 28 (read from an address without memory)"]],
  ["a crash's registers", "epc1=0x40201234 epc2=0x00000000 epc3=0x00000000\r\n", ["crash: of no number"]],
  ["a crash's stack", ">>>stack>>>\r\n", ["crash: of no number"]],
  ["a software watchdog", "Soft WDT reset\r\n", ["crash: of no number"]],
  ["an exception without a name", "Fatal exception (17):\r\n", ["crash: Exception 17"]],
  ["the SDK alone", "rf cal sector: 251\r\nrf[112] : 00\r\n", ["text: Espressif's SDK"]],
])("%s is classified by its own text", (_, text, expected) => {
  expect(classified(text)).toEqual(expected);
});

/** Tensilica, Xtensa ISA reference, table "Exception Causes" (EXCCAUSE). */
test.each([
  [0, /illegal instruction/],
  [2, /fetched/],
  [3, /load or store/],
  [4, /interrupt/],
  [6, /division by zero/],
  [9, /unaligned/],
  [20, /fetched/],
  [28, /read/],
  [29, /write/],
])("exception %i is explained as %s", (number, words) => {
  expect(classified(`Exception (${number}):\r\n`)[0]).toMatch(words);
});

test("a few damaged letters are no garbage, many are", () => {
  const odd = (count: number): string => "\u0001".repeat(count) + "a".repeat(100 - count);
  expect(classified("a".repeat(40) + odd(3))).toEqual([]);
  // 64 bytes are judged; of so many a tenth may be damaged.
  expect(classified(`${"a".repeat(58)}${"\u0001".repeat(6)}`)).toEqual([]);
  expect(classified(`${"a".repeat(57)}${"\u0001".repeat(7)}`)).toEqual(["garbage"]);
});

test("less than 24 bytes are no garbage, and of less than 40 a quarter may be damaged", () => {
  expect(classified("\u0001".repeat(23))).toEqual([]);
  expect(classified("\u0001".repeat(24))).toEqual(["garbage"]);
  expect(classified(`${"a".repeat(24)}${"\u0001".repeat(8)}`)).toEqual([]);
  expect(classified(`${"a".repeat(23)}${"\u0001".repeat(9)}`)).toEqual(["garbage"]);
});

test("text of 40 letters is a firmware's, and of 20 once the chip was understood", () => {
  // A line counts with its end.
  expect(classified(`${"x".repeat(38)}\r\n`)).toEqual([]);
  expect(classified(`${"x".repeat(39)}\r\n`)).toEqual(["text"]);
  expect(classified(`${BOOT}${"x".repeat(18)}\r\n`)).toEqual(["boot 3 after 2"]);
  expect(classified(`${BOOT}${"x".repeat(19)}\r\n`)).toEqual(["boot 3 after 2", "text"]);
});

test("the plain letters from space to tilde, line ends, tabs and escape are no damage", () => {
  expect(classified(" ~\r\n\t\u001b".repeat(12))).not.toContain("garbage");
  expect(classified("\u001f".repeat(30))).toEqual(["garbage"]);
  expect(classified("\u007f".repeat(30))).toEqual(["garbage"]);
});

test("after an echo nothing of it is left to be misread", () => {
  const classifier = new LineClassifier();
  classifier.sent(bytes("\u0001\u0002\u0003\u0004"));
  expect(classifier.classify(bytes(`${"\u0005".repeat(20)}\u0001\u0002\u0003\u0004`), true)).toEqual([
    { kind: "echo" },
  ]);
  expect(classifier.classify(bytes("\u0005".repeat(20)), true)).toEqual([]);
});

test("a change of the rate forgets what was heard", () => {
  const classifier = new LineClassifier();
  classifier.classify(bytes("\u0001".repeat(20)), true);
  classifier.baudChanged();
  expect(classifier.classify(bytes("\u0001".repeat(20)), true)).toEqual([]);
});
