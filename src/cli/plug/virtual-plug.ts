/**
 * The virtual plug behind `sim:` and `sim:DIR`, with its home around it. In a folder live its flash and the record of
 * what it is made of, both made when missing; the record may be edited (wiring, adapter) while no command runs. Every
 * command is a cold power-up. The flash is written as it changes, so that a process that is killed leaves the plug as
 * a power failure would.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { PlugsmithError } from "../../core/errors.ts";
import { nodeFiles, nodeRandom } from "../../platform/node/index.ts";
import {
  type BenchOptions,
  benchOptionsOf,
  createVirtualHome,
  PLUG_FILES,
  parsePlug,
  recordOf,
  SimClock,
  serialisePlug,
  type VirtualBench,
  type VirtualHome,
} from "../../sim/index.ts";

export interface VirtualPlug {
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
   * where a closed plug has none. "kept": everything is as it was left, and a new plug lies there closed.
   */
  readonly start: "download" | "run" | "kept";
  /** DTR and RTS go straight to GPIO0 and EN, as a programmer's reset wires do; the story's plug has none. */
  readonly resetWires?: boolean;
  /** A flash image to use instead of the folder's, also saved to. */
  readonly flashFile?: string | undefined;
  /** Of a fresh plug; default: always the same, so that what a command shows can be repeated. */
  readonly seed?: number;
}

const FRESH_SEED = 1;

const SOLDERED = { chipRx: "connected", chipTx: "connected", ground: "connected", vcc: "connected" } as const;
const UNSOLDERED = { chipRx: "open", chipTx: "open", ground: "open", vcc: "open" } as const;

/** Errors: file-*, locked, record-newer, bad-argument for a flash file of a size no part has. */
export async function openVirtualPlug(options: VirtualPlugOptions): Promise<VirtualPlug> {
  const { folder } = options;
  if (folder !== undefined) await nodeFiles.makeDirectory(folder, 0o700);
  const release = folder === undefined ? async (): Promise<void> => {} : await nodeFiles.lock(`${folder}/lock`);
  try {
    return await openUnlocked(options, release);
  } catch (error) {
    await release();
    throw error;
  }
}

async function openUnlocked(options: VirtualPlugOptions, release: () => Promise<void>): Promise<VirtualPlug> {
  const { folder } = options;
  const world = new SimClock();
  const recordFile = folder === undefined ? undefined : `${folder}/${PLUG_FILES.record}`;
  const flashFile = options.flashFile ?? (folder === undefined ? undefined : `${folder}/${PLUG_FILES.flash}`);
  const kept = await keptOptions(recordFile, flashFile, world, options.seed ?? FRESH_SEED);
  const benchOptions = { ...kept, ...atPowerUp(kept, options) };
  // With its home around it: an image of Tasmota wakes up to an air, a router and a meter, and answers as a stand-in.
  const { clock: _, seed, ...onTheBench } = benchOptions;
  const mirror = new FlashMirror();
  const home = createVirtualHome({
    clock: world,
    ...(seed === undefined ? {} : { seed }),
    bench: { ...onTheBench, flashChanged: (from, to) => mirror.changed(from, to) },
  });
  const { bench } = home;
  const save = async (): Promise<void> => {
    mirror.check();
    if (recordFile === undefined) return;
    await replaceFile(recordFile, new TextEncoder().encode(serialisePlug(recordOf(bench, benchOptions))));
  };
  if (flashFile !== undefined) {
    await replaceFile(flashFile, bench.flash);
    mirror.open(flashFile, bench.flash);
  }
  await save();
  return {
    bench,
    world,
    home,
    save,
    close: async () => {
      try {
        await save();
      } finally {
        mirror.close();
        await release();
      }
    },
  };
}

function atPowerUp(kept: BenchOptions, { start, resetWires }: VirtualPlugOptions): Partial<BenchOptions> {
  const wires = { ...UNSOLDERED, ...kept.wiring };
  if (start === "kept") {
    const { gpio0Grounded = false, pluggedIn = false } = kept;
    return { gpio0Grounded, pluggedIn, wiring: wires };
  }
  const closed = kept.wiring !== undefined && Object.keys(UNSOLDERED).every((wire) => wires[wire as "vcc"] === "open");
  return {
    gpio0Grounded: start === "download",
    pluggedIn: true,
    wiring: {
      ...kept.wiring,
      ...(closed ? SOLDERED : {}),
      ...(resetWires === true ? { autoReset: "direct" as const } : {}),
    },
  };
}

/** The flash in its file, each change as it happens: synchronously, for whoever kills the process may come next. */
class FlashMirror {
  #file: number | undefined;
  #flash: Uint8Array = new Uint8Array(0);
  #path = "";
  #failure: unknown;

  open(path: string, flash: Uint8Array): void {
    this.#path = path;
    this.#flash = flash;
    this.#file = openSync(path, "r+");
  }

  changed(from: number, to: number): void {
    if (this.#file === undefined || this.#failure !== undefined) return;
    try {
      for (let at = from; at < to; ) at += writeSync(this.#file, this.#flash, at, to - at, at);
    } catch (cause) {
      // Inside the chip nobody could deal with it; the command is told when it saves the plug.
      this.#failure = cause;
    }
  }

  /** @throws file-failed where a change could not be written. */
  check(): void {
    if (this.#failure === undefined) return;
    throw new PlugsmithError("file-failed", {
      message: `The virtual plug's flash could not be written to ${this.#path}.`,
      nextStep: "Make room on the disk; the plug in the folder is as it was when writing failed.",
      cause: this.#failure,
    });
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

async function keptOptions(
  recordFile: string | undefined,
  flashFile: string | undefined,
  clock: SimClock,
  freshSeed: number,
): Promise<BenchOptions> {
  const flash = flashFile !== undefined && (await exists(flashFile)) ? await flashContents(flashFile) : undefined;
  if (recordFile === undefined || !(await exists(recordFile))) {
    const seed = recordFile === undefined ? freshSeed : new DataView(nodeRandom.bytes(4).buffer).getUint32(0);
    return { clock, seed, ...(flash === undefined ? {} : { flash }) };
  }
  const record = parsePlug(new TextDecoder().decode(await nodeFiles.read(recordFile)));
  if (flash !== undefined) return benchOptionsOf(record, flash, clock);
  const { flash: _, ...made } = benchOptionsOf(record, new Uint8Array(0), clock);
  return made;
}

async function exists(path: string): Promise<boolean> {
  return (await nodeFiles.stat(path)) !== undefined;
}

/** Sizes of the flash parts found beside or inside ESP8266 chips: 512 KiB to 16 MiB, powers of two. */
async function flashContents(path: string): Promise<Uint8Array> {
  const flash = await nodeFiles.read(path);
  const size = flash.length;
  if (size >= 0x8_0000 && size <= 0x100_0000 && (size & (size - 1)) === 0) return flash;
  throw new PlugsmithError("bad-argument", {
    message: `${path} holds ${size} bytes, which is no flash part's size.`,
    nextStep: "Give the whole flash: 1048576 bytes for this plug.",
  });
}

async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const fresh = `${path}.new`;
  if (await exists(fresh)) await nodeFiles.remove(fresh);
  const handle = await nodeFiles.open(fresh, "create", 0o600);
  try {
    await handle.write(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await nodeFiles.rename(fresh, path);
}
