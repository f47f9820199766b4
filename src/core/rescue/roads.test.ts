import { describe, expect, test } from "vitest";
import { type RoadId, roadsBack } from "./roads.ts";
import type { Sightings } from "./sightings.ts";

const NOTHING: Sightings = {
  symptom: "unknown",
  serial: undefined,
  air: [],
  network: [],
  records: {
    passwordOnRecord: true,
    calibrated: true,
    sealedBackup: true,
    halfWritten: undefined,
    wiresAttached: false,
  },
  image: false,
  upgrade: false,
};
const PLUG = { address: "192.168.1.50", mac: "5ccf7fa1b2c3", version: "15.2.0.2", minimal: false } as const;
const TASMOTA = { kind: "tasmota", mac: PLUG.mac, version: "15.2.0.2", minimal: false, starts: 0 } as const;

function ids(seen: Partial<Sightings>): readonly RoadId[] {
  return roadsBack({ ...NOTHING, ...seen }).map(({ id }) => id);
}

describe("the roads back", () => {
  test("begin in the network, where it answers and its password is known", () => {
    expect(ids({ network: [{ ...PLUG, door: "fits" }] })[0]).toBe("in-network");
    expect(ids({ network: [{ ...PLUG, door: "open" }] })[0]).toBe("in-network");
    expect(ids({ network: [{ ...PLUG, door: "wanted" }] })).not.toContain("in-network");
  });

  test("with a lost password keep clear of six presses: its access point wants the password too", () => {
    expect(ids({ symptom: "lost-password", network: [{ ...PLUG, door: "wanted" }] })).toEqual([
      "hold-button",
      "seven-power-cycles",
      "open-the-case",
    ]);
  });

  test("over wires need no password and no hand", () => {
    expect(ids({ symptom: "lost-password", network: [{ ...PLUG, door: "wanted" }], serial: TASMOTA })[0]).toBe(
      "console",
    );
  });

  test("keep the settings as long as there is a road that does", () => {
    const roads = roadsBack({ ...NOTHING, symptom: "wrong-wifi" });
    expect(roads.map(({ id }) => id)).toEqual(["six-presses", "hold-button", "seven-power-cycles", "open-the-case"]);
    expect(roads.map(({ loses }) => loses)).toEqual(["nothing", "settings", "settings", "nothing"]);
  });

  test("go through an access point that is in the air before a hand is asked for", () => {
    expect(ids({ symptom: "settings-gone", air: [{ ssid: "tasmota-A1B2C3-4803" }] })[0]).toBe("access-point");
  });

  test("begin with the power where an access point was there and is gone", () => {
    expect(ids({ symptom: "access-point-gone" })[0]).toBe("power-cycle");
  });

  test("wait for the guard in a loop of restarts, and never configure a plug in it", () => {
    expect(ids({ symptom: "boot-loop", network: [{ ...PLUG, door: "fits" }] })[0]).toBe("wait");
    expect(ids({ serial: { ...TASMOTA, starts: 3 } })[0]).toBe("wait");
    expect(ids({ serial: { ...TASMOTA, starts: 3 } })).not.toContain("console");
  });

  test("finish what was being written, where it is sealed what was there before", () => {
    const records = { ...NOTHING.records, halfWritten: "write" } as const;
    const serial = { kind: "download-mode", mac: PLUG.mac } as const;
    expect(ids({ serial, records })[0]).toBe("resume-writing");
    expect(ids({ serial, records: { ...records, sealedBackup: false } })).not.toContain("resume-writing");
    expect(ids({ serial })).not.toContain("resume-writing");
    expect(ids({ serial, records })).not.toContain("start");
    expect(ids({ records })).toEqual(["open-the-case"]);
  });

  test("start a plug that waits in download mode before anything is written to it", () => {
    expect(ids({ serial: { kind: "download-mode", mac: PLUG.mac }, image: true })).toEqual([
      "start",
      "seven-power-cycles",
      "write-anew",
    ]);
  });

  test("ask nobody to press the button of a plug whose firmware does not run", () => {
    for (const seen of [
      { serial: { kind: "not-starting" } },
      { serial: { kind: "download-mode", mac: PLUG.mac } },
      { symptom: "minimal" },
    ] as const) {
      expect(ids(seen)).not.toContain("hold-button");
      expect(ids(seen)).not.toContain("six-presses");
    }
  });

  test("leave a minimal Tasmota by its upgrade, or over wires with an image", () => {
    const network = [{ ...PLUG, mac: undefined, door: "fits", minimal: true }] as const;
    expect(ids({ symptom: "minimal", network, upgrade: true })[0]).toBe("finish-upgrade");
    expect(ids({ symptom: "minimal", network })).toEqual(["open-the-case"]);
    expect(ids({ symptom: "minimal", serial: { ...TASMOTA, minimal: true }, image: true })).toEqual(["write-anew"]);
  });

  test("write nothing over a restore that was cut off", () => {
    const records = { ...NOTHING.records, halfWritten: "restore" } as const;
    const roads = ids({ serial: { kind: "silent" }, image: true, records });
    expect(roads).not.toContain("write-anew");
  });

  test("each say why and name one next action, whatever is seen", () => {
    const serials = [undefined, TASMOTA, { kind: "silent" }, { kind: "noise" }, { kind: "not-starting" }] as const;
    for (const serial of serials) {
      for (const symptom of ["unknown", "boot-loop", "minimal", "lost-password", "half-written"] as const) {
        const roads = roadsBack({ ...NOTHING, serial, symptom, image: true });
        expect(roads.length).toBeGreaterThan(0);
        for (const { reason, nextAction } of roads) {
          expect(reason.length).toBeGreaterThan(10);
          expect(nextAction).toMatch(/^[A-Z].*\.$/);
        }
      }
    }
  });
});
