/** The command-line options of a conversion; `convert` and the commands for its single steps share it. */
import { say } from "../../core/index.ts";
import { anyPort, flag, type OptionsOf, optionalText, plug, text } from "../options.ts";
import { OVERRIDE_IMAGE } from "../plug/flash-options.ts";
import { FIRST_PASSWORDS } from "../tasmota/password-options.ts";
import { PLUG_OPTIONS } from "../tasmota/plug-config.ts";
import { REFERENCE_OPTIONS, TARGET_UNCERTAINTY } from "../tasmota/reference-options.ts";
import { WIFI_OPTIONS } from "../tasmota/wifi-options.ts";
import { TESTER } from "./tester.ts";

export const FIRMWARE_OPTIONS = {
  overrideImage: OVERRIDE_IMAGE,
  firmware: text("--firmware <file>", say`the Tasmota image to write`),
  release: text("--release <version>", say`an official release instead: its version, or "latest"`),
  variant: text("--variant <name>", say`which build of the release`, "tasmota"),
};

export const WIRED = flag(
  "--wired",
  say`the plug is open and its wires are soldered: skips the steps of opening and wiring`,
);

export const CONVERSION_OPTIONS = {
  port: anyPort(),
  resume: plug(
    optionalText(
      "--resume [plug]",
      say`go on with an unfinished conversion; the plug's name or MAC where there are several`,
    ),
  ),
  fresh: flag("--new", say`begin from the beginning, whatever is unfinished or finished already`),
  wired: WIRED,
  ...FIRMWARE_OPTIONS,
  ...WIFI_OPTIONS,
  ...PLUG_OPTIONS,
  ...FIRST_PASSWORDS,
  ...REFERENCE_OPTIONS,
  target: TARGET_UNCERTAINTY,
  calibrate: flag("--no-calibrate", say`leave the calibration for later`),
  tester: TESTER,
};

export type FirmwareOptions = OptionsOf<typeof FIRMWARE_OPTIONS>;
export type ConvertCommandOptions = OptionsOf<typeof CONVERSION_OPTIONS>;
