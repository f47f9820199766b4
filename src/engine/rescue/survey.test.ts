import { beforeEach, describe, expect, test } from "vitest";
import { MemoryFiles } from "../../../test/support/memory-files.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { NetworkObservation, Symptom } from "../../core/rescue/observations.ts";
import { say } from "../../core/text/text.ts";
import { drain } from "../../platform/node/system.ts";
import { SimClock } from "../../sim/world/clock.ts";
import { rememberPlug, writeSecrets } from "../home/plug-records.ts";
import type { HttpRequest, HttpResponse } from "../ports.ts";
import { tasmotaDriver } from "../tasmota/driver.ts";
import type { RescueOptions, RescuePorts } from "./contract.ts";
import { survey } from "./survey.ts";

const MAC = "5ccf7fa1b2c3";
const OTHER = "5ccf7f0a0b0c";
const OLD = "192.168.1.50";
const NEW = "192.168.1.66";
const SECRET = "k1tchen-Secret";
const TASMOTA = "Tasmota/15.2.0 (ESP8285N08)";

/** Status 5 of a plug without a password (support_command.ino, CmndStatus). */
const open = (mac: string): string => JSON.stringify({ StatusNET: { Mac: mac, Hostname: "plug" } });
/** A plug behind its password, and which one it is (xdrv_01_9_webserver.ino, HandleHttpCommand). */
const locked = (mac: string, password: string) => ({ mac, password });

let files: MemoryFiles;
let clock: SimClock;
/** What is at each address. */
let there: Record<string, string | ReturnType<typeof locked>>;
let asked: string[];

beforeEach(async () => {
  files = new MemoryFiles();
  clock = new SimClock();
  there = {};
  asked = [];
  await writeSecrets({ files, path: "/home" }, MAC, { webPassword: SECRET });
  await rememberPlug({ files, path: "/home" }, { mac: MAC, address: OLD, lastSeen: "2026-01-01T00:00:00Z" });
});

function respond({ url, headers }: HttpRequest): Promise<HttpResponse> {
  const host = new URL(url).host;
  const found = there[host];
  if (found === undefined) return Promise.reject(new PlugsmithError("network-failed", { message: say`refused` }));
  const token = Buffer.from(`admin:${typeof found === "string" ? "" : found.password}`).toString("base64");
  const inside = typeof found === "string" || JSON.stringify(headers ?? {}).includes(token);
  const body = typeof found === "string" ? found : inside ? open(found.mac) : '{"WARNING":"Need user and password"}';
  const status = inside ? 200 : 401;
  return Promise.resolve({ status, headers: { server: TASMOTA }, body: new TextEncoder().encode(body) });
}

/** Where the plug is seen in the network. */
async function observations(
  ranges: readonly string[] = [],
  symptom: Symptom = "lost-address",
): Promise<readonly NetworkObservation[]> {
  const operator: Pick<RescuePorts["operator"], "choose"> = {
    choose: ({ id, options }) => {
      asked.push(id);
      return Promise.resolve(options.at(-1)!.id);
    },
  };
  const ports = {
    files,
    home: "/home",
    clock: clock.port(),
    http: { request: respond },
    operator,
    events: () => {},
    wifi: { scan: () => Promise.resolve([]) },
  } as unknown as RescuePorts;
  const conversion = { ranges } as unknown as RescueOptions;
  const whichPlug = (): Promise<undefined> => Promise.resolve(undefined);
  const work = survey(ports, conversion, { firmware: tasmotaDriver, plug: MAC, whichPlug, symptom });
  return (await clock.complete(drain, work)).observations.network;
}

describe("at the remembered address", () => {
  test("a plug at its remembered address is recognised by its MAC or by the password on record", async () => {
    there = { [OLD]: open(MAC) };
    expect(await observations()).toMatchObject([{ address: OLD, mac: MAC, access: "open" }]);
    there = { [OLD]: locked(MAC, SECRET) };
    expect(await observations()).toMatchObject([{ address: OLD, mac: MAC, access: "fits" }]);
  });

  test("another plug at the remembered address is not taken for it, whether open or with the same password", async () => {
    there = { [OLD]: open(OTHER) };
    expect(await observations()).toEqual([]);
    there = { [OLD]: locked(OTHER, SECRET) };
    expect(await observations()).toEqual([]);
  });

  test("if another plug has the remembered address, the ranges are searched and the right plug is found", async () => {
    there = { [OLD]: open(OTHER), [NEW]: open(MAC) };
    expect(await observations([NEW])).toMatchObject([{ address: NEW, mac: MAC, access: "open" }]);
    expect(asked).toEqual([]);
  });

  test("a plug that refuses the password is searched elsewhere first, unless the password was lost", async () => {
    there = { [OLD]: locked(MAC, "another"), [NEW]: open(MAC) };
    expect(await observations([NEW])).toMatchObject([{ address: NEW, access: "open" }]);
    expect(await observations([NEW], "lost-password")).toMatchObject([{ address: OLD, access: "wanted" }]);
    expect(await observations([])).toMatchObject([{ address: OLD, access: "wanted" }]);
  });
});

test("a range scan reports only this plug, and asks nothing about others", async () => {
  there = { [NEW]: open(OTHER) };
  expect(await observations([NEW])).toEqual([]);
  expect(asked).toEqual([]);
});
