/** `plugsmith configure`: template, names, MQTT, time and limits of the plug of a conversion, nothing else. */
import { type CommandModule, defineCommand } from "../command.ts";
import { joinStep } from "../convert/join-step.ts";
import { STEP_OPTIONS } from "../convert/single-step.ts";
import { PLUG_OPTIONS } from "../tasmota/plug-config.ts";
import { WIFI_OPTIONS } from "../tasmota/wifi-options.ts";

export const configureCommand: CommandModule = defineCommand({
  options: { ...STEP_OPTIONS, ...WIFI_OPTIONS, ...PLUG_OPTIONS },
  run: (run, options) => joinStep(run, "configure", options),
});
