import { expect, test } from "vitest";
import { EP2, GOOD } from "../../../test/support/setup-rig.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import type { PlugConfig, PlugRequest, SecureOptions } from "../firmware-driver/plug-config.ts";
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
const CONFIGS: readonly PlugConfig[] = [
  { deviceName: "" },
  { friendlyName: " x" },
  { topic: "a b" },
  { hostname: "a_b" },
  { timeZone: "Mars/Olympus" },
  { mqtt: { host: "mqtt://x" } },
  { mqtt: { host: "x", port: 0 } },
  { mqtt: { host: "x", port: 1 } },
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

type Job = (options: PlugRequest) => Promise<unknown>;
const given = ({ config = {}, secure: passwords }: PlugRequest) => ({ profile: EP2, config, secure: passwords ?? {} });
const context = { clock: untouchable(), events: () => {} };
const wifi = ({ credentials = GOOD }: PlugRequest) => ({ transport: "access-point" as const, credentials });

const JOBS: Readonly<Record<string, { readonly run: Job; readonly gives: readonly (keyof PlugRequest)[] }>> = {
  convert: {
    run: (order) => convert(untouchable(), { ...given(order), credentials: order.credentials } as never),
    gives: ["credentials", "config", "secure"],
  },
  setup: {
    run: (order) => setup(untouchable(), { ...given(order), start: wifi(order) }, context),
    gives: ["credentials", "config", "secure"],
  },
  provision: { run: (order) => provision(untouchable(), wifi(order), context), gives: ["credentials"] },
  configure: { run: (order) => configure(untouchable(), EP2, order.config ?? {}), gives: ["config"] },
  secure: { run: (order) => secure(untouchable(), order.secure), gives: ["secure"] },
  rescue: { run: (order) => rescue(untouchable(), given(order) as never), gives: ["config", "secure"] },
};

const REQUESTS: readonly PlugRequest[] = [
  ...CREDENTIALS.map((credentials) => ({ credentials })),
  ...CONFIGS.map((config) => ({ config })),
  ...SECURE.map((passwords) => ({ secure: passwords })),
];

test.each(Object.entries(JOBS))("%s refuses unusable settings before it touches anything", async (_, job) => {
  for (const order of REQUESTS) {
    const [part] = Object.keys(order) as (keyof PlugRequest)[];
    if (!job.gives.includes(part!)) continue;
    const work = Promise.resolve().then(() => job.run(order));
    await expect(work, JSON.stringify(order)).rejects.toMatchObject({ code: "bad-argument", plugState: "untouched" });
  }
});

test("all unusable settings are named at once, without secrets", () => {
  const order = {
    credentials: { ssid: GOOD.ssid, passphrase: "hush" },
    config: { topic: "a b", hostname: "a_b" },
    secure: { webPassword: "pässword" },
  };
  const refuse = (): void => refuseUnusable(order);
  for (const word of ["passphrase", "topic", "host name", "web password"]) expect(refuse).toThrowError(word);
  for (const secret of ["hush", "pässword"]) expect(refuse).not.toThrowError(secret);
});

test("texts that fit a new plug alone, and not beside its network, passwords and device, are refused", () => {
  const config = { deviceName: "n".repeat(130) };
  const credentials = { ssid: "s".repeat(32), passphrase: "p".repeat(63) };
  refuseUnusable({ config });
  refuseUnusable({ credentials });
  const together = { profile: EP2, credentials, config, secure: { webPassword: "w".repeat(32) } };
  expect(() => refuseUnusable(together)).toThrowError(/in 699 bytes; shorten these by \d+/);
});

test("credentials that a transport cannot carry are refused with that transport's name", () => {
  const credentials = { ssid: "Käse", passphrase: "long enough" };
  expect(() => refuseUnusable({ credentials, transport: "serial" })).toThrowError(
    expect.objectContaining({ code: "unsupported-transport" }),
  );
  refuseUnusable({ credentials, transport: "access-point" });
  refuseUnusable({ credentials });
});
