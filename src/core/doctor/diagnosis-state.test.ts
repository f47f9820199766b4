import { expect, test } from "vitest";
import { BOOT_TEXT_BAUD, DiagnosisState } from "./diagnosis-state.ts";

const CH340 = { label: "WCH CH340", vendorId: "1a86", productId: "7523" };
const LOG_BAUD = 115_200;

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const boot = (mode: number, cause: number): Uint8Array =>
  bytes(`\r\n ets Jan  8 2013,rst cause:${cause}, boot mode:(${mode},6)\r\n`);
const GARBAGE = bytes("\u00e0\u0012rb\u0000l|\u0002\f\u00ec".repeat(5));
const WORDS = bytes("[info] wifi station mode, waiting for the owner to pair me\r\n");

function listening(baud = BOOT_TEXT_BAUD): DiagnosisState {
  const diagnosis = new DiagnosisState(CH340, false, 0);
  diagnosis.baudChanged(baud, 0);
  diagnosis.allRatesTried();
  return diagnosis;
}

test("three starts within five seconds are a loop, three by hand are not", () => {
  const loop = listening();
  for (const at of [0, 150]) expect(loop.heard(boot(3, 1), at)?.id).not.toBe("boot-loop");
  expect(loop.heard(boot(3, 1), 300)?.id).toBe("boot-loop");
  const hand = listening();
  const heard = [0, 4000, 8000, 12_000].map((at) => hand.heard(boot(3, 1), at)?.id);
  expect(heard).toEqual(["flash-mode", undefined, undefined, undefined]);
});

test("a boot loop is reported once; a start in download mode ends it", () => {
  const diagnosis = listening();
  const heard = [0, 100, 200, 300, 400].map((at) => diagnosis.heard(boot(3, 1), at)?.id);
  expect(heard).toEqual(["flash-mode", undefined, "boot-loop", undefined, undefined]);
  expect(diagnosis.heard(WORDS, 500)).toBeUndefined();
  expect(diagnosis.heard(boot(1, 1), 9000)?.id).toBe("download-mode");
});

test("one rate's garbage sends one to the other rate, and back; words understood bring one back to the boot text's", () => {
  const diagnosis = listening();
  expect(diagnosis.listenAt(0)).toBe(BOOT_TEXT_BAUD);
  diagnosis.heard(GARBAGE, 10);
  expect(diagnosis.listenAt(20)).toBe(LOG_BAUD);
  diagnosis.baudChanged(LOG_BAUD, 30);
  expect(diagnosis.heard(WORDS, 100)?.id).toBe("firmware");
  expect(diagnosis.listenAt(1000)).toBe(LOG_BAUD);
  expect(diagnosis.listenAt(4000)).toBe(BOOT_TEXT_BAUD);
  diagnosis.baudChanged(BOOT_TEXT_BAUD, 4000);
  // The same firmware, heard at the wrong rate: no news.
  expect(diagnosis.heard(GARBAGE, 5000)).toBeUndefined();
  expect(diagnosis.listenAt(5001)).toBe(LOG_BAUD);
});

test("garbage at both rates is noise, but not before every rate has been called at: it may be a stub's answer", () => {
  const early = new DiagnosisState(CH340, false, 0);
  early.baudChanged(BOOT_TEXT_BAUD, 0);
  expect(early.heard(GARBAGE, 10)).toBeUndefined();
  early.baudChanged(LOG_BAUD, 20);
  expect(early.heard(GARBAGE, 30)).toBeUndefined();
  early.allRatesTried();
  expect(early.heard(GARBAGE, 1000)?.id).toBe("noise");
});

test("where the rate cannot be changed, garbage at the one there is is noise, and the far end's rate the first suspect", () => {
  const diagnosis = new DiagnosisState({ label: "TCP socket" }, true, 0);
  diagnosis.baudChanged(LOG_BAUD, 0);
  diagnosis.allRatesTried();
  expect(diagnosis.heard(GARBAGE, 10)).toMatchObject({ id: "noise", text: expect.stringContaining("the far end") });
  expect(diagnosis.finding?.nextAction).toContain("RFC 2217");
});

test("garbage that stops is reported once as such and once as silence", () => {
  const diagnosis = listening();
  diagnosis.heard(GARBAGE, 0);
  const news = [];
  for (let at = 500; at < 300_000; at += 500)
    news.push(...[diagnosis.passed(at)].filter((reported) => reported !== undefined));
  expect(news.map(({ id }) => id)).toEqual(["noise", "nothing"]);
  expect(news[0]?.text).toContain("then silence");
});

test("silence follows noise and an echo at once, a firmware and a boot text only after half a minute", () => {
  const firmware = listening(LOG_BAUD);
  firmware.heard(WORDS, 0);
  expect(firmware.passed(29_000)).toBeUndefined();
  expect(firmware.passed(31_000)?.id).toBe("nothing");
  const silent = listening();
  expect(silent.passed(2000)).toBeUndefined();
  expect(silent.passed(3000)?.id).toBe("nothing");
  expect(silent.passed(60_000)).toBeUndefined();
});

test("who was heard before is well wired: silence is then put down to the firmware first", () => {
  const diagnosis = listening();
  diagnosis.heard(boot(3, 1), 0);
  const reported = diagnosis.passed(40_000);
  expect(reported?.causes[0]).toContain("a firmware is running silently");
  expect(reported?.causes).not.toContainEqual(expect.stringContaining("not crossed"));
});

test("an answer is reported only after a problem", () => {
  const smooth = listening();
  smooth.heard(boot(1, 1), 0);
  expect(smooth.answered()).toBeUndefined();
  const troubled = listening();
  troubled.passed(3000);
  expect(troubled.answered()?.id).toBe("answers");
});

const ets = (line: string): Uint8Array => bytes(`${line}\r\n`);
const NO_IMAGE = ets("ets_main.c 181 ");
const LOADS = ets("load 0x4010f000, len 3584, room 16 ");
const RBOOT = ets("rBoot v1.4.2 - richardaburton@gmail.com");
const CRASH = ets("Exception (28):");
const REALTEK = ets("ROM:[V0.1]");

/** esp8266/Arduino, doc/boards.rst, "Boot Messages and Modes": GPIO15, GPIO0, GPIO2 are bits 2, 1 and 0, of which 1 boots UART, 3 flash. */
test.each([
  [0, "gpio2-low"],
  [1, "download-mode"],
  [2, "gpio2-low"],
  [3, "flash-mode"],
  [4, "gpio15-high"],
  [5, "gpio15-high"],
  [6, "gpio15-high"],
  [7, "gpio15-high"],
])("a start in boot mode %i is %s", (mode, id) => {
  expect(listening().heard(boot(mode, 2), 0)?.id).toBe(id);
});

test.each([
  ["no-image", NO_IMAGE],
  ["gpio15-high", ets("waiting for host")],
  ["flash-mode", LOADS],
  ["flash-mode", RBOOT],
  ["no-image", ets("No good rom available.")],
  ["crash", CRASH],
  ["other-chip", REALTEK],
  ["firmware", WORDS],
])("%s is what one line means whose boot text was missed", (id, line) => {
  expect(listening().heard(line, 0)?.id).toBe(id);
});

test("an adapter that receives its own call is reported", () => {
  const diagnosis = listening();
  diagnosis.called(bytes("\u00c0call\u00c0"));
  expect(diagnosis.heard(bytes("\u00c0call\u00c0"), 10)?.id).toBe("echo");
});

test("a chip in download mode that ignores 8 calls is reported", () => {
  const diagnosis = listening();
  diagnosis.heard(boot(1, 1), 0);
  for (let call = 1; call < 8; call++) diagnosis.called(bytes("call"));
  expect(diagnosis.passed(100)).toBeUndefined();
  diagnosis.called(bytes("call"));
  expect(diagnosis.passed(200)?.id).toBe("download-unanswered");
});

test("calls at rates where the chip cannot hear them do not count, nor those before its last start", () => {
  const diagnosis = listening();
  diagnosis.heard(boot(1, 1), 0);
  diagnosis.baudChanged(230_400, 0);
  for (let call = 0; call < 20; call++) diagnosis.called(bytes("call"));
  diagnosis.baudChanged(BOOT_TEXT_BAUD, 0);
  for (let call = 0; call < 7; call++) diagnosis.called(bytes("call"));
  diagnosis.heard(boot(1, 1), 10_000);
  diagnosis.called(bytes("call"));
  expect(diagnosis.passed(10_100)).toBeUndefined();
});

test("unanswered calls mean nothing where the chip did not say that it is in download mode", () => {
  const diagnosis = listening();
  for (let call = 0; call < 20; call++) diagnosis.called(bytes("call"));
  expect(diagnosis.passed(100)).toBeUndefined();
});

test.each([
  ["download-mode", boot(1, 1)],
  ["flash-mode", boot(3, 1)],
  ["no-image", NO_IMAGE],
  ["gpio15-high", boot(7, 1)],
  ["gpio2-low", boot(2, 1)],
  ["crash", CRASH],
  ["other-chip", REALTEK],
])("after %s half a minute of silence is natural", (id, line) => {
  const diagnosis = listening();
  expect(diagnosis.heard(line, 1000)?.id).toBe(id);
  expect(diagnosis.passed(30_999)).toBeUndefined();
  expect(diagnosis.passed(31_000)?.id).toBe("nothing");
});

test("silence is reported after 2.5 seconds, also after an echo", () => {
  const silent = listening();
  expect(silent.passed(2499)).toBeUndefined();
  expect(silent.passed(2500)?.id).toBe("nothing");
  const echoing = listening();
  echoing.called(bytes("call"));
  echoing.heard(bytes("call"), 1000);
  expect(echoing.passed(3499)).toBeUndefined();
  expect(echoing.passed(3500)?.id).toBe("nothing");
});

test("silence is not reported before every rate was tried", () => {
  const diagnosis = new DiagnosisState(CH340, false, 0);
  diagnosis.baudChanged(BOOT_TEXT_BAUD, 0);
  expect(diagnosis.passed(60_000)).toBeUndefined();
});

test("three starts within less than five seconds are a loop, in exactly five they are not", () => {
  const starts = (last: number): (string | undefined)[] => {
    const diagnosis = listening();
    return [0, 2000, last].map((at) => diagnosis.heard(boot(3, 1), at)?.id);
  };
  expect(starts(4999)).toEqual(["flash-mode", undefined, "boot-loop"]);
  expect(starts(5000)).toEqual(["flash-mode", undefined, undefined]);
});

/** The watchdog's period is 8 s at most: ESP8266 Arduino core documentation, "Watchdog". */
test("two watchdog resets within half a minute are a loop", () => {
  const bitten = (second: number): (string | undefined)[] => {
    const diagnosis = listening();
    return [0, second].map((at) => diagnosis.heard(boot(3, 4), at)?.id);
  };
  expect(bitten(29_999)).toEqual(["flash-mode", "boot-loop"]);
  expect(bitten(30_000)).toEqual(["flash-mode", undefined]);
});

test("a watchdog reset and another start are no loop yet", () => {
  const diagnosis = listening();
  expect([0, 9000].map((at, i) => diagnosis.heard(boot(3, i === 0 ? 2 : 4), at)?.id)).toEqual([
    "flash-mode",
    "flash-mode",
  ]);
});

test("watchdog resets into download mode are no loop: nothing from the flash runs there", () => {
  const diagnosis = listening();
  const heard = [0, 8000, 16_000, 16_100, 16_200].map((at) => diagnosis.heard(boot(1, 4), at)?.id);
  expect(heard).toEqual(["download-mode", undefined, undefined, undefined, undefined]);
});

test("starts in download mode again and again are a loop, too", () => {
  const diagnosis = listening();
  const heard = [0, 100, 200].map((at) => diagnosis.heard(boot(1, 2), at)?.id);
  expect(heard).toEqual(["download-mode", undefined, "boot-loop"]);
});

test("a start in another mode begins the count of a loop again", () => {
  const diagnosis = listening();
  diagnosis.heard(boot(3, 1), 0);
  diagnosis.heard(boot(3, 1), 100);
  diagnosis.heard(boot(7, 1), 200);
  expect(diagnosis.heard(boot(3, 1), 300)?.id).toBe("flash-mode");
});

test("12 seconds after its last start a loop is over", () => {
  const looping = (): DiagnosisState => {
    const diagnosis = listening();
    for (const at of [0, 100, 200]) diagnosis.heard(boot(3, 1), at);
    return diagnosis;
  };
  expect(looping().heard(WORDS, 12_199)).toBeUndefined();
  expect(looping().heard(WORDS, 12_200)?.id).toBe("firmware");
  expect(looping().heard(LOADS, 12_199)).toBeUndefined();
  expect(looping().heard(CRASH, 12_199)).toBeUndefined();
  expect(looping().heard(CRASH, 12_200)?.id).toBe("crash");
  expect(looping().passed(12_199)).toBeUndefined();
});

test("what a firmware says in the 12 seconds after its crash is no news", () => {
  const crashed = (): DiagnosisState => {
    const diagnosis = listening();
    diagnosis.heard(CRASH, 0);
    return diagnosis;
  };
  for (const line of [WORDS, boot(3, 2), LOADS]) expect(crashed().heard(line, 11_999)).toBeUndefined();
  expect(crashed().heard(WORDS, 12_000)?.id).toBe("firmware");
  expect(crashed().heard(boot(3, 2), 12_000)?.id).toBe("flash-mode");
  expect(crashed().heard(LOADS, 12_000)?.id).toBe("flash-mode");
});

test("download mode ends what was known of a crash", () => {
  const diagnosis = listening();
  diagnosis.heard(CRASH, 0);
  diagnosis.heard(boot(1, 2), 1000);
  expect(diagnosis.heard(WORDS, 2000)?.id).toBe("firmware");
});

test("a dump's lines without a number belong to the exception before them, unless it is long ago", () => {
  const diagnosis = listening();
  expect(diagnosis.heard(CRASH, 0)?.text).toContain("Exception 28");
  expect(diagnosis.heard(ets(">>>stack>>>"), 1000)).toBeUndefined();
  expect(diagnosis.heard(ets(">>>stack>>>"), 20_000)?.text).not.toContain("Exception");
});

test("a loop of crashes names the exception", () => {
  const diagnosis = listening();
  diagnosis.heard(CRASH, 0);
  const heard = [100, 200, 300].map((at) => diagnosis.heard(boot(3, 2), at));
  expect(heard.map((finding) => finding?.id)).toEqual([undefined, undefined, "boot-loop"]);
  expect(heard[2]?.text).toContain("Exception 28");
});

test("with an image that cannot be loaded its restarts and its loading are no news", () => {
  const diagnosis = listening();
  expect(diagnosis.heard(boot(3, 2), 0)?.id).toBe("flash-mode");
  expect(diagnosis.heard(NO_IMAGE, 10)?.id).toBe("no-image");
  expect(diagnosis.heard(boot(3, 2), 1000)).toBeUndefined();
  expect(diagnosis.heard(LOADS, 1100)).toBeUndefined();
});

test("the loader that starts a firmware is named; one that finds nothing, too", () => {
  const diagnosis = listening();
  diagnosis.heard(boot(3, 2), 0);
  expect(diagnosis.heard(RBOOT, 10)?.text).toContain("rBoot");
  expect(diagnosis.heard(ets("No good rom available."), 20)?.text).toContain("rBoot");
});

test("a loader of the start before says nothing about this one", () => {
  const diagnosis = listening();
  diagnosis.heard(RBOOT, 0);
  diagnosis.heard(boot(3, 2), 6000);
  expect(diagnosis.heard(NO_IMAGE, 6010)?.text).not.toContain("rBoot");
});

test("a second watchdog start is reported as such", () => {
  const diagnosis = listening();
  expect(diagnosis.heard(boot(3, 2), 0)?.text).not.toContain("watchdog");
  expect(diagnosis.heard(boot(3, 4), 60_000)?.text).toContain("watchdog");
  const inDownloadMode = listening();
  expect(inDownloadMode.heard(boot(1, 2), 0)?.text).not.toContain("watchdog");
  expect(inDownloadMode.heard(boot(1, 4), 60_000)?.text).toContain("watchdog");
});

test("a firmware that names itself later is reported again with its name", () => {
  const diagnosis = listening(LOG_BAUD);
  expect(diagnosis.heard(WORDS, 0)?.text).not.toContain("Tasmota");
  expect(diagnosis.heard(ets("00:00:00.001 Project tasmota - Tasmota Version 15.2.0"), 100)?.text).toContain("Tasmota");
  expect(diagnosis.heard(WORDS, 200)).toBeUndefined();
});

test("the SDK's lines do not hide whose firmware was heard", () => {
  const diagnosis = listening(LOG_BAUD);
  expect(diagnosis.heard(ets("rf cal sector: 251"), 0)?.text).toContain("SDK");
  diagnosis.heard(ets("00:00:00.001 Project tasmota - Tasmota Version 15.2.0"), 100);
  expect(diagnosis.heard(ets("rf cal sector: 251"), 200)).toBeUndefined();
});

test("what another maker's chip says after its boot text is no firmware of ours", () => {
  const diagnosis = listening(LOG_BAUD);
  expect(diagnosis.heard(REALTEK, 0)?.id).toBe("other-chip");
  expect(diagnosis.heard(WORDS, 100)).toBeUndefined();
});

test("an adapter that is pulled out takes everything that was known with it", () => {
  const diagnosis = listening();
  for (const at of [0, 100]) diagnosis.heard(boot(3, 1), at);
  diagnosis.heard(GARBAGE, 200);
  expect(diagnosis.adapterGone()?.id).toBe("adapter-gone");
  expect(diagnosis.adapterGone()).toBeUndefined();
  expect(diagnosis.adapterBack(CH340, 300)?.id).toBe("adapter-back");
  expect(diagnosis.puzzledSince(0)).toBe(false);
  expect(diagnosis.heard(boot(3, 1), 400)?.id).toBe("flash-mode");
  // Not swept again yet.
  expect(diagnosis.passed(100_000)).toBeUndefined();
});

test("silence is counted from the adapter's return", () => {
  const diagnosis = listening();
  diagnosis.adapterGone();
  diagnosis.adapterBack(CH340, 10_000);
  diagnosis.allRatesTried();
  expect(diagnosis.passed(12_499)).toBeUndefined();
  expect(diagnosis.passed(12_500)?.id).toBe("nothing");
});

test("an adapter that comes back under another name is named", () => {
  const diagnosis = new DiagnosisState({ label: "RFC 2217 server", path: "rfc2217://192.0.2.7:1" }, false, 0);
  diagnosis.adapterGone();
  const other = { label: "RFC 2217 server", path: "rfc2217://192.0.2.7:2" };
  expect(diagnosis.adapterBack(other, 10)?.text).toContain("192.0.2.7:2");
});

test("garbage stays unexplained until something is understood", () => {
  const diagnosis = listening();
  diagnosis.heard(GARBAGE, 100);
  expect([100, 101].map((at) => diagnosis.puzzledSince(at))).toEqual([true, false]);
  diagnosis.heard(boot(3, 1), 200);
  expect(diagnosis.puzzledSince(0)).toBe(false);
});

test("garbage at the two rates is one noise if it is within 15 seconds", () => {
  const heard = (later: number): string | undefined => {
    const diagnosis = listening();
    diagnosis.heard(GARBAGE, 0);
    diagnosis.baudChanged(LOG_BAUD, later);
    return diagnosis.heard(GARBAGE, later)?.id;
  };
  expect(heard(15_000)).toBe("noise");
  expect(heard(15_001)).toBeUndefined();
});

test("garbage within half a minute of words that were understood is the same firmware at the wrong rate", () => {
  const heard = (at: number): string | undefined => {
    const diagnosis = listening();
    diagnosis.heard(WORDS, 0);
    diagnosis.baudChanged(LOG_BAUD, at);
    diagnosis.heard(GARBAGE, at);
    diagnosis.baudChanged(BOOT_TEXT_BAUD, at);
    return diagnosis.heard(GARBAGE, at)?.id;
  };
  expect(heard(29_999)).toBeUndefined();
  expect(heard(30_000)).toBe("noise");
});

test("garbage in a boot loop is no noise", () => {
  const diagnosis = listening();
  for (const at of [0, 100, 200]) diagnosis.heard(boot(3, 1), at);
  for (let at = 300; at < 42_000; at += 6000) diagnosis.heard(boot(3, 4), at);
  diagnosis.heard(GARBAGE, 42_100);
  diagnosis.baudChanged(LOG_BAUD, 42_200);
  expect(diagnosis.heard(GARBAGE, 42_300)).toBeUndefined();
});

test("three seconds after words were understood one listens for a boot text again", () => {
  const diagnosis = listening();
  diagnosis.heard(GARBAGE, 0);
  diagnosis.baudChanged(LOG_BAUD, 10);
  diagnosis.heard(WORDS, 1000);
  expect(diagnosis.listenAt(4000)).toBe(LOG_BAUD);
  expect(diagnosis.listenAt(4001)).toBe(BOOT_TEXT_BAUD);
});

test("a rate that was just set is given three seconds, too", () => {
  const diagnosis = listening();
  diagnosis.heard(WORDS, 0);
  diagnosis.heard(GARBAGE, 100);
  diagnosis.baudChanged(LOG_BAUD, 5000);
  expect(diagnosis.listenAt(8000)).toBe(LOG_BAUD);
  expect(diagnosis.listenAt(8001)).toBe(BOOT_TEXT_BAUD);
});

test("the boot ROM is listened to at 74880 baud", () => {
  // 115200 baud meant for a crystal of 40 MHz, on one of 26: ESP8266 Arduino core documentation, "Boot Messages and Modes".
  expect(BOOT_TEXT_BAUD).toBe((115_200 * 26) / 40);
});
