/** A network of any legal name brings a plug in: provision, setup and convert choose a transport that carries it. */
import { describe, expect, test } from "vitest";
import type { JobEvent } from "../../src/core/events.ts";
import type { WifiCredentials, WifiTransport } from "../../src/core/tasmota/credentials.ts";
import { convert } from "../../src/engine/jobs/convert.ts";
import { provision } from "../../src/engine/tasmota/provision-plug.ts";
import { drain } from "../../src/platform/node/system.ts";
import { createVirtualHome } from "../../src/sim/home/virtual-home.ts";
import { virtualPerson } from "../../src/sim/home/virtual-person.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { conversionOptions } from "../support/conversion-options.ts";
import { MemoryFiles } from "../support/memory-files.ts";
import { SetupRig } from "../support/setup-rig.ts";

const PASS = "long enough";

/** With the transport that is the easiest at the wires. Why a transport is none: the sources in core/tasmota/credentials.ts. */
const NETWORKS: readonly (readonly [ssid: string, passphrase: string, atTheWires: WifiTransport])[] = [
  ["Home", PASS, "serial"],
  ["semi;colon {braces} ", PASS, "serial"],
  ["Kevin’s iPhone", PASS, "improv"],
  ["AT&T-Gäste", PASS, "improv"],
  ["喫茶店", PASS, "improv"],
  ["Home", "Straße 12 Köln", "improv"],
  [" lead", PASS, "access-point"],
  ["1", PASS, "access-point"],
  ['"', PASS, "access-point"],
  ["?", PASS, "access-point"],
  ["Käse; {Brot}", PASS, "access-point"],
  ["Home", " lead and trail ", "access-point"],
  ["Café", "", "access-point"],
];

function rigFor({ ssid, passphrase }: WifiCredentials): SetupRig {
  const rig = new SetupRig();
  const network = { ssid, lan: rig.lan, signal: -50, channel: 3 };
  rig.medium.add({ ...network, passphrase: passphrase === "" ? undefined : passphrase });
  rig.board.powerOn();
  return rig;
}

const inNetwork = (rig: SetupRig, { ssid, passphrase }: WifiCredentials): void => {
  expect(rig.core.settings.text("SSID1")).toBe(ssid);
  expect(rig.core.settings.text("Password1")).toBe(passphrase);
  expect(rig.core.network.station).toMatchObject({ connected: true, ssid });
};

describe.each(NETWORKS)("the network %j with the passphrase %j", (ssid, passphrase, atTheWires) => {
  const credentials = { ssid, passphrase };

  test(`goes to a plug at the wires by ${atTheWires}, to a closed one through its access point`, async () => {
    for (const wires of [true, false]) {
      const rig = rigFor(credentials);
      const ports = wires ? rig.ports : { ...rig.ports, line: undefined };
      const done = await rig.do(provision(ports, { credentials }, rig.context()));
      expect(done.transport).toBe(wires ? atTheWires : "access-point");
      rig.board.run(6);
      inNetwork(rig, credentials);
    }
  });

  test("is set up to the end without a transport being named", async () => {
    const rig = rigFor(credentials);
    const done = await rig.setup(undefined, credentials);
    expect(done.report.failed).toEqual([]);
    inNetwork(rig, credentials);
  });
});

test.each([
  ["Kevin’s iPhone", PASS, "improv"],
  [" lead", "Straße 12 Köln", "access-point"],
])("convert brings a plug into the network %j with the passphrase %j by %s", async (ssid, passphrase, transport) => {
  const clock = new SimClock();
  const home = createVirtualHome({ clock, seed: 3, ssid, passphrase });
  const files = new MemoryFiles();
  const work = convert(
    {
      line: home.line,
      clock: clock.port(),
      files,
      home: "/home",
      tool: "plugsmith test",
      random: { bytes: (count) => new Uint8Array(count).fill(7) },
      http: home.http,
      operator: virtualPerson(home, {}),
      events: () => undefined,
      wifi: home.wifi,
    },
    { ...conversionOptions({ deviceName: "Kettle" }), credentials: { ssid, passphrase } },
  );
  const { plug } = await clock.complete(drain, work);
  expect(files.text(`/home/plugs/${plug}/journal.jsonl`)).toMatch(new RegExp(`"road":"${transport}"`));
  expect(home.bench.incidents).toEqual([]);
});

test("corrected credentials that the wires cannot carry go another way, and what failed is said", async () => {
  const rig = rigFor({ ssid: " Café", passphrase: PASS });
  const correct = (): Promise<WifiCredentials> => Promise.resolve({ ssid: " Café", passphrase: PASS });
  const wrong = { ssid: "Cafe", passphrase: PASS };
  const done = await rig.do(provision(rig.ports, { credentials: wrong }, rig.context({ correct, patienceMs: 60_000 })));
  expect(done.transport).toBe("access-point");
  rig.board.run(6);
  inNetwork(rig, { ssid: " Café", passphrase: PASS });
  const retries = rig.events.filter((event: JobEvent) => event.type === "retry");
  expect(retries.length).toBeGreaterThan(0);
});

test("a plug whose image has no Improv is brought in through its access point", async () => {
  const credentials = { ssid: "Kevin’s iPhone", passphrase: PASS };
  const rig = rigFor(credentials);
  const { line } = rig;
  // The frames of the protocol begin with "IMPROV" (improv-wifi.com/serial): nobody hears them.
  const deaf = new Proxy(line, {
    get: (target, key) => {
      if (key === "write") {
        return (bytes: Uint8Array): Promise<void> =>
          new TextDecoder("latin1").decode(bytes).includes("IMPROV") ? Promise.resolve() : target.write(bytes);
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const done = await rig.do(provision({ ...rig.ports, line: deaf }, { credentials }, rig.context()));
  expect(done.transport).toBe("access-point");
  rig.board.run(6);
  inNetwork(rig, credentials);
});
