/** What the firmware model says of the program it stands in for. Source: Tasmota 15.2 include/tasmota_version.h, Status 2 and 4. */
import type { BuildFacts } from "./contract.ts";

/** Said wherever a person reads the firmware model's output. */
export const MODEL_NOTICE: string = "stand-in for Tasmota 15.2; the image you flashed is not executed";

/** Version as the settings hold it, a byte per part: "15.2.0.2" is 0x0f020002. */
export function versionWord(number: string): number {
  const [a = 0, b = 0, c = 0, d = 0] = number.split(".").map(Number);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

export const BUILD: BuildFacts = {
  number: "15.2.0.2",
  image: "tasmota",
  version: "15.2.0.2(tasmota)",
  built: "2025-12-24T15:29:16",
  core: "2.7.8",
  sdk: "2.2.2-dev(38a443e)",
  bootVersion: 31,
  programSize: 655,
  free: 348,
  features: [
    "0809",
    "8F904787",
    "04368001",
    "000000CF",
    "010013C0",
    "C000F981",
    "00004004",
    "00001000",
    "54000020",
    "00000080",
    "00000000",
  ],
  drivers: [1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 16, 18, 19, 20, 21, 22, 24, 26, 27, 29, 30, 35, 37, 45, 62, 68],
  driversAlwaysOn: [1, 2, 7, 9, 10, 12, 26, 29, 62],
  sensors: "1,2,3,4,5,6",
  i2cDrivers: "7",
  minimal: false,
  metering: true,
};
