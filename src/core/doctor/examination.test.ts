import { expect, test } from "vitest";
import { BOOT_TEXT_BAUD, Examination } from "./examination.ts";

const CH340 = { label: "WCH CH340", vendorId: "1a86", productId: "7523" };
const LOG_BAUD = 115_200;

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const boot = (mode: number, cause: number): Uint8Array =>
  bytes(`\r\n ets Jan  8 2013,rst cause:${cause}, boot mode:(${mode},6)\r\n`);
const BABBLE = bytes("\u00e0\u0012rb\u0000l|\u0002\f\u00ec".repeat(5));
const WORDS = bytes("[info] wifi station mode, waiting for the owner to pair me\r\n");

function listening(baud = BOOT_TEXT_BAUD): Examination {
  const examination = new Examination(CH340, false, 0);
  examination.tuned(baud, 0);
  examination.swept();
  return examination;
}

test("three starts within five seconds are a loop, three by hand are not", () => {
  const loop = listening();
  for (const at of [0, 150]) expect(loop.heard(boot(3, 1), at)?.id).not.toBe("boot-loop");
  expect(loop.heard(boot(3, 1), 300)?.id).toBe("boot-loop");
  const hand = listening();
  const heard = [0, 4000, 8000, 12_000].map((at) => hand.heard(boot(3, 1), at)?.id);
  expect(heard).toEqual(["flash-mode", undefined, undefined, undefined]);
});

test("a loop is told once; a start in download mode ends it", () => {
  const examination = listening();
  const heard = [0, 100, 200, 300, 400].map((at) => examination.heard(boot(3, 1), at)?.id);
  expect(heard).toEqual(["flash-mode", undefined, "boot-loop", undefined, undefined]);
  expect(examination.heard(WORDS, 500)).toBeUndefined();
  expect(examination.heard(boot(1, 1), 9000)?.id).toBe("download-mode");
});

test("one rate's babble sends one to the other rate, and back; words understood bring one back to the boot text's", () => {
  const examination = listening();
  expect(examination.listenAt(0)).toBe(BOOT_TEXT_BAUD);
  examination.heard(BABBLE, 10);
  expect(examination.listenAt(20)).toBe(LOG_BAUD);
  examination.tuned(LOG_BAUD, 30);
  expect(examination.heard(WORDS, 100)?.id).toBe("firmware");
  expect(examination.listenAt(1000)).toBe(LOG_BAUD);
  expect(examination.listenAt(4000)).toBe(BOOT_TEXT_BAUD);
  examination.tuned(BOOT_TEXT_BAUD, 4000);
  // The same firmware, heard at the wrong rate: no news.
  expect(examination.heard(BABBLE, 5000)).toBeUndefined();
  expect(examination.listenAt(5001)).toBe(LOG_BAUD);
});

test("babble at both rates is noise, but not before every rate has been called at: it may be a stub's answer", () => {
  const early = new Examination(CH340, false, 0);
  early.tuned(BOOT_TEXT_BAUD, 0);
  expect(early.heard(BABBLE, 10)).toBeUndefined();
  early.tuned(LOG_BAUD, 20);
  expect(early.heard(BABBLE, 30)).toBeUndefined();
  early.swept();
  expect(early.heard(BABBLE, 1000)?.id).toBe("noise");
});

test("where the rate cannot be changed, babble at the one there is is noise, and the far end's rate the first suspect", () => {
  const examination = new Examination({ label: "TCP socket" }, true, 0);
  examination.tuned(LOG_BAUD, 0);
  examination.swept();
  expect(examination.heard(BABBLE, 10)).toMatchObject({ id: "noise", text: expect.stringContaining("the far end") });
  expect(examination.finding?.nextAction).toContain("RFC 2217");
});

test("babble that fell silent is told as such, then as silence, and that is the end of it", () => {
  const examination = listening();
  examination.heard(BABBLE, 0);
  const news = [];
  for (let at = 500; at < 300_000; at += 500)
    news.push(...[examination.passed(at)].filter((told) => told !== undefined));
  expect(news.map(({ id }) => id)).toEqual(["noise", "nothing"]);
  expect(news[0]?.text).toContain("fell silent");
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
  const examination = listening();
  examination.heard(boot(3, 1), 0);
  const told = examination.passed(40_000);
  expect(told?.causes[0]).toContain("a firmware runs and has nothing to say");
  expect(told?.causes).not.toContainEqual(expect.stringContaining("not crossed"));
});

test("an answer is worth a word after a trouble only", () => {
  const smooth = listening();
  smooth.heard(boot(1, 1), 0);
  expect(smooth.answered()).toBeUndefined();
  const troubled = listening();
  troubled.passed(3000);
  expect(troubled.answered()?.id).toBe("answers");
});
