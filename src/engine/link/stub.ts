/**
 * The flasher stub: Espressif's own (esp-flasher-stub, Apache-2.0 or MIT), carried by the esptool-js package, put into
 * the chip's RAM through the ROM and started. It knows how to compress, digest and change its baud rate; the ROM does
 * not.
 *
 * One byte of it is changed. Its ERASE_FLASH (D0h) takes a command of any length, and a single turned bit makes D0h of
 * READ_FLASH (D2h) or ERASE_REGION (D1h): damage on the wire while the original is being read could erase all of it.
 * Nothing here needs that command, so its dispatcher compares with a number that cannot occur at that place.
 */
import image from "esptool-js/lib/targets/stub_flasher/esp8266.json" with { type: "json" };
import { equalBytes } from "../../core/bytes.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { blocksOf, dataFields, padToWord, STUB_GREETING } from "../../core/loader/protocol.ts";
import { ROM_RAM_BLOCK } from "../../core/loader/tables.ts";
import { say } from "../../core/text/text.ts";
import { type ChipLink, isTransient } from "./chip-link.ts";
import { RETRIES, wireMs } from "./timing.ts";

interface Segment {
  readonly at: number;
  readonly data: Uint8Array;
}

interface StubImage {
  readonly entry: number;
  readonly code: Segment;
  readonly data: Segment;
  /** The word with the changed byte, as it was and as it is. */
  readonly disarmed: { readonly at: number; readonly from: number; readonly to: number };
}

/** In the dispatcher: movi a2, 208; bne a12, a2, +2. Reached with the opcodes 21 to 208. */
const ERASE_FLASH_CASE = [0x22, 0xa0, 0xd0, 0x27, 0x9c, 0x02] as const;
const COMPARED = 2;
/** 19 has been dealt with before. */
const NEVER = 0x13;

let known: StubImage | undefined;

/** Made when a chip is first met: most commands of the program meet none. Errors: internal. */
function stub(): StubImage {
  known ??= disarmedStub();
  return known;
}

function disarmedStub(): StubImage {
  const original = padToWord(fromBase64(image.text));
  const armedAt = recordLocationOf(ERASE_FLASH_CASE, original) + COMPARED;
  const code = original.slice();
  code[armedAt] = NEVER;
  return {
    entry: image.entry,
    code: { at: image.text_start, data: code },
    data: { at: image.data_start, data: padToWord(fromBase64(image.data)) },
    disarmed: { at: image.text_start + (armedAt & ~3), from: wordAt(original, armedAt), to: wordAt(code, armedAt) },
  };
}

/** How many words of the running code are compared to tell our stub from another. */
const FINGERPRINT_WORDS = 6;

/** Uploads the stub through the ROM and waits for its greeting. Errors: stub-failed, line-lost, aborted. */
export async function startStub(link: ChipLink): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { code, data } = stub();
      for (const segment of [code, data]) await uploadSegment(link, segment.at, segment.data);
      await run(link);
      link.answering = "our-stub";
      return;
    } catch (error) {
      if (!isTransient(error)) throw error;
      if (attempt > RETRIES) {
        throw new PlugsmithError("stub-failed", {
          message: say`The flasher stub does not start in the chip's memory.`,
          step: link.step,
          plugState: say`flash untouched`,
          nextStep: say`Use shorter wires and check the ground connection. Then switch the power off and on while you hold the button (GPIO0 to GND).`,
          cause: error,
        });
      }
      link.events({ type: "retry", step: link.step, attempt, reason: error.texts.message });
      // The stub may have started and only its words been lost: uploading over running code would be its end.
      if ((await link.recover()) === "stub" && (await isOurStub(link))) {
        link.answering = "our-stub";
        return;
      }
    }
  }
}

/** True where the code that answers is the very stub plugsmith carries; one that another tool left is disarmed first. */
export async function isOurStub(link: ChipLink): Promise<boolean> {
  const { code, disarmed } = stub();
  const { at, data } = code;
  const stride = Math.floor(data.length / 4 / FINGERPRINT_WORDS) * 4;
  for (let i = 0; i < FINGERPRINT_WORDS; i++) {
    if ((await link.readReg(at + i * stride)) !== wordAt(data, i * stride)) return false;
  }
  if ((await link.readReg(disarmed.at)) === disarmed.from) await link.writeReg(disarmed.at, disarmed.to);
  return (await link.readReg(disarmed.at)) === disarmed.to;
}

/** The word around this byte, little-endian. */
function wordAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at & ~3, true);
}

function recordLocationOf(wanted: readonly number[], code: Uint8Array): number {
  const places = [...code.keys()].filter((at) => wanted.every((byte, i) => code[at + i] === byte));
  if (places.length !== 1) {
    throw new PlugsmithError("internal", {
      message: say`The flasher stub is not the version that plugsmith was tested with: ERASE_FLASH occurs ${places.length} times in it.`,
      nextStep: say`Report this. plugsmith has to be tested with this version of the esptool-js package first.`,
    });
  }
  return places[0]!;
}

async function uploadSegment(link: ChipLink, at: number, data: Uint8Array): Promise<void> {
  const blocks = Math.ceil(data.length / ROM_RAM_BLOCK);
  await link.exchange("memBegin", { size: data.length, blocks, blockSize: ROM_RAM_BLOCK, at });
  let sequence = 0;
  for (const block of blocksOf(data, ROM_RAM_BLOCK)) {
    await link.exchange("memData", dataFields(block, sequence++), { data: block });
  }
}

async function run(link: ChipLink): Promise<void> {
  await link.exchange("memEnd", { stay: 0, entry: stub().entry });
  const deadline = link.port.clock.now() + 500 + wireMs(64, link.port.line.baud);
  for (;;) {
    const left = deadline - link.port.clock.now();
    const frame = left > 0 ? await link.port.next(left) : undefined;
    if (frame === undefined) {
      throw new PlugsmithError("no-reply", { message: say`The stub did not send its greeting after the start.` });
    }
    if (equalBytes(frame, STUB_GREETING)) return;
  }
}

function fromBase64(text: string): Uint8Array {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const digits = text.replace(/=+$/, "");
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of digits) {
    bits = (bits << 6) | alphabet.indexOf(digit);
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = (bits >> held) & 0xff;
      bits &= (1 << held) - 1;
    }
  }
  return bytes;
}
