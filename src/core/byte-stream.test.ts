import { expect, test } from "vitest";
import { chunksOf, readBounded } from "./byte-stream.ts";

/** A stream of `count` chunks of one byte each, and whether the rest of it was cancelled. */
function ones(count: number): { stream: ReadableStream<Uint8Array>; cancelled: () => boolean } {
  let left = count;
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (left-- > 0) controller.enqueue(new Uint8Array([1]));
      else controller.close();
    },
    cancel: () => {
      cancelled = true;
    },
  });
  return { stream, cancelled: () => cancelled };
}

test.each([
  [0, 0],
  [3, 3],
  [3, 4],
  // More than the arguments that a call can have.
  [200_000, 200_000],
])("a stream of %d bytes is read whole where %d are allowed", async (length, limit) => {
  expect(await readBounded(ones(length).stream, limit)).toEqual(new Uint8Array(length).fill(1));
});

test("of a stream that is longer than the limit the rest is cancelled and nothing is given", async () => {
  const { stream, cancelled } = ones(1000);
  expect(await readBounded(stream, 3)).toBeUndefined();
  expect(cancelled()).toBe(true);
});

test("no body is no bytes", async () => {
  expect(await readBounded(null, 1)).toEqual(new Uint8Array(0));
});

test("leaving the loop over a stream's chunks cancels the rest", async () => {
  const { stream, cancelled } = ones(1000);
  for await (const chunk of chunksOf(stream)) {
    expect(chunk).toEqual(new Uint8Array([1]));
    break;
  }
  expect(cancelled()).toBe(true);
});
