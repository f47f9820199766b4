/** What must hold after every run of a story, whatever struck it. Each returns the broken promises; none is good. */
import { isPlugsmithError, PlugsmithError } from "../../src/core/errors.ts";
import type { BackupResult } from "../../src/engine/flash/contract.ts";
import { listBackups, readSealedImage } from "../../src/engine/home/backups.ts";
import type { Files } from "../../src/engine/ports.ts";
import type { Struck } from "./fault-events.ts";
import { MAY_MISAIM } from "./fault-plan.ts";
import { HOME, SECTOR, type Situation } from "./situation.ts";

const BLOCK = 0x10000;

/** One process from its start to its end. */
export interface Run {
  readonly number: number;
  /** Undefined: done. */
  readonly error: unknown;
  readonly killed: boolean;
  readonly result: unknown;
  /** What struck it, or an earlier run of the story. */
  readonly struck: readonly Struck[];
  readonly struckBefore: readonly Struck[];
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** The half-made backup as the run found it. */
  readonly partial: Uint8Array | undefined;
  /** Bytes of flash that were asked to be erased or written. */
  readonly changedBytes: number;
}

/** Whether a run of this story has come to the end that it should have. */
export function isDone(situation: Situation, run: Run): boolean {
  if (run.killed) return false;
  if (situation.scenario === "refused") return isPlugsmithError(run.error, "erase-gate");
  return run.error === undefined || isHonestLoss(situation, run);
}

/** A command astray hit what nobody has a copy of, since the gate was overridden: it must be told, more cannot be done. */
function isHonestLoss(situation: Situation, run: Run): boolean {
  return situation.scenario === "overridden" && isPlugsmithError(run.error, "verify-failed") && mayHaveMisaimed(run);
}

function mayHaveMisaimed({ struck, struckBefore }: Run): boolean {
  return [...struckBefore, ...struck].some(({ kind }) => MAY_MISAIM.includes(kind));
}

/** Errors are named and expected; what can be cured is cured; and a run that nothing strikes is done. */
export function checkEnd(situation: Situation, run: Run): string[] {
  const { error, killed, number, struck } = run;
  if (killed || error === undefined) return [];
  if (!(error instanceof PlugsmithError))
    return [`run ${number}: not a named error: ${error instanceof Error ? error.stack : "?"}`];
  const reported = `${error.code} ${error.message}`;
  const unsaid = (["step", "plugState", "nextStep"] as const).filter((field) => !error[field]);
  if (unsaid.length > 0) return [`run ${number}: without ${unsaid.join(", ")}: ${reported}`];
  const started = run.changedBytes > 0 && error.plugState === "untouched";
  if (started) return [`run ${number}: "untouched", after ${run.changedBytes} bytes were to be changed: ${reported}`];
  if (error.code === "internal") return [`run ${number}: ${reported}`];
  if (error.code === "erase-gate" && situation.scenario !== "refused")
    return [`run ${number}: the gate is closed though a backup is sealed`];
  if (isDone(situation, run)) return [];
  if (struck.length === 0) return [`run ${number}: failed though nothing struck it: ${reported}`];
  // A wrong address or length can crash the stub or keep it busy for minutes: then only a power cycle helps. Single
  // bytes damaged at random have never done it in thousands of seeds; noise, which may pass a block's checksum, has.
  const mayHang = struck.some(({ kind }) => ["misaim", "misname", "spoil", "noise"].includes(kind));
  if (mayHang && error.code === "no-sync") return [];
  if (struck.every(({ curable }) => curable))
    return [`run ${number}: failed though all that struck it can be cured: ${reported}`];
  return [];
}

/** @param exempt ids of backups that were rotten from the start. */
export async function checkBackups(
  files: Files,
  plug: string,
  situation: Situation,
  run: Run,
  exempt: ReadonlySet<string>,
): Promise<string[]> {
  const broken: string[] = [];
  let sound = 0;
  for (const backup of await listBackups(files, HOME, plug)) {
    if (exempt.has(backup.id)) continue;
    try {
      const image = await readSealedImage(files, backup);
      if (differences(image, situation.original).length > 0)
        broken.push(`sealed backup ${backup.id} is not the original`);
      sound++;
    } catch (error) {
      broken.push(`sealed backup ${backup.id} cannot be read: ${String(error)}`);
    }
  }
  if (situation.sealed && sound === 0) broken.push("the sealed backup is gone");
  if (situation.scenario === "backup" && isDone(situation, run) && sound === 0) {
    broken.push("done, and nothing is sealed");
  }
  return broken;
}

export function checkFlash(situation: Situation, run: Run): string[] {
  const { scenario, wanted, asked } = situation;
  if (scenario === "backup" || scenario === "refused") {
    const [at] = differences(run.after, situation.flash);
    return at === undefined ? [] : [`a ${scenario} run changed the flash at 0x${at.toString(16)}`];
  }
  if (run.error !== undefined || run.killed) return [];
  // Overridden, the rest of the flash is in nobody's keeping: after a command astray only what was asked for counts.
  const all = scenario !== "overridden" || !mayHaveMisaimed(run);
  const wrong = differences(run.after, wanted).filter((at) => all || (at >= asked.from && at < asked.to));
  return wrong.length === 0 ? [] : [`done, and the flash is wrong at 0x${wrong[0]!.toString(16)}`];
}

/** Nothing is repeated that a digest can prove, and nothing is claimed that is not so. */
export function checkEconomy(situation: Situation, run: Run): string[] {
  if (run.error !== undefined || run.killed) return [];
  const broken: string[] = [];
  const { result, partial } = run;
  if (situation.scenario === "backup") {
    const { already, readBytes, resumedBytes } = result as BackupResult;
    const sectors = Array.from({ length: situation.original.length / SECTOR }, (_, i) => i * SECTOR);
    const held = sectors.filter((at) => partial !== undefined && sameSector(partial, situation.original, at));
    // A run that was struck takes up what it read before.
    if (run.struck.length > 0 || already) return broken;
    if (resumedBytes > held.length * SECTOR)
      broken.push(`${resumedBytes} bytes taken over, ${held.length} sectors were right`);
    const missing = sectors.filter((at) => !held.includes(at) && !isBlank(situation.original, at));
    // A stretch ends, and a gap begins, with a blank packet that shows it, and with what was on its way by then.
    const stretches = missing.filter((at) => !missing.includes(at - SECTOR)).length;
    const gaps = sectors.filter((at) => !held.includes(at) && (at === 0 || held.includes(at - SECTOR))).length;
    const most = (missing.length + (stretches + gaps) / 2 + 1) * SECTOR;
    if (readBytes > most) broken.push(`${readBytes} bytes read where ${most} would do`);
    return broken;
  }
  if (run.struck.length > 0 || situation.scenario === "refused") return broken;
  const blocks = new Set(differences(run.before, run.after).map((at) => Math.floor(at / BLOCK)));
  if (run.changedBytes > blocks.size * BLOCK)
    broken.push(`${run.changedBytes} bytes erased or written where ${blocks.size} blocks differed`);
  return broken;
}

function sameSector(a: Uint8Array, b: Uint8Array, at: number): boolean {
  return differences(a.subarray(at, at + SECTOR), b.subarray(at, at + SECTOR)).length === 0;
}

function isBlank(flash: Uint8Array, at: number): boolean {
  return flash.subarray(at, at + SECTOR).every((byte) => byte === 0xff);
}

/** Where they differ; what one of them lacks differs. */
function differences(a: Uint8Array, b: Uint8Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < Math.max(a.length, b.length); i++) if (a[i] !== b[i]) found.push(i);
  return found;
}
