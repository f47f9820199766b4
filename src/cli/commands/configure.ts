/** `plugsmith configure`: template, names, MQTT, time and limits of the plug of a conversion, nothing else. */
import type { CommandModule } from "../command.ts";
import { BY_NETWORK, declareStep, joinUntil, singleStep } from "../convert/single-step.ts";
import { declareWifi } from "../tasmota/wifi-options.ts";
import { declareWishes } from "../tasmota/wishes.ts";

export const configureCommand: CommandModule = {
  declare: (command) => void declareWishes(declareWifi(declareStep(command))),
  run: (run) => singleStep(run, BY_NETWORK, (scene) => joinUntil(scene, "configure")),
};
