import { describe, expect, test } from "vitest";
import type { Observations } from "./observations.ts";
import { type RecoveryOptionId, recoveryOptions } from "./recovery-options.ts";

const NOTHING: Observations = {
  symptom: "unknown",
  serial: undefined,
  accessPoints: [],
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

function ids(seen: Partial<Observations>): readonly RecoveryOptionId[] {
  return recoveryOptions({ ...NOTHING, ...seen }).map(({ id }) => id);
}

describe("the recovery options", () => {
  test("begin in the network, where it answers and its password is known", () => {
    expect(ids({ network: [{ ...PLUG, access: "fits" }] })[0]).toBe("in-network");
    expect(ids({ network: [{ ...PLUG, access: "open" }] })[0]).toBe("in-network");
    expect(ids({ network: [{ ...PLUG, access: "wanted" }] })).not.toContain("in-network");
  });

  test("with a lost password keep clear of six presses: its access point wants the password too", () => {
    expect(ids({ symptom: "lost-password", network: [{ ...PLUG, access: "wanted" }] })).toEqual([
      "hold-button",
      "seven-power-cycles",
      "open-the-case",
    ]);
  });

  test("over wires need no password and no hand", () => {
    expect(ids({ symptom: "lost-password", network: [{ ...PLUG, access: "wanted" }], serial: TASMOTA })[0]).toBe(
      "console",
    );
  });

  test("recovery options that keep the settings come first", () => {
    const options = recoveryOptions({ ...NOTHING, symptom: "wrong-wifi" });
    expect(options.map(({ id }) => id)).toEqual(["six-presses", "hold-button", "seven-power-cycles", "open-the-case"]);
    expect(options.map(({ loses }) => loses)).toEqual(["nothing", "settings", "settings", "nothing"]);
  });

  test("go through an access point that is in the air before a hand is asked for", () => {
    expect(ids({ symptom: "settings-gone", accessPoints: [{ ssid: "tasmota-A1B2C3-4803" }] })[0]).toBe("access-point");
  });

  test("begin with the power where an access point was there and is gone", () => {
    expect(ids({ symptom: "access-point-gone" })[0]).toBe("power-cycle");
  });

  test("wait for the guard in a loop of restarts, and never configure a plug in it", () => {
    expect(ids({ symptom: "boot-loop", network: [{ ...PLUG, access: "fits" }] })[0]).toBe("wait");
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
    const network = [{ ...PLUG, mac: undefined, access: "fits", minimal: true }] as const;
    expect(ids({ symptom: "minimal", network, upgrade: true })[0]).toBe("finish-upgrade");
    expect(ids({ symptom: "minimal", network })).toEqual(["open-the-case"]);
    expect(ids({ symptom: "minimal", serial: { ...TASMOTA, minimal: true }, image: true })).toEqual(["write-anew"]);
  });

  test("write nothing over a restore that was cut off", () => {
    const records = { ...NOTHING.records, halfWritten: "restore" } as const;
    const options = ids({ serial: { kind: "silent" }, image: true, records });
    expect(options).not.toContain("write-anew");
  });

  test("each say why and name one next action, whatever is seen", () => {
    const serials = [undefined, TASMOTA, { kind: "silent" }, { kind: "noise" }, { kind: "not-starting" }] as const;
    for (const serial of serials) {
      for (const symptom of ["unknown", "boot-loop", "minimal", "lost-password", "half-written"] as const) {
        const options = recoveryOptions({ ...NOTHING, serial, symptom, image: true });
        expect(options.length).toBeGreaterThan(0);
        for (const { reason, nextAction } of options) {
          expect(reason.length).toBeGreaterThan(10);
          expect(nextAction).toMatch(/^[A-Z].*\.$/);
        }
      }
    }
  });
});
