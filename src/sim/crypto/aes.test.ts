import { expect, test } from "vitest";
import { Aes128 } from "./aes.ts";
import { unwrapKey, wrapKey } from "./key-wrap.ts";

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (value: Uint8Array): string => Buffer.from(value).toString("hex");

// FIPS 197: Appendix B and C.1.
test.each([
  ["2b7e151628aed2a6abf7158809cf4f3c", "3243f6a8885a308d313198a2e0370734", "3925841d02dc09fbdc118597196a0b32"],
  ["000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff", "69c4e0d86a7b0430d8cdb78070b4c55a"],
])("AES with key %s", (key, plain, cipher) => {
  const aes = new Aes128(bytes(key));
  expect(hex(aes.encrypt(bytes(plain)))).toBe(cipher);
  expect(hex(aes.decrypt(bytes(cipher)))).toBe(plain);
});

test("a wrapped key is the one of RFC 3394, section 4.1, and is unwrapped only with its own key", () => {
  const kek = bytes("000102030405060708090a0b0c0d0e0f");
  const key = bytes("00112233445566778899aabbccddeeff");
  const wrapped = wrapKey(kek, key);
  expect(hex(wrapped)).toBe("1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5");
  expect(hex(unwrapKey(kek, wrapped)!)).toBe(hex(key));
  expect(unwrapKey(key, wrapped)).toBeUndefined();
});
