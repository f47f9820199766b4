/**
 * What of a virtual plug in a folder is more than its flash and its record: the time of its world, whether it is in its
 * socket, and what runs on its chip. It is valid once: opening the plug takes it out of the file, so that a process that
 * is killed leaves the plug as a power cut would.
 */
import { sha256Hex } from "../../core/digest.ts";
import { writeWholeFile } from "../../engine/home/folders.ts";
import type { Files } from "../../engine/ports.ts";
import type { Appliance, KeptRun } from "../../sim/index.ts";

/** Inside the plug's folder. */
const FILE = "running.json";
const FORMAT = "plugsmith running plug";
/** Of this file and of the firmware models' memory in it: what another version left is not used. */
const VERSION = 1;
/** Many times what it has. */
const FILE_BYTES = 0x10_0000;

export interface KeptWorld {
  /** What the wall clock of its world shows, ms since 1970. */
  readonly wallTime: number;
  /** Undefined: the chip had no power or nothing on it could be kept. */
  readonly running?: RunningPlug | undefined;
}

export interface RunningPlug {
  /** SHA-256 of flash and record as they were: with others it is another plug. */
  readonly digest: string;
  /** In its socket; else its power comes over the wires. */
  readonly atMains: boolean;
  /** What is plugged into it. */
  readonly appliance: Appliance;
  /** Undefined: its chip executes a firmware, which starts from power-up in the next command. */
  readonly run?: KeptRun | undefined;
}

export function digestOf(flash: Uint8Array, record: string): string {
  return sha256Hex(new TextEncoder().encode(`${sha256Hex(flash)} ${record}`));
}

/** Undefined where there is none that this version can use. Errors: file-*. */
export async function readKeptWorld(files: Files, folder: string): Promise<KeptWorld | undefined> {
  const path = `${folder}/${FILE}`;
  if ((await files.stat(path)) === undefined) return undefined;
  const text = new TextDecoder().decode(await files.read(path, FILE_BYTES));
  try {
    const { format, version, wallTime, running } = JSON.parse(text) as KeptWorld & Record<string, unknown>;
    if (format !== FORMAT || version !== VERSION || typeof wallTime !== "number") return undefined;
    return { wallTime, running };
  } catch {
    // Cut off or edited: as after a power cut.
    return undefined;
  }
}

/** Errors: file-*. */
export async function writeKeptWorld(files: Files, folder: string, world: KeptWorld): Promise<void> {
  const text = `${JSON.stringify({ format: FORMAT, version: VERSION, ...world })}\n`;
  await writeWholeFile(files, `${folder}/${FILE}`, new TextEncoder().encode(text));
}
