/** What is flushed before what, and what is waited for: a crash at any point leaves the old or the new, never half of it. */

import { beforeEach, describe, expect, test } from "vitest";
import { OrderedFiles } from "../../../test/support/ordered-files.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { UnrecognizedEntry } from "../../core/journal/stored-entry.ts";
import { say } from "../../core/text/text.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { sealBackup } from "./backups.ts";
import { freeName, makePrivateFolder, parentOf, plugFolder, proveWritable, writeWholeFile } from "./folders.ts";
import { changeHomeFile } from "./home-files.ts";
import { openJournal, readJournal } from "./journal.ts";
import { openPlugJournal } from "./plug-journal.ts";

const HOME = "/home";
const PLUG = "c44f33a1b212";
const AT = "2026-01-01T00:00:00.000Z";
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const entry = (type: string): UnrecognizedEntry => new UnrecognizedEntry({ type, at: AT });

let disk: OrderedFiles;
beforeEach(async () => {
  const { files } = new VirtualDisk({ seed: 1 });
  await files.makeDirectory(HOME, 0o700);
  disk = new OrderedFiles(files);
});

/** Waits for the work, then for nothing more. */
const whole = <T>(work: Promise<T>): Promise<T> => disk.whole(work);

const text = async (path: string): Promise<string> => new TextDecoder().decode(await disk.files.read(path));

describe("a whole file", () => {
  test("is written beside its place, flushed, renamed, and its name flushed", async () => {
    await whole(writeWholeFile(disk.files, "/home/a", bytes("new")));
    expect(disk.log).toEqual([
      "create /home/a.new 600",
      "write 3 to /home/a.new",
      "sync /home/a.new",
      "close /home/a.new",
      "rename /home/a.new /home/a",
      "flush /home",
    ]);
  });

  test("takes the place of what a crash left beside it", async () => {
    await writeWholeFile(disk.files, "/home/a.new", bytes("left over"));
    disk.log.length = 0;
    await whole(writeWholeFile(disk.files, "/home/a", bytes("new")));
    expect(disk.log.slice(0, 3)).toEqual(["create /home/a.new 600", "remove /home/a.new", "create /home/a.new 600"]);
    expect(await text("/home/a")).toBe("new");
    expect(await disk.files.list(HOME)).toEqual(["a"]);
  });

  test("leaves nothing behind where the disk is full, and the old one stays", async () => {
    await writeWholeFile(disk.files, "/home/a", bytes("old"));
    disk.log.length = 0;
    disk.failing.set("sync /home/a.new", new PlugsmithError("disk-full", { message: say`Full.` }));
    await expect(whole(writeWholeFile(disk.files, "/home/a", bytes("new")))).rejects.toThrowError("Full.");
    expect(disk.log.slice(-2)).toEqual(["close /home/a.new", "remove /home/a.new"]);
    expect(await text("/home/a")).toBe("old");
  });

  test("fails for the reason that it was refused with, whatever lies beside it", async () => {
    disk.failing.set("create /home/a.new 600", new PlugsmithError("file-permission", { message: say`No.` }));
    await expect(whole(writeWholeFile(disk.files, "/home/a", bytes("new")))).rejects.toThrowError("No.");
    expect(disk.log).toEqual(["create /home/a.new 600"]);
  });
});

describe("folders", () => {
  test("are made for their owner only, and each new name is flushed from the top", async () => {
    await whole(makePrivateFolder(disk.files, HOME, "/home/plugs/x/backups"));
    expect(disk.changes).toEqual([
      "make /home/plugs/x/backups 700",
      "flush /home",
      "flush /home/plugs",
      "flush /home/plugs/x",
    ]);
    disk.log.length = 0;
    await whole(makePrivateFolder(disk.files, HOME, "/home/plugs/x/backups"));
    expect(disk.changes).toEqual([]);
  });

  test("are made inside of the home only, and named by MACs only", async () => {
    await expect(makePrivateFolder(disk.files, HOME, "/homes/x")).rejects.toThrowError(
      expect.objectContaining({ code: "internal" }),
    );
    expect(plugFolder(HOME, PLUG)).toBe(`/home/plugs/${PLUG}`);
    for (const name of ["C44F33A1B212", "c44f33a1b2", "../../../etc"]) {
      expect(() => plugFolder(HOME, name)).toThrowError(expect.objectContaining({ code: "internal" }));
    }
  });

  test("are found above a path, and for a bare name the one that programs run in", () => {
    expect([parentOf("/home/a/b"), parentOf("/a"), parentOf("a")]).toEqual(["/home/a", "", "."]);
  });

  test("give a name that nothing has yet", async () => {
    expect(await freeName(disk.files, HOME, "a", ".html")).toBe("a.html");
    await writeWholeFile(disk.files, "/home/a.html", bytes("1"));
    expect(await freeName(disk.files, HOME, "a", ".html")).toBe("a-2.html");
    await writeWholeFile(disk.files, "/home/a-2.html", bytes("2"));
    expect(await whole(freeName(disk.files, HOME, "a", ".html"))).toBe("a-3.html");
  });
});

describe("the proof that a home takes files", () => {
  const NOW = 1_800_000_000_000;
  const random = { bytes: (length: number): Uint8Array => new Uint8Array(length).fill(0xab) };
  const prove = (): Promise<void> => whole(proveWritable(disk.files, HOME, { wallTime: () => NOW }, random));
  const probe = (at: number): string => `/home/room-${at}-0123456789abcdef.probe`;

  test("writes as much as a backup takes, flushes it and takes it away", async () => {
    await prove();
    const path = `/home/room-${NOW}-abababababababab.probe`;
    // 1 MiB as it is read, once more as it is sealed, and records.
    expect(disk.changes).toEqual([
      `create ${path} 600`,
      `write ${0x220000} to ${path}`,
      `sync ${path}`,
      `close ${path}`,
      `remove ${path}`,
    ]);
  });

  test("takes away what a crash left ten minutes ago, and nothing of another run or another program", async () => {
    const old = [probe(NOW - 600_000), probe(NOW + 600_000)];
    const others = [probe(NOW - 599_999), probe(NOW + 599_999), "/home/room-1.probe"];
    for (const path of [...old, ...others]) await writeWholeFile(disk.files, path, bytes("x"));
    await prove();
    expect((await disk.files.list(HOME)).map((name) => `/home/${name}`)).toEqual([...others].sort());
  });

  test("goes on where an old probe cannot be taken away", async () => {
    await writeWholeFile(disk.files, probe(1), bytes("x"));
    disk.failing.set(`remove ${probe(1)}`, new PlugsmithError("file-permission", { message: say`No.` }));
    await prove();
    expect(await disk.files.list(HOME)).toHaveLength(1);
  });

  test("makes the home where there is none yet", async () => {
    await proveWritable(disk.files, "/other", { wallTime: () => NOW }, random);
    expect(disk.changes[0]).toBe("make /other 700");
  });
});

test("a file of the home is changed under the home's lock, and the lock is given back after a failure", async () => {
  await whole(changeHomeFile(disk.files, HOME, "/home/sub/a", () => Promise.resolve(bytes("x"))));
  expect(disk.changes.at(0)).toBe("lock /home/lock or wait");
  expect(disk.changes.at(-1)).toBe("release /home/lock");
  expect(disk.changes).toContain("make /home/sub 700");
  disk.log.length = 0;
  await expect(
    whole(changeHomeFile(disk.files, HOME, "/home/a", () => Promise.reject(new Error("no")))),
  ).rejects.toThrow("no");
  expect(disk.changes).toEqual(["lock /home/lock or wait", "release /home/lock"]);
  await whole(changeHomeFile(disk.files, "/other", "/other/a", () => Promise.resolve(undefined)));
  expect(disk.changes.slice(-4)).toEqual([
    "make /other 700",
    "flush ",
    "lock /other/lock or wait",
    "release /other/lock",
  ]);
});

describe("a journal", () => {
  const FOLDER = "/home/plug";
  const path = `${FOLDER}/journal.jsonl`;
  beforeEach(async () => {
    await disk.files.makeDirectory(FOLDER, 0o700);
    disk.log.length = 0;
  });
  const put = async (content: string): Promise<void> => {
    await writeWholeFile(disk.files, path, bytes(content));
    disk.log.length = 0;
  };
  const line = (type: string): string => `${JSON.stringify({ type, at: AT })}\n`;
  const types = async (): Promise<string[]> => (await readJournal(disk.files, FOLDER)).map(({ type }) => type);

  test("that is new has its name flushed before anything is written", async () => {
    const journal = await whole(openJournal(disk.files, FOLDER));
    expect(disk.changes).toEqual([`append ${path} 600`, `sync ${path}`, `flush ${FOLDER}`]);
    disk.log.length = 0;
    await whole(journal.append(entry("one")));
    expect(disk.changes).toEqual([`write ${line("one").length} to ${path}`, `sync ${path}`]);
    await whole(journal.close());
    expect(disk.log.at(-1)).toBe(`close ${path}`);
  });

  test("waits with its closing for entries that are on their way", async () => {
    const journal = await openJournal(disk.files, FOLDER);
    disk.log.length = 0;
    const appended = journal.append(entry("one"));
    await journal.close();
    await appended;
    expect(disk.changes.at(-1)).toBe(`close ${path}`);
    expect(disk.overlaps).toEqual([]);
  });

  test("with a torn last line is cut there by a handle of its own, flushed and closed", async () => {
    await put(`${line("one")}{"type":"tw`);
    await whole(openJournal(disk.files, FOLDER));
    expect(disk.changes).toEqual([
      `update ${path} 600`,
      `truncate to ${line("one").length} ${path}`,
      `sync ${path}`,
      `close ${path}`,
      `append ${path} 600`,
      `sync ${path}`,
    ]);
  });

  test("gives its handle back where it cannot be flushed", async () => {
    await put(line("one"));
    disk.failing.set(`sync ${path}`, new PlugsmithError("disk-full", { message: say`Full.` }));
    await expect(whole(openJournal(disk.files, FOLDER))).rejects.toThrowError("Full.");
    expect(disk.log.at(-1)).toBe(`close ${path}`);
  });

  test("whose last line is whole and no entry is cut before it, as after a crash that left zeros", async () => {
    await put(`${line("one")}\u0000\u0000\n`);
    await openJournal(disk.files, FOLDER);
    expect(await types()).toEqual(["one"]);
  });

  test("with such a line in the middle is refused with the line's number", async () => {
    await put(`${line("one")}garbage\n${line("two")}`);
    await expect(openJournal(disk.files, FOLDER)).rejects.toThrowError(
      expect.objectContaining({
        code: "file-corrupt",
        step: "open-journal",
        message: expect.stringContaining("Line 2 of"),
      }),
    );
  });

  test("cuts the half line of a failed append off before the next entry", async () => {
    await put(line("one"));
    const journal = await openJournal(disk.files, FOLDER);
    disk.failing.set(`sync ${path}`, new PlugsmithError("disk-full", { message: say`Full.` }));
    await expect(journal.append(entry("two"))).rejects.toThrowError("Full.");
    disk.log.length = 0;
    await whole(journal.append(entry("three")));
    expect(disk.changes[1]).toBe(`truncate to ${line("one").length} ${path}`);
    expect(await types()).toEqual(["one", "three"]);
    expect(journal.entries.map(({ type }) => type)).toEqual(["one", "three"]);
  });

  test("keeps what another run wrote behind a failed append, and cuts only half a line of it", async () => {
    await put(line("one"));
    const journal = await openJournal(disk.files, FOLDER);
    disk.failing.set(`sync ${path}`, new PlugsmithError("disk-full", { message: say`Full.` }));
    await expect(journal.append(entry("two"))).rejects.toThrowError("Full.");
    const handle = await disk.files.open(path, "append", 0o600);
    await handle.write(bytes(line("other")));
    await handle.write(bytes('{"type":"ha'));
    await journal.append(entry("three"));
    expect(await types()).toEqual(["one", "two", "other", "three"]);
  });

  test("takes no entry without its time", async () => {
    const journal = await openJournal(disk.files, FOLDER);
    const timeless = new UnrecognizedEntry({ type: "x" } as never);
    await expect(journal.append(timeless)).rejects.toThrowError(expect.objectContaining({ code: "internal" }));
  });

  test("of a plug is locked against a second run until it is closed", async () => {
    const first = await whole(openPlugJournal(disk.files, HOME, PLUG));
    await expect(openPlugJournal(disk.files, HOME, PLUG)).rejects.toThrowError(
      expect.objectContaining({ code: "locked" }),
    );
    await first.append(entry("one"));
    expect(first.entries.map(({ type }) => type)).toEqual(["one"]);
    await whole(first.close());
    expect(disk.log.at(-1)).toBe(`release /home/plugs/${PLUG}/lock`);
    const second = await openPlugJournal(disk.files, HOME, PLUG);
    expect(second.entries.map(({ type }) => type)).toEqual(["one"]);
  });

  test("that cannot be opened leaves no lock behind", async () => {
    await makePrivateFolder(disk.files, HOME, `/home/plugs/${PLUG}`);
    await writeWholeFile(disk.files, `/home/plugs/${PLUG}/journal.jsonl`, bytes(`garbage\n${line("one")}`));
    await expect(whole(openPlugJournal(disk.files, HOME, PLUG))).rejects.toThrowError("Line 1");
    expect(disk.log.at(-1)).toBe(`release /home/plugs/${PLUG}/lock`);
  });
});

test("a backup is sealed image first, manifest last, and read once more before it counts", async () => {
  const facts = {
    chip: "ESP8285N08",
    mac: "c4:4f:33:a1:b2:12",
    flashId: 0x010203,
    flashMaker: "x",
    tool: "t",
    at: Date.parse(AT),
  };
  const { folder, manifest } = await whole(sealBackup(disk.files, HOME, PLUG, new Uint8Array(8), facts));
  expect(folder).toBe(`/home/plugs/${PLUG}/backups/2026-01-01T00-00-00.000Z`);
  expect(manifest.flashId).toBe("030201");
  expect(manifest.sequence).toBe(1);
  const renamed = disk.log.filter((line) => line.startsWith("rename")).map((line) => line.split("/").at(-1));
  expect(renamed).toEqual(["original.bin", "manifest.json"]);
  expect(disk.log.at(-1)).toBe(`read ${folder}/original.bin`);
});
