/** What a conversion can be told on the command line; `convert` and the commands for its single steps share it. */
import type { Command } from "commander";
import { declareOverride } from "../plug/image-options.ts";
import { declareNewPasswords } from "../tasmota/password-options.ts";
import { declareReference } from "../tasmota/reference-options.ts";
import { declareWifi } from "../tasmota/wifi-options.ts";
import { declareWishes } from "../tasmota/wishes.ts";

export function declareWork(command: Command): Command {
  return command
    .option("--port <name>", "device, COM name, tcp://, rfc2217://, sim: or sim:FOLDER")
    .option("--resume [mac]", "go on with an unfinished conversion; its MAC where there are several");
}

export function declareFirmware(command: Command): Command {
  return declareOverride(command)
    .option("--firmware <file>", "the Tasmota image to write")
    .option("--release <version>", 'an official release instead: its version, or "latest"')
    .option("--variant <name>", "which build of the release", "tasmota");
}

export function declareConversion(command: Command): Command {
  declareWork(command).option("--new", "begin from the beginning, whatever is unfinished or finished already");
  declareNewPasswords(declareWishes(declareWifi(declareFirmware(command))), "first");
  return declareReference(command)
    .option("--target <percent>", "expanded uncertainty (k = 2) that every constant must reach")
    .option("--no-calibrate", "leave the calibration for later");
}

export function optionText(options: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}
