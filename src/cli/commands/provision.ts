/** `plugsmith provision`: the plug of a conversion into its network, nothing else. See setup for all of it at once. */
import { type CommandModule, defineCommand } from "../command.ts";
import { joinStep } from "../convert/join-step.ts";
import { STEP_OPTIONS, STEP_PROFILE } from "../convert/single-step.ts";
import { WIFI_OPTIONS } from "../tasmota/wifi-options.ts";

export const provisionCommand: CommandModule = defineCommand({
  options: { ...STEP_OPTIONS, ...WIFI_OPTIONS, profile: STEP_PROFILE },
  run: (run, options) => joinStep(run, "provision", options),
});
