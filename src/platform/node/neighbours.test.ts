import { expect, test } from "vitest";
import { macIn, nodeNeighbours, ownRanges } from "./neighbours.ts";

/** As proc(5) shows /proc/net/arp; flags 0x0 is an entry that never was answered. */
const LINUX = `IP address       HW type     Flags       HW address            Mask     Device
192.168.1.1      0x1         0x2         02:11:22:33:44:55     *        wlan0
192.168.1.50     0x1         0x2         5c:cf:7f:a1:b2:c3     *        wlan0
192.168.1.51     0x1         0x0         00:00:00:00:00:00     *        wlan0
`;
/** As arp(8) of macOS prints with -n: leading zeros are left out. */
const MACOS = "? (192.168.1.50) at 5c:cf:7f:a1:2:c3 on en0 ifscope [ethernet]\n";
const MACOS_NONE = "? (192.168.1.50) at (incomplete) on en0 ifscope [ethernet]\n";
/** As `arp -a` prints on Windows (learn.microsoft.com, Windows commands, arp). */
const WINDOWS = `
Interface: 192.168.1.7 --- 0x12
  Internet Address      Physical Address      Type
  192.168.1.50          5c-cf-7f-a1-b2-c3     dynamic
  192.168.1.255         ff-ff-ff-ff-ff-ff     static
`;

test.each([
  [LINUX, "192.168.1.50", "5ccf7fa1b2c3"],
  [LINUX, "192.168.1.5", undefined],
  [LINUX, "192.168.1.51", undefined],
  [LINUX, "192.168.1.99", undefined],
  [MACOS, "192.168.1.50", "5ccf7fa102c3"],
  [MACOS_NONE, "192.168.1.50", undefined],
  [WINDOWS, "192.168.1.50", "5ccf7fa1b2c3"],
  [WINDOWS, "192.168.1.7", undefined],
  [WINDOWS, "192.168.1.255", undefined],
  ["", "192.168.1.50", undefined],
])("the network card of an address is read from the system's table (%#)", (text, address, mac) => {
  expect(macIn(text, address)).toBe(mac);
});

test.each([
  ["linux", undefined],
  ["darwin", ["-n", "192.168.1.50"]],
  ["win32", ["-a", "192.168.1.50"]],
] as const)("on %s the table is asked as that system wants it, without the port", async (platform, args) => {
  const calls: unknown[] = [];
  const neighbours = nodeNeighbours({
    platform,
    table: () => Promise.resolve(LINUX),
    run: (name, given) => {
      calls.push([name, given]);
      return Promise.resolve({ status: 0, output: platform === "win32" ? WINDOWS : MACOS, errors: "" });
    },
  });
  expect(await neighbours.macAt("192.168.1.50:80")).toMatch(/^5ccf7fa1(b2|02)c3$/);
  expect(calls).toEqual(args === undefined ? [] : [["arp", args]]);
});

test("a system without the table, or without the program, knows nothing", async () => {
  const missing = { status: undefined, output: "", errors: "" };
  const table = (): Promise<string> => Promise.reject(new Error("ENOENT"));
  for (const platform of ["linux", "darwin"] as const) {
    const neighbours = nodeNeighbours({ platform, table, run: () => Promise.resolve(missing) });
    expect(await neighbours.macAt("192.168.1.50")).toBeUndefined();
  }
});

test("a plug is looked for in the private networks this computer is in, each once", () => {
  const entry = (address: string, internal = false) => ({
    address,
    internal,
    family: "IPv4" as const,
    netmask: "255.255.255.0",
    mac: "00:00:00:00:00:00",
    cidr: `${address}/24`,
  });
  const interfaces = {
    lo: [entry("127.0.0.1", true)],
    wlan0: [entry("192.168.7.23")],
    eth0: [entry("192.168.7.24"), entry("172.20.1.5")],
    vpn: [entry("100.64.0.9")],
  };
  expect(ownRanges(interfaces)).toEqual(["192.168.7.0/24", "172.20.1.0/24"]);
});
