/**
 * Images of real firmwares, executed by the virtual chip. None is in the repository: PLUGSMITH_FIRMWARE names a folder of
 * `.bin` files for chips with 1 MiB of flash. What the firmware prints is its own; what it must come to is from Tasmota's
 * documentation (Commands: Restart, Template, Status) and the ESP8266 Arduino core's (Exceptions, Watchdog).
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { toHex } from "../../src/sim/hex.ts";
import { TASMOTA_TEXTS } from "../../src/sim/tasmota/tasmota-model.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { WifiAccessPoint } from "../../src/sim/world/wifi/wifi-access-point.ts";
import { MAC } from "../support/chip-rig.ts";
import { ExecutedFirmware } from "../support/executed-firmware.ts";
import { ExecutedHome } from "../support/executed-home.ts";

const FOLDER = process.env["PLUGSMITH_FIRMWARE"];
const ONE_MIB = 0x2;
/** Published template of the Gosund EP2, in the numbers of Tasmota 9.1 and later. */
const EP2 = '{"NAME":"EP2","GPIO":[0,0,0,0,2656,2720,0,0,2624,32,320,224,0,0],"FLAG":0,"BASE":18}';

const has = (image: Uint8Array, text: string): boolean => Buffer.from(image).includes(text);

const images = (FOLDER === undefined ? [] : readdirSync(FOLDER))
  .filter((name) => name.endsWith(".bin"))
  .map((name) => ({ name, image: new Uint8Array(readFileSync(join(FOLDER!, name))) }))
  .filter(({ image }) => image[0] === 0xe9 && image.length <= 0x100000);
const forOneMib = images.filter(({ image }) => image[3]! >> 4 === ONE_MIB);
const tasmotas = forOneMib.filter(({ image }) => TASMOTA_TEXTS.every((text) => has(image, text)));
const version = (text: string): number => Number(/Version (\d+\.\d+)/.exec(text)?.[1]);

test.skipIf(FOLDER !== undefined)(
  "no images: PLUGSMITH_FIRMWARE names no folder, real firmware is not executed",
  (context) => {
    context.skip("PLUGSMITH_FIRMWARE is not set");
  },
);

describe.each(images)("$name", ({ image }) => {
  test("runs for five seconds without meeting anything that the chip does not have", () => {
    const running = new ExecutedFirmware(image);
    running.pass(5);
    expect(running.chip.limits).toEqual([]);
    expect(running.chip.incidents).toEqual([]);
  });
});

describe.each(tasmotas)("Tasmota $name", ({ image }) => {
  test("comes to its console, and to its access point where it opens one", () => {
    const running = new ExecutedFirmware(image);
    running.pass(4);
    expect(version(running.text)).toBeGreaterThan(5);
    const opens = /WifiManager (active|aktiv)/.test(running.text);
    expect([...running.networks].some((name) => !name.startsWith("ESP-"))).toBe(opens);
    if (opens) expect(running.text).toContain("192.168.4.1");
  });

  test.each([
    ["WPA2", "the right passphrase", "the right passphrase", true],
    ["WPA2", "another passphrase", "the right passphrase", false],
    ["open", "", undefined, true],
  ])("joins a network that is %s with %j, and asks for an address behind it", (_, given, passphrase, joins) => {
    const running = new ExecutedFirmware(image);
    running.pass(3);
    if (running.text.includes("(minimal)")) return;
    const behind: Uint8Array[] = [];
    const accessPoint = new WifiAccessPoint({
      clock: running.clock,
      ether: running.ether,
      random: new SeededRandom(1),
      ssid: "Virtual Home",
      passphrase,
      bssid: Uint8Array.of(2, 0, 0x5e, 0, 0x53, 1),
      channel: 6,
      receive: (ethernet) => behind.push(ethernet),
    });
    running.command(`Backlog SSID1 Virtual Home;Password1 ${given === "" ? '"' : given}`, 8);
    expect(accessPoint.stations).toEqual(joins ? [toHex(MAC)] : []);
    // IPv4, UDP from port 68 to 67: DHCP.
    const asked = behind.filter((ethernet) => toHex(ethernet).includes("00440043"));
    expect(asked.length > 0).toBe(joins);
    expect(running.chip.limits).toEqual([]);
  });

  test("a crash and a blocked loop end as on silicon, with the core's own words", () => {
    const running = new ExecutedFirmware(image);
    running.pass(3);
    // The minimal build is for upgrades and has no such commands.
    if (running.text.includes("(minimal)")) return;
    const crash = running.command("Restart -1", 3);
    expect(crash).toMatch(/Exception \(28\):[\s\S]*>>>stack>>>[\s\S]*<<<stack<<<[\s\S]*rst cause:1/);
    const blocked = running.command("Restart -2", 6);
    expect(blocked).toMatch(/Soft WDT reset[\s\S]*rst cause:1/);
    expect(running.chip.limits).toEqual([]);
  });

  test.runIf(has(image, "PowerCal"))(
    "measures the load by the pulses on the pins, once it has the plug's template",
    () => {
      const running = new ExecutedFirmware(image, 1000);
      running.pass(3);
      if (version(running.text) < 9.1) return;
      running.command(`Backlog Template ${EP2};Module 0`, 6);
      running.command("Power 1", 12);
      const answer = running.command("Status 10", 1);
      const read = (quantity: string): number => Number(new RegExp(`"${quantity}":([0-9.]+)`).exec(answer)?.[1]);
      expect(read("Power") / 1000).toBeCloseTo(1, 2);
      expect(read("Voltage") / 230).toBeCloseTo(1, 2);
      expect(running.chip.pins.level(15)).toBe(1);
    },
  );

  test("serves its set-up page to a computer that has joined its access point", async () => {
    const running = new ExecutedHome(image);
    await running.pass(4);
    if (!/WifiManager (active|aktiv)/.test(running.text())) return;
    const { wifi, bench } = running.home;
    const own = (await running.complete(wifi.scan())).find(({ open }) => open)!;
    await running.complete(wifi.joinOpen(own.ssid));
    const page = await running.get("/wi", "192.168.4.1");
    expect([page.status, page.text]).toEqual([200, expect.stringMatching(/(id|name)='?s1'?/)]);
    expect(bench.incidents).toEqual([]);
  });

  test("joins the home's network, serves its page to the computer there, and calls only a time server", async () => {
    const running = await joined(image);
    const { home } = running;
    if (home.bench.heard(115_200).includes("(minimal)")) return;
    const plug = home.lan.machines.find(({ name }) => name.startsWith("tasmota"))!;
    const page = await running.get("/", plug.address);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining("Tasmota")]);
    const status = await running.get("/cm?cmnd=Status%202", plug.address);
    expect(JSON.parse(status.text).StatusFWR.Version).toMatch(/^\d+\.\d+/);
    // Wi-Fi, DHCP, ARP and TCP leave nothing over that the chip does not have.
    expect(home.bench.incidents).toEqual([]);
    const called = home.lan.ledger.calls.map(({ kind, target, port }) => [kind, port ?? target].join(" "));
    expect(called.filter((call) => !/^(name \S*ntp\S*|time 123)$/.test(call))).toEqual([]);
    expect(called).toContain("time 123");
  });
});

/** A plug that has got the credentials of the home's network. */
async function joined(image: Uint8Array): Promise<ExecutedHome> {
  const running = new ExecutedHome(image);
  await running.pass(3);
  const { ssid, passphrase } = running.home.network;
  await running.command(`Backlog SSID1 ${ssid};Password1 ${passphrase}`, 15);
  return running;
}
