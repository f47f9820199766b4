/** A computer on a network that a chip announces; the chip's side is an access point of the tests with a server behind it. */
import { expect, test } from "vitest";
import { fromHex } from "../../hex.ts";
import { SimClock } from "../clock.ts";
import { SeededRandom } from "../seeded-random.ts";
import { WifiAccessPoint } from "../wifi/wifi-access-point.ts";
import { AnnouncedNetworks } from "./announced-networks.ts";
import { Computer } from "./computer.ts";
import { simHttp } from "./http-client.ts";
import { Router } from "./ip/router.ts";
import { Lan } from "./lan.ts";
import { RadioMedium } from "./radio-medium.ts";
import { SharedEther } from "./shared-ether.ts";

const SSID = "tasmota-ABCDEF";
const BSSID = fromHex("c64f33abcdef");

const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function setUp(passphrase?: string) {
  const clock = new SimClock();
  const ether = new SharedEther();
  const medium = new RadioMedium(clock);
  const home = new Lan(clock);
  medium.announced = new AnnouncedNetworks(clock, ether, 1, []);
  const computer = new Computer(medium, { home, homeBy: "wifi" });
  const random = new SeededRandom(1);
  const lan = new Lan(clock, { subnet: "192.168.4", firstLease: 2 });
  lan.join({ name: "plug", address: lan.gateway }).listen(80, (stream) => {
    stream.listen({
      data: () => {
        stream.write(new TextEncoder().encode("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nConfigure WiFi"));
        stream.end();
      },
    });
  });
  const router = new Router({ clock, random, lan, mac: BSSID, send: (frame) => plug.send(frame) });
  const plug: WifiAccessPoint = new WifiAccessPoint({
    clock,
    ether,
    random,
    passphrase,
    ssid: SSID,
    bssid: BSSID,
    channel: 1,
    receive: (frame) => router.receive(frame),
  });
  const complete = <T>(work: Promise<T>): Promise<T> => clock.complete(drain, work);
  const pass = (seconds: number): Promise<boolean> => clock.run(drain, () => false, clock.now + seconds * 1e6);
  const get = (url: string) => complete(simHttp(clock, computer).request({ method: "GET", url, timeoutMs: 5000 }));
  return { clock, plug, lan, computer, complete, pass, get };
}

test("a computer finds an open network, gets its address from it, and reads the page of who opened it", async () => {
  const { computer, complete, get, plug, lan } = setUp();
  expect(await complete(computer.wifi().scan())).toEqual([{ ssid: SSID, open: true, signal: -46 }]);
  const back = await complete(computer.wifi().joinOpen(SSID));
  expect(computer.addresses).toEqual(["192.168.4.2"]);
  const page = await get("http://192.168.4.1/");
  expect([page.status, new TextDecoder().decode(page.body)]).toEqual([200, "Configure WiFi"]);
  expect([plug.stations, lan.machineAt("192.168.4.2")?.name]).toEqual([["02005e0053aa"], "computer"]);
  await complete(back());
  expect([plug.stations, computer.addresses]).toEqual([[], ["192.168.1.50"]]);
});

test.each([
  ["without a DHCP server", "leasing"],
  ["that is gone meanwhile", "beacons"],
])("joining a network %s fails, and the computer is at home again", async (_, missing) => {
  const at = setUp();
  await at.pass(0.5);
  at.lan.leasing = missing !== "leasing";
  if (missing === "beacons") at.clock.at(1_000_000, () => at.plug.stop());
  await expect(at.complete(at.computer.wifi().joinOpen(SSID))).rejects.toMatchObject({ code: "wifi-failed" });
  expect(at.computer.addresses).toEqual(["192.168.1.50"]);
  // It says goodbye.
  await at.pass(0.01);
  expect(at.plug.stations).toEqual([]);
});

test("a network with a passphrase is found, and is not open", async () => {
  const { computer, complete } = setUp("a virtual passphrase");
  expect(await complete(computer.wifi().scan())).toEqual([{ ssid: SSID, open: false, signal: -46 }]);
  await expect(complete(computer.wifi().joinOpen(SSID))).rejects.toMatchObject({ code: "wifi-failed" });
});

test.each([
  ["vanishes", (plug: WifiAccessPoint) => plug.stop(), 12],
  ["sends the computer away", (plug: WifiAccessPoint) => plug.deauthenticate("02005e0053aa"), 6],
])("a network that %s is left, and the computer goes home", async (_, end, seconds) => {
  const { computer, complete, pass, plug } = setUp();
  await pass(0.5);
  await complete(computer.wifi().joinOpen(SSID));
  end(plug);
  await pass(seconds);
  expect(computer.addresses).toEqual(["192.168.1.50"]);
});

test("a network whose beacons have stopped is not found any more", async () => {
  const { computer, complete, pass, plug } = setUp();
  await pass(0.5);
  plug.stop();
  await pass(1);
  expect(await complete(computer.wifi().scan())).toEqual([]);
});
