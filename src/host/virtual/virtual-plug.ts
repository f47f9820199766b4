/**
 * The virtual plug behind `sim:` and `sim:DIR`, with its home around it. In a folder live its flash and the record of
 * what it is made of, both made when missing; the record may be edited (wiring, adapter) while no command runs. A firmware
 * that runs goes on in the next command, where the hands do not cut its power; between commands its time stands still.
 * The flash is written as it changes, so that a process that is killed leaves the plug as a power cut would.
 */
import { writeWholeFile } from "../../engine/home/folders.ts";
import {
  type BenchOptions,
  benchOptionsOf,
  createVirtualHome,
  isTasmota,
  OWN_IMAGES_ONLY,
  PLUG_FILES,
  parsePlug,
  recordOf,
  SimClock,
  serialisePlug,
  untilServing,
  type VirtualBench,
  type VirtualHome,
} from "../../sim/index.ts";
import type { Environment, FlashStore } from "../environment.ts";
import { digestOf, type RunningPlug, readKeptWorld, writeKeptWorld } from "./kept-world.ts";

export interface VirtualPlug {
  /** It was made just now; what it holds is what a new one holds. */
  readonly isNew: boolean;
  readonly bench: VirtualBench;
  readonly world: SimClock;
  readonly home: VirtualHome;
  /** Writes down how wires and adapter are now; a fresh plug lives nowhere. Errors: file-*. */
  save(): Promise<void>;
  /** Saves it and lets other commands have it. */
  close(): Promise<void>;
}

export interface VirtualPlugOptions {
  readonly folder: string | undefined;
  /**
   * What the hands do at power-up: hold GPIO0 for download mode, or let the firmware run; both solder the wires again
   * where a closed plug has none. "running": the same, but a firmware that runs over the wires goes on. "kept": everything is as it was left, and a new plug lies there closed. "use": a closed
   * plug stays closed, any other one runs its firmware.
   */
  readonly start: "download" | "run" | "running" | "kept" | "use";
  /** A firmware that starts is given the time to be up before anybody talks to it. */
  readonly startsFirst?: boolean;
  /** DTR and RTS go straight to GPIO0 and EN, as a programmer's reset wires do; the story's plug has none. */
  readonly resetWires?: boolean;
  /** What a new plug's flash holds; default: the vendor's firmware. */
  readonly contents?: Uint8Array | undefined;
  /** What the home's router opens; default: HOME_NETWORK. */
  readonly network?: { readonly ssid?: string | undefined; readonly passphrase?: string | undefined } | undefined;
  /** A flash image to use instead of the folder's, also saved to. */
  readonly flashFile?: string | undefined;
  /** Of a fresh plug; default: always the same, so that what a command shows can be repeated. */
  readonly seed?: number;
}

/** What a virtual plug needs of the environment that it lives in. */
export type VirtualPlugParts = Pick<Environment, "files" | "random" | "openFlash" | "drain">;

/** How long a firmware may take until it can be kept, or has its network back, µs: longer than its start takes. */
const SETTLING_US = 60e6;
/** How long a firmware that is executed may take from its start to its web server on a network it knows, µs. */
const EXECUTED_START_US = 30e6;
/**
 * A firmware that is executed starts from power-up in the next command. Seven power-ups of less than ten seconds reset Tasmota
 * (docs: Device Recovery, fast power cycle), so it stays on for longer before it is left, µs.
 */
const NO_QUICK_CYCLE_US = 12e6;
/** How long the boot ROM may take to come to a firmware, µs. */
const ROM_US = 1e6;
const FRESH_SEED = 1;
/** Many times what the record of a plug has. */
const RECORD_BYTES = 0x1_0000;

const SOLDERED = { chipRx: "connected", chipTx: "connected", ground: "connected", vcc: "connected" } as const;
const UNSOLDERED = { chipRx: "open", chipTx: "open", ground: "open", vcc: "open" } as const;

/** Errors: file-*, locked, record-newer, bad-argument for a flash file of a size no part has. */
export async function openVirtualPlug(parts: VirtualPlugParts, options: VirtualPlugOptions): Promise<VirtualPlug> {
  const { files } = parts;
  const { folder } = options;
  if (folder !== undefined) await files.makeDirectory(folder, 0o700);
  const unlock = folder === undefined ? async (): Promise<void> => {} : await files.lock(`${folder}/lock`);
  let flashFile: FlashStore | undefined;
  const release = async (): Promise<void> => {
    await flashFile?.close();
    await unlock();
  };
  try {
    const path = options.flashFile ?? (folder === undefined ? undefined : `${folder}/${PLUG_FILES.flash}`);
    flashFile = path === undefined ? undefined : await parts.openFlash(path);
    return await openLocked(parts, options, flashFile, release);
  } catch (error) {
    await release();
    throw error;
  }
}

async function openLocked(
  parts: VirtualPlugParts,
  options: VirtualPlugOptions,
  flashFile: FlashStore | undefined,
  release: () => Promise<void>,
): Promise<VirtualPlug> {
  const { files } = parts;
  const { folder } = options;
  const left = folder === undefined ? undefined : await readKeptWorld(files, folder);
  const world = new SimClock(left?.wallTime);
  const recordFile = folder === undefined ? undefined : `${folder}/${PLUG_FILES.record}`;
  const isNew = (await flashFile?.contents()) === undefined;
  const fresh = { seed: options.seed ?? FRESH_SEED, contents: options.contents };
  const recordText = await recordOnFile(parts, recordFile);
  const kept = await keptOptions(parts, recordText, recordFile === undefined, flashFile, world, fresh);
  const goesOn = runningNow(left?.running, digestOf(kept.flash ?? new Uint8Array(0), recordText ?? ""), options);
  const benchOptions: BenchOptions = {
    ...kept,
    ...atPowerUp(kept, goesOn === undefined ? options : { start: "kept" }),
  };
  // With its home around it: an image of Tasmota wakes up to an air, a router and a meter, and is answered for.
  const { clock: _, seed, ...onTheBench } = benchOptions;
  const home = createVirtualHome({
    clock: world,
    seed,
    ssid: options.network?.ssid,
    passphrase: options.network?.passphrase,
    // The chip executes the image of a real firmware.
    firmwares: OWN_IMAGES_ONLY,
    bench: { ...onTheBench, kept: goesOn?.run, flashChanged: (from, to) => flashFile?.changed(from, to) },
  });
  const { bench } = home;
  const settle = async (): Promise<void> => {
    const run = (limit: number, settled: () => boolean): Promise<boolean> =>
      world.run(() => parts.drain(), settled, world.now + limit);
    await run(ROM_US, () => bench.firmware !== "none");
    await run(SETTLING_US, () => bench.firmware !== "busy");
  };
  /** A firmware that is executed says nothing of being up: its web server is waited for. */
  const settleAtStart = async (): Promise<void> => {
    await settle();
    if (bench.firmware === "none" && isTasmota((at, length) => bench.flash.slice(at, at + length))) {
      await untilServing(home, parts.drain, world.now + EXECUTED_START_US);
    }
  };
  const record = (): string => serialisePlug(recordOf(bench, benchOptions));
  const save = async (): Promise<void> => {
    flashFile?.check();
    if (recordFile !== undefined) await writeWholeFile(files, recordFile, new TextEncoder().encode(record()));
  };
  const keep = async (): Promise<void> => {
    if (folder === undefined || options.flashFile !== undefined) return;
    const { atMains, load } = home;
    await settle();
    const isExecuted = home.atMains && bench.firmware === "none";
    if (isExecuted) await world.run(parts.drain, () => false, world.now + NO_QUICK_CYCLE_US);
    const run = bench.keep();
    const { appliance } = load;
    const digest = digestOf(bench.flash, record());
    const running = run !== undefined || isExecuted ? { digest, atMains, appliance, run } : undefined;
    await writeKeptWorld(files, folder, { wallTime: world.port().wallTime(), running });
  };
  await flashFile?.follow(bench.flash);
  await save();
  if (folder !== undefined && left !== undefined) await writeKeptWorld(files, folder, { wallTime: left.wallTime });
  if (goesOn?.atMains === true) {
    home.load.appliance = goesOn.appliance;
    home.plugIntoMains(true);
  }
  if (goesOn !== undefined || options.startsFirst === true) await settleAtStart();
  return {
    isNew,
    bench,
    world,
    home,
    save,
    close: async () => {
      try {
        await keep();
        await save();
      } finally {
        await release();
      }
    },
  };
}

/** What goes on where the hands do not cut its power, and the plug is the one that was left. */
function runningNow(
  left: RunningPlug | undefined,
  digest: string,
  { start, resetWires }: VirtualPlugOptions,
): RunningPlug | undefined {
  if (left?.digest !== digest) return undefined;
  const staysAsItIs = start === "kept" || start === "use" || (start === "running" && !left.atMains && !resetWires);
  return staysAsItIs ? left : undefined;
}

function atPowerUp(
  kept: BenchOptions,
  { start, resetWires }: Pick<VirtualPlugOptions, "start" | "resetWires">,
): Partial<BenchOptions> {
  const wires = { ...UNSOLDERED, ...kept.wiring };
  const isClosed =
    kept.wiring !== undefined && Object.keys(UNSOLDERED).every((wire) => wires[wire as "vcc"] === "open");
  if (start === "kept" || (start === "use" && isClosed)) {
    const { gpio0Grounded = false, pluggedIn = false } = kept;
    return { gpio0Grounded, pluggedIn, wiring: wires };
  }
  return {
    gpio0Grounded: start === "download",
    pluggedIn: true,
    wiring: {
      ...kept.wiring,
      ...(isClosed ? SOLDERED : {}),
      autoReset: resetWires === true ? "direct" : (kept.wiring?.autoReset ?? false),
    },
  };
}

async function recordOnFile({ files }: VirtualPlugParts, path: string | undefined): Promise<string | undefined> {
  if (path === undefined || (await files.stat(path)) === undefined) return undefined;
  return new TextDecoder().decode(await files.read(path, RECORD_BYTES));
}

/** @param record text of the plug's record; undefined where there is none yet. */
async function keptOptions(
  { random }: VirtualPlugParts,
  record: string | undefined,
  isFresh: boolean,
  flashFile: FlashStore | undefined,
  clock: SimClock,
  fresh: { readonly seed: number; readonly contents: Uint8Array | undefined },
): Promise<BenchOptions> {
  const flash = (await flashFile?.contents()) ?? fresh.contents;
  if (record === undefined) {
    const seed = isFresh ? fresh.seed : new DataView(random.bytes(4).buffer).getUint32(0);
    return { clock, seed, flash };
  }
  const parsed = parsePlug(record);
  if (flash !== undefined) return benchOptionsOf(parsed, flash, clock);
  const { flash: _, ...made } = benchOptionsOf(parsed, new Uint8Array(0), clock);
  return made;
}
