import { describe, expect, test } from "vitest";
import { parseEntry } from "../../core/journal/stored-entry.ts";
import { buildModelImage } from "../../sim/tasmota/model-image.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { formatManifest, listBackups, sealBackup } from "../home/backups.ts";
import { plugFolder, writeWholeFile } from "../home/folders.ts";
import { openJournal } from "../home/journal.ts";
import type { Files } from "../ports.ts";
import { type BackupCandidate, chooseBackup } from "./restore.ts";

const PLUG = "c44f33a1b212";
const HOME = "/home";
const TASMOTA = buildModelImage();

interface Made {
  /** Year of the time stamp: the clock of that run. */
  readonly year: number;
  /** As an older version left it. */
  readonly old?: boolean;
  /** The run was killed before it wrote its journal entry. */
  readonly unrecorded?: boolean;
  readonly bytes?: Uint8Array;
  /** Instead of the number that it gets. */
  readonly number?: number;
}

const contents = (seed: number): Uint8Array => Uint8Array.from({ length: 4096 }, (_, i) => (i * 7 + seed) & 0xff);

/** A home in which these backups were sealed in this order. */
async function homeWith(made: readonly Made[]): Promise<{ files: Files; ids: string[] }> {
  const { files } = new VirtualDisk({ seed: 1 });
  const ids: string[] = [];
  for (const [i, { year, old, unrecorded, bytes = contents(i), number }] of made.entries()) {
    const at = Date.UTC(year, 0, 1);
    const facts = {
      chip: "ESP8285",
      mac: "c4:4f:33:a1:b2:12",
      flashId: 0x1440c8,
      flashMaker: "GigaDevice",
      tool: "t",
      at,
    };
    const { id, folder, manifest } = await sealBackup(files, HOME, PLUG, bytes, facts);
    const sequence = old === true ? undefined : (number ?? manifest.sequence);
    await writeWholeFile(files, `${folder}/manifest.json`, formatManifest({ ...manifest, sequence }));
    const journal = await openJournal(files, plugFolder(HOME, PLUG));
    const entry = { type: "backup-sealed", at: manifest.time, backup: id } as const;
    if (unrecorded !== true) await journal.append(entry);
    await journal.append(parseEntry({ type: "something-else", at: manifest.time, backup: id })!);
    await journal.close();
    ids.push(id);
  }
  return { files, ids };
}

async function chosen(made: readonly Made[], answer?: number): Promise<string> {
  const { files, ids } = await homeWith(made);
  let asked: readonly BackupCandidate[] | undefined;
  const ask = (candidates: readonly BackupCandidate[]): Promise<string> => {
    asked = candidates;
    return Promise.resolve(ids[answer!]!);
  };
  const found = await chooseBackup(files, HOME, PLUG, undefined, ask);
  const manifests = await listBackups(files, HOME, PLUG);
  const place = ids.indexOf(manifests.find(({ manifest }) => manifest.sha256 === found!.source.manifest!.sha256)!.id);
  return `${place}${asked === undefined ? "" : `, asked of ${asked.length}`}`;
}

describe("the original", () => {
  test.each<readonly [string, readonly Made[]]>([
    ["the only one", [{ year: 2026, old: true, unrecorded: true }]],
    ["the first by number, though its clock was ahead", [{ year: 2030 }, { year: 2026 }, { year: 2027 }]],
    [
      "the first by number, without any journal entry",
      [
        { year: 2030, unrecorded: true },
        { year: 2026, unrecorded: true },
      ],
    ],
    [
      "in an old home the first by journal and time",
      [
        { year: 2026, old: true },
        { year: 2027, old: true },
      ],
    ],
    [
      "in an old home without journal entries the first by time",
      [
        { year: 2026, old: true, unrecorded: true },
        { year: 2027, old: true, unrecorded: true },
      ],
    ],
    [
      "in an old home the first, though a later one was not recorded",
      [
        { year: 2026, old: true },
        { year: 2027, old: true, unrecorded: true },
      ],
    ],
    [
      "one without a number before those that have one, whatever their times",
      [{ year: 2030, old: true }, { year: 2026 }, { year: 2027 }],
    ],
    [
      "the first of Tasmota where all are",
      [
        { year: 2030, bytes: TASMOTA },
        { year: 2026, bytes: TASMOTA.slice(0, -4) },
      ],
    ],
  ])("the original is %s", async (_, made) => {
    expect(await chosen(made)).toBe("0");
  });

  test.each<readonly [string, readonly Made[]]>([
    [
      "in an old home the journal and the times disagree",
      [
        { year: 2030, old: true },
        { year: 2026, old: true },
      ],
    ],
    [
      "in an old home the earliest was not recorded",
      [
        { year: 2027, old: true },
        { year: 2026, old: true, unrecorded: true },
      ],
    ],
    [
      "in an old home one not recorded comes first by time",
      [
        { year: 2026, old: true, unrecorded: true },
        { year: 2027, old: true },
      ],
    ],
    [
      "in an old home two of one moment were not recorded",
      [
        { year: 2026, old: true, unrecorded: true },
        { year: 2026, old: true, unrecorded: true },
      ],
    ],
    ["an older version added one later", [{ year: 2026 }, { year: 2027, old: true }]],
    [
      "the numbers and the journal disagree",
      [
        { year: 2026, number: 5 },
        { year: 2027, number: 2 },
      ],
    ],
    [
      "two homes were joined, and two have one number and the other's time",
      [
        { year: 2030, number: 1 },
        { year: 2026, number: 1 },
      ],
    ],
    ["the first is of Tasmota and a later one is not", [{ year: 2026, bytes: TASMOTA }, { year: 2027 }]],
  ])("the original is asked for if %s; without a person the error names all backups", async (_, made) => {
    expect(await chosen(made, 1)).toBe("1, asked of 2");
    expect(await chosen(made, 0)).toBe("0, asked of 2");
    const { files, ids } = await homeWith(made);
    const error = await chooseBackup(files, HOME, PLUG).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "needs-input", plugState: "untouched" });
    for (const id of ids) expect(String(error)).toContain(id);
  });

  test("a backup named explicitly is used, whatever is known of it", async () => {
    const { files, ids } = await homeWith([
      { year: 2030, old: true },
      { year: 2026, old: true },
    ]);
    for (const id of ids)
      expect((await chooseBackup(files, HOME, PLUG, id))!.source.manifest!.time).toContain(id.slice(0, 4));
    expect(await chooseBackup(files, HOME, PLUG, "2029-01-01T00-00-00.000Z")).toBeUndefined();
  });

  test("no question is asked if all backups are equal", async () => {
    const bytes = contents(9);
    const made = [2030, 2026].map((year) => ({ year, bytes, old: true }));
    expect(await chosen(made)).not.toContain("asked");
  });

  test("there is no original without a backup", async () => {
    expect(await chooseBackup(new VirtualDisk({ seed: 1 }).files, HOME, PLUG)).toBeUndefined();
  });

  test("the original is returned only if it is as it was sealed", async () => {
    const { files, ids } = await homeWith([{ year: 2026 }, { year: 2027 }]);
    await writeWholeFile(files, `${plugFolder(HOME, PLUG)}/backups/${ids[0]!}/original.bin`, contents(77));
    await expect(chooseBackup(files, HOME, PLUG)).rejects.toMatchObject({ code: "file-corrupt" });
  });
});

test("backup numbers grow, and stay above those of a home whose backups have none", async () => {
  const { files } = await homeWith([
    { year: 2026, old: true },
    { year: 2027, old: true },
    { year: 2020 },
    { year: 2019 },
  ]);
  const numbers = (await listBackups(files, HOME, PLUG)).map(({ manifest }) => [
    manifest.time.slice(0, 4),
    manifest.sequence,
  ]);
  expect(numbers).toEqual([
    ["2019", 4],
    ["2020", 3],
    ["2026", undefined],
    ["2027", undefined],
  ]);
});
