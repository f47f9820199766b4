/** The flash sector by sector, as far as a job's events say how each of them is. */
import type { HostEvent } from "../../host/index.ts";

type Sectors = Extract<HostEvent, { readonly type: "sectors" }>;
/** unknown: nothing was said of it yet. */
export type SectorState = Sectors["state"] | "unknown";
export type FlashMap = readonly SectorState[];

const SECTOR_BYTES = 0x1000;
/** The ESP8285 has 1 MiB of flash inside (ESP8285 datasheet, 1.1). */
const SECTORS = 256;

export function noFlash(): FlashMap {
  return new Array<SectorState>(SECTORS).fill("unknown");
}

export function withSectors(map: FlashMap, { at, length, state }: Sectors): FlashMap {
  const first = Math.floor(at / SECTOR_BYTES);
  const end = Math.ceil((at + length) / SECTOR_BYTES);
  return map.map((before, sector) => (sector >= first && sector < end ? state : before));
}

export interface SectorRun {
  /** KiB from the start of the flash. */
  readonly from: number;
  readonly to: number;
  readonly sectors: number;
  readonly state: SectorState;
}

/** Neighbours of one state as one run. */
export function runsOf(map: FlashMap): readonly SectorRun[] {
  const runs: SectorRun[] = [];
  const kib = SECTOR_BYTES / 1024;
  map.forEach((state, sector) => {
    const last = runs.at(-1);
    if (last?.state === state) runs[runs.length - 1] = { ...last, to: (sector + 1) * kib, sectors: last.sectors + 1 };
    else runs.push({ from: sector * kib, to: (sector + 1) * kib, sectors: 1, state });
  });
  return runs;
}

export function countOf(map: FlashMap, state: SectorState): number {
  return map.filter((each) => each === state).length;
}
