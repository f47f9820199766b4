/**
 * `plugsmith prepare`: begins a conversion by hand, step by step: firmware fit for the plug, the bench safe, and the
 * chip's identity, since the journal that all of it goes into is the plug's own.
 */

import { identifyFirmware, say } from "../../core/index.ts";
import { isToConvertAgain, prepareFirmware } from "../../engine/index.ts";
import { startPreparation } from "../../host/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { withAskedFirmware } from "../convert/ask-remembered.ts";
import { guidedPerson, openConversionEnvironment, recordLocationOf } from "../convert/conversion-environment.ts";
import { FIRMWARE_OPTIONS, WIRED } from "../convert/conversion-options.ts";
import { firmwareOf } from "../convert/conversion-request.ts";
import { needPerson } from "../convert/single-step.ts";
import { anyPort } from "../options.ts";
import { loadDevice } from "../tasmota/device-profile.ts";
import { PROFILE } from "../tasmota/plug-config.ts";

export const prepareCommand: CommandModule = defineCommand({
  options: { port: anyPort(), profile: PROFILE, wired: WIRED, ...FIRMWARE_OPTIONS },
  run: async (run, options) => {
    const { port } = options;
    const location = recordLocationOf(run, port);
    needPerson(run, location);
    const asked = { operator: run.attended ? run.operator : undefined, signal: run.signal };
    const again = await isToConvertAgain(location, { fresh: false }, asked);
    const device = await loadDevice(options.profile);
    const source = location.virtual ? { options, sameBatch: false } : await withAskedFirmware(run, options);
    const firmware = await firmwareOf(run, source.options, location);
    const prepared = prepareFirmware(firmware, device.profile, location.virtual);
    const environment = await openConversionEnvironment(run, {
      port,
      location,
      person: guidedPerson(run, device),
      wires: "alone",
    });
    const { profile, guide, texts } = device;
    const order = {
      profile,
      guide,
      texts,
      prepared,
      firmware: undefined,
      credentials: undefined,
      known: undefined,
      again,
      wired: options.wired,
      sameBatch: source.sameBatch,
    };
    try {
      const plug = await environment.follow(startPreparation(environment.place, order));
      return {
        data: { plug, firmware: { ...prepared, facts: identifyFirmware(firmware.image) } },
        answer: [
          say`The plug ${plug} is prepared for ${prepared.description}.`,
          say`Do not disconnect it: the next step needs the same power-up.`,
          say`Next: plugsmith backup, or plugsmith convert --resume for all remaining steps.`,
        ],
      };
    } finally {
      await environment.close();
    }
  },
});
