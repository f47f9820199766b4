import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  baudOf,
  baudValue,
  comPortCommand,
  TelnetClientCodec,
  type TelnetEvent,
  telnetEscape,
} from "./telnet-codec.ts";

/** Joins neighbouring data events: where they are split follows the chunks and means nothing. */
function meaning(events: TelnetEvent[]): (TelnetEvent | string)[] {
  const out: (TelnetEvent | string)[] = [];
  let data = "";
  for (const event of events) {
    if (event.type === "data") {
      data += Buffer.from(event.bytes).toString("hex");
      continue;
    }
    if (data !== "") out.push(data);
    data = "";
    out.push(event);
  }
  if (data !== "") out.push(data);
  return out;
}

function inChunks(bytes: Uint8Array, cuts: readonly number[]): TelnetEvent[] {
  const codec = new TelnetClientCodec();
  const events: TelnetEvent[] = [];
  let from = 0;
  for (const cut of [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)) {
    events.push(...codec.receive(bytes.subarray(from, cut)));
    from = cut;
  }
  return events;
}

describe("Telnet with RFC 2217", () => {
  test("chunking never matters, whatever the bytes", () => {
    const telling = fc.oneof(
      fc.constantFrom(255, 250, 240, 251, 252, 253, 254, 44, 0, 101),
      fc.integer({ max: 255, min: 0 }),
    );
    fc.assert(
      fc.property(fc.array(telling, { maxLength: 200 }), fc.array(fc.nat(), { maxLength: 20 }), (bytes, cuts) => {
        const stream = Uint8Array.from(bytes);
        expect(meaning(inChunks(stream, cuts))).toEqual(meaning(inChunks(stream, [])));
      }),
    );
  });

  test("escaped data arrives as it was", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const events = new TelnetClientCodec().receive(telnetEscape(bytes));
        expect(meaning(events)).toEqual(bytes.length === 0 ? [] : [Buffer.from(bytes).toString("hex")]);
      }),
    );
  });

  test("a baud rate travels as the standard writes it: 32 bits, high byte first, 255 doubled", () => {
    expect([...comPortCommand(1, baudValue(115_200))]).toEqual([255, 250, 44, 1, 0, 1, 0xc2, 0, 255, 240]);
    expect([...comPortCommand(1, baudValue(0xff00))]).toEqual([255, 250, 44, 1, 0, 0, 255, 255, 0, 255, 240]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000_000 }), (baud) => {
        expect(baudOf(baudValue(baud))).toBe(baud);
      }),
    );
  });

  test("an offer is answered once, so that two polite ends come to rest", () => {
    const codec = new TelnetClientCodec();
    codec.greeting();
    const offer = Uint8Array.of(255, 251, 1, 255, 253, 39);
    const first = codec.receive(offer);
    expect(first).toEqual([
      { type: "send", bytes: Uint8Array.of(255, 253, 1) },
      { type: "send", bytes: Uint8Array.of(255, 252, 39) },
    ]);
    expect(codec.receive(offer)).toEqual([]);
    expect(codec.receive(Uint8Array.of(255, 253, 0, 255, 251, 0))).toEqual([]);
  });
});
