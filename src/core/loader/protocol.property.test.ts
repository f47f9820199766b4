import fc from "fast-check";
import { expect, test } from "vitest";
import { COMMANDS, type CommandName, encodeCommand, isGoodReply, parseReply } from "./protocol.ts";

const names = Object.keys(COMMANDS) as CommandName[];

test("a reply is read or refused, never misread, whatever the bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (frame) => {
      const reply = parseReply(frame);
      if (reply === undefined) return;
      expect(frame[0]).toBe(1);
      expect(frame.length).toBe(10 + reply.body.length);
      expect(reply.opcode).toBe(frame[1]);
      for (const name of names) isGoodReply(name, reply);
    }),
  );
});

test("our own command heard back is never taken for a reply", () => {
  const frame = encodeCommand("readReg", { address: 0x40001000 });
  expect(parseReply(frame)).toBeUndefined();
});

test("a reply shortened or lengthened by any number of bytes is refused", () => {
  const good = Uint8Array.of(1, 0x0a, 2, 0, 1, 2, 3, 4, 0, 0);
  expect(parseReply(good)).toMatchObject({ opcode: 0x0a, value: 0x04030201, status: 0 });
  fc.assert(
    fc.property(fc.integer({ min: -10, max: 10 }), (change) => {
      fc.pre(change !== 0);
      const frame = new Uint8Array(10 + change);
      frame.set(good.subarray(0, frame.length));
      expect(parseReply(frame)).toBeUndefined();
    }),
  );
});
