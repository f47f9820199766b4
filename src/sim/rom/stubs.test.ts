import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { checksum, chipRig, words } from "../../../test/support/chip-rig.ts";
import { readStub, StubSession } from "../../../test/support/stub-session.ts";

const contents = Uint8Array.from({ length: 0x100000 }, (_, i) => (i * 7 + (i >> 8) * 13 + (i >> 16)) & 0xff);
const md5 = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex");

test.each(["current", "legacy"] as const)(
  "the %s stub is uploaded, greets, reads, digests, erases and writes",
  (which) => {
    const rig = chipRig({ gpio0: 0, flash: { contents } });
    const stub = new StubSession(rig);
    stub.upload(readStub(which));

    const read = stub.readFlash(0x3000, 0x3000);
    expect(Buffer.compare(read.bytes, contents.subarray(0x3000, 0x6000))).toBe(0);
    expect(read.md5).toBe(md5(contents.subarray(0x3000, 0x6000)));

    const digest = stub.command(0x13, words(0x1000, 0x8000, 0, 0), 0, 2000);
    expect(Buffer.from(digest.body).toString("hex")).toBe(md5(contents.subarray(0x1000, 0x9000)));

    stub.command(0xd1, words(0x5000, 0x2000), 0, 5000);
    expect(rig.chip.flash.subarray(0x5000, 0x7000).every((b) => b === 0xff)).toBe(true);
    expect(rig.chip.flash[0x4fff]).toBe(contents[0x4fff]);
    expect(rig.chip.flash[0x7000]).toBe(contents[0x7000]);

    const block = Uint8Array.from({ length: 0x1000 }, (_, i) => (i * 31) & 0xff);
    stub.command(2, words(0x1000, 1, 0x1000, 0x10000), 0, 5000);
    stub.command(3, [...words(0x1000, 0, 0, 0), ...block], checksum(block), 5000);
    rig.pass(500);
    expect(Buffer.compare(rig.chip.flash.subarray(0x10000, 0x11000), block)).toBe(0);
  },
);
