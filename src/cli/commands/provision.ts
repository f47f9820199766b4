/** `plugsmith provision`: the plug of a conversion into its network, nothing else. See setup for all of it at once. */
import type { CommandModule } from "../command.ts";
import { BY_NETWORK, declareStep, joinUntil, singleStep } from "../convert/single-step.ts";
import { declareWifi } from "../tasmota/wifi-options.ts";

export const provisionCommand: CommandModule = {
  declare: (command) => void declareWifi(declareStep(command)).option("--profile <name>", "device profile"),
  run: (run) => singleStep(run, BY_NETWORK, (scene) => joinUntil(scene, "provision")),
};
