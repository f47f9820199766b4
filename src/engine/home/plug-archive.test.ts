import { beforeEach, expect, test } from "vitest";
import { OrderedFiles } from "../../../test/support/ordered-files.ts";
import type { ArchiveFile, PlugArchive } from "../../core/archive/plug-archive.ts";
import { foldConversion } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { stepEntry, withTime } from "../../core/journal/entries.ts";
import type { StoredEntry } from "../../core/journal/stored-entry.ts";
import { say } from "../../core/text/text.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { listBackups, sealBackup } from "./backups.ts";
import { makePrivateFolder, writeWholeFile } from "./folders.ts";
import { readJournal } from "./journal.ts";
import { IMPORT_FOLDER, placePlug, readPlugFolder } from "./plug-archive.ts";
import { openPlugJournal } from "./plug-journal.ts";
import { readSecrets, rememberPlug, seenPlug, writeSecrets } from "./plug-records.ts";

const PLUG = "c44f33a1b212";
const MAC = "c4:4f:33:a1:b2:12";
const AT = "2026-01-01T00:00:00.000Z";
const LATER = Date.UTC(2026, 5, 1);
const FOLDER = `/home/plugs/${PLUG}`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

let home: OrderedFiles;
let other: OrderedFiles;
beforeEach(async () => {
  [home, other] = [
    new OrderedFiles(new VirtualDisk({ seed: 1 }).files),
    new OrderedFiles(new VirtualDisk({ seed: 2 }).files),
  ];
  await home.files.makeDirectory("/home", 0o700);
  await other.files.makeDirectory("/home", 0o700);
});

/** A home with all that a plug's folder can hold. */
async function filled(entries: readonly StoredEntry[] = []): Promise<void> {
  const { files } = home;
  const facts = { chip: "ESP8285N08", mac: MAC, flashId: 0x1440c8, flashMaker: "x", tool: "t", at: Date.parse(AT) };
  await sealBackup(files, "/home", PLUG, new Uint8Array(64).fill(3), facts);
  await writeSecrets({ files, path: "/home" }, PLUG, { webPassword: "geheim" });
  await rememberPlug(
    { files, path: "/home" },
    { mac: PLUG, address: "192.168.1.5", proven: true, lastSeen: AT, contacts: 7 },
  );
  await makePrivateFolder(files, "/home", `${FOLDER}/settings`);
  await writeWholeFile(files, `${FOLDER}/settings/a.dmp`, bytes("dump"));
  await makePrivateFolder(files, "/home", `${FOLDER}/one/two/three`);
  await writeWholeFile(files, `${FOLDER}/one/two/three/deep`, bytes("deep"));
  await writeWholeFile(files, `${FOLDER}/note.txt`, bytes("mine"));
  const journal = await openPlugJournal(files, "/home", PLUG);
  const begun = { type: "erase-begun", at: AT, kind: "write", backup: undefined } as const;
  for (const entry of [begun, ...entries]) await journal.append(entry as StoredEntry);
  await journal.close();
}

const packed = (files: readonly ArchiveFile[], plug = PLUG): PlugArchive => ({
  plug,
  at: AT,
  tool: "t",
  virtual: false,
  files,
});

const place = (archive: PlugArchive): Promise<string> =>
  other.whole(
    placePlug(
      {
        files: other.files,
        home: "/home",
        clock: { wallTime: () => LATER },
        random: { bytes: (length) => new Uint8Array(length).fill(0x5a) },
      },
      archive,
    ),
  );

const read = (secrets = true): Promise<readonly ArchiveFile[]> =>
  home.whole(readPlugFolder(home.files, "/home", PLUG, { secrets }));

test("a plug's folder is read without locks and what nobody knows, under its own lock", async () => {
  await filled();
  home.log.length = 0;
  const files = await read();
  expect(files.map(({ path }) => path).sort()).toEqual([
    "backups/2026-01-01T00-00-00.000Z/manifest.json",
    "backups/2026-01-01T00-00-00.000Z/original.bin",
    "journal.jsonl",
    "network.json",
    "secrets.json",
    "settings/a.dmp",
  ]);
  expect(files.find(({ path }) => path.endsWith(".bin"))?.bytes).toEqual(new Uint8Array(64).fill(3));
  expect(home.changes[0]).toBe(`lock ${FOLDER}/lock`);
  expect(home.log.at(-1)).toBe(`release ${FOLDER}/lock`);
  expect((await read(false)).map(({ path }) => path)).not.toContain("secrets.json");
});

test("a plug that another run works on is not read", async () => {
  await filled();
  const journal = await openPlugJournal(home.files, "/home", PLUG);
  await expect(read()).rejects.toThrowError(expect.objectContaining({ code: "locked" }));
  await journal.close();
});

test("a packed plug is placed in another home whole, and its old contacts count no more", async () => {
  await filled();
  expect(await place(packed(await read()))).toBe(FOLDER);
  expect(await listBackups(other.files, "/home", PLUG)).toHaveLength(1);
  const target = { files: other.files, path: "/home" };
  expect(await readSecrets(target, PLUG)).toMatchObject({ webPassword: "geheim" });
  expect(await seenPlug(target, PLUG)).toMatchObject({ address: "192.168.1.5", proven: true, contacts: 0 });
  expect((await readJournal(other.files, FOLDER)).map(({ type }) => type)).toEqual(["erase-begun"]);
  expect((await other.files.list("/home")).filter((name) => name !== "plugs" && !IMPORT_FOLDER.test(name))).toEqual([]);
  expect(IMPORT_FOLDER.test("import-5a5a5a5a5a5a5a5a")).toBe(true);
});

test("a plug without contacts on record stays without", async () => {
  await filled();
  const files = (await read()).filter(({ path }) => path !== "network.json");
  await place(packed(files));
  expect(await seenPlug({ files: other.files, path: "/home" }, PLUG)).toBeUndefined();
});

test("a case that was closed counts as closed before every contact of the new home", async () => {
  const closed = { contacts: 7, confirmed: ["wires-removed"], measured: [] } as never;
  await filled([withTime(stepEntry("close-case", closed), AT) as StoredEntry]);
  await place(packed(await read()));
  const entries = await readJournal(other.files, FOLDER);
  expect(foldConversion(entries).finished.get("close-case")?.data.contacts).toBe(0);
  expect(entries.at(-1)?.at).toBe(new Date(LATER).toISOString());
});

test("the folder is moved to its place last, under the home's lock, when all of it is flushed", async () => {
  await filled();
  const files = await read();
  other.log.length = 0;
  await place(packed(files));
  const beside = `/home/import-5a5a5a5a5a5a5a5a/plugs/${PLUG}`;
  expect(other.changes.slice(-5)).toEqual([
    `flush ${beside}`,
    "lock /home/lock or wait",
    `rename ${beside} ${FOLDER}`,
    "release /home/lock",
    "flush /home/plugs",
  ]);
});

test.each([
  ["a record of the plug", FOLDER],
  ["a folder of that name that holds nothing", FOLDER],
])("%s is never merged with another", async (_, folder) => {
  await filled();
  const files = await read();
  await makePrivateFolder(other.files, "/home", folder);
  await expect(place(packed(files))).rejects.toThrowError(
    expect.objectContaining({ code: "file-exists", plugState: expect.stringContaining("nothing was imported") }),
  );
  expect(await other.files.list("/home")).toEqual(["plugs"]);
});

test("a record that came in between is not overwritten, and the lock is given back", async () => {
  await filled();
  const files = await read();
  const work = place(packed(files));
  // The last flush before the lock.
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    if (other.log.at(-1)?.startsWith("lock /home/lock") === true) break;
  }
  other.failing.set(
    `rename /home/import-5a5a5a5a5a5a5a5a/plugs/${PLUG} ${FOLDER}`,
    new PlugsmithError("file-exists", { message: say`There.` }),
  );
  await expect(work).rejects.toThrowError("There.");
  expect(other.log.at(-1)).toBe("release /home/lock");
});

const changed = async (path: RegExp, content: string): Promise<PlugArchive> => {
  await filled();
  return packed((await read()).map((file) => (path.test(file.path) ? { ...file, bytes: bytes(content) } : file)));
};

test.each([
  ["an empty journal", /journal\.jsonl/, "", "file-corrupt"],
  ["a journal that is none", /journal\.jsonl/, `x\n${JSON.stringify({ type: "a", at: AT })}\n`, "file-corrupt"],
  ["a manifest of another plug", /manifest\.json/, "", "file-corrupt"],
  ["an image that its manifest does not describe", /original\.bin/, "x", "file-corrupt"],
  ["a network record that is none", /network\.json/, "{}", "file-corrupt"],
  ["secrets that are none", /secrets\.json/, "{", "file-corrupt"],
] as const)("with %s nothing is placed", async (_, path, content, code) => {
  await expect(place(await changed(path, content))).rejects.toThrowError(expect.objectContaining({ code }));
  expect(await other.files.stat(FOLDER)).toBeUndefined();
});

test("a backup or a network record of another plug is refused by what it says", async () => {
  await filled();
  const files = await read();
  const swapped = (file: ArchiveFile): ArchiveFile => ({
    ...file,
    bytes: bytes(
      new TextDecoder().decode(file.bytes).replaceAll(MAC, "aa:aa:aa:aa:aa:aa").replaceAll(PLUG, "aaaaaaaaaaaa"),
    ),
  });
  const withOther = (path: string): PlugArchive =>
    packed(files.map((file) => (file.path.endsWith(path) ? swapped(file) : file)));
  await expect(place(withOther("manifest.json"))).rejects.toThrowError(
    expect.objectContaining({
      code: "wrong-plug",
      message: expect.stringContaining("manifest.json belongs to another plug"),
    }),
  );
  await expect(place(withOther("network.json"))).rejects.toThrowError("its network.json is not this plug's");
});

test("a journal that identified another plug is refused", async () => {
  const identified = { mac: "aa:aa:aa:aa:aa:aa" } as never;
  await filled([withTime(stepEntry("identify", identified), AT) as StoredEntry]);
  await expect(place(packed(await read()))).rejects.toThrowError(
    expect.objectContaining({
      code: "wrong-plug",
      message: expect.stringContaining("its journal belongs to another plug"),
    }),
  );
});
