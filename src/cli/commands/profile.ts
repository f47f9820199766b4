/** `plugsmith profile`: the devices that plugsmith knows, all about one of them, and what is wrong with one of your own. */
import { asText, checkDevice, PlugsmithError, say } from "../../core/index.ts";
import { type CommandModule, type CommandOutcome, type CommandRun, defineCommand } from "../command.ts";
import { text } from "../options.ts";
import { padded, widestOf } from "../render/columns.ts";
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
    ["<action>", say`one of: ${ACTIONS.join(", ")}`],
    ["[device]", say`a device's name or folder (default: ${DEFAULT_PROFILE})`],
  ],
  options: { language: text("--language <code>", say`for show: the guide's language`, "en") },
  run: (run, { language }) => {
    const [action, device = DEFAULT_PROFILE] = run.args;
    switch (action) {
      case "list":
        return list();
      case "show":
        return show(device, language);
      case "check":
        return check(run, device);
      default:
        throw new PlugsmithError("bad-argument", {
          message: say`profile has no action "${String(action)}".`,
          nextStep: say`One of: ${ACTIONS.join(", ")}.`,
        });
    }
  },
});

async function list(): Promise<CommandOutcome> {
  const devices = await Promise.all(
    (await shippedDevices()).map(async (id) => {
      const { name, rating } = (await loadProfile(id)).device;
      return { id, name, amperes: rating.amperes };
    }),
  );
  const width = widestOf(devices.map(({ id }) => id));
  return {
    data: { devices },
    answer: devices.map(({ id, name, amperes }) => asText(`${padded(id, width)}  ${name}, ${amperes} A`)),
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
      message: say`${folder.name} cannot be used yet: ${problems.length} ${problems.length === 1 ? say`problem` : say`problems`}.`,
      step: "check-device",
      nextStep: say`Put right what is named above; docs/devices.md tells what each file holds.`,
    });
  }
  return {
    data: { device: folder.name, files: [...folder.files.keys()], problems },
    answer: [say`${folder.name}: ${folder.files.size} files, no problem found.`],
  };
}
