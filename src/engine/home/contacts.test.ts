import { beforeEach, describe, expect, test } from "vitest";
import { OrderedFiles } from "../../../test/support/ordered-files.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import type { AdapterIdentity, Clock } from "../ports.ts";
import { lastContact, noteContact, noteIdentified, readContacts } from "./contacts.ts";
import { makePrivateFolder } from "./folders.ts";

const HOME = "/home";
const PLUG = "c44f33a1b212";
const AT = "2026-01-01T00:00:00.000Z";

let disk: OrderedFiles;
beforeEach(async () => {
  const { files } = new VirtualDisk({ seed: 1 });
  await files.makeDirectory(HOME, 0o700);
  disk = new OrderedFiles(files);
});

/** Waits for the work, then for nothing more. */
const whole = <T>(work: Promise<T>): Promise<T> => disk.whole(work);

describe("contacts over wires", () => {
  const ADAPTER: AdapterIdentity = { path: "/dev/ttyUSB0", label: "FTDI FT232R", vendorId: "0403", productId: "6001" };
  const waits: number[] = [];
  const clock = {
    now: () => 0,
    wallTime: () => Date.parse(AT),
    after: (ms: number, action: () => void) => {
      waits.push(ms);
      setImmediate(action);
      return () => undefined;
    },
  } as unknown as Clock;
  const records = () => ({ files: disk.files, home: HOME, clock });
  beforeEach(() => {
    waits.length = 0;
  });

  test("are numbered in their order, with the adapter and its place", async () => {
    expect(await lastContact(disk.files, HOME)).toBe(0);
    expect(await whole(noteContact(records(), ADAPTER))).toBe(1);
    expect(await whole(noteContact(records(), ADAPTER))).toBe(2);
    expect(await whole(lastContact(disk.files, HOME))).toBe(2);
    const [first] = await readContacts(disk.files, HOME);
    expect(first).toEqual({
      number: 1,
      at: AT,
      adapter: "0403:6001//dev/ttyUSB0",
      where: "FTDI FT232R at /dev/ttyUSB0",
      plug: undefined,
      missing: false,
    });
  });

  test("are told apart by the plug once it is known, and by whether its own journal has them", async () => {
    await noteContact(records(), ADAPTER);
    await noteContact(records(), ADAPTER);
    await whole(noteIdentified(records(), 2, PLUG, true));
    const [first, second] = await readContacts(disk.files, HOME);
    expect(first).toMatchObject({ number: 1, plug: undefined, missing: false });
    expect(second).toMatchObject({ number: 2, plug: PLUG, missing: true });
    await noteIdentified(records(), 1, PLUG, false);
    expect((await readContacts(disk.files, HOME))[0]).toMatchObject({ plug: PLUG, missing: false });
  });

  test("wait 25 ms for another run that has the records, and give up after 200 times", async () => {
    await makePrivateFolder(disk.files, HOME, "/home/contacts");
    const release = await disk.files.lock("/home/contacts/lock");
    await expect(noteContact(records(), ADAPTER)).rejects.toThrowError(expect.objectContaining({ code: "locked" }));
    expect(waits).toEqual(Array<number>(199).fill(25));
    const waiting = noteContact(records(), ADAPTER);
    await release();
    expect(await waiting).toBe(1);
  });

  test("do not wait for anything but a lock", async () => {
    disk.failing.set(
      "append /home/contacts/journal.jsonl 600",
      new PlugsmithError("disk-full", { message: say`Full.` }),
    );
    await expect(whole(noteContact(records(), ADAPTER))).rejects.toThrowError("Full.");
    expect(waits).toEqual([]);
  });
});
