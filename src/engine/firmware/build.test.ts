import { expect, test } from "vitest";
import { MemoryFiles } from "../../../test/support/memory-files.ts";
import { firmwareVariant } from "../../core/firmware/variants.ts";
import { drain } from "../../platform/node/system.ts";
import { SimClock } from "../../sim/world/clock.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import type { Files, ProgramCall, Programs } from "../ports.ts";
import { buildFirmware } from "./build.ts";

/** An engine whose build says a line every `everyMs` and never ends by itself. */
function endlessBuild(everyMs: number, place: Files = new MemoryFiles()) {
  const clock = new SimClock();
  const called: (readonly string[])[] = [];
  const programs: Programs = {
    run: ({ args, onLine, signal }: ProgramCall) => {
      called.push(args);
      if (args[0] !== "run") return Promise.resolve({ status: 0, lastLines: [] });
      return new Promise((resolve) => {
        const port = clock.port();
        const say = (): void => {
          onLine?.("still compiling");
          cancel = port.after(everyMs, say);
        };
        let cancel = port.after(everyMs, say);
        signal?.addEventListener("abort", () => {
          cancel();
          resolve({ status: 143, lastLines: [] });
        });
      });
    },
  };
  // The source was fetched before.
  const fetched = place.makeDirectory("/home/firmware/source/Tasmota-15.2.0", 0o700);
  const files = place instanceof MemoryFiles ? place : new MemoryFiles();
  const stop = new AbortController();
  let outcome: unknown;
  const built = fetched.then(() =>
    buildFirmware(
      {
        files: place,
        home: "/home",
        programs,
        clock: clock.port(),
        user: undefined,
        signal: stop.signal,
        random: { bytes: (count) => new Uint8Array(count).fill(0xab) },
        events: () => {},
      },
      {
        config: {
          variant: firmwareVariant("tasmota")!,
          wifi: { ssid: "Home", passphrase: "" },
          webPassword: undefined,
          template: undefined,
          settings: [],
        },
        release: "15.2.0",
        source: "/somewhere",
        engine: undefined,
        metering: true,
      },
    ),
  );
  built.then(
    () => (outcome = "built"),
    (error: unknown) => (outcome = error),
  );
  const until = (ms: number): Promise<unknown> =>
    clock.run(drain, () => outcome !== undefined || clock.now >= ms * 1000);
  return { files, stop, called, until, outcome: () => outcome };
}

const KILL = ["kill", "plugsmith-build-abababab"];
const MINUTE = 60_000;

test("cancelling a build stops the container and deletes the file with the secrets", async () => {
  const build = endlessBuild(MINUTE);
  await build.until(5 * MINUTE);
  expect(build.outcome()).toBeUndefined();
  expect([...build.files.now.keys()].some((path) => path.endsWith("user_config_override.h"))).toBe(true);
  build.stop.abort();
  await build.until(6 * MINUTE);
  expect(build.outcome()).toMatchObject({ code: "aborted" });
  expect(build.called.at(-1)).toEqual(KILL);
  expect([...build.files.now.keys()].some((path) => path.includes("user_config_override.h"))).toBe(false);
});

test("a build may run for as long as it prints; after 15 silent minutes it is stopped", async () => {
  const talking = endlessBuild(14 * MINUTE);
  await talking.until(3 * 60 * MINUTE);
  expect(talking.outcome()).toBeUndefined();
  const silent = endlessBuild(16 * MINUTE);
  await silent.until(16 * MINUTE);
  expect(silent.outcome()).toMatchObject({ code: "program-failed", message: expect.stringContaining("15 minutes") });
  expect(silent.called.at(-1)).toEqual(KILL);
});

test("a second build of the same release is refused while the first runs, and does not disturb it", async () => {
  const { files } = new VirtualDisk({ seed: 1 });
  const header = "/home/firmware/source/Tasmota-15.2.0/tasmota/user_config_override.h";
  await files.makeDirectory("/home/firmware/source/Tasmota-15.2.0/tasmota", 0o700);
  const first = endlessBuild(MINUTE, files);
  await first.until(MINUTE);
  const second = endlessBuild(MINUTE, files);
  await second.until(MINUTE);
  expect(second.outcome()).toMatchObject({ code: "locked" });
  expect(await files.stat(header)).toBeDefined();
  first.stop.abort();
  await first.until(2 * MINUTE);
  expect(await files.stat(header)).toBeUndefined();
});
