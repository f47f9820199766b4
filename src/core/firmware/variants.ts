/**
 * Tasmota's ESP8266 builds by name: which of them can measure, which are fit for a plug with 1 MiB.
 * Source: tasmota/platformio_tasmota_env.ini and the build table of the Tasmota documentation (Builds).
 */

export interface FirmwareVariant {
  /** As in file names: "tasmota", "tasmota-DE", "tasmota-sensors". */
  readonly name: string;
  readonly metering: boolean;
  readonly fits1MiB: boolean;
  /** Upper-case language code of a translated build. */
  readonly language: string | undefined;
  readonly why: string;
}

const SPECIAL: Readonly<Record<string, Omit<FirmwareVariant, "name" | "language">>> = {
  tasmota: { metering: true, fits1MiB: true, why: "the plain build" },
  "tasmota-sensors": { metering: true, fits1MiB: true, why: "plain build with more sensors" },
  "tasmota-knx": { metering: true, fits1MiB: true, why: "plain build with KNX instead of Hue emulation" },
  "tasmota-lite": { metering: false, fits1MiB: true, why: "leaves out most energy drivers" },
  "tasmota-display": { metering: false, fits1MiB: true, why: "leaves out the energy drivers for display drivers" },
  "tasmota-ir": { metering: false, fits1MiB: true, why: "leaves out the energy drivers for infrared" },
  "tasmota-ircustom": { metering: false, fits1MiB: true, why: "leaves out the energy drivers for infrared" },
  "tasmota-zbbridge": { metering: false, fits1MiB: false, why: "for a Zigbee bridge with 2 MiB" },
  "tasmota-zigbee": { metering: false, fits1MiB: false, why: "for a Zigbee bridge" },
  "tasmota-minimal": { metering: false, fits1MiB: true, why: "only carries the next upgrade over; stores no settings" },
};

/** Undefined where the name is not one of Tasmota's ESP8266 builds. */
export function firmwareVariant(name: string): FirmwareVariant | undefined {
  const special = SPECIAL[name];
  if (special !== undefined) return { name, language: undefined, ...special };
  const mebibytes = /^tasmota(?:-[A-Za-z0-9]+)*-(\d{1,2})M$/.exec(name)?.[1];
  if (mebibytes !== undefined && mebibytes !== "1") {
    return { name, language: undefined, metering: true, fits1MiB: false, why: `needs ${mebibytes} MiB of flash` };
  }
  const language = /^tasmota-([A-Z]{2})$/.exec(name)?.[1];
  if (language === undefined) return undefined;
  return { name, language, metering: true, fits1MiB: true, why: `the plain build in language ${language}` };
}
