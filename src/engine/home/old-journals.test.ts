import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { answersOf } from "../../core/conversion/answers.ts";
import { CONVERSION_STEPS, foldConversion } from "../../core/conversion/state.ts";
import type { StoredEntry } from "../../core/journal/stored-entry.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { calibrationsOf } from "../calibration/journal-records.ts";
import { lastCalibration, unfinishedMeasurement } from "../calibration/records.ts";
import { unfinishedChange } from "../flash/unfinished.ts";
import { closingOnRecord } from "../safety/closed-case.ts";
import { readContacts } from "./contacts.ts";
import { readJournal } from "./journal.ts";

/** See the README beside them. */
async function written(folder: string, name: string): Promise<VirtualDisk> {
  const disk = new VirtualDisk({ seed: 1 });
  await disk.files.makeDirectory(folder, 0o700);
  const handle = await disk.files.open(`${folder}/journal.jsonl`, "create", 0o600);
  await handle.write(readFileSync(`test/fixtures/journals/${name}.jsonl`));
  await handle.close();
  return disk;
}

const read = async (name: string): Promise<readonly StoredEntry[]> =>
  await readJournal((await written("/plug", name)).files, "/plug");

test.each([
  { name: "before-contacts", after: { voltage: 2081, current: 3260, power: 12500 }, contacts: undefined },
  { name: "with-contacts", after: { voltage: 2049, current: 3775, power: 14165 }, contacts: 3 },
])("a conversion that an earlier version finished is read in full: $name", async ({ name, after, contacts }) => {
  const all = await read(name);
  const entries = all.slice(
    0,
    all.findIndex((entry) => entry.type === "conversion-step" && "step" in entry && entry.step === "report") + 1,
  );
  const { finished, wiresAttached, erasing, provisioning } = foldConversion(entries);
  expect([...finished.keys()]).toEqual(CONVERSION_STEPS);
  expect({ wiresAttached, erasing, provisioning }).toEqual({ wiresAttached: false, erasing: true, provisioning: true });
  expect(finished.get("prepare")!.data).toMatchObject({
    supply: "strong",
    safety: { measured: [{ id: "adapter-vcc" }, { id: "adapter-tx" }, { id: "short-vcc-gnd" }] },
    firmware: { sha256: finished.get("write")!.data.sha256 },
  });
  expect(finished.get("calibrate")!.data.after).toEqual(after);
  expect(finished.get("audit")!.data.facts).toMatchObject({ mac: finished.get("boot")!.data.mac });
  expect(finished.get("close-case")!.data.contacts).toBe(contacts);
  const proof = closingOnRecord(finished.get("close-case")!.data)!;
  expect(proof.confirmed).toContain("wires-removed");
  expect(proof.measured.map(({ id }) => id)).toContain("final-earth-resistance");
  expect(answersOf(entries).length).toBeGreaterThan(40);
  const calibrations = calibrationsOf(entries);
  expect(calibrations.map(({ kind }) => kind)).toEqual(["measuring", "begun", "calibrated", "put-back"]);
  expect(lastCalibration(calibrations)!.after).toEqual(after);
  expect(lastCalibration(calibrations)!.results).toHaveLength(3);
  expect(unfinishedMeasurement(calibrations)).toBeUndefined();
});

test.each(["before-contacts", "with-contacts"])(
  "after a restore an old journal's plug counts as the vendor's again: %s",
  async (name) => {
    const entries = await read(name);
    const { vendorSince, startedAt, wiresAttached } = foldConversion(entries);
    expect(vendorSince).toBe(entries.at(-1)!.at);
    expect({ startedAt, wiresAttached }).toEqual({ startedAt: undefined, wiresAttached: true });
    expect(unfinishedChange(entries)).toBeUndefined();
    // As if the power had gone before the restore was proven.
    expect(unfinishedChange(entries.slice(0, -1))).toMatchObject({ kind: "restore", from: 0 });
  },
);

test("serial contacts recorded by an earlier version are read with their plugs", async () => {
  const disk = await written("/home/contacts", "contacts");
  const contacts = await readContacts(disk.files, "/home");
  expect(contacts.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect(new Set(contacts.map(({ plug }) => plug))).toEqual(new Set(["c44f33c590c7"]));
  expect(contacts[0]).toMatchObject({ adapter: "10c4:ea60/8904BF00", missing: false });
});
