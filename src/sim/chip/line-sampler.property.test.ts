import fc from "fast-check";
import { test } from "vitest";
import { LineSampler, type ReceivedFrame } from "./line-sampler.ts";

/** Receives everything, time passing in steps as frames end. */
function receive(
  bytes: readonly number[],
  ratio: number,
  gaps: readonly number[],
  useShortcut: boolean,
): ReceivedFrame[] {
  const sampler = new LineSampler();
  const frames: ReceivedFrame[] = [];
  let startAt = 10;
  for (const [i, value] of bytes.entries()) {
    const byte = { value, startAt, bitTime: ratio };
    const end = startAt + 10 * ratio;
    const shortcut = useShortcut ? sampler.shortcut(byte, 1) : undefined;
    if (shortcut !== undefined) frames.push(shortcut);
    else {
      sampler.feed(byte);
      for (let frame = sampler.take(1, end); typeof frame === "object"; frame = sampler.take(1, end))
        frames.push(frame);
    }
    startAt = end + (gaps[i % gaps.length] ?? 0);
  }
  for (let frame = sampler.take(1, 1e9); typeof frame === "object"; frame = sampler.take(1, 1e9)) frames.push(frame);
  return frames;
}

const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 20 });
const gaps = fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 1, maxLength: 5 });

test("the shortcut for matching rates gives what sampling gives", () => {
  fc.assert(
    fc.property(bytes, fc.double({ min: 0.972, max: 1.028, noNaN: true }), gaps, (sent, ratio, pauses) => {
      const sampled = receive(sent, ratio, pauses, false);
      const short = receive(sent, ratio, pauses, true);
      return (
        JSON.stringify(sampled) === JSON.stringify(short) &&
        JSON.stringify(short.map((f) => f.value)) === JSON.stringify(sent)
      );
    }),
  );
});

test("at any rate something is received for every burst, and no frame out of nothing", () => {
  fc.assert(
    fc.property(bytes, fc.double({ min: 0.1, max: 10, noNaN: true }), gaps, (sent, ratio, pauses) => {
      const frames = receive(sent, ratio, pauses, true);
      return frames.every((f) => f.value >= 0 && f.value <= 255) && (frames.length > 0 || ratio < 0.5);
    }),
  );
});
