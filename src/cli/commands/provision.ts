/** `plugsmith provision`: the plug of a conversion into its network, nothing else. See setup for all of it at once. */
import { type CommandModule, defineCommand } from "../command.ts";
import { joinStep } from "../convert/join-step.ts";
import { BY_NETWORK, STEP_OPTIONS, STEP_PROFILE, singleStep } from "../convert/single-step.ts";
import { WIFI_OPTIONS } from "../tasmota/wifi-options.ts";

export const provisionCommand: CommandModule = defineCommand({
  options: { ...STEP_OPTIONS, ...WIFI_OPTIONS, profile: STEP_PROFILE },
  run: (run, options) =>
    singleStep(run, options, BY_NETWORK, (context) => joinStep(run, context, "provision", options)),
});
