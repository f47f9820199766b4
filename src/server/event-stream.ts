/**
 * The events of a job as server-sent events (WHATWG HTML, 9.2), each with its number as id, so that a page that was away goes on where it was. Read by
 * fetch and not by EventSource, which can neither POST nor send a token.
 */
import { packed } from "../core/index.ts";
import type { HostEvent } from "../host/index.ts";

/** Shows a page that is waiting that the server is there, ms. */
const BEAT_MS = 10_000;

export function eventStream(events: AsyncIterable<HostEvent>): ReadableStream<Uint8Array> {
  const iterator = events[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let beat: NodeJS.Timeout | undefined;
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(encoder.encode(": open\n\n"));
      beat = setInterval(() => controller.enqueue(encoder.encode(":\n\n")), BEAT_MS);
    },
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done === true) {
        clearInterval(beat);
        controller.close();
        return;
      }
      controller.enqueue(encoder.encode(`id: ${value.seq}\ndata: ${JSON.stringify(packed(value))}\n\n`));
    },
    cancel: async () => {
      clearInterval(beat);
      await iterator.return?.();
    },
  });
}
