import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildModelImage } from "../../sim/tasmota/model-image.ts";
import { isPlugsmithError } from "../errors.ts";
import { examineFirmware } from "./examine.ts";
import { isPacked, packImage } from "./packing.ts";
import { parsePageFoot, type RunningFirmware } from "./running.ts";
import { checkUpgrade, directStage, stagesByMinimal, type UpgradeImage } from "./upgrade-plan.ts";
import { compareVersions, nextMilestone } from "./versions.ts";

const KIB = 1024;
const RUNNING: RunningFirmware = {
  minimal: false,
  version: "15.2.0",
  image: "tasmota",
  built: undefined,
  free: 348 * KIB,
  flashSize: 1024 * KIB,
  claimedFlashSize: 1024 * KIB,
  metering: true,
};
const NOTHING_SPECIAL = { anyVariant: false, downgrade: false };

function imageOf(file: Uint8Array, version?: string): UpgradeImage {
  return { name: "image", file, examination: examineFirmware(file, { flashSize: "1MB", flashMode: "dout" }), version };
}
const next = imageOf(buildModelImage({ number: "15.3.0" }), "15.3.0");
const minimal = imageOf(packImage(buildModelImage({ image: "minimal" })));

function refusal(work: () => unknown): string {
  try {
    work();
    return "allowed";
  } catch (error) {
    if (isPlugsmithError(error)) return `${error.code}: ${error.message} ${error.nextStep}`;
    throw error;
  }
}

describe("versions", () => {
  test("are ordered by their parts as numbers; missing parts are 0", () => {
    const version = fc.array(fc.nat(300), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(version, version, (a, b) => {
        const word = (parts: number[]): number => [0, 1, 2, 3].reduce((sum, i) => sum * 1000 + (parts[i] ?? 0), 0);
        expect(Math.sign(compareVersions(a.join("."), b.join(".")))).toBe(Math.sign(word(a) - word(b)));
      }),
    );
  });

  test.each([
    ["6.6.0.21", "6.7.1"],
    ["8.5.1", "9.1.0"],
    ["9.1.0", undefined],
    ["10.0.0", undefined],
  ])("%s must go by %s", (version, milestone) => {
    expect(nextMilestone(version)).toBe(milestone);
  });
});

describe("whether a plug may have an image", () => {
  const may = (running: Partial<RunningFirmware>, image = next, allowed = NOTHING_SPECIAL): string =>
    refusal(() => checkUpgrade({ ...RUNNING, ...running }, image, allowed));

  test("an old version may not leap over a milestone, but may be brought to it", () => {
    expect(may({ version: "8.5.1" })).toContain("Tasmota 8.5.1 must be upgraded to 9.1.0 first");
    expect(may({ version: "8.5.1" }, { ...next, version: undefined })).toContain("9.1.0 first");
    expect(may({ version: "8.5.1" }, { ...next, version: "9.1.0" })).toBe("allowed");
  });

  test("an older version needs to be asked for; the release of a development version is none", () => {
    expect(may({ version: "15.4.0" })).toContain("--downgrade");
    expect(may({ version: "15.4.0" }, next, { ...NOTHING_SPECIAL, downgrade: true })).toBe("allowed");
    expect(may({ version: "15.3.0.2" })).toBe("allowed");
    expect(may({ version: "15.3.0" })).toBe("allowed");
  });

  test("a plug whose meter cannot be asked about, as on the minimal build, is taken to have one", () => {
    const lite = imageOf(buildModelImage({ image: "lite", metering: false }));
    expect(may({ metering: undefined }, lite)).toContain("no metering commands");
    expect(may({ metering: false }, lite)).toBe("allowed");
  });

  test("a whole flash is no image", () => {
    const flash = new Uint8Array(1024 * KIB).fill(0xff);
    flash.set(next.file);
    expect(may({}, imageOf(flash))).toContain("bad-image");
  });
});

describe("the upgrade stages", () => {
  test("the web page leaves a sector of the free space unused: to the byte", () => {
    const file = packImage(next.file);
    const image = { ...next, file };
    const sectors = Math.ceil(file.length / 4096) + 1;
    const stage = directStage({ ...RUNNING, free: sectors * 4096 }, image);
    expect(stage).toMatchObject({ kind: "target", room: (sectors - 1) * 4096 });
    expect(directStage({ ...RUNNING, free: sectors * 4096 - 1 }, image)).toBeUndefined();
  });

  test("what is sent is compressed, but never to a version that cannot unpack", () => {
    expect(isPacked(directStage(RUNNING, next)!.file)).toBe(true);
    expect(directStage({ ...RUNNING, version: "8.1.0" }, next)!.file).toBe(next.file);
    const packed = { ...next, file: packImage(next.file) };
    expect(refusal(() => directStage({ ...RUNNING, version: "8.1.0" }, packed))).toContain("cannot unpack");
  });

  test("on the minimal build there is one, whatever the room, which it does not tell", () => {
    const running = { ...RUNNING, minimal: true, free: undefined, version: "15.2.0" };
    expect(directStage(running, next)).toMatchObject({ kind: "target", room: undefined });
  });

  test("by the minimal build, both must fit, or it is said before anything is sent", () => {
    const little = { ...RUNNING, free: 16 * KIB };
    const [first, second] = stagesByMinimal(little, next, minimal);
    expect([first!.kind, second!.kind]).toEqual(["minimal", "target"]);
    expect(refusal(() => stagesByMinimal({ ...RUNNING, free: 4 * KIB }, next, minimal))).toContain(
      "upgrade over the air is not possible",
    );
    const huge = { ...next, file: new Uint8Array(1004 * KIB).fill(0x1f).with(1, 0x8b) };
    expect(refusal(() => stagesByMinimal(little, huge, minimal))).toContain(
      "upgrade over the air is not possible: image takes 1028096",
    );
    expect(refusal(() => stagesByMinimal(little, next, next))).toContain("not Tasmota's minimal build");
  });
});

test("a page's foot tells version and build, release builds included, and nothing else is taken for one", () => {
  expect(parsePageFoot("<a>Tasmota 15.2.0 (release-minimal) by Theo Arends</a>")).toEqual({
    version: "15.2.0",
    image: "release-minimal",
    minimal: true,
  });
  expect(parsePageFoot("<a>Tasmota 15.2.0.2 (tasmota) by Theo Arends</a>")?.minimal).toBe(false);
  expect(parsePageFoot("<h1>nginx</h1>")).toBeUndefined();
});
