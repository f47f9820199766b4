/** What every test's conversion is ordered to do: an EP2, the firmware model's image, the virtual home's network, a kilowatt heater. */
import { readFileSync } from "node:fs";
import { EXACT } from "../../src/core/calibration/instrument.ts";
import type { Guide, GuideTexts } from "../../src/core/guide/guide.ts";
import { parseGuide } from "../../src/core/guide/parse-guide.ts";
import type { PlugConfig } from "../../src/engine/firmware-driver/plug-config.ts";
import type { ConversionOptions } from "../../src/engine/jobs/convert.ts";
import { HOME_NETWORK } from "../../src/sim/home/virtual-home.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { EP2 } from "./setup-rig.ts";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../profiles/gosund-ep2/${name}`, import.meta.url), "utf8"));

export const EP2_TEXTS: GuideTexts = read("texts.en.json") as GuideTexts;
export const EP2_GUIDE: Guide = parseGuide(read("guide.json"), EP2_TEXTS, "guide.json");

export function conversionOptions(config: PlugConfig): ConversionOptions {
  return {
    profile: EP2,
    guide: EP2_GUIDE,
    texts: EP2_TEXTS,
    firmware: { image: buildModelImage(), origin: "the built-in stand-in" },
    credentials: HOME_NETWORK,
    config,
    calibration: {
      method: {
        kind: "volts-and-load",
        voltmeter: EXACT,
        load: { kind: "heater", ratedPower: 1000, ratedVoltage: 230, tolerance: 0.01 },
      },
      samples: 8,
      maximumPower: 2300,
    },
    virtual: true,
  };
}
