/** The access point against a station of the tests. That a real supplicant gets on with it, real firmware shows (conformance). */

import { describe, expect, test } from "vitest";
import { ScriptedStation } from "../../../../test/support/scripted-station.ts";
import { toHex } from "../../hex.ts";
import { SimClock } from "../clock.ts";
import { SharedEther } from "../network/shared-ether.ts";
import { SeededRandom } from "../seeded-random.ts";
import { masterKey } from "./eapol-key.ts";
import { BROADCAST, KIND } from "./frames.ts";
import { WifiAccessPoint } from "./wifi-access-point.ts";

const SSID = "Virtual Home";
const PASSPHRASE = "a virtual passphrase";
const BSSID = Uint8Array.of(2, 0, 0x5e, 0, 0x53, 1);
const STATION = Uint8Array.of(0xc4, 0x4f, 0x33, 0xa1, 0xb2, 0x12);
const OTHER = Uint8Array.of(0xc4, 0x4f, 0x33, 0xa1, 0xb2, 0x13);
const GATEWAY = Uint8Array.of(2, 0, 0x5e, 0, 0x53, 0x99);
const DATA = "0800cafe";

function setUp(passphrase?: string) {
  const clock = new SimClock();
  const ether = new SharedEther();
  const behind: string[] = [];
  const accessPoint = new WifiAccessPoint({
    ...{ clock, ether, passphrase, ssid: SSID, bssid: BSSID, channel: 6 },
    random: new SeededRandom(1),
    receive: (ethernet) => behind.push(toHex(ethernet)),
  });
  const pass = (ms: number): void => clock.runInternal(clock.now + ms * 1000);
  const station = (own = STATION, given = passphrase, channel = 6): ScriptedStation =>
    new ScriptedStation(
      ether,
      own,
      BSSID,
      given === undefined ? undefined : { ssid: SSID, passphrase: given },
      channel,
    );
  const join = (one: ScriptedStation): void => {
    one.authenticate();
    pass(5);
    one.associate();
    pass(50);
  };
  return { clock, ether, accessPoint, behind, pass, station, join };
}

const ethernet = (to: Uint8Array, from: Uint8Array): Uint8Array =>
  Uint8Array.from([...to, ...from, ...Buffer.from(DATA, "hex")]);

test("the master key is the one of IEEE 802.11-2016, Annex J.4", () => {
  expect(toHex(masterKey("password", "IEEE"))).toBe("f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e");
});

describe("announcing", () => {
  test("a beacon every 102.4 ms names network and channel, and its protection where there is one", () => {
    const { pass, station } = setUp(PASSPHRASE);
    const one = station();
    pass(1000);
    const beacons = one.of(KIND.beacon);
    expect(beacons).toHaveLength(10);
    const text = toHex(beacons[0]!);
    expect(text).toContain(`000c${Buffer.from(SSID).toString("hex")}`);
    expect(text).toContain("030106");
    expect(text).toContain("30140100000fac04");
    // Privacy, in the capabilities.
    expect(beacons[0]![34]! & 0x10).toBe(0x10);
    const open = setUp();
    const another = open.station();
    open.pass(200);
    expect(toHex(another.of(KIND.beacon)[0]!)).not.toContain("30140100");
  });

  test.each([
    [SSID, 1],
    ["", 1],
    ["another", 0],
  ])("a probe for %j gets %i answers", (name, answers) => {
    const { pass, station } = setUp();
    const one = station();
    one.probe(name);
    pass(20);
    expect(one.of(KIND.probeResponse)).toHaveLength(answers);
  });

  test("a station on another channel is not heard", () => {
    const { station } = setUp();
    expect(station(STATION, undefined, 11).authenticate()).toBe(false);
    expect(station().authenticate()).toBe(true);
  });

  test("an access point that has stopped says nothing and acknowledges nothing", () => {
    const { accessPoint, pass, station } = setUp();
    const one = station();
    pass(200);
    accessPoint.stop();
    const heard = one.heard.length;
    pass(1000);
    expect(one.heard).toHaveLength(heard);
    expect(one.authenticate()).toBe(false);
  });
});

describe("an open network", () => {
  test("lets a station in, and carries frames both ways and between stations", () => {
    const { accessPoint, behind, pass, station, join } = setUp();
    const [one, two] = [station(), station(OTHER)];
    join(one);
    join(two);
    expect(accessPoint.stations).toEqual([toHex(STATION), toHex(OTHER)]);
    one.sendData(GATEWAY, DATA);
    expect(behind).toEqual([toHex(ethernet(GATEWAY, STATION))]);
    one.sendData(OTHER, DATA);
    accessPoint.send(ethernet(STATION, GATEWAY));
    pass(20);
    expect([one.data, two.data, behind.length]).toEqual([[DATA], [DATA], 1]);
  });

  test("sends a group frame of a station to all others and behind", () => {
    const { behind, pass, station, join } = setUp();
    const [one, two] = [station(), station(OTHER)];
    join(one);
    join(two);
    one.sendData(BROADCAST, DATA);
    pass(20);
    expect(two.data).toEqual([DATA]);
    expect(behind).toEqual([toHex(ethernet(BROADCAST, STATION))]);
  });

  test("tells a stranger, and one that has not associated yet, to leave when it sends data, with reason 7", () => {
    const { behind, pass, station } = setUp();
    const one = station();
    one.sendData(GATEWAY, DATA);
    pass(20);
    one.authenticate();
    one.sendData(GATEWAY, DATA);
    pass(20);
    expect(one.of(KIND.deauthentication).map((frame) => frame[24])).toEqual([7, 7]);
    expect(behind).toEqual([]);
  });

  test("forgets a station that leaves", () => {
    const { accessPoint, station, join } = setUp();
    const one = station();
    join(one);
    one.leave();
    expect(accessPoint.stations).toEqual([]);
  });
});

describe("a network with WPA2", () => {
  test("lets in a station that knows the passphrase, and encrypts what it carries", () => {
    const { accessPoint, behind, pass, station, join } = setUp(PASSPHRASE);
    const one = station();
    join(one);
    expect(accessPoint.stations).toEqual([toHex(STATION)]);
    one.sendData(GATEWAY, DATA);
    accessPoint.send(ethernet(STATION, GATEWAY));
    accessPoint.send(ethernet(BROADCAST, GATEWAY));
    pass(20);
    expect(behind).toEqual([toHex(ethernet(GATEWAY, STATION))]);
    expect(one.data).toEqual([DATA, DATA]);
    expect(
      one
        .of(KIND.data)
        .slice(-2)
        .map((frame) => frame[1]! & 0x40),
    ).toEqual([0x40, 0x40]);
  });

  test("sends one with another passphrase away with reason 15, after four tries", () => {
    const { accessPoint, pass, station, join } = setUp(PASSPHRASE);
    const one = station(STATION, "another passphrase");
    join(one);
    expect(accessPoint.stations).toEqual([]);
    pass(3500);
    expect(one.of(KIND.deauthentication)).toHaveLength(0);
    expect(one.of(KIND.data)).toHaveLength(4);
    pass(1000);
    expect(one.of(KIND.deauthentication).map((frame) => frame[24])).toEqual([15]);
  });

  test("passes over what comes unencrypted", () => {
    const { behind, station, join } = setUp(PASSPHRASE);
    const one = station();
    join(one);
    one.sendData(GATEWAY, DATA, true);
    expect(behind).toEqual([]);
  });

  test("changes its group key, with the other key id, and goes on with it", () => {
    const { accessPoint, pass, station, join } = setUp(PASSPHRASE);
    const one = station();
    join(one);
    const first = [...one.groupKeys.keys()];
    accessPoint.rekey();
    pass(20);
    accessPoint.send(ethernet(BROADCAST, GATEWAY));
    pass(20);
    expect([first, [...one.groupKeys.keys()]]).toEqual([[1], [1, 2]]);
    expect(toHex(one.groupKeys.get(2)!)).not.toBe(toHex(one.groupKeys.get(1)!));
    expect(one.data).toEqual([DATA]);
    pass(10_000);
    expect(accessPoint.stations).toEqual([toHex(STATION)]);
  });

  test("a station told to leave has to do the handshake again", () => {
    const { accessPoint, behind, pass, station, join } = setUp(PASSPHRASE);
    const one = station();
    join(one);
    accessPoint.deauthenticate(toHex(STATION), 2);
    pass(20);
    expect(one.of(KIND.deauthentication).map((frame) => frame[24])).toEqual([2]);
    one.sendData(GATEWAY, DATA);
    expect(behind).toEqual([]);
    join(one);
    expect(accessPoint.stations).toEqual([toHex(STATION)]);
  });
});
