/** The whole way from a chip's radio to the home's computer: 802.11 with WPA2, IP, TCP, HTTP. */
import { expect, test } from "vitest";
import { ScriptedStation } from "../../../../test/support/scripted-station.ts";
import { fromHex, toHex } from "../../hex.ts";
import { createVirtualHome } from "../../home/virtual-home.ts";
import { SimClock } from "../clock.ts";
import { SeededRandom } from "../seeded-random.ts";
import { Computer } from "./computer.ts";
import { HomeRouter } from "./home-router.ts";
import { simHttp } from "./http-client.ts";
import { IpHost } from "./ip/ip-host.ts";
import { Lan } from "./lan.ts";
import { RadioMedium } from "./radio-medium.ts";
import { SharedEther } from "./shared-ether.ts";

const MAC = fromHex("c44f33a1b212");
const SECRET = { ssid: "Virtual Home", passphrase: "a virtual passphrase" };

test("a station that joins the home's Wi-Fi is reached by the computer's HTTP client", async () => {
  const clock = new SimClock();
  const medium = new RadioMedium(clock);
  const lan = new Lan(clock);
  const accessPoint = medium.add({ ...SECRET, bssid: "02:00:5e:00:53:01", lan });
  const router = new HomeRouter({
    clock,
    ether: new SharedEther(),
    seed: 1,
    accessPoint,
    passphrase: SECRET.passphrase,
  });
  const bssid = fromHex(accessPoint.bssid);
  const http = simHttp(clock, new Computer(medium, { home: lan, homeBy: "cable" }));
  const station = new ScriptedStation(router.ether, MAC, bssid, SECRET);
  const own = "192.168.1.80";
  const host = new IpHost({
    clock,
    random: new SeededRandom(2),
    mac: MAC,
    holds: (address) => address === own,
    send: (ethernet) => station.sendData(ethernet.slice(0, 6), toHex(ethernet.subarray(12))),
    datagram: () => {},
    incoming: (incoming) => {
      const connection = incoming.accept({
        opened: () => {},
        data: () => {
          connection.write(new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
          connection.end();
        },
        ended: () => {},
        closed: () => {},
      });
    },
  });
  station.onData = (frame) => host.receive(frame);
  const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const pass = (ms: number): void => clock.runInternal(clock.now + ms * 1000);
  station.authenticate();
  pass(5);
  station.associate();
  pass(50);
  host.announce(own);
  pass(20);
  const request = { method: "GET", url: `http://${own}/`, timeoutMs: 5000 } as const;
  const answer = await clock.complete(drain, http.request(request));
  expect([answer.status, new TextDecoder().decode(answer.body)]).toEqual([200, "hi"]);
});

test("the router is on the air only once a chip is, with the name and the channel of the home's network", () => {
  const clock = new SimClock();
  const home = createVirtualHome({ clock });
  expect(clock.nextEventAt).toBe(Number.POSITIVE_INFINITY);
  const heard: string[] = [];
  home.ether.join({
    hear: ({ bytes, channel }) => {
      heard.push(`${channel} ${new TextDecoder().decode(bytes.slice(38, 38 + bytes[37]!))}`);
      return false;
    },
  });
  clock.runInternal(150_000);
  expect(heard).toEqual(["6 Virtual Home", "6 Virtual Home"]);
});
