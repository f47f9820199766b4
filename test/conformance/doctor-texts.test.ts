/**
 * What the doctor says of boot texts, boot loaders' lines, exception dumps and the SDK's lines: the posted texts of
 * test/fixtures/real-chips, and others of the kind written from public descriptions. In whatever pieces a text arrives,
 * the finding is the same.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BOOT_TEXT_BAUD, DiagnosisState } from "../../src/core/doctor/diagnosis-state.ts";
import type { Finding } from "../../src/core/doctor/finding.ts";

interface Posted {
  readonly source: string;
  readonly mode: readonly [number | null, number | null];
  readonly cause: number | null;
  readonly text: string;
  readonly csumErr: boolean;
}

const POSTED = readFileSync(join(import.meta.dirname, "../fixtures/real-chips/boot-texts.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Posted);

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const wire = (text: string): string => text.replaceAll(/\r?\n/g, "\r\n");

/** What was told, in order, of a text cut at these places. */
function reported(text: string, cuts: readonly number[] = []): Finding[] {
  const diagnosis = new DiagnosisState({ label: "WCH CH340" }, false, 0);
  diagnosis.baudChanged(BOOT_TEXT_BAUD, 0);
  diagnosis.allRatesTried();
  const findings: Finding[] = [];
  const places = [...new Set([0, ...cuts.filter((cut) => cut < text.length), text.length])].sort((a, b) => a - b);
  for (const [index, end] of places.slice(1).entries()) {
    const finding = diagnosis.heard(bytes(text.slice(places[index], end)), index);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}

/** The last finding, which must not depend on the pieces; and nothing may be mistaken on the way. */
function findingOf(text: string, isFirmware = false): Finding {
  const byLine = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
  const whole = reported(text, byLine).at(-1);
  if (whole === undefined) throw new Error("nothing was told");
  const cuts = fc.oneof(
    fc.uniqueArray(fc.nat(text.length), { maxLength: 12 }),
    fc.integer({ min: 1, max: 64 }).map((size) => Array.from({ length: text.length / size }, (_, at) => at * size)),
  );
  fc.assert(
    fc.property(cuts, (places) => {
      const findings = reported(text, places);
      expect(findings.at(-1)).toEqual(whole);
      if (!isFirmware) expect(findings.map(({ id }) => id)).not.toContain("firmware");
      expect(findings.map(({ id }) => id)).not.toContain("noise");
    }),
    { numRuns: 25 },
  );
  return whole;
}

/** By the boot ROM's rules alone. */
function expected({ mode: [mode], csumErr, text }: Posted): string {
  if (mode !== null && mode >= 4) return "gpio15-high";
  if (csumErr || text.includes("ets_main.c")) return "no-image";
  return mode === 1 ? "download-mode" : "flash-mode";
}

test.each(POSTED.map((posted) => [posted.source, posted] as const))(
  "the boot text posted at %s is recognised in any chunks, and its ROM is never taken for a firmware",
  (_, posted) => {
    expect(findingOf(posted.text).id).toBe(expected(posted));
    expect(findingOf(wire(posted.text)).id).toBe(expected(posted));
  },
);

const header = (cause: number, mode: number, upper = 6): string =>
  `\n ets Jan  8 2013,rst cause:${cause}, boot mode:(${mode},${upper})\n\n`;
const LOADS = "load 0x4010f000, len 1384, room 16 \ntail 8\nchksum 0x2d\ncsum 0x2d\n";

describe("the boot ROM", () => {
  // Boot modes: esp8266/esp8266-wiki, "Boot Process"; notes on causes as the ROM prints them (esp-link issue 235, RTOS SDK issue 1170).
  const cases: (readonly [number, number, string, string])[] = [];
  for (let upper = 0; upper < 8; upper++) {
    for (const cause of [1, 2, 4]) {
      const note = cause === 4 ? "wdt reset\n" : "";
      cases.push([cause, upper, header(cause, 1, upper) + note, "download-mode"]);
      cases.push([cause, upper, header(cause, 3, upper) + note + LOADS, "flash-mode"]);
      cases.push([cause, upper, `${header(cause, 3, upper)}${note}ets_main.c `, "no-image"]);
      for (const mode of [4, 5, 6, 7])
        cases.push([cause, upper, `${header(cause, mode, upper)}${note}waiting for host\n`, "gpio15-high"]);
      for (const mode of [0, 2]) cases.push([cause, upper, header(cause, mode, upper) + note, "gpio2-low"]);
    }
  }

  test("the boot ROM's cause and mode tell how the chip started", () => {
    for (const [, , text, id] of cases)
      expect([text, reported(wire(text), [7, 31, 60]).at(-1)?.id]).toEqual([text, id]);
  });

  test.each([
    ["zeros after the first header", "load 0x00000000, len 0, room 4 \ntail 0\nchksum 0xef\nho 12 tail 0 room 4\n"],
    ["a wrong checksum, and the end cut off", "load 0x4010f000, len 1384, room 16 \ntail 8\ncsum 0xef\ncsum err\n"],
    ["an erased flash, whose line number the ROM prints", "ets_main.c 181 \n"],
    ["a flash read in a mode that the part cannot do", "load 0xf6ffff7f, len 1396, room 16 \n"],
  ])("the boot ROM with %s has nothing to start", (_, rest) => {
    const finding = findingOf(wire(header(1, 3) + rest));
    expect(finding.id).toBe("no-image");
    expect(finding.text).toContain("nothing to start");
    expect(finding.causes[0]).toContain("damaged");
    expect(finding.causes[1]).toContain("flash mode");
  });

  test.each([
    // espressif/ESP8266_RTOS_SDK issue 1170, esp8266/Arduino issue 1363
    [0, "unknown reset\nets_main.c "],
    [5, "ets_main.c "],
  ])("the boot ROM gives up after reset cause %i, which a power cycle cures", (cause, rest) => {
    const finding = findingOf(wire(header(cause, 3) + rest));
    expect(finding).toMatchObject({ id: "no-image", text: expect.stringContaining("incomplete reset") });
    expect(finding.nextAction).toBe("Disconnect the 3.3 V for three seconds, then reconnect it.");
  });

  test("a segment that begins within a word does not count as damage", () => {
    // raburton/rboot-sample issue 7: an image that starts prints "ho" as well.
    const text = "load 0x40100000, len 1548, room 16 \ntail 12\nchksum 0x69\nho 0 tail 12 room 4\n";
    expect(findingOf(wire(`${header(1, 3)}${text}load 0x3ffe8000, len 680, room 12 \n`)).id).toBe("flash-mode");
  });

  test("a ROM that waits for a host means GPIO15 is high, with or without the line before", () => {
    for (const text of [header(1, 7, 0), `${header(1, 7, 0)}waiting for host\n`, "waiting for host\n"]) {
      expect(findingOf(text).text).toContain("GPIO15");
    }
  });

  test("a boot text with a lost letter is not taken for a firmware", () => {
    const text = wire(header(2, 3) + LOADS);
    for (let lost = 0; lost < text.length; lost++) {
      const ids = reported(text.slice(0, lost) + text.slice(lost + 1)).map(({ id }) => id);
      expect(ids).not.toContain("firmware");
    }
  });

  test("a boot text heard from its middle is not taken for a firmware", () => {
    const text = wire(`${header(2, 3)}${LOADS}load 0x3fff20b8, len 40, room 4 \ntail 4\nchksum 0xc9\ncsum 0xc9\n`);
    for (let from = 1; from < text.length; from++) {
      expect(reported(text.slice(from)).map(({ id }) => id)).not.toContain("firmware");
    }
  });
});

describe("a watchdog reset", () => {
  test("a watchdog reset in download mode means that the firmware never ran, however often it occurs", () => {
    // esp8266/Arduino issues 2829 and 1275; Tasmota issue 1117.
    for (const before of ["", header(1, 1), header(2, 1), `${header(4, 1)}wdt reset\n`]) {
      const finding = findingOf(wire(`${before}${header(4, 1)}wdt reset\n`));
      expect(finding.id).toBe("download-mode");
      expect(finding.text).toContain("the firmware never ran");
    }
  });

  test("the first watchdog reset is a reset, from the second on it is a loop", () => {
    const one = `${header(4, 3)}wdt reset\n${LOADS}`;
    const first = findingOf(wire(one));
    expect(first.id).toBe("flash-mode");
    expect(first.text).toContain("watchdog reset it once");
    expect(findingOf(wire(header(1, 3) + LOADS + one)).id).toBe("flash-mode");
    expect(findingOf(wire(one + one)).id).toBe("boot-loop");
  });
});

describe("a boot loader is named", () => {
  test.each([
    ["eboot", "v4ceabea9\n~ld\n", "flash-mode"],
    ["eboot", "~ld\n", "flash-mode"],
    ["eboot", "@cp:0\nld\n", "flash-mode"],
    ["eboot", "v00067730\n~ld\ne:2\n", "no-image"],
    // nodemcu/nodemcu-firmware issue 816
    ["rBoot", "\nrBoot v1.2.1 - richardaburton@gmail.com\nFlash Size:   4 Mbit\nFlash Mode:   DIO\n", "flash-mode"],
    ["rBoot", "rBoot v1.4.2 - richardaburton@gmail.com\nFlash Speed:  40 MHz\n\nBooting rom 0.\n", "flash-mode"],
    // raburton/rboot, rboot.c
    ["rBoot", "rBoot v1.0.0 - richardaburton@gmail.com\nRom 0 is bad.\nNo good rom available.\n", "no-image"],
    ["Espressif's", "\n2nd boot version : 1.5\n  SPI Speed      : 80MHz\njump to run user1 @ 1000\n", "flash-mode"],
    // espressif/ESP8266_RTOS_SDK issues 242 and 1304
    ["Espressif's", "2nd boot version : 1.7\nerror magic!\nbackup boot failed.\n\nuser code done", "no-image"],
    ["Espressif's", "I (46) boot: ESP-IDF v3.4 2nd stage bootloader\nI (55) boot: SPI Speed : 40MHz\n", "flash-mode"],
  ])("the boot loader %s is recognised in %j", (name, lines, id) => {
    for (const text of [LOADS + lines, header(2, 3) + LOADS + lines]) {
      const finding = findingOf(wire(text));
      expect(finding.id).toBe(id);
      expect(finding.text).toContain(name);
    }
  });
});

describe("an exception dump is named", () => {
  const STACK = "3ffefe70:  e51988ff 3ffeff14 3ffefee0 4020190c  \n";
  test.each([
    // esp8266/Arduino issue 2688
    [
      "Exception 9",
      `Exception (9):\nepc1=0x40203790 epc2=0x00000000 epc3=0x00000000 excvaddr=0x33342042 depc=0x00000000\n\nctx: sys \n` +
        `sp: 3ffffdd0 end: 3fffffb0 offset: 01a0\n\n>>>stack>>>\n${STACK.repeat(8)}<<<stack<<<\n`,
    ],
    // Links2004/arduinoWebSockets issue 7, jasoncoon/esp8266-fastled-webserver issue 146
    ["Exception 28", "Fatal exception (28):\nepc1=0x40102180, epc2=0x00000000, epc3=0x00000000, excvaddr=0x1c20\n"],
    ["Exception 28", "Fatal exception 28(LoadProhibitedCause):\nepc1=0x402162f3, epc2=0x00000000, epc3=0x0\n"],
    ["Exception 63", "\nException (63):\nepc1=0x40102180 epc2=0x00000000 epc3=0x00000000\n"],
    // Arduino core, core_esp8266_postmortem.cpp
    [
      "crashed",
      `\n--------------- CUT HERE FOR EXCEPTION DECODER ---------------\n\nSoft WDT reset\n\n>>>stack>>>\n${STACK}`,
    ],
    ["crashed", `\nPanic core_esp8266_main.cpp:98 __yield\n\n>>>stack>>>\n\nctx: cont\n${STACK.repeat(5)}`],
    ["crashed", STACK.repeat(4)],
  ])("%s", (name, dump) => {
    for (const text of [dump, header(2, 3) + LOADS + dump, `${dump}\n${header(2, 3)}${LOADS}v614f7c32\n~ld\n`]) {
      const finding = findingOf(wire(text));
      expect(finding.id).toBe("crash");
      expect(finding.text).toContain(name);
    }
  });

  test("an exception before a watchdog reset into download mode is reported first", () => {
    // esp8266/Arduino issue 1275
    const text = wire(`Exception (28):\n>>>stack>>>\n${STACK.repeat(3)}<<<stack<<<\n${header(4, 1)}wdt reset\n`);
    const byLine = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
    expect(reported(text, byLine).map(({ id }) => id)).toEqual(["crash", "download-mode"]);
  });

  test("an exception with each restart is a loop, and the text names the exception", () => {
    const round = wire(`${header(2, 3)}${LOADS}~ld\nException (28):\nepc1=0x40102180 epc2=0x00000000\n`);
    const finding = findingOf(round.repeat(4));
    expect(finding.id).toBe("boot-loop");
    expect(finding.text).toContain("Exception 28");
    expect(finding.causes[0]).toContain("damaged");
  });
});

test.each([
  // martin-ger/esp_wifi_repeater issue 182
  ["rf_cal[0] !=0x05,is 0xFF\n"],
  ["rf cal sector: 507\nrf[112] : 00\nrf[113] : 00\n"],
  ["mem : 0x3ffe8c60\n"],
  ["phy ver: 1055, pp ver: 10.2\n"],
])("a firmware on Espressif's SDK is known by %j", (lines) => {
  for (const text of [lines, header(1, 3) + LOADS + lines]) {
    const finding = findingOf(wire(text), true);
    expect(finding.id).toBe("firmware");
    expect(finding.text).toContain("SDK");
  }
});

test("a firmware's short line right after the boot text is a firmware", () => {
  expect(findingOf(wire(`${header(1, 3)}${LOADS}hello from the kitchen lamp\n`), true).id).toBe("firmware");
});

test("a firmware's own name replaces the SDK's, and not the other way round", () => {
  const sdk = "rf cal sector: 507\r\n";
  const tuya = "[01-01 00:00:00 TUYA Notice][tuya_device.c:155] key:14\r\n";
  expect(findingOf(sdk + tuya, true).text).toContain("Tuya");
  expect(findingOf(tuya + sdk, true).text).toContain("Tuya");
});
