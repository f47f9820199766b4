/**
 * Vectors: RFC 3174 (SHA-1), RFC 2202 (HMAC-SHA-1), IEEE 802.11-2016 Annex J.4 (PBKDF2 of passphrase and SSID), J.3 (PRF),
 * RFC 3394 section 4.1 (key wrap).
 */
import { expect, test } from "vitest";
import { HEAP, TestMachine } from "./test-machine.ts";

const OUT = HEAP + 0x800;
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

function machine(...contents: readonly (Uint8Array | string)[]): TestMachine {
  const made = new TestMachine();
  for (const [index, content] of contents.entries()) {
    made.cpu.writeBlock(HEAP + 0x100 * index, typeof content === "string" ? Buffer.from(`${content}\0`) : content);
  }
  return made;
}
const hex = (made: TestMachine, length: number): string => Buffer.from(made.cpu.readBlock(OUT, length)).toString("hex");

test("sha1_vector hashes its pieces as one message", () => {
  const made = machine("ab", "c");
  const words = [HEAP, HEAP + 0x100, 2, 1];
  for (const [index, word] of words.entries()) made.cpu.write32(HEAP + 0x400 + 4 * index, word);
  made.call("sha1_vector", 2, HEAP + 0x400, HEAP + 0x408, OUT);
  expect(hex(made, 20)).toBe("a9993e364706816aba3e25717850c26c9cd0d89d");
});

test.each([
  ["0b".repeat(20), Buffer.from("Hi There").toString("hex"), "b617318655057264e28bc0b6fb378c8ef146be00"],
  ["aa".repeat(20), "dd".repeat(50), "125d7342b9ac11cd91a39af48aa17b4f63f175d3"],
])("hmac_sha1 with key %s", (key, data, digest) => {
  const made = machine(bytes(key), bytes(data));
  made.call("hmac_sha1", HEAP, key.length / 2, HEAP + 0x100, data.length / 2, OUT);
  expect(hex(made, 20)).toBe(digest);
});

test.each([
  ["password", "IEEE", "f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e"],
  ["ThisIsAPassword", "ThisIsASSID", "0dc0d6eb90555ed6419756b9a15ec3e3209b63df707dd508d14581f8982721af"],
])("pbkdf2_sha1 of %s and %s, at the cost of the ROM's 8192 HMACs", (passphrase, ssid, key) => {
  const made = machine(passphrase, ssid);
  const before = made.cpu.cycles;
  made.call("pbkdf2_sha1", HEAP, HEAP + 0x100, ssid.length, 4096, OUT, 32);
  expect(hex(made, 32)).toBe(key);
  expect(made.cpu.cycles - before).toBeGreaterThan(1e8);
});

test("sha1_prf writes as many bytes as its argument on the stack says", () => {
  const made = machine(bytes("0b".repeat(20)), "prefix", Uint8Array.from(Buffer.from("Hi There")));
  made.cpu.writeBlock(OUT, new Uint8Array(40).fill(0xee));
  made.cpu.write32(made.cpu.a[1]!, 30);
  made.call("sha1_prf", HEAP, 20, HEAP + 0x100, HEAP + 0x200, 8, OUT);
  expect(hex(made, 32)).toBe("bcd4c650b30b9684951829e0d75f9d54b862175ed9f00606e17d8da35402eeee");
});

test("aes_unwrap gives the key of a sound wrap and refuses a changed one", () => {
  const wrapped = bytes("1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5");
  const made = machine(bytes("000102030405060708090a0b0c0d0e0f"), wrapped);
  expect(made.call("aes_unwrap", HEAP, 2, HEAP + 0x100, OUT)).toBe(0);
  expect(hex(made, 16)).toBe("00112233445566778899aabbccddeeff");
  made.cpu.write8(HEAP + 0x108, 0);
  expect(made.call("aes_unwrap", HEAP, 2, HEAP + 0x100, OUT)).toBe(-1);
});
