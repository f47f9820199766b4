import { describe, expect, test } from "vitest";
import { drain } from "../../platform/node/system.ts";
import { SimClock } from "../../sim/world/clock.ts";
import type { MqttConnection } from "../ports.ts";
import { addressesOf, discover } from "./find.ts";

test.each([
  ["192.168.1.7", ["192.168.1.7"]],
  ["192.168.1.7-192.168.1.9", ["192.168.1.7", "192.168.1.8", "192.168.1.9"]],
  ["10.0.0.4/30", ["10.0.0.5", "10.0.0.6"]],
  ["172.31.255.255/32", ["172.31.255.255"]],
])("the range %s is understood", (range, addresses) => {
  expect(addressesOf(range)).toEqual(addresses);
});

/** Public, special and odd. The addresses are from the IANA Special-Purpose Address Registry, or beside a local network. */
test.each([
  ...["8.8.8.8", "8.8.8.0/24", "1.1.1.1-1.1.1.9", "172.15.255.250-172.16.0.5", "192.167.255.254-192.168.0.3"],
  ...["0.0.0.0/24", "0.0.0.0", "224.0.0.0/24", "239.255.255.250", "255.255.255.255", "192.0.2.0/24", "203.0.113.7"],
  ...["0x7f.1", "0x7f.0.0.1", "2130706433", "0177.0.0.1", "127.1", "192.168.1", "192.168.1.05", "192.168.1.5."],
  ...[
    "::ffff:192.168.1.5",
    "::1",
    "[::1]",
    "192.168.1.0/8",
    "192.168.1.9-192.168.1.5",
    "192.168.1.5-9",
    "192.168.1.5:80",
  ],
  ...["192.168.1.0/024", "192.168.1.0/24/24", " 192.168.1.5", "192.168.1.5\n", "plug.local", "", "*"],
])("the range %j is refused before anything is asked", (range) => {
  expect(() => addressesOf(range)).toThrowError(expect.objectContaining({ code: "bad-argument" }));
});

describe("announcements at a broker", () => {
  const broker = (...payloads: readonly string[]): MqttConnection => ({
    subscribe: (_filter, onMessage) => {
      for (const payload of payloads) {
        onMessage({ topic: "tasmota/discovery/X/config", payload: new TextEncoder().encode(payload), retained: true });
      }
      return Promise.resolve(() => Promise.resolve());
    },
    publish: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
  const found = async (...payloads: readonly string[]): Promise<readonly string[]> => {
    const clock = new SimClock();
    return (await clock.complete(drain, discover(broker(...payloads), clock.port()))).map(({ address }) => address);
  };
  const at = (ip: unknown, more: object = {}): string => JSON.stringify({ mac: "5CCF7F0A0B0C", ip, ...more });

  test.each([
    "8.8.8.8",
    "0.0.0.0",
    "0x7f.1",
    "evil.example",
    "192.168.1.5/cm?",
    "192.168.1.5@evil.example",
    3232235781,
  ])("a broker announcement that points to %j is ignored", async (ip) => {
    expect(await found(at(ip))).toEqual([]);
  });

  test.each([
    ["is larger than any plug's", at("192.168.1.5", { dn: "x".repeat(10_000) })],
    [
      "is nested deeper than any plug's",
      `{"mac":"5CCF7F0A0B0C","ip":"192.168.1.5","x":${"[".repeat(33)}${"]".repeat(33)}}`,
    ],
    ["is no JSON", "{"],
  ])("a broker announcement that %s is ignored, and the next is read", async (_name, odd) => {
    expect(await found(odd, at("192.168.1.6"))).toEqual(["192.168.1.6"]);
  });

  test("an endless stream of broker announcements is not all kept", async () => {
    const many = Array.from({ length: 2000 }, (_, i) =>
      JSON.stringify({ mac: i.toString(16).padStart(12, "0"), ip: "192.168.1.5" }),
    );
    expect(await found(...many)).toHaveLength(1024);
  });
});
