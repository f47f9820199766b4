import { expect, test } from "vitest";
import { serverSentEvents } from "./sse.ts";

async function read(...pieces: (string | Uint8Array)[]): Promise<string[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
  }
  const found: string[] = [];
  for await (const { data } of serverSentEvents(bytes())) found.push(data);
  return found;
}

test("events are read however their bytes are cut, characters of several bytes included", async () => {
  const stream = new TextEncoder().encode(': open\n\nid: 1\ndata: {"a":"Ω"}\n\n:\n\nid: 2\r\ndata: b\r\n\r\n');
  for (let size = 1; size < stream.length; size++) {
    const pieces = Array.from({ length: Math.ceil(stream.length / size) }, (_, i) =>
      stream.subarray(i * size, (i + 1) * size),
    );
    expect(await read(...pieces)).toEqual(['{"a":"Ω"}', "b"]);
  }
});

test("an event that was cut off was none", async () => {
  expect(await read("data: whole\n\ndata: cut o")).toEqual(["whole"]);
});
