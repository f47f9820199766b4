/**
 * The virtual plug behind `sim:` and `sim:DIR`. In a folder live its flash and the record of what it is made of, both
 * made when missing; the record may be edited (wiring, adapter) while no command runs. Every command is a cold power-up.
 */
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
} from "../../sim/index.ts";

export interface VirtualPlug {
  readonly bench: VirtualBench;
  readonly world: SimClock;
  /** Writes plug and flash back to where they live; a fresh plug lives nowhere. */
  save(): Promise<void>;
}

export interface VirtualPlugOptions {
  readonly folder: string | undefined;
  /** What the hands do at power-up: hold GPIO0 for download mode, or let the firmware run. */
  readonly start: "download" | "run";
  /** DTR and RTS go straight to GPIO0 and EN, as a programmer's reset wires do; the story's plug has none. */
  readonly resetWires?: boolean;
  /** A flash image to use instead of the folder's, also saved to. */
  readonly flashFile?: string | undefined;
}

/** The one fresh plug: always the same, so that what a command shows can be repeated. */
const FRESH_SEED = 1;

/** Errors: file-*, record-newer, bad-argument for a flash file of a size no part has. */
export async function openVirtualPlug(options: VirtualPlugOptions): Promise<VirtualPlug> {
  const { folder, start } = options;
  const world = new SimClock();
  const recordFile = folder === undefined ? undefined : `${folder}/${PLUG_FILES.record}`;
  const flashFile = options.flashFile ?? (folder === undefined ? undefined : `${folder}/${PLUG_FILES.flash}`);
  const benchOptions = {
    ...(await keptOptions(recordFile, flashFile, world)),
    gpio0Grounded: start === "download",
    pluggedIn: true,
    ...(options.resetWires === true ? { wiring: { autoReset: "direct" as const } } : {}),
  };
  // With its home around it: an image of Tasmota wakes up to an air, a router and a meter, and answers as a stand-in.
  const { clock: _, seed, ...onTheBench } = benchOptions;
  const { bench } = createVirtualHome({ clock: world, ...(seed === undefined ? {} : { seed }), bench: onTheBench });
  const save = async (): Promise<void> => {
    if (recordFile !== undefined) {
      await replaceFile(recordFile, new TextEncoder().encode(serialisePlug(recordOf(bench, benchOptions))));
    }
    if (flashFile !== undefined) await replaceFile(flashFile, bench.flash);
  };
  if (folder !== undefined) await nodeFiles.makeDirectory(folder, 0o700);
  await save();
  return { bench, world, save };
}

async function keptOptions(
  recordFile: string | undefined,
  flashFile: string | undefined,
  clock: SimClock,
): Promise<BenchOptions> {
  const flash = flashFile !== undefined && (await exists(flashFile)) ? await flashContents(flashFile) : undefined;
  if (recordFile === undefined || !(await exists(recordFile))) {
    const seed = recordFile === undefined ? FRESH_SEED : new DataView(nodeRandom.bytes(4).buffer).getUint32(0);
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
