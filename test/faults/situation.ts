/** Where a story begins: what the plug holds, what lies in its home, what is asked for and what must come of it. */
import { parseEntry } from "../../src/core/journal/stored-entry.ts";
import type { FlashSession } from "../../src/engine/flash/contract.ts";
import { sealBackup } from "../../src/engine/home/backups.ts";
import { openJournal } from "../../src/engine/home/journal.ts";
import type { Files } from "../../src/engine/ports.ts";
import { codeLikeBytes } from "../../src/sim/bench/code-like-bytes.ts";
import type { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import type { CampaignSize } from "./campaign.ts";
import type { Scenario } from "./fault-plan.ts";
import { flipBit } from "./home-damage.ts";

export const HOME = "/home";
export const SECTOR = 0x1000;
const SCENARIOS: readonly Scenario[] = [
  ...(["backup", "backup", "backup", "backup"] as const),
  ...(["write", "write", "write", "write"] as const),
  ...(["restore", "restore"] as const),
  ...(["refused", "overridden"] as const),
];
/** Why the gate has to stay closed. */
const REFUSALS = [
  "nothing sealed",
  "changed since",
  "rotten",
  "restored, then changed",
  "started, then rotten",
] as const;

export interface Plug {
  /** "c4:4f:33:a1:b2:12" */
  readonly mac: string;
  /** The same, 12 digits. */
  readonly id: string;
}

export interface Situation {
  readonly scenario: Scenario;
  /** For the log. */
  readonly text: string;
  /** What any sealed backup that can be read must hold. */
  readonly original: Uint8Array;
  /** What the plug holds at the start. */
  readonly flash: Uint8Array;
  /** What it holds when the work is done. */
  readonly wanted: Uint8Array;
  /** The range of `wanted` that was asked for by name, half-open. */
  readonly asked: { readonly from: number; readonly to: number };
  /** Whether a backup that can be read is there from the start. */
  readonly sealed: boolean;
  prepareHome(files: Files, plug: Plug): Promise<void>;
  work(session: FlashSession, plug: Plug): Promise<unknown>;
}

export function situation(random: SeededRandom, size: CampaignSize): Situation {
  const scenario = SCENARIOS[random.below(SCENARIOS.length)]!;
  const original = firmware(size.flashSize, size.usedSectors, random.fork("vendor"));
  const image = firmware(size.imageSectors * SECTOR, size.imageSectors, random.fork("image")).subarray(
    0,
    size.imageSectors * SECTOR - 4 * random.below(500),
  );
  if (scenario === "backup") return backing(random, original);
  if (scenario === "restore") return restoring(random, original, image, size);
  if (scenario === "refused") return refused(random, original, image);
  const target = scenario === "write" && random.chance(0.5) ? "chip" : "image";
  const at = target === "chip" || random.chance(0.5) ? 0 : 4 * random.below(3000);
  const wanted = target === "chip" ? new Uint8Array(original.length).fill(0xff) : original.slice();
  wanted.set(image, at);
  const overridden = scenario === "overridden";
  return {
    scenario,
    text: `${scenario} ${target} at ${at}`,
    original,
    flash: original,
    wanted,
    asked: target === "chip" ? { from: 0, to: wanted.length } : { from: at, to: at + image.length },
    sealed: !overridden,
    prepareHome: async (files, plug) => {
      if (!overridden) await seal(files, plug, original);
    },
    work: (session, plug) =>
      session.write(image, { target, at, raw: true, typedMac: overridden ? plug.mac : undefined }),
  };
}

function backing(random: SeededRandom, original: Uint8Array): Situation {
  const corrupted = random.chance(0.15);
  return {
    scenario: "backup",
    text: corrupted ? "backup beside a rotten one" : "backup",
    original,
    flash: original,
    wanted: original,
    asked: { from: 0, to: original.length },
    sealed: false,
    prepareHome: async (files, plug) => {
      if (corrupted) await flipBit(files, await seal(files, plug, original), random);
    },
    work: (session) => session.backup(),
  };
}

/** A conversion that was started and given up. */
function restoring(random: SeededRandom, original: Uint8Array, image: Uint8Array, size: CampaignSize): Situation {
  const flash = original.slice().fill(0xff, 0, size.usedSectors * SECTOR * random.unit());
  flash.set(image.subarray(0, (image.length * random.unit()) >> 2));
  return {
    scenario: "restore",
    text: "restore",
    original,
    flash,
    wanted: original,
    asked: { from: 0, to: original.length },
    sealed: true,
    prepareHome: async (files, plug) => {
      await seal(files, plug, original);
      await note(files, plug, ["erase-begun"]);
    },
    work: (session) => session.restore({ bytes: original }),
  };
}

/** The gate has to stay closed, and not one bit may change. */
function refused(random: SeededRandom, original: Uint8Array, image: Uint8Array): Situation {
  const why = REFUSALS[random.below(REFUSALS.length)]!;
  const changed = original.slice();
  changed.set(codeLikeBytes(SECTOR, random), SECTOR * random.below(8));
  const erases = random.chance(0.3);
  const corrupted = why === "rotten" || why === "started, then rotten";
  const flash = why === "rotten" ? original : changed;
  return {
    scenario: "refused",
    text: `${erases ? "erase" : "write"} refused: ${why}`,
    original,
    flash,
    wanted: flash,
    asked: { from: 0, to: original.length },
    sealed: !corrupted && why !== "nothing sealed",
    prepareHome: async (files, plug) => {
      if (why === "nothing sealed") return;
      const path = await seal(files, plug, original);
      if (corrupted) await flipBit(files, path, random);
      if (why === "started, then rotten") await note(files, plug, ["erase-begun"]);
      if (why === "restored, then changed") await note(files, plug, ["erase-begun", "restore-proven"]);
    },
    work: (session) => (erases ? session.erase() : session.write(image, { raw: true })),
  };
}

/** Path of the image. */
async function seal(files: Files, plug: Plug, image: Uint8Array): Promise<string> {
  const sealed = await sealBackup(files, HOME, plug.id, image, {
    chip: "ESP8285N08",
    mac: plug.mac,
    flashId: 0,
    flashMaker: "GigaDevice",
    tool: "campaign",
    at: Date.UTC(2025, 11, 31),
  });
  return sealed.path;
}

/** Journal entries of earlier runs, about the one backup there is. */
async function note(files: Files, plug: Plug, types: readonly string[]): Promise<void> {
  const folder = `${HOME}/plugs/${plug.id}`;
  const [backup] = await files.list(`${folder}/backups`);
  const journal = await openJournal(files, folder);
  for (const type of types) {
    await journal.append(parseEntry({ type, at: "2025-12-31T00:00:01.000Z", backup })!);
  }
  await journal.close();
}

/** Code-like sectors, some blank ones between them, blank to the end. */
function firmware(size: number, used: number, random: SeededRandom): Uint8Array {
  const flash = new Uint8Array(size).fill(0xff);
  const sectors = size / SECTOR;
  for (let i = 0; i < used; i++) {
    const sector = used >= sectors ? i : random.chance(0.7) ? i : random.below(sectors);
    flash.set(codeLikeBytes(SECTOR, random), sector * SECTOR);
  }
  return flash;
}
