import { describe, expect, test } from "vitest";
import { addressOfUrl, encodeInfoRequest, encodeStateRequest, encodeWifiSettings, matchImprov } from "./improv.ts";

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
const bytes = (text: string): Uint8Array => Uint8Array.from(text.split(" ").map((each) => Number.parseInt(each, 16)));

describe("Improv", () => {
  test("requests are byte for byte those that the real firmware answered", () => {
    expect(hex(encodeStateRequest())).toBe("49 4d 50 52 4f 56 01 03 02 02 00 e5 0a");
    expect(hex(encodeInfoRequest())).toBe("49 4d 50 52 4f 56 01 03 02 03 00 e6 0a");
    expect(hex(encodeWifiSettings("TestNet", "wrongpass1"))).toBe(
      "49 4d 50 52 4f 56 01 03 15 01 13 07 54 65 73 74 4e 65 74 0a 77 72 6f 6e 67 70 61 73 73 31 f7 0a",
    );
  });

  test("a frame with any flipped bit is no frame", () => {
    const good = bytes("49 4d 50 52 4f 56 01 04 14 02 12 11 68 74 74 70 3a 2f 2f 30 2e 30 2e 30 2e 30 3a 38 30 5f");
    const match = matchImprov(good);
    expect(typeof match === "object" && match.frame).toEqual({
      kind: "result",
      command: 2,
      strings: ["http://0.0.0.0:80"],
    });
    for (let bit = 0; bit < good.length * 8; bit++) {
      const spoilt = good.slice();
      spoilt[bit >> 3]! ^= 1 << (bit & 7);
      expect(typeof matchImprov(spoilt), `bit ${bit}`).toBe("string");
    }
  });

  test("every beginning of a frame asks for more", () => {
    const good = encodeInfoRequest();
    for (let n = 0; n < good.length - 1; n++) expect(matchImprov(good.subarray(0, n))).toBe("more");
  });

  test("0.0.0.0 is no address", () => {
    expect(addressOfUrl("http://0.0.0.0:80")).toBeUndefined();
    expect(addressOfUrl("http://192.168.1.50:80")).toBe("192.168.1.50");
    expect(addressOfUrl("nonsense")).toBeUndefined();
  });
});
