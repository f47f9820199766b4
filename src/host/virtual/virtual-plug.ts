/**
 * The virtual plug behind `sim:` and `sim:DIR`, with its home around it. In a folder live its flash and the record of
 * what it is made of, both made when missing; the record may be edited (wiring, adapter) while no command runs. Every
 * command is a cold power-up. The flash is written as it changes, so that a process that is killed leaves the plug as
 * a power failure would.
 */
import { writeWholeFile } from "../../engine/home/folders.ts";
import {
  type BenchOptions,
  benchOptionsOf,
  createVirtualHome,
  OWN_IMAGES_ONLY,
  PLUG_FILES,
  parsePlug,
  recordOf,
  SimClock,
  serialisePlug,
  type VirtualBench,
  type VirtualHome,
} from "../../sim/index.ts";
import type { Environment, FlashStore } from "../environment.ts";

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
   * where a closed plug has none. "kept": everything is as it was left, and a new plug lies there closed. "use": a closed
   * plug stays closed, any other one runs its firmware.
   */
  readonly start: "download" | "run" | "kept" | "use";
  /** DTR and RTS go straight to GPIO0 and EN, as a programmer's reset wires do; the story's plug has none. */
  readonly resetWires?: boolean;
  /** What a new plug's flash holds; default: the vendor's firmware. */
  readonly contents?: Uint8Array | undefined;
  /** The chip executes images of real firmwares, instead of a stand-in answering for them. */
  readonly executes?: boolean;
  /** A flash image to use instead of the folder's, also saved to. */
  readonly flashFile?: string | undefined;
  /** Of a fresh plug; default: always the same, so that what a command shows can be repeated. */
  readonly seed?: number;
}

/** What a virtual plug needs of the environment that it lives in. */
export type VirtualPlugParts = Pick<Environment, "files" | "random" | "openFlash">;

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
  const world = new SimClock();
  const recordFile = folder === undefined ? undefined : `${folder}/${PLUG_FILES.record}`;
  const isNew = (await flashFile?.contents()) === undefined;
  const fresh = { seed: options.seed ?? FRESH_SEED, contents: options.contents };
  const kept = await keptOptions(parts, recordFile, flashFile, world, fresh);
  const benchOptions = { ...kept, ...atPowerUp(kept, options) };
  // With its home around it: an image of Tasmota wakes up to an air, a router and a meter, and answers as a firmware model.
  const { clock: _, seed, ...onTheBench } = benchOptions;
  const home = createVirtualHome({
    clock: world,
    seed,
    firmwares: options.executes === true ? OWN_IMAGES_ONLY : undefined,
    bench: { ...onTheBench, flashChanged: (from, to) => flashFile?.changed(from, to) },
  });
  const { bench } = home;
  const save = async (): Promise<void> => {
    flashFile?.check();
    if (recordFile === undefined) return;
    await writeWholeFile(files, recordFile, new TextEncoder().encode(serialisePlug(recordOf(bench, benchOptions))));
  };
  await flashFile?.follow(bench.flash);
  await save();
  return {
    isNew,
    bench,
    world,
    home,
    save,
    close: async () => {
      try {
        await save();
      } finally {
        await release();
      }
    },
  };
}

function atPowerUp(kept: BenchOptions, { start, resetWires }: VirtualPlugOptions): Partial<BenchOptions> {
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

async function keptOptions(
  { files, random }: VirtualPlugParts,
  recordFile: string | undefined,
  flashFile: FlashStore | undefined,
  clock: SimClock,
  fresh: { readonly seed: number; readonly contents: Uint8Array | undefined },
): Promise<BenchOptions> {
  const flash = (await flashFile?.contents()) ?? fresh.contents;
  if (recordFile === undefined || (await files.stat(recordFile)) === undefined) {
    const seed = recordFile === undefined ? fresh.seed : new DataView(random.bytes(4).buffer).getUint32(0);
    return { clock, seed, flash };
  }
  const record = parsePlug(new TextDecoder().decode(await files.read(recordFile, RECORD_BYTES)));
  if (flash !== undefined) return benchOptionsOf(record, flash, clock);
  const { flash: _, ...made } = benchOptionsOf(record, new Uint8Array(0), clock);
  return made;
}
