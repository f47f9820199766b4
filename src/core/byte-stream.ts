/** Bytes that come in chunks, as a web stream gives them: taken one by one, or whole up to a limit. */

/** As much of a `ReadableStream<Uint8Array>` as is used here. */
export interface ByteStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

/** The chunks as they come; leaving the loop cancels the rest. Not every browser's stream is an async iterable. */
export async function* chunksOf(stream: ByteStream | null): AsyncGenerator<Uint8Array> {
  if (stream === null) return;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || value === undefined) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Undefined where it is longer than the limit, whatever length it claims to have: the rest is not read. */
export async function readBounded(stream: ByteStream | null, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(stream)) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  // Not by concatBytes: chunks of one byte each are more arguments than a call can have.
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
