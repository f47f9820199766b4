/** The steps in the network as commands: what the options give the plug, and how far it came. */
import { say, stepText } from "../../core/index.ts";
import type { JoinOptions, SetupStep } from "../../engine/index.ts";
import { loadSim } from "../../host/index.ts";
import type { CommandOutcome, CommandRun } from "../command.ts";
import { type OptionsOf, readOptions } from "../options.ts";
import { FIRST_PASSWORDS, newPasswords, passwordOutcome } from "../tasmota/password-options.ts";
import { PLUG_SETTINGS, plugConfigOf } from "../tasmota/plug-config.ts";
import { givenWifi, WIFI_OPTIONS } from "../tasmota/wifi-options.ts";
import { askNetwork } from "./ask-remembered.ts";
import { BY_NETWORK, nextLine, planStep, type StepOptions, type StepPlan, singleStep } from "./single-step.ts";

const JOIN_OPTIONS = { ...WIFI_OPTIONS, ...PLUG_SETTINGS, ...FIRST_PASSWORDS };
type JoinCommandOptions = OptionsOf<typeof JOIN_OPTIONS>;

/**
 * Brings the plug as far as the step: what lies before it is proven, not repeated.
 * @param given the options that the command has of these; the environment speaks for those it has not.
 */
export async function joinStep(
  run: CommandRun,
  until: SetupStep,
  given: StepOptions & Partial<JoinCommandOptions>,
): Promise<CommandOutcome> {
  const plan = await planStep(run, given, BY_NETWORK);
  const options = { ...readOptions(JOIN_OPTIONS, {}), ...given };
  const result = await singleStep(run, plan, until, await orderOf(run, plan, options));
  const { plug, done } = result;
  const { files, home } = plan.location;
  const password = await passwordOutcome(options, { files, path: home }, plug);
  return {
    data: { plug, address: done.address, step: until, ...password.data },
    answer: [
      say`Plug ${plug} at http://${done.address}/ is done up to this step: ${stepText(until)}.`,
      ...(until === "secure" ? [password.line] : []),
      nextLine(result),
    ],
  };
}

async function orderOf(
  run: CommandRun,
  { location, known }: StepPlan,
  options: JoinCommandOptions,
): Promise<JoinOptions> {
  const given = await givenWifi(run, options);
  const needed = !known.state.finished.has("provision");
  const credentials =
    given.ssid !== undefined && given.passphrase !== undefined
      ? { ssid: given.ssid, passphrase: given.passphrase }
      : location.virtual
        ? (await loadSim()).HOME_NETWORK
        : needed && run.attended
          ? await askNetwork(run, given)
          : undefined;
  return {
    credentials,
    config: plugConfigOf(options),
    secure: await newPasswords(run, options),
    askAgain: run.attended,
  };
}
