import { describe, expect, test } from "vitest";
import { credentialFaults, fitsBacklog, transportsFor } from "./credentials.ts";
import {
  generateWebPassword,
  MAX_WEB_PASSWORD,
  parsePoolUse,
  poolOverflow,
  webPasswordFaults,
} from "./web-password.ts";

const PSK = "0123456789abcdef".repeat(4);

describe("Wi-Fi credentials", () => {
  test.each([
    ["home", "", "an open network"],
    ["home", "12345678", "the shortest passphrase"],
    ["home", "x".repeat(63), "the longest passphrase"],
    ["home", PSK, "a raw key"],
    ["x".repeat(32), "12345678", "the longest name"],
    ["ü".repeat(16), "pässword", "UTF-8"],
    [" a ", ' "quoted"; 100% + more ', "spaces, quotes, ; % +"],
  ])("%j / %j are legal (%s)", (ssid, passphrase) => {
    expect(credentialFaults({ ssid, passphrase })).toEqual([]);
  });

  test.each([
    ["", "12345678", /empty/],
    ["x".repeat(33), "12345678", /33 bytes/],
    ["ü".repeat(17), "12345678", /34 bytes/],
    ["home", "1234567", /8 to 63/],
    ["home", "x".repeat(64), /hex/],
    ["home", "x".repeat(65), /65 bytes/],
    ["ho\0me", "12345678", /NUL/],
    ["home\ud800", "12345678", /Unicode/],
  ])("%j / %j are refused", (ssid, passphrase, reason) => {
    const faults = credentialFaults({ ssid, passphrase }).join("; ");
    expect(faults).toMatch(reason);
    if (passphrase.length > 7) expect(faults).not.toContain(passphrase);
  });

  test.each([
    ["home", "12345678", ["serial", "access-point", "improv"]],
    ["home", "", ["serial", "access-point"]],
    ["a;b", "12345678", ["serial", "access-point"]],
    ["home", "ends with a space ", ["serial", "access-point"]],
    ["home", "{braces}", ["serial", "access-point"]],
    [" home", "12345678", ["access-point"]],
    ["1", "12345678", ["access-point"]],
    ["?", "12345678", ["access-point"]],
    ["Küche", "12345678", ["access-point", "improv"]],
    ["Küche;", "12345678", ["access-point"]],
    ["home", PSK, ["serial", "access-point", "improv"]],
    ['"50% + 1"', "%41+%20&=#", ["serial", "access-point", "improv"]],
  ])("%j / %j can go by %j", (ssid, passphrase, transports) => {
    const choice = transportsFor({ ssid, passphrase });
    expect(choice.usable).toEqual(transports);
    for (const { reason } of choice.blocked) expect(reason).not.toContain("12345678");
  });

  test("with separators go as two commands", () => {
    expect(fitsBacklog({ ssid: "home", passphrase: "12345678" })).toBe(true);
    expect(fitsBacklog({ ssid: "home", passphrase: "1234;678" })).toBe(false);
    expect(fitsBacklog({ ssid: "home ", passphrase: "12345678" })).toBe(false);
  });
});

describe("web passwords", () => {
  test("that are generated are usable, unlike each other and spread over the alphabet", () => {
    let state = 1;
    const random = (count: number): Uint8Array =>
      Uint8Array.from({ length: count }, () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state >>> 24;
      });
    const passwords = Array.from({ length: 500 }, () => generateWebPassword(random));
    for (const password of passwords) {
      expect(password).toMatch(/^[a-zA-Z2-9]{20}$/);
      expect(webPasswordFaults(password)).toEqual([]);
    }
    expect(new Set(passwords).size).toBe(500);
    expect(new Set(passwords.join("")).size).toBe(57);
  });

  test("do not favour the alphabet's beginning: bytes over the last full round are thrown away", () => {
    let calls = 0;
    const random = (count: number): Uint8Array => new Uint8Array(count).fill(calls++ === 0 ? 255 : 0);
    expect(generateWebPassword(random)).toBe("a".repeat(20));
    expect(calls).toBe(2);
  });

  test.each([
    ["short", /at least 8/],
    ["x".repeat(MAX_WEB_PASSWORD + 1), /limit is 32/],
    [" padded-pw ", /spaces/],
    ["pässword1", /ASCII/],
  ])("%j is refused with the reason", (password, reason) => {
    expect(webPasswordFaults(password).join("; ")).toMatch(reason);
  });

  test("must fit the plug's text pool", () => {
    expect(parsePoolUse("384/699")).toEqual({ used: 384, size: 699 });
    expect(parsePoolUse("nonsense")).toBeUndefined();
    expect(poolOverflow(690, "", "123456789")).toBe(0);
    expect(poolOverflow(690, "", "1234567890")).toBe(1);
    expect(poolOverflow(699, "old", "new")).toBe(0);
  });
});
