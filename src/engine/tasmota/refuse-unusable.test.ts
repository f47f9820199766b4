import { expect, test } from "vitest";
import { EP2, GOOD } from "../../../test/support/setup-rig.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import type { PlugOrder, PlugWishes, SecureOptions } from "../firmware-driver/plug-order.ts";
import { convert } from "../jobs/convert.ts";
import { setup } from "../jobs/setup.ts";
import { rescue } from "../rescue/rescue.ts";
import { configure } from "./configure.ts";
import { provision } from "./provision-plug.ts";
import { refuseUnusable } from "./refuse-unusable.ts";
import { secure } from "./secure.ts";

const CREDENTIALS: readonly WifiCredentials[] = [
  { ssid: "", passphrase: "long enough" },
  { ssid: "n".repeat(33), passphrase: "long enough" },
  { ssid: GOOD.ssid, passphrase: "short" },
  { ssid: GOOD.ssid, passphrase: "with a \u0000 in it" },
  { ssid: GOOD.ssid, passphrase: "p".repeat(65) },
];
const WISHES: readonly PlugWishes[] = [
  { deviceName: "" },
  { friendlyName: " x" },
  { topic: "a b" },
  { hostname: "a_b" },
  { timeZone: "Mars/Olympus" },
  { mqtt: { host: "mqtt://x" } },
  { mqtt: { host: "x", port: 0 } },
  { mqtt: { host: "x", user: "1" } },
];
const SECURE: readonly SecureOptions[] = [
  { webPassword: "ü" },
  { webPassword: "passwörter" },
  { webPassword: "short" },
  { webPassword: "w".repeat(33) },
  { webPassword: " padded " },
  { mqttPassword: "" },
];

/** Whatever is done with it fails the test: nothing may be touched. */
function untouchable(): never {
  const touched = (): never => {
    throw new Error("touched");
  };
  const proxy: unknown = new Proxy(touched, {
    // The list of drivers is read, not touched: without one it is that of this plugsmith.
    get: (_, key) => (key === "then" || key === "firmwares" ? undefined : proxy),
    apply: touched,
  });
  return proxy as never;
}

type Job = (order: PlugOrder) => Promise<unknown>;
const given = ({ wishes = {}, secure: passwords }: PlugOrder) => ({ profile: EP2, wishes, secure: passwords ?? {} });
const context = { clock: untouchable(), events: () => {} };
const wifi = ({ credentials = GOOD }: PlugOrder) => ({ road: "access-point" as const, credentials });

const JOBS: Readonly<Record<string, { readonly run: Job; readonly gives: readonly (keyof PlugOrder)[] }>> = {
  convert: {
    run: (order) => convert(untouchable(), { ...given(order), credentials: order.credentials } as never),
    gives: ["credentials", "wishes", "secure"],
  },
  setup: {
    run: (order) => setup(untouchable(), { ...given(order), start: wifi(order) }, context),
    gives: ["credentials", "wishes", "secure"],
  },
  provision: { run: (order) => provision(untouchable(), wifi(order), context), gives: ["credentials"] },
  configure: { run: (order) => configure(untouchable(), EP2, order.wishes ?? {}), gives: ["wishes"] },
  secure: { run: (order) => secure(untouchable(), order.secure), gives: ["secure"] },
  rescue: { run: (order) => rescue(untouchable(), given(order) as never), gives: ["wishes", "secure"] },
};

const ORDERS: readonly PlugOrder[] = [
  ...CREDENTIALS.map((credentials) => ({ credentials })),
  ...WISHES.map((wishes) => ({ wishes })),
  ...SECURE.map((passwords) => ({ secure: passwords })),
];

test.each(Object.entries(JOBS))("%s refuses what no plug can be given before it touches anything", async (_, job) => {
  for (const order of ORDERS) {
    const [part] = Object.keys(order) as (keyof PlugOrder)[];
    if (!job.gives.includes(part!)) continue;
    const work = Promise.resolve().then(() => job.run(order));
    await expect(work, JSON.stringify(order)).rejects.toMatchObject({ code: "bad-argument", plugState: "untouched" });
  }
});

test("all that is unusable is named at once, and no secret in it", () => {
  const order = {
    credentials: { ssid: GOOD.ssid, passphrase: "hush" },
    wishes: { topic: "a b", hostname: "a_b" },
    secure: { webPassword: "pässword" },
  };
  const refuse = (): void => refuseUnusable(order);
  for (const word of ["passphrase", "topic", "host name", "web password"]) expect(refuse).toThrowError(word);
  for (const secret of ["hush", "pässword"]) expect(refuse).not.toThrowError(secret);
});

test("what a road cannot carry is refused by that road's name", () => {
  const credentials = { ssid: "Käse", passphrase: "long enough" };
  expect(() => refuseUnusable({ credentials, road: "serial" })).toThrowError(
    expect.objectContaining({ code: "road-blocked" }),
  );
  refuseUnusable({ credentials, road: "access-point" });
  refuseUnusable({ credentials });
});
