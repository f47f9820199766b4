/** The command-line options of a conversion; `convert` and the commands for its single steps share it. */
import { say } from "../../core/index.ts";
import { usableTester } from "../../engine/index.ts";
import { anyPort, checked, flag, type OptionsOf, optionalText, plug, text } from "../options.ts";
import { OVERRIDE_IMAGE } from "../plug/flash-options.ts";
import { FIRST_PASSWORDS } from "../tasmota/password-options.ts";
import { PLUG_OPTIONS } from "../tasmota/plug-config.ts";
import { REFERENCE_OPTIONS, TARGET_UNCERTAINTY } from "../tasmota/reference-options.ts";
import { WIFI_OPTIONS } from "../tasmota/wifi-options.ts";

export const FIRMWARE_OPTIONS = {
  overrideImage: OVERRIDE_IMAGE,
  firmware: text("--firmware <file>", say`Tasmota image to write`),
  release: text("--release <version>", say`official release to write instead: its version, or "latest"`),
  variant: text("--variant <name>", say`build of the release`, "tasmota"),
};

export const WIRED = flag("--wired", say`the plug is open and its wires are soldered: skip opening and wiring`);

export const TESTER = checked(
  text("--tester <name>", say`name of the person who measured, for the certificate; "" leaves it blank`),
  (name) => (name === undefined ? undefined : usableTester(name)),
);

export const CONVERSION_OPTIONS = {
  port: anyPort(),
  resume: plug(
    optionalText(
      "--resume [plug]",
      say`continue an unfinished conversion; if there are several, give the plug's name or MAC`,
    ),
  ),
  fresh: flag("--new", say`start from the beginning, even if a conversion is unfinished or finished`),
  wired: WIRED,
  ...FIRMWARE_OPTIONS,
  ...WIFI_OPTIONS,
  ...PLUG_OPTIONS,
  ...FIRST_PASSWORDS,
  ...REFERENCE_OPTIONS,
  target: TARGET_UNCERTAINTY,
  calibrate: flag("--no-calibrate", say`calibrate later`),
  tester: TESTER,
};

export type FirmwareOptions = OptionsOf<typeof FIRMWARE_OPTIONS>;
export type ConvertCommandOptions = OptionsOf<typeof CONVERSION_OPTIONS>;
