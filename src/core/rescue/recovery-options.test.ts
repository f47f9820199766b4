import { describe, expect, test } from "vitest";
import { type Observations, SYMPTOMS } from "./observations.ts";
import {
  ACCESS_POINT_PRESSES,
  BUTTON_RESET_SECONDS,
  POWER_CYCLE_SECONDS,
  RESET_POWER_CYCLES,
  type RecoveryOptionId,
  recoveryOptions,
} from "./recovery-options.ts";

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

/** What each option asks of a person, and whether the plug forgets its settings on the way. */
test.each<[RecoveryOptionId, "nothing" | "a hand" | "wires", "nothing" | "settings", Partial<Observations>]>([
  ["in-network", "nothing", "nothing", { network: [{ ...PLUG, access: "fits" }] }],
  ["finish-upgrade", "nothing", "nothing", { network: [{ ...PLUG, access: "open", minimal: true }], upgrade: true }],
  [
    "resume-writing",
    "wires",
    "nothing",
    { serial: { kind: "silent" }, records: { ...NOTHING.records, halfWritten: "write" } },
  ],
  ["console", "nothing", "nothing", { serial: TASMOTA }],
  ["access-point", "nothing", "nothing", { accessPoints: [{ ssid: "tasmota-A1B2C3-4803" }] }],
  ["start", "wires", "nothing", { serial: { kind: "download-mode", mac: PLUG.mac } }],
  ["wait", "nothing", "nothing", { symptom: "boot-loop" }],
  ["power-cycle", "a hand", "nothing", {}],
  ["six-presses", "a hand", "nothing", {}],
  ["hold-button", "a hand", "settings", {}],
  ["seven-power-cycles", "a hand", "settings", {}],
  ["write-anew", "wires", "settings", { serial: { kind: "silent" }, image: true }],
  ["open-the-case", "wires", "nothing", {}],
])("%s needs %s and loses %s", (id, needs, loses, seen) => {
  const options = recoveryOptions({ ...NOTHING, ...seen });
  expect(options.find((option) => option.id === id)).toMatchObject({ needs, loses });
});

test("why a plug can be configured in the network depends on its password", () => {
  const reason = (access: "fits" | "open"): string =>
    String(recoveryOptions({ ...NOTHING, network: [{ ...PLUG, access }] })[0]!.reason);
  expect(reason("fits")).toContain("the password on record lets in");
  expect(reason("open")).toContain("it asks for no password");
});

test("two starts of Tasmota are a loop, one is not", () => {
  expect(ids({ serial: { ...TASMOTA, starts: 1 } })).toContain("console");
  expect(ids({ serial: { ...TASMOTA, starts: 1 } })).toContain("hold-button");
  expect(ids({ serial: { ...TASMOTA, starts: 1 } })).not.toContain("wait");
  expect(ids({ serial: { ...TASMOTA, starts: 2 } })).not.toContain("console");
  expect(ids({ serial: { ...TASMOTA, starts: 2 } })).not.toContain("hold-button");
  expect(ids({ serial: { ...TASMOTA, starts: 2 } })[0]).toBe("wait");
});

test.each([
  ["access-point-gone", true],
  ["settings-gone", true],
  ["lost-address", true],
  ["unknown", true],
  ["wrong-wifi", false],
  ["lost-password", false],
  ["half-written", false],
] as const)("with %s and nothing seen, switching it off and on is tried: %s", (symptom, tried) => {
  expect(ids({ symptom }).includes("power-cycle")).toBe(tried);
  expect(ids({ symptom, serial: { kind: "silent" } }).includes("power-cycle")).toBe(tried);
});

test("six presses open an access point that a lost password does not close", () => {
  expect(ids({ symptom: "wrong-wifi" })).toContain("six-presses");
  expect(ids({ symptom: "lost-password" })).not.toContain("six-presses");
});

test("a button helps only a firmware that runs and knows settings", () => {
  const asked = (seen: Partial<Observations>): boolean => ids(seen).includes("hold-button");
  expect(asked({})).toBe(true);
  expect(asked({ symptom: "boot-loop" })).toBe(false);
  expect(asked({ serial: { kind: "noise" } })).toBe(false);
  expect(asked({ serial: { kind: "other-firmware" } })).toBe(false);
  expect(asked({ serial: { ...TASMOTA, minimal: true } })).toBe(false);
  expect(asked({ network: [{ ...PLUG, access: "fits", minimal: true }] })).toBe(false);
});

test("seven power cycles help even where a button does not, but not a plug that does not start", () => {
  const asked = (seen: Partial<Observations>): boolean => ids(seen).includes("seven-power-cycles");
  expect(asked({ symptom: "boot-loop" })).toBe(true);
  expect(asked({ serial: { kind: "not-starting" } })).toBe(false);
  expect(asked({ serial: { ...TASMOTA, minimal: true } })).toBe(false);
});

test("writing again needs wires and an image, and says whether a backup comes first", () => {
  const seen = { serial: { kind: "silent" } as const, image: true };
  const reason = (sealedBackup: boolean): string =>
    String(
      recoveryOptions({ ...NOTHING, ...seen, records: { ...NOTHING.records, sealedBackup } }).find(
        ({ id }) => id === "write-anew",
      )!.reason,
    );
  expect(reason(true)).toContain("a backup is sealed");
  expect(reason(false)).toContain("a backup is sealed first");
  expect(ids({ image: true })).not.toContain("write-anew");
  expect(ids({ serial: { kind: "silent" } })).not.toContain("write-anew");
});

test("what a person does to a plug is what Tasmota's documentation says", () => {
  // "Device Recovery" and "Buttons and Switches": 40 s, seven cycles, six presses.
  expect([BUTTON_RESET_SECONDS, RESET_POWER_CYCLES, ACCESS_POINT_PRESSES]).toEqual([40, 7, 6]);
  expect(POWER_CYCLE_SECONDS).toEqual({ on: 2, off: 2, before: 30 });
});

test.each(Object.entries(SYMPTOMS))("the symptom %s is described in words a person would use", (_, words) => {
  expect(String(words)).toMatch(/^\p{Lu}.*[^.]$/u);
});
