/** The key memory and what it decides. Key, frame and cipher text: IEEE 802.11-2016, Annex J.6.4. */
import { describe, expect, test } from "vitest";
import { bytesOf, hexOf, MacRig, ROUTER, RX_BUFFERS, STATION } from "../../../../test/support/mac-rig.ts";
import { ccmpEncrypt } from "../../crypto/ccmp.ts";
import { readKeys } from "./key-memory.ts";
import { WDEV, WDEV_INT } from "./registers.ts";

const KEY = "c97c1f67ce371185514a8a19f2bdd52f";
const [A1, A2, A3] = ["0fd2e128a57c", "5030f1844408", "abaea5b8fcba"];
const HEADER = `0848c32c${A1}${A2}${A3}8033`;
const IV = "0ce70020769703b5";
const PLAIN = "f8ba1a55d02f85ae967bb62fb6cda8eb7e78a050";
const CIPHER = "f3d0a2fe9a3dbf2342a643e43246e80c3c04d019";
const MIC = "7845ce0b16f97623";
const OTHER_KEY = "00112233445566778899aabbccddeeff";

/** A frame to this station, encrypted with the first key. */
const CLEAR = `08420000${STATION}${ROUTER}${ROUTER}1000${IV}${PLAIN}`;
const TO_STATION = hexOf(ccmpEncrypt(bytesOf(KEY), bytesOf(CLEAR)));

function rigFor(prepare: (rig: MacRig) => void): MacRig {
  const rig = new MacRig();
  rig.ring(1);
  prepare(rig);
  return rig;
}

test("an entry is read as the driver writes it: address, kind, key id, interface, key", () => {
  const words = new Uint32Array(250);
  // Entry 6 as seen after a join, and entry 2 with a group key of id 1 (NONOS SDK 2.2.x).
  words.set([0xaa000002, 0x004c01bb, 0x33221100, 0x77665544, 0xbbaa9988, 0xffeeddcc], 60);
  words.set([0xaa000002, 0x40cc01bb], 20);
  words.set([0xffffffff, 0x01ccffff], 10);
  expect(readKeys(words, 0b1000110)).toEqual([
    { entry: 1, address: "ffffffffffff", isPairwise: false, keyId: 0, interface: 1, ccmp: new Uint8Array(16) },
    { entry: 2, address: ROUTER, isPairwise: false, keyId: 1, interface: 0, ccmp: new Uint8Array(16) },
    { entry: 6, address: ROUTER, isPairwise: true, keyId: 0, interface: 0, ccmp: bytesOf(OTHER_KEY) },
  ]);
});

test("an entry whose valid bit is clear, and one of another cipher, have no key", () => {
  const words = new Uint32Array(250);
  words.set([0, 0x00480000], 60);
  expect(readKeys(words, 0)).toEqual([]);
  expect(readKeys(words, 1 << 6)[0]!.ccmp).toBeUndefined();
});

describe("receiving", () => {
  test("a frame is decrypted with its sender's key; CCMP header and MIC stay in the buffer", () => {
    const rig = rigFor((mac) => mac.key(6, KEY, {}));
    expect(rig.hear(TO_STATION)).toBe(true);
    expect(rig.ram(RX_BUFFERS + 12, 24 + 8 + 20 + 8)).toBe(CLEAR + TO_STATION.slice(-16));
  });

  test.each<[string, (rig: MacRig) => void]>([
    ["no key", () => {}],
    ["another station's key", (rig) => rig.key(6, KEY, { address: A2 })],
    ["a wrong key", (rig) => rig.key(6, OTHER_KEY, {})],
    ["another key id", (rig) => rig.key(6, KEY, { keyId: 1 })],
    ["a group key", (rig) => rig.key(2, KEY, { type: 6 })],
    ["a key of another cipher", (rig) => rig.key(6, KEY, { algorithm: 2 })],
  ])("with %s the frame is acknowledged and dropped", (_, prepare) => {
    const rig = rigFor(prepare);
    expect(rig.hear(TO_STATION)).toBe(true);
    expect(rig.read(WDEV.intSt)).toBe(0);
  });

  test("a group frame takes the group key that its key id names: the standard's frame is one", () => {
    const rig = rigFor((mac) => {
      mac.key(2, OTHER_KEY, { type: 6, keyId: 1 });
      mac.key(3, KEY, { type: 6, keyId: 0 });
      mac.key(6, OTHER_KEY, { address: A2 });
    });
    expect(rig.hear(HEADER + IV + CIPHER + MIC)).toBe(false);
    expect(rig.read(WDEV.intSt)).toBe(WDEV_INT.rxData);
    expect(rig.ram(RX_BUFFERS + 12, 24 + 8 + 20 + 8)).toBe(HEADER + IV + PLAIN + MIC);
  });
});

describe("sending", () => {
  test("a protected frame is encrypted with the entry that its slot names, the MIC in the room for it", () => {
    const rig = rigFor((mac) => mac.key(6, KEY, {}));
    rig.transmit(2, [HEADER + IV, `${PLAIN}${"00".repeat(12)}`], { key: 6 });
    rig.time.pass(1000);
    expect(rig.sent.map(({ bytes }) => hexOf(bytes))).toEqual([HEADER + IV + CIPHER + MIC]);
  });

  test("bit 23 of the slot's word is not part of the entry's number", () => {
    const rig = rigFor((mac) => mac.key(4, KEY, { type: 6 }));
    rig.transmit(0, [HEADER + IV + PLAIN + "00".repeat(12)], { key: 0x84 });
    rig.time.pass(1000);
    expect(hexOf(rig.sent[0]!.bytes)).toBe(HEADER + IV + CIPHER + MIC);
  });

  test("a frame without the protected bit goes as it is", () => {
    const rig = rigFor((mac) => mac.key(6, KEY, {}));
    const clear = HEADER.replace("0848", "0808") + PLAIN;
    rig.transmit(0, [`${clear}00000000`], { key: 6 });
    rig.time.pass(1000);
    expect(hexOf(rig.sent[0]!.bytes)).toBe(clear);
  });
});
