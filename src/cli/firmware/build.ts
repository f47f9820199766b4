/** `plugsmith firmware build`: Tasmota from source, with a profile and a person's own network in it. */
import { firmwareVariant, hasMeter, PlugsmithError, say, tasmotaOf, type WifiCredentials } from "../../core/index.ts";
import { buildFirmware, CONTAINER_ENGINES, refuseVariant, TASMOTA_SOURCE } from "../../engine/index.ts";
import { nodeClock, nodeFiles, nodeRandom } from "../../platform/node/index.ts";
import type { CommandOutcome, CommandRun } from "../command.ts";
import { choice, flag, type OptionsOf, secretFile, text } from "../options.ts";
import { sizeText } from "../render/quantity.ts";
import { loadProfile } from "../tasmota/device-profile.ts";
import { readSecret } from "../tasmota/secret-input.ts";
import type { FirmwareTools } from "./library.ts";
import { releases, variantOf } from "./library.ts";

export const BUILD_OPTIONS = {
  ssid: text("--ssid <name>", say`build: Wi-Fi network after a full reset`),
  passphrase: secretFile(
    "--passphrase-file <file>",
    say`build: file with its passphrase, - for standard input (or set PLUGSMITH_WIFI_PASSPHRASE)`,
    "PLUGSMITH_WIFI_PASSPHRASE",
  ),
  open: flag("--open", say`build: the network has no passphrase`),
  webPassword: secretFile(
    "--web-password-file <file>",
    say`build: file with the web password after a full reset (or set PLUGSMITH_WEB_PASSWORD)`,
    "PLUGSMITH_WEB_PASSWORD",
  ),
  source: text("--source <git>", say`build: Git repository of Tasmota's source`, TASMOTA_SOURCE),
  engine: choice(
    "--engine <program>",
    say`build: container program to use; by default, the first one that works`,
    CONTAINER_ENGINES,
  ),
};

export interface BuildCommandOptions extends OptionsOf<typeof BUILD_OPTIONS> {
  readonly profile: string;
  readonly release: string | undefined;
  readonly language: string | undefined;
}

export async function buildOwn(
  run: CommandRun,
  options: BuildCommandOptions,
  what: string | undefined,
  tools: FirmwareTools,
): Promise<CommandOutcome> {
  const { release, source, engine } = options;
  const profile = await loadProfile(options.profile);
  const { template, settings } = tasmotaOf(profile);
  const metering = hasMeter(profile);
  const name = variantOf(what, options.language);
  const variant = firmwareVariant(name);
  refuseVariant(variant, name, { forMetering: metering, anyVariant: false });
  const wifi = await wifiOf(run, options);
  const webPassword = await readSecret(run, options.webPassword);
  const built = await buildFirmware(
    {
      files: nodeFiles,
      home: run.home,
      programs: tools.programs,
      clock: nodeClock,
      random: nodeRandom,
      events: run.emit,
      signal: run.signal,
      user: tools.user,
    },
    {
      config: { variant, wifi, webPassword, template, settings },
      release: release?.replace(/^v/, "") ?? (await newest(run, tools)),
      source,
      engine,
      metering,
    },
  );
  const { stored, packed, examination } = built;
  const holdsSecrets = wifi !== undefined || webPassword !== undefined;
  return {
    data: {
      path: stored.path,
      packed: packed?.path,
      sha256: stored.sha256,
      bytes: examination.bytes,
      engine: built.engine,
      facts: examination.facts,
      holdsSecrets,
    },
    answer: [
      say`Built ${variant.name} for the ${profile.device.name}, ${sizeText(examination.bytes)}: ${stored.path}`,
      ...(packed === undefined ? [] : [say`For updates over the air: ${packed.path}`]),
      say`The built-in settings apply after a full reset. Until then, a plug keeps the settings that it has.`,
      ...(holdsSecrets ? [say`The image contains your passwords: anyone who has the file can read them.`] : []),
    ],
  };
}

async function wifiOf(
  run: CommandRun,
  { ssid, open, passphrase }: BuildCommandOptions,
): Promise<WifiCredentials | undefined> {
  if (ssid === undefined) {
    if (!open && passphrase.file === undefined) return undefined;
    throw new PlugsmithError("bad-argument", { message: say`--open and --passphrase-file need --ssid.` });
  }
  if (open) return { ssid, passphrase: "" };
  const prompt = say`Passphrase of the Wi-Fi network "${ssid}":`;
  return { ssid, passphrase: (await readSecret(run, passphrase, prompt)) ?? "" };
}

async function newest(run: CommandRun, tools: FirmwareTools): Promise<string> {
  const [first] = (await releases(run, tools)).files;
  if (first !== undefined) return first.release;
  throw new PlugsmithError("file-not-found", {
    message: say`The list of releases is empty.`,
    step: "build",
    nextStep: say`Name the release with --release.`,
  });
}
