import { expect, test } from "vitest";
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { type StoredEntry, UnrecognizedEntry } from "../../core/journal/stored-entry.ts";
import { say } from "../../core/text/text.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { openJournal, readJournal } from "./journal.ts";

const AT = "2026-01-01T00:00:00.000Z";

const entry = (type: string, more = {}): StoredEntry => new UnrecognizedEntry({ type, at: AT, ...more });

async function disk(): Promise<VirtualDisk> {
  const made = new VirtualDisk({ seed: 1 });
  await made.files.makeDirectory("/plug", 0o700);
  await made.files.syncDirectory("");
  return made;
}

async function put(made: VirtualDisk, text: string): Promise<void> {
  const handle = await made.files.open("/plug/journal.jsonl", "append", 0o600);
  await handle.write(new TextEncoder().encode(text));
  await handle.sync();
  await made.files.syncDirectory("/plug");
}

test("an appended entry survives an immediate power loss", async () => {
  for (let seed = 0; seed < 30; seed++) {
    const made = new VirtualDisk({ seed });
    await made.files.makeDirectory("/plug", 0o700);
    await made.files.syncDirectory("");
    const journal = await openJournal(made.files, "/plug");
    await journal.append(entry("one"));
    await journal.append(entry("two", { backup: "x" }));
    made.crash();
    expect((await readJournal(made.files, "/plug")).map(({ type }) => type)).toEqual(["one", "two"]);
  }
});

test("a last line torn by a crash is dropped and truncated before the next append", async () => {
  const made = await disk();
  await put(made, `{"type":"one","at":"${AT}"}\n{"type":"tw`);
  const journal = await openJournal(made.files, "/plug");
  expect(journal.entries.map(({ type }) => type)).toEqual(["one"]);
  await journal.append(entry("three"));
  expect((await readJournal(made.files, "/plug")).map(({ type }) => type)).toEqual(["one", "three"]);
});

test("an intact journal is opened without truncation", async () => {
  const made = await disk();
  await put(made, `{"type":"one","at":"${AT}"}\n`);
  const done: string[] = [];
  made.onOperation = (_, what) => done.push(what);
  await openJournal(made.files, "/plug");
  expect(done).toEqual(["open /plug/journal.jsonl", "sync"]);
});

const types = async (made: VirtualDisk): Promise<string[]> =>
  (await readJournal(made.files, "/plug")).map(({ type }) => type);

test("entries appended concurrently are all kept in order and survive a crash", async () => {
  for (let seed = 0; seed < 10; seed++) {
    const made = new VirtualDisk({ seed });
    await made.files.makeDirectory("/plug", 0o700);
    await made.files.syncDirectory("");
    const journal = await openJournal(made.files, "/plug");
    const names = Array.from({ length: 10 }, (_, i) => `entry ${i}`);
    await Promise.all(names.map((type) => journal.append(entry(type))));
    await journal.append(entry("last"));
    made.crash();
    expect(await types(made)).toEqual([...names, "last"]);
    expect(journal.entries.map(({ type }) => type)).toEqual([...names, "last"]);
  }
});

test("entries appended concurrently by two open journals are all kept", async () => {
  const made = await disk();
  const journals = [await openJournal(made.files, "/plug"), await openJournal(made.files, "/plug")];
  const names = Array.from({ length: 20 }, (_, i) => `entry ${i}`);
  await Promise.all(names.map((type, i) => journals[i % 2]!.append(entry(type))));
  expect((await types(made)).sort()).toEqual(names.toSorted());
});

test("of entries appended concurrently, one that does not fit is refused and the others are kept", async () => {
  const made = await disk();
  const journal = await openJournal(made.files, "/plug");
  made.capacity = made.used + 200;
  const big = entry("big", { text: "x".repeat(500) });
  const outcomes = await Promise.allSettled([
    journal.append(entry("one")),
    journal.append(big),
    journal.append(entry("two")),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await types(made)).toEqual(["one", "two"]);
});

test("after a failed append only the torn line is removed; another process's entry stays", async () => {
  const made = await disk();
  const [first, second] = [await openJournal(made.files, "/plug"), await openJournal(made.files, "/plug")];
  await first.append(entry("one"));
  let failing = true;
  made.onOperation = (_, what) => {
    if (what === "sync" && failing) throw new PlugsmithError("disk-full", { message: say`No space is left.` });
  };
  await expect(first.append(entry("lost"))).rejects.toMatchObject({ code: "disk-full" });
  failing = false;
  await second.append(entry("two"));
  await first.append(entry("three"));
  expect(await types(made)).toEqual(["one", "lost", "two", "three"]);
});

test("closing waits for what is being appended", async () => {
  const made = await disk();
  const journal = await openJournal(made.files, "/plug");
  const appended = journal.append(entry("one"));
  await journal.close();
  await appended;
  expect(await types(made)).toEqual(["one"]);
});

test("an entry is stored as it was when appended, even if its object is changed afterwards", async () => {
  const made = await disk();
  const journal = await openJournal(made.files, "/plug");
  const changing = Object.assign(entry("one"), { text: "before" });
  const appended = journal.append(changing);
  changing.text = "after";
  await appended;
  expect(await readJournal(made.files, "/plug")).toEqual([{ type: "one", at: AT, text: "before" }]);
});

test("damage in the middle is an error, not an empty journal", async () => {
  const made = await disk();
  await put(made, `{"type":"one","at":"${AT}"}\n%%%\n{"type":"two","at":"${AT}"}\n`);
  const error = await openJournal(made.files, "/plug").catch((thrown: unknown) => thrown);
  expect(isPlugsmithError(error, "file-corrupt")).toBe(true);
});

test("a full disk leaves no half line in front of the next entry", async () => {
  const made = await disk();
  const journal = await openJournal(made.files, "/plug");
  await journal.append(entry("one"));
  made.capacity = made.used + 10;
  const error = await journal.append(entry("lost")).catch((thrown: unknown) => thrown);
  expect(isPlugsmithError(error, "disk-full")).toBe(true);
  made.capacity = Number.POSITIVE_INFINITY;
  await journal.append(entry("two"));
  expect((await readJournal(made.files, "/plug")).map(({ type }) => type)).toEqual(["one", "two"]);
});

test("an entry of a newer version is refused, and the file is left as it is, including a torn line", async () => {
  const made = await disk();
  await put(made, `{"type":"one","at":"${AT}","version":1}\n{"type":"two","at":"${AT}","version":9}\n{"to`);
  const before = await made.files.read("/plug/journal.jsonl");
  for (const open of [openJournal, readJournal]) {
    const error = await open(made.files, "/plug").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "record-newer", message: expect.stringContaining("version 9") });
  }
  expect(await made.files.read("/plug/journal.jsonl")).toEqual(before);
});

test("a journal truncated at any byte keeps its whole lines and accepts the next entry", async () => {
  const lines = [
    `{"type":"one","at":"${AT}","text":"ä\\n"}`,
    `{"type":"two","at":"${AT}"}`,
    `{"type":"three","at":"${AT}"}`,
  ];
  const whole = new TextEncoder().encode(`${lines.join("\n")}\n`);
  for (let end = 0; end <= whole.length; end++) {
    const made = await disk();
    await put(made, new TextDecoder().decode(whole.subarray(0, end)));
    const kept = whole.subarray(0, end).filter((byte) => byte === 0x0a).length;
    const journal = await openJournal(made.files, "/plug");
    expect(journal.entries).toHaveLength(kept);
    await journal.append(entry("next"));
    expect((await readJournal(made.files, "/plug")).map(({ type }) => type)).toEqual([
      ...["one", "two", "three"].slice(0, kept),
      "next",
    ]);
  }
});
