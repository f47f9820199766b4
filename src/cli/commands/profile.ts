/** `plugsmith profile`: the devices that plugsmith knows, all about one of them, and what is wrong with one of your own. */
import { checkDevice, list, PlugsmithError, say } from "../../core/index.ts";
import { type CommandModule, type CommandOutcome, type CommandRun, defineCommand } from "../command.ts";
import { text } from "../options.ts";
import { row } from "../render/answer.ts";
import {
  DEFAULT_PROFILE,
  loadDevice,
  loadProfile,
  readDeviceFolder,
  shippedDevices,
} from "../tasmota/device-profile.ts";
import { deviceText } from "../tasmota/device-text.ts";

const ACTIONS = ["list", "show", "check"] as const;

export const profileCommand: CommandModule = defineCommand({
  arguments: [
    ["<action>", say`one of: ${list(ACTIONS)}`],
    ["[device]", say`name or folder of a device (default: ${DEFAULT_PROFILE})`],
  ],
  options: { language: text("--language <code>", say`show: language of the guide`, "en") },
  run: (run, { language }) => {
    const [action, device = DEFAULT_PROFILE] = run.args;
    switch (action) {
      case "list":
        return listDevices();
      case "show":
        return show(device, language);
      case "check":
        return check(run, device);
      default:
        throw new PlugsmithError("bad-argument", {
          message: say`profile has no action "${String(action)}".`,
          nextStep: say`Choose one of: ${list(ACTIONS)}.`,
        });
    }
  },
});

async function listDevices(): Promise<CommandOutcome> {
  const devices = await Promise.all(
    (await shippedDevices()).map(async (id) => {
      const { name, rating } = (await loadProfile(id)).device;
      return { id, name, amperes: rating.amperes };
    }),
  );
  return {
    data: { devices },
    answer: devices.map(({ id, name, amperes }) => row(id, name, say`${amperes} A`)),
  };
}

async function show(name: string, language: string): Promise<CommandOutcome> {
  const device = await loadDevice(name, language);
  const { folder, profile, guide, texts } = device;
  return { data: { folder, profile, guide, texts }, answer: deviceText(device) };
}

async function check(run: CommandRun, name: string): Promise<CommandOutcome> {
  const folder = await readDeviceFolder(name);
  const problems = checkDevice(folder);
  for (const { file, place, message } of problems) {
    const where = place === "" ? file : `${file}, ${place}`;
    run.emit({ type: "notice", level: "warning", text: say`${where}: ${message}.` });
  }
  if (problems.length > 0) {
    throw new PlugsmithError("file-corrupt", {
      message: say`${folder.name} cannot be used yet. Problems found: ${problems.length}.`,
      step: "check-device",
      nextStep: say`Correct the problems listed above. docs/devices.md describes each file.`,
    });
  }
  return {
    data: { device: folder.name, files: [...folder.files.keys()], problems },
    answer: [say`${folder.name}: ${folder.files.size} files, no problem found.`],
  };
}
