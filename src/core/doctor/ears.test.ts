import { describe, expect, test } from "vitest";
import { Ears, type Sound } from "./ears.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Everything heard of a text that comes in pieces of this size, repetitions left out. */
function sounds(text: string, piece = text.length, sent = ""): string[] {
  const ears = new Ears();
  ears.sent(bytes(sent));
  const heard: string[] = [];
  for (let at = 0; at < text.length; at += piece) {
    for (const sound of ears.hear(bytes(text.slice(at, at + piece)), true)) {
      const word = wordOf(sound);
      if (word !== heard.at(-1)) heard.push(word);
    }
  }
  return heard;
}

function wordOf(sound: Sound): string {
  if (sound.kind === "loader") return `${sound.kind}: ${sound.name.split(",")[0]}${sound.failed ? ", in vain" : ""}`;
  if (sound.kind === "boot") return `boot ${sound.mode} after ${sound.cause}`;
  return "speaker" in sound && sound.speaker !== undefined ? `${sound.kind}: ${sound.speaker}` : sound.kind;
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
  ["babble", "\u00e0\u0012rb\u0000l|\u0002\f\u00ec".repeat(4), ["babble"]],
])("%s is heard for what it is, whole or in pieces of 8", (_, text, expected) => {
  expect(sounds(text)).toEqual(expected);
  expect(sounds(text, 8)).toEqual(expected);
});

describe("an echo", () => {
  // Like a SYNC: mostly 55h, with bytes that are no letters.
  const call = `\u0000\b$\u0000\u0000\u0000\u0000\u0000\u0007\u0007\u0012 ${"U".repeat(32)}`;

  test("is known by our own words, and its beginning is no babble", () => {
    expect(sounds(`\u00c0${call}\u00c0`.repeat(5), 3, call)).toEqual(["echo"]);
  });

  test("is listened for at rates where nobody is expected to talk, and nothing else is", () => {
    const ears = new Ears();
    ears.sent(bytes(call));
    expect(ears.hear(bytes("\u00e0\u0012rb\u0000l".repeat(9)), false)).toEqual([]);
    expect(ears.hear(bytes(call), false)).toEqual([{ kind: "echo" }]);
  });
});

test("every byte with one bit flipped, as without a common ground, is babble and no firmware", () => {
  const line = "00:00:00.001 WIF: Connecting to the access point in channel 6 as plug-1234\r\n".repeat(2);
  const flipped = Array.from(line, (letter, index) =>
    String.fromCharCode(letter.charCodeAt(0) ^ (1 << ((index * 5) % 8))),
  ).join("");
  expect(sounds(flipped)).toEqual(["babble"]);
});
