import { expect, test } from "vitest";
import { md5Hex, sha256Hex, startMd5 } from "./digest.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

test.each([
  ["", "d41d8cd98f00b204e9800998ecf8427e"],
  ["abc", "900150983cd24fb0d6963f7d28e17f72"],
  [LETTERS, "c3fcd3d76192e4007dfb496cca67e13b"],
])("MD5 of %j is the value that RFC 1321 gives in appendix A.5", (text, digest) => {
  expect(md5Hex(bytes(text))).toBe(digest);
});

test.each([
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  [
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  ],
])("SHA-256 of %j is the value that FIPS 180-2 gives in appendix B", (text, digest) => {
  expect(sha256Hex(bytes(text))).toBe(digest);
});

test("a digest of parts is the digest of the whole", () => {
  const parts = startMd5()
    .update(bytes(LETTERS.slice(0, 7)))
    .update(bytes(LETTERS.slice(7)));
  expect(parts.hex()).toBe("c3fcd3d76192e4007dfb496cca67e13b");
});

test("two digests that run at the same time do not mix", () => {
  const [one, other] = [startMd5(), startMd5()];
  one.update(bytes("abc"));
  expect(other.hex()).toBe("d41d8cd98f00b204e9800998ecf8427e");
  expect(one.hex()).toBe("900150983cd24fb0d6963f7d28e17f72");
});
