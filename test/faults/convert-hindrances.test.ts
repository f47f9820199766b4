/** What a computer can have against a conversion: each is told by its own error, and nothing is lost by it. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { exitCodeOf } from "../../src/cli/exit-codes.ts";
import { foldConversion } from "../../src/core/conversion/state.ts";
import { PlugsmithError } from "../../src/core/errors.ts";
import type { JobEvent } from "../../src/core/events.ts";
import { query, setting } from "../../src/core/tasmota/command.ts";
import { say } from "../../src/core/text/text.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import { readSecrets, rememberedPlugs } from "../../src/engine/home/plug-records.ts";
import { coldStart } from "../../src/engine/jobs/boot-proof.ts";
import { type ConversionOptions, type ConversionPorts, convert } from "../../src/engine/jobs/convert.ts";
import type { Files } from "../../src/engine/ports.ts";
import { tasmotaDriver } from "../../src/engine/tasmota/driver.ts";
import { HttpClient } from "../../src/engine/tasmota/http-client.ts";
import { recordedLine } from "../../src/engine/wires/recorded-line.ts";
import { drain } from "../../src/platform/node/system.ts";
import { createVirtualHome, HOME_NETWORK, type VirtualHome } from "../../src/sim/home/virtual-home.ts";
import { virtualPerson } from "../../src/sim/home/virtual-person.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { conversionOptions } from "../support/conversion-options.ts";
import { brokenRecords, lacking } from "./record-laws.ts";
import { sparseFlash } from "./sparse-flash.ts";

/** One plug, one disk; the tests are the days of its conversion, in their order. */
const clock = new SimClock();
const disk = new VirtualDisk({ seed: 1 });
const image = buildModelImage();
let home: VirtualHome;
let original: Uint8Array;
let plug: string;
let ports: ConversionPorts;
let options: ConversionOptions;
let onEvent: (event: JobEvent) => void = () => {};
const asked: string[] = [];

beforeAll(() => {
  home = createVirtualHome({ clock, seed: 5, bench: { flash: sparseFlash(new SeededRandom("hindrances")) } });
  original = home.bench.flash.slice();
  plug = [...home.bench.mac].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const random = new SeededRandom("host");
  ports = {
    line: home.line,
    clock: clock.port(),
    files: disk.files,
    home: "/home",
    tool: "plugsmith test",
    random: { bytes: (count) => random.bytes(count) },
    http: home.http,
    operator: virtualPerson(home, { onAnswer: (line) => asked.push(line) }),
    events: (event) => onEvent(event),
    wifi: home.wifi,
  };
  options = conversionOptions({ deviceName: "Kettle plug" });
});

afterAll(() => expect(home.bench.incidents).toEqual([]));

async function fails(changed: Partial<ConversionPorts> = {}): Promise<PlugsmithError> {
  const outcome = await clock.complete(
    drain,
    convert({ ...ports, ...changed }, options).then(
      () => "it went through",
      (error: unknown) => error,
    ),
  );
  onEvent = () => {};
  if (!(outcome instanceof PlugsmithError)) throw new Error(String(outcome));
  const { step, plugState, nextStep } = outcome;
  expect([step, plugState, nextStep]).toEqual(Array(3).fill(expect.stringMatching(/./)));
  return outcome;
}

/** The disk has room for so many bytes more from the beginning of that step on, until `room` is called. */
function fullFrom(step: string, bytes: number): void {
  onEvent = (event) => {
    if (event.type === "step-started" && event.step === step) disk.capacity = disk.used + bytes;
  };
}

const room = (): void => {
  disk.capacity = Number.POSITIVE_INFINITY;
};

async function nothingLost(): Promise<void> {
  const secrets = [HOME_NETWORK.passphrase];
  const flash = home.bench.flash;
  const records = { files: disk.files, path: "/home", plug, flash, original, image, secrets };
  expect(await brokenRecords(records)).toEqual([]);
}

const finished = async (): Promise<string[]> => [
  ...foldConversion(await readJournal(disk.files, `/home/plugs/${plug}`)).finished.keys(),
];

/** Everything on the disk, to compare. */
async function contents(folder = "/home"): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of await disk.files.list(folder)) {
    const path = `${folder}/${name}`;
    if ((await disk.files.stat(path))?.kind === "directory") Object.assign(found, await contents(path));
    else found[path] = Buffer.from(await disk.files.read(path)).toString("base64");
  }
  return found;
}

test("a read-only or full home is reported before the case is opened", async () => {
  const refuse = (): Promise<never> =>
    Promise.reject(new PlugsmithError("file-permission", { message: say`/home is on a read-only file system.` }));
  const readOnly: Files = { ...disk.files, makeDirectory: refuse, open: refuse };
  expect((await fails({ files: readOnly })).code).toBe("file-permission");
  disk.capacity = 0x10_0000;
  expect((await fails()).code).toBe("disk-full");
  room();
  expect(exitCodeOf("file-permission")).toBe(42);
  expect(asked).toEqual([]);
  expect(await contents()).toEqual({});
});

test("a full disk during the backup exits with 43, seals nothing and erases nothing", async () => {
  fullFrom("back-up", 0x4_0000);
  const error = await fails();
  expect(error).toMatchObject({ code: "disk-full", step: "back-up", plugState: "untouched" });
  expect(exitCodeOf(error.code)).toBe(43);
  room();
  await nothingLost();
  expect(await finished()).toEqual(["prepare", "connect", "identify"]);
  expect(Buffer.compare(home.bench.flash, original)).toBe(0);
});

test("a full disk before the write erases nothing that is not journalled", async () => {
  fullFrom("write", 100);
  expect((await fails()).code).toBe("disk-full");
  room();
  await nothingLost();
  expect(await finished()).not.toContain("write");
  expect(Buffer.compare(home.bench.flash, original)).toBe(0);
});

test("a full disk at a journal line truncates it, and only that step is repeated", async () => {
  fullFrom("boot", 20);
  expect(await fails()).toMatchObject({
    code: "disk-full",
    step: "boot",
    plugState: "these steps are recorded as done: prepare, connect, identify, back up, write",
  });
  room();
  await nothingLost();
  expect((await finished()).at(-1)).toBe("write");
});

test("another plug on the wires than the flashed one is refused by its MAC", async () => {
  const start = coldStart(recordedLine(ports.line!, ports), {
    clock: ports.clock,
    operator: ports.operator,
    firmware: tasmotaDriver,
    plug: "aabbccddeeff",
  });
  await expect(clock.complete(drain, start)).rejects.toMatchObject({
    code: "wrong-plug",
    message: expect.stringContaining(plug),
  });
});

test("a second run is refused while another has the plug", async () => {
  let second: Promise<PlugsmithError> | undefined;
  onEvent = (event) => {
    if (event.type !== "step-started" || event.step !== "configure") return;
    const questions: string[] = [];
    const nobody = virtualPerson(home, { onAnswer: (line) => questions.push(line) });
    second ??= convert({ ...ports, operator: nobody, events: () => {} }, options).then(
      () => Promise.reject(new Error("it went through")),
      (error: PlugsmithError) => {
        expect(questions.filter((line) => !line.startsWith("resume"))).toEqual([]);
        return error;
      },
    );
    disk.capacity = disk.used + 0x30_0000;
  };
  // The first ends at a full disk, since there is more to try: at the calibration.
  const first = convert(
    {
      ...ports,
      events: (event) => {
        onEvent(event);
        if (event.type === "step-started" && event.step === "calibrate") disk.capacity = disk.used + 20;
      },
    },
    options,
  ).catch((error: unknown) => error);
  const outcome = await clock.complete(drain, first);
  onEvent = () => {};
  expect(outcome).toMatchObject({ code: "disk-full" });
  const error = await clock.complete(drain, second!);
  expect(error.code).toBe("locked");
  expect(exitCodeOf(error.code)).toBe(46);
  room();
  await nothingLost();
  expect((await finished()).at(-1)).toBe("close-case");
});

test("a newer journal exits with 45, and nothing is changed", async () => {
  const path = `/home/plugs/${plug}/journal.jsonl`;
  const before = await disk.files.read(path);
  const put = async (bytes: Uint8Array): Promise<void> => {
    await disk.files.remove(path);
    const handle = await disk.files.open(path, "create", 0o600);
    await handle.write(bytes);
    await handle.close();
  };
  // The full disk before left half a line.
  const whole = before.subarray(0, before.lastIndexOf(0x0a) + 1);
  const newer = '{"type":"conversion-step","at":"2026-01-01T00:00:00.000Z","version":7,"step":"x"}\n{"torn';
  await put(new Uint8Array([...whole, ...new TextEncoder().encode(newer)]));
  const all = await contents();
  asked.length = 0;
  const outcome = await clock.complete(
    drain,
    convert(ports, { ...options, resume: plug }).catch((error: unknown) => error),
  );
  expect(outcome).toMatchObject({ code: "record-newer", message: expect.stringContaining("version 7") });
  expect(exitCodeOf("record-newer")).toBe(45);
  expect(asked).toEqual([]);
  expect(await contents()).toEqual(all);
  await put(before);
});

test("a clock set back is reported, a changed setting is set again, and the conversion completes", async () => {
  const place = { files: disk.files, path: "/home" };
  const { address } = (await rememberedPlugs(place))[0]!;
  const { webPassword } = await readSecrets(place, plug);
  const client = new HttpClient({ http: home.http, clock: ports.clock, host: address, password: webPassword });
  await clock.complete(drain, client.send(setting("DeviceName", "Somebody else")));
  const slow = { ...ports.clock, wallTime: () => ports.clock.wallTime() - 365 * 86_400_000 };
  const warnings: string[] = [];
  const events = (event: JobEvent): void => {
    if (event.type === "notice" && event.level === "warning") warnings.push(event.text.toString());
  };
  // A virtual world has a time of its own: only a conversion that is not virtual minds the clock.
  const { firmware: _, ...unfinished } = options;
  const onRealTime = { ...unfinished, virtual: false };
  const result = await clock.complete(drain, convert({ ...ports, clock: slow, events }, onRealTime));
  expect(warnings.join()).toMatch(/clock is behind the latest entry in the plug's journal/);
  expect(warnings.join()).toMatch(/DeviceName is Somebody else instead of Kettle plug.*It is set again/);
  const { members } = await clock.complete(drain, client.send(query("DeviceName")));
  expect(members).toEqual([{ key: "DeviceName", value: "Kettle plug" }]);
  await nothingLost();
  expect(await lacking(disk.files, `/home/plugs/${plug}`)).toEqual([]);
  expect(result.report.calibrations).toHaveLength(1);
});
