/** The steps in the network as commands: what the options give the plug, and how far it came. */
import { say, stepText } from "../../core/index.ts";
import { joinUntil, type SetupStep, type StepsOptions } from "../../engine/index.ts";
import { askCredentials, correction, loadSim } from "../../host/index.ts";
import type { CommandOutcome, CommandRun } from "../command.ts";
import { type OptionsOf, readOptions } from "../options.ts";
import { FIRST_PASSWORDS, newPasswords, passwordOutcome } from "../tasmota/password-options.ts";
import { PLUG_SETTINGS, plugConfigOf } from "../tasmota/plug-config.ts";
import { givenWifi, WIFI_OPTIONS } from "../tasmota/wifi-options.ts";
import { withCallbacksHeld } from "./conversion-environment.ts";
import { type CommandContext, nextLine } from "./single-step.ts";

const JOIN_OPTIONS = { ...WIFI_OPTIONS, ...PLUG_SETTINGS, ...FIRST_PASSWORDS };
type JoinOptions = OptionsOf<typeof JOIN_OPTIONS>;

/**
 * Brings the plug as far as the step: what lies before it is proven, not repeated.
 * @param given the options that the command has of these; the environment speaks for those it has not.
 */
export async function joinStep(
  run: CommandRun,
  context: CommandContext,
  until: SetupStep,
  given: Partial<JoinOptions>,
): Promise<CommandOutcome> {
  const { plug, ports } = context;
  const options = { ...readOptions(JOIN_OPTIONS, {}), ...given };
  const conversion = withCallbacksHeld(await context.hold(optionsOf(run, context, options)), context);
  const address = await joinUntil(context, conversion, until);
  const password = await passwordOutcome(options, { files: ports.files, path: ports.home }, plug);
  return {
    data: { plug, address, step: until, ...password.data },
    answer: [
      say`Plug ${plug} at http://${address}/ is done up to this step: ${stepText(until)}.`,
      ...(until === "secure" ? [password.line] : []),
      nextLine(context),
    ],
  };
}

async function optionsOf(
  run: CommandRun,
  { location, device, known }: CommandContext,
  options: JoinOptions,
): Promise<StepsOptions> {
  const given = await givenWifi(run, options);
  const needed = !known.state.finished.has("provision");
  const credentials =
    given.ssid !== undefined && given.passphrase !== undefined
      ? { ssid: given.ssid, passphrase: given.passphrase }
      : location.virtual
        ? (await loadSim()).HOME_NETWORK
        : needed && run.attended
          ? await askCredentials(run.operator, given, run.signal)
          : undefined;
  return {
    profile: device.profile,
    guide: device.guide,
    texts: device.texts,
    virtual: location.virtual,
    credentials,
    config: plugConfigOf(options),
    secure: await newPasswords(run, options),
    correct: run.attended ? correction(run, run.operator, credentials?.ssid) : undefined,
  };
}
