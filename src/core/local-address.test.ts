import { describe, expect, test } from "vitest";
import { allLocal, isLocalAddress, plainAddress } from "./local-address.ts";

/** Spellings of addresses that inet_aton(3), URL parsers or shells understand, and that are no plain address. */
const ODD: readonly string[] = [
  ...["0x7f.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.1", "127.1", "127.0.1", "10.1"],
  ...["192.168.1.050", "192.168.01.5", "192.168.1.5.", "192.168.1", "192.168.1.256", "192.168.1.-1", "1e2.0.0.1"],
  ...["::ffff:192.168.1.5", "[::ffff:192.168.1.5]", "::1", "fe80::1", "192.168.1.5%eth0", "192.168.1.5/24"],
  ...[" 192.168.1.5", "192.168.1.5 ", "192.168.1.5\n", "１９２.168.1.5", "192。168。1。5", "user@192.168.1.5", ""],
];

test.each(ODD)("%j is no plain address", (text) => {
  expect(plainAddress(text)).toBeUndefined();
  expect(isLocalAddress(text)).toBe(false);
});

/** IANA IPv4 Special-Purpose Address Registry, and addresses of the public internet beside each local network. */
const ELSEWHERE: readonly string[] = [
  ...["0.0.0.0", "0.1.2.3", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "128.0.0.0"],
  ...["169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.0.8", "192.0.2.7", "192.88.99.1"],
  ...["192.167.255.255", "192.169.0.0", "198.18.0.1", "198.51.100.7", "203.0.113.7"],
  ...["224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"],
];

test.each(ELSEWHERE)("%s is not in a local network", (text) => {
  expect(plainAddress(text)).toBeDefined();
  expect(isLocalAddress(text)).toBe(false);
});

describe("a local address", () => {
  test.each(["10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.1.5", "169.254.7.7", "100.64.0.1", "127.0.0.1"])(
    "%s is one, also with a port",
    (text) => {
      expect(isLocalAddress(text)).toBe(true);
      expect(isLocalAddress(`${text}:8080`)).toBe(true);
      for (const port of ["", "0", "65536", "80x"]) expect(isLocalAddress(`${text}:${port}`)).toBe(false);
    },
  );
});

/** The first and the last address of each network: RFC 1918, RFC 3927, RFC 6598, RFC 1122 section 3.2.1.3. */
test.each([
  ["10.0.0.0", "10.255.255.255"],
  ["172.16.0.0", "172.31.255.255"],
  ["192.168.0.0", "192.168.255.255"],
  ["169.254.0.0", "169.254.255.255"],
  ["100.64.0.0", "100.127.255.255"],
  ["127.0.0.0", "127.255.255.255"],
])("the network from %s to %s is local to its ends", (from, to) => {
  const [first, last] = [plainAddress(from)!, plainAddress(to)!];
  expect(allLocal(first, last)).toBe(true);
  expect(allLocal(first - 1, last)).toBe(false);
  expect(allLocal(first, last + 1)).toBe(false);
});

test("an address is the number that its four bytes make", () => {
  expect(plainAddress("192.168.1.5")).toBe(0xc0a80105);
  expect(plainAddress("0.0.0.0")).toBe(0);
});

test("every TCP port from 1 to 65535 is one", () => {
  expect([1, 65_535].map((port) => isLocalAddress(`10.0.0.1:${port}`))).toEqual([true, true]);
  expect([0, 65_536].map((port) => isLocalAddress(`10.0.0.1:${port}`))).toEqual([false, false]);
});
