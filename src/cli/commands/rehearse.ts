/** `plugsmith rehearse`: the main job from end to end on a virtual plug, in virtual time. Touches nothing real. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PlugsmithError } from "../../core/errors.ts";
import { openSession } from "../../engine/flash/session.ts";
import { sleep } from "../../engine/time.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import {
  createBench,
  FIRMWARE_GREETING,
  firmwareLikeImage,
  SeededRandom,
  SimClock,
  type VirtualBench,
} from "../../sim/index.ts";
import type { CommandModule, CommandRun } from "../command.ts";
import { virtualHome } from "../home.ts";
import { parseCount } from "../plug/flash-command.ts";
import { OutsideWork } from "../plug/outside-work.ts";
import { StepTimes } from "../plug/step-times.ts";
import { durationText, sizeText } from "../render/quantity.ts";
import { printable } from "../render/terminal.ts";
import { TOOL } from "../version.ts";

/** A person needs this long to pull the adapter out and put it back, ms: more than the supply takes to run empty. */
const HANDS_MS = 3_000;
/** The boot text and a firmware's greeting are out within this time of a cold power-up, ms. */
const BOOT_MS = 2_000;
/** "boot mode:(3,x)": GPIO0 was high when the straps were latched (boot text as the mask ROM prints it, at 74880). */
const BOOTED_FROM_FLASH = /boot mode:\(3,\d\)/;
const ROM_BAUD = 74_880;

export const rehearseCommand: CommandModule = {
  name: "rehearse",
  summary: "do the main job once on a virtual plug",
  declare: (command) => void command.option("--seed <n>", "another plug, another world", parseCount, 1),
  run: async (run) => {
    const kept = run.globals.home === undefined ? undefined : virtualHome(run.home);
    const home = kept ?? (await mkdtemp(join(tmpdir(), "plugsmith-rehearsal-"))).replaceAll("\\", "/");
    const world = new SimClock();
    const outside = new OutsideWork();
    try {
      return await world.complete(outside.drain, rehearse(run, world, outside, home));
    } finally {
      if (kept === undefined) await rm(home, { recursive: true, force: true });
    }
  },
};

async function rehearse(
  run: CommandRun,
  world: SimClock,
  outside: OutsideWork,
  home: string,
): ReturnType<CommandModule["run"]> {
  const clock = world.port();
  const times = new StepTimes(run.emit, () => clock.now());
  const seed = run.options["seed"] as number;
  const image = firmwareLikeImage({ random: new SeededRandom(seed) });
  const bench = createBench({ clock: world, seed, pluggedIn: false });

  await times.step("power-up", "Power up", async () => {
    bench.hands.groundGpio0();
    bench.hands.plugAdapterIn();
    await untilPresent(bench, run.signal);
    return "a virtual plug with a made-up vendor firmware, GPIO0 held to ground";
  });
  const session = openSession({
    line: bench.line,
    clock,
    files: outside.files(nodeFiles),
    home,
    tool: `${TOOL} (virtual plug)`,
    // Where the backup lies tells nobody anything when it is gone a moment later.
    events: (event) => {
      if (event.type !== "fact" || event.name !== "backup") times.sink(event);
    },
    signal: run.signal,
    patience: { connectMs: 60_000 },
  });
  try {
    const chip = await session.identify();
    const backup = await session.backup();
    const written = await session.write(image, { target: "chip" });
    await session.verify(image, { target: "chip" });
    await session.finish("stay");
    const bootText = await coldStart(bench, times, clock, run.signal);
    const total = times.total();
    return {
      data: { chip, backup: backup.manifest, written, bootText, virtualMs: total.virtualMs, wallMs: total.wallMs },
      answer: [
        "",
        "The plug says, after a cold power-up:",
        ...bootText.map((line) => `  | ${printable(line)}`),
        `Vendor firmware sealed (SHA-256 ${backup.manifest.sha256.slice(0, 16)}…), ${sizeText(image.length)} written and proven.`,
        `Rehearsed in ${durationText(total.virtualMs)} of the plug's time, ${durationText(total.wallMs)} of yours. No real plug was touched.`,
      ],
    };
  } finally {
    await session.close();
  }
}

/** Releases GPIO0 first, always: Tasmota would take it for its button. Then power away and back. */
async function coldStart(
  bench: VirtualBench,
  times: StepTimes,
  clock: ReturnType<SimClock["port"]>,
  signal: AbortSignal,
): Promise<string[]> {
  await times.step("release", "Release GPIO0", async () => {
    bench.hands.releaseGpio0();
    return "first, always: in Tasmota's default it is a button";
  });
  return times.step(
    "cold-start",
    "Cold power-up",
    async () => {
      bench.hands.pullAdapterOut();
      await sleep(clock, HANDS_MS, signal);
      bench.hands.plugAdapterIn();
      await untilPresent(bench, signal);
      await sleep(clock, BOOT_MS, signal);
      const text = bench.heard(ROM_BAUD);
      const greeting = FIRMWARE_GREETING.trim();
      if (!BOOTED_FROM_FLASH.test(text) || !text.includes(greeting) || bench.accidents.length > 0) {
        throw new PlugsmithError("verify-failed", {
          message: `The plug did not start as it should: ${[...bench.accidents, text].map(printable).join("; ")}`,
          step: "cold power-up",
          plugState: "written, not running",
          nextStep: "This is a defect of plugsmith or of its virtual plug: please report it.",
        });
      }
      return text.split(/[\r\n]+/).filter((line) => line.trim() !== "");
    },
    (lines) => `boots from flash, ${lines.length} lines heard`,
  );
}

function untilPresent(bench: VirtualBench, signal: AbortSignal): Promise<void> {
  if (bench.line.present) return Promise.resolve();
  signal.throwIfAborted();
  return new Promise((resolve) => {
    const stop = bench.line.listen({
      bytes: () => {},
      reappeared: () => {
        stop();
        resolve();
      },
    });
  });
}
