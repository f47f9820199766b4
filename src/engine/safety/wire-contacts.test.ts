import { expect, test } from "vitest";
import { status5, WireRig } from "../../../test/support/wire-rig.ts";
import { entriesOf, parseEntry } from "../../core/journal/stored-entry.ts";
import { noteContact, noteIdentified, readContacts } from "../home/contacts.ts";
import { noteClaim, rememberPlug, seenPlug } from "../home/plug-records.ts";
import { wiresOnRecord } from "./wire-contacts.ts";

const PLUG = "c44f33a1b212";
const OTHER = "c44f33000001";

const ADDRESS = "192.168.1.51";

/** The plug is where it is known to be. The clock says nothing of the order. */
async function seen(rig: WireRig, plug: string, address = ADDRESS): Promise<void> {
  const home = { files: rig.disk.files, path: "/home" };
  const at = "1970-01-01T00:00:00Z";
  if ((await seenPlug(home, plug)) === undefined) {
    await rig.run(rememberPlug(home, { mac: plug, address: ADDRESS, lastSeen: at }));
  }
  await rig.run(noteClaim(home, { mac: plug, address, at }));
}

/** A plug that was heard over one adapter and then closed. */
async function closedAfterWires(adapter: string): Promise<WireRig> {
  const rig = new WireRig();
  await rig.hear(adapter, status5(PLUG));
  await rig.close(PLUG);
  return rig;
}

test("a plug not heard over wires since its closing list stays closed without a question", async () => {
  const rig = await closedAfterWires("A");
  await rig.hear("B", status5(OTHER));
  expect(await rig.wired(PLUG)).toBe(false);
  expect(rig.asked).toEqual([]);
});

test("something heard before the plug was closed is not asked about", async () => {
  const rig = new WireRig();
  await rig.hear("B", "noise");
  await rig.close(PLUG);
  expect(await rig.wired(PLUG)).toBe(false);
  expect(rig.asked).toEqual([]);
});

test.each([
  { answer: "no", wired: false },
  { answer: "yes", wired: true },
])("an unidentified contact over another adapter is asked about once; $answer counts", async ({ answer, wired }) => {
  const rig = await closedAfterWires("A");
  await rig.hear("B", "noise");
  rig.answer = answer;
  expect(await rig.wired(PLUG)).toBe(wired);
  expect(await rig.wired(PLUG)).toBe(wired);
  expect(rig.asked).toEqual(["was-it-this-plug"]);
  expect(rig.text).toContain(`(${PLUG})`);
  expect(rig.text).toContain("over the FTDI FT232R at /dev/ttyUSB0");
});

test("a no covers the contacts so far; the next contact is asked about again", async () => {
  const rig = await closedAfterWires("A");
  await rig.hear("B", "noise");
  await rig.wired(PLUG);
  await rig.hear("B", "noise");
  await rig.hear("C", "noise");
  await rig.wired(PLUG);
  expect(rig.asked).toEqual(["was-it-this-plug", "was-it-this-plug"]);
});

test("an unidentified contact over this plug's adapter revokes its closed case without a question", async () => {
  const rig = await closedAfterWires("A");
  await rig.hear("A", "noise");
  expect(await rig.wired(PLUG)).toBe(true);
  expect(rig.asked).toEqual([]);
});

test("a plug heard in the network after the contact is not asked about; one heard before is", async () => {
  const rig = await closedAfterWires("A");
  await rig.hear("A", "noise");
  await seen(rig, PLUG);
  expect(await rig.wired(PLUG)).toBe(false);
  await rig.hear("B", "noise");
  await rig.wired(PLUG);
  expect(rig.asked).toEqual(["was-it-this-plug"]);
});

test("a claim from another address does not count as the plug", async () => {
  const rig = await closedAfterWires("A");
  await rig.hear("A", "noise");
  await seen(rig, PLUG, "192.168.1.66");
  expect(await rig.wired(PLUG)).toBe(true);
});

/** As a plugsmith that knows nothing of contacts would have left it. */
async function forgetMark(rig: WireRig): Promise<void> {
  const entries = await rig.journal(PLUG);
  const last = entriesOf(entries, "conversion-step").at(-1)!;
  expect(entries.at(-1)).toBe(last);
  const { contacts: _, ...data } = { contacts: undefined, ...last.data };
  await rig.rewrite(PLUG, [...entries.slice(0, -1), parseEntry({ ...last, data })!]);
}

test("a plug closed by a version without contact records is asked about all unidentified contacts", async () => {
  const rig = new WireRig();
  await rig.hear("B", "noise");
  await rig.close(PLUG);
  await forgetMark(rig);
  await rig.wired(PLUG);
  expect(rig.asked).toEqual(["was-it-this-plug"]);
});

test("wires in the plug's journal count by their position there, whatever the contacts say", async () => {
  const rig = await closedAfterWires("A");
  await forgetMark(rig);
  expect(await rig.wired(PLUG)).toBe(false);
});

test("a plug that was never closed, or whose wires are on record, is not asked about", async () => {
  const rig = new WireRig();
  await rig.hear("B", "noise");
  expect(await rig.wired(OTHER)).toBe(false);
  await rig.hear("A", status5(PLUG));
  await rig.hear("B", "noise");
  expect(await rig.wired(PLUG)).toBe(true);
  expect(rig.asked).toEqual([]);
});

test("the wires that cause a question are named with time and adapter", async () => {
  const rig = await closedAfterWires("A");
  await rig.hear("A", status5(PLUG));
  const wires = await rig.run(wiresOnRecord(rig.ports, PLUG));
  expect(wires).toMatchObject({ where: "FTDI FT232R at /dev/ttyUSB0", reopened: true });
});

/** What the question names of the contacts. */
async function namedOf(rig: WireRig): Promise<string> {
  await rig.wired(PLUG);
  return /identify itself: (.*)\. Was it this plug/.exec(rig.text)![1]!;
}

test("up to three contacts are named with day, time and adapter, the latest ones, and the others are counted", async () => {
  const one = /\d{4}-\d\d-\d\d at \d\d:\d\d UTC over the FTDI FT232R at \/dev\/ttyUSB0/.source;
  for (const [count, form] of [
    [1, one],
    [3, `${one}; ${one}; ${one}`],
    [4, `${one}; ${one}; ${one}; and 1 earlier`],
    [6, `${one}; ${one}; ${one}; and 3 earlier`],
  ] as const) {
    const rig = await closedAfterWires("A");
    for (let i = 0; i < count; i++) await rig.hear("B", "noise");
    expect(await namedOf(rig)).toMatch(new RegExp(`^${form}$`));
  }
});

test("this plug heard by a run that had its journal missing puts wires on record without a question", async () => {
  const rig = await closedAfterWires("A");
  const { number } = (await rig.run(readContacts(rig.disk.files, "/home"))).at(-1)!;
  const records = { files: rig.disk.files, home: "/home", clock: rig.clock.port() };
  const contact = await rig.run(noteContact(records, { path: "/dev/ttyUSB7", label: "CH340" }));
  expect(contact).toBe(number + 1);
  await rig.run(noteIdentified(records, contact, PLUG, true));
  expect(await rig.run(wiresOnRecord(rig.ports, PLUG))).toMatchObject({ where: "CH340 at /dev/ttyUSB7" });
  expect(rig.asked).toEqual([]);
});

test("another plug heard so says nothing about this one", async () => {
  const rig = await closedAfterWires("A");
  const records = { files: rig.disk.files, home: "/home", clock: rig.clock.port() };
  const contact = await rig.run(noteContact(records, { path: "/dev/ttyUSB7", label: "CH340" }));
  await rig.run(noteIdentified(records, contact, OTHER, true));
  expect(await rig.wired(PLUG)).toBe(false);
  expect(rig.asked).toEqual([]);
});
