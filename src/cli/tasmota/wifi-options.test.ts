import { expect, test } from "vitest";
import { ownRanges } from "./wifi-options.ts";

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
