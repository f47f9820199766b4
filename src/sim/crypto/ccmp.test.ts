import { createCipheriv } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ccmpDecrypt, ccmpEncrypt, ccmpKeyId, macHeaderLength } from "./ccmp.ts";

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hex = (value: Uint8Array): string => Buffer.from(value).toString("hex");

/** IEEE 802.11-2016, Annex J.6.4, CCMP test vector. */
const KEY = bytes("c97c1f67ce371185514a8a19f2bdd52f");
const HEADER = "0848c32c 0fd2e128a57c 5030f1844408 abaea5b8fcba 8033";
const CCMP_HEADER = "0ce70020769703b5";
const PLAIN = "f8ba1a55d02f85ae967bb62fb6cda8eb7e78a050";
const CIPHER = "f3d0a2fe9a3dbf2342a643e43246e80c3c04d019 7845ce0b16f97623";
const CLEAR = bytes(HEADER + CCMP_HEADER + PLAIN);
const ENCRYPTED = bytes(HEADER + CCMP_HEADER + CIPHER);

test("the standard's frame is encrypted as there", () => {
  expect(hex(ccmpEncrypt(KEY, CLEAR))).toBe(hex(ENCRYPTED));
});

test("decryption leaves CCMP header and MIC where they are", () => {
  const frame = ccmpDecrypt(KEY, ENCRYPTED)!;
  expect(hex(frame.subarray(0, CLEAR.length))).toBe(hex(CLEAR));
  expect(hex(frame.subarray(CLEAR.length))).toBe("7845ce0b16f97623");
});

describe("what is authenticated", () => {
  test.each([
    ["the cipher text", 40],
    ["the MIC", 58],
    ["address 1", 5],
    ["address 2", 12],
    ["address 3", 20],
    ["the fragment number", 22, 0x01],
    ["the packet number", 24],
    ["the frame type", 0],
  ])("a frame whose %s was changed is refused", (_, at, bit = 0x01) => {
    const frame = ENCRYPTED.slice();
    frame[at]! ^= at === 0 ? 0x80 : bit;
    expect(ccmpDecrypt(KEY, frame)).toBeUndefined();
  });

  test.each([
    ["retry", 1, 0x08],
    ["power management", 1, 0x10],
    ["more data", 1, 0x20],
    ["the sequence number", 23, 0x40],
  ])("%s may change on the way", (_, at, bit) => {
    const frame = ENCRYPTED.slice();
    frame[at]! ^= bit;
    expect(ccmpDecrypt(KEY, frame)).toBeDefined();
  });
});

test.each([
  ["0840", 24],
  ["8840", 26],
  ["0843", 30],
  ["8843", 32],
])("a frame of control %s has a header of %i bytes, and is decrypted by its own rules", (control, length) => {
  const header = bytes(control + "00".repeat(length - 2));
  const frame = Uint8Array.from([...header, ...bytes("0100 00a0 00000000"), ...bytes("aabbcc")]);
  expect(macHeaderLength(frame)).toBe(length);
  expect(ccmpKeyId(frame)).toBe(2);
  const there = ccmpEncrypt(KEY, frame);
  expect(hex(ccmpDecrypt(KEY, there)!.subarray(0, frame.length))).toBe(hex(frame));
});

test("a QoS frame's nonce begins with its priority (12.5.3.3.4), as another CCM has it", () => {
  const header = bytes(`8840${"00".repeat(2)}0fd2e128a57c5030f1844408abaea5b8fcba80330500`);
  const plain = bytes("cafebabe");
  const nonce = bytes("05 5030f1844408 b5039776e70c");
  const additional = bytes("8840 0fd2e128a57c5030f1844408abaea5b8fcba 0000 0500");
  const other = createCipheriv("aes-128-ccm", KEY, nonce, { authTagLength: 8 });
  other.setAAD(additional, { plaintextLength: plain.length });
  const cipher = Buffer.concat([other.update(plain), other.final(), other.getAuthTag()]);
  const frame = ccmpEncrypt(KEY, Uint8Array.from([...header, ...bytes(CCMP_HEADER), ...plain]));
  expect(hex(frame.subarray(header.length + 8))).toBe(cipher.toString("hex"));
});

test("QoS data of another priority is not the same frame", () => {
  const frame = Uint8Array.from([...bytes(`8840${"00".repeat(22)}0500`), ...bytes("0100002000000000"), 1, 2, 3]);
  const there = ccmpEncrypt(KEY, frame);
  there[24] = 6;
  expect(ccmpDecrypt(KEY, there)).toBeUndefined();
});

test("a frame shorter than its own MIC is refused", () => {
  expect(ccmpDecrypt(KEY, ENCRYPTED.subarray(0, 36))).toBeUndefined();
});
