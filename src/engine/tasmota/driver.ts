/** Tasmota as a firmware driver. */
import { PlugsmithError } from "../../core/errors.ts";
import { hasMeter, refuseUnfit } from "../../core/firmware/fitness.ts";
import { identifyFirmware } from "../../core/firmware/identify.ts";
import { type Profile, tasmotaOf } from "../../core/profile/profile.ts";
import { BUTTON_RESET_SECONDS, RESET_POWER_CYCLES } from "../../core/rescue/recovery-options.ts";
import { explainTemplate } from "../../core/tasmota/template/explain.ts";
import { templateJson } from "../../core/tasmota/template/template.ts";
import { say } from "../../core/text/text.ts";
import type { FirmwareDriver, ProfileWiring } from "../firmware-driver/contract.ts";
import type { FirmwareRescue } from "../firmware-driver/rescue.ts";
import { passwordsFor } from "./address-proof.ts";
import { awaitPlugAt, probe, scanRange } from "./find.ts";
import { hearStart, POWER_ON } from "./hear-start.ts";
import { answersAt, meet, open } from "./online-plug.ts";
import { provision } from "./provision-plug.ts";
import { refuseUnusable } from "./refuse-unusable.ts";
import { tasmotaRescue } from "./rescue.ts";

export const tasmotaDriver: FirmwareDriver & { readonly id: "tasmota"; readonly rescue: FirmwareRescue } = {
  id: "tasmota",
  identify,
  refuseUnusable,
  boot: { powerOn: POWER_ON, hear: hearStart },
  provision,
  meet,
  open,
  answersAt,
  wiring,
  finder: { probe, scanRange, awaitPlugAt, passwordsFor },
  rescue: tasmotaRescue,
  recovery: [
    say`The web password is in secrets.json in this folder. Only the owner of the file can read it.`,
    say`To reset the settings and the calibration, hold the button for ${BUTTON_RESET_SECONDS} s, or switch the power off and on quickly ${RESET_POWER_CYCLES} times. Afterwards run npx plugsmith setup, then npx plugsmith calibrate --from-journal.`,
  ],
};

/** The firmware model's image is for virtual plugs: a real chip does not start from it. */
function identify(image: Uint8Array, plug: { readonly profile: Profile; readonly virtual: boolean }): string {
  const facts = identifyFirmware(image);
  if (facts.model && !plug.virtual) {
    throw new PlugsmithError("not-supported", {
      message: say`This image is plugsmith's simulated firmware for virtual plugs. It does not run on a real chip.`,
      step: "prepare",
      plugState: say`untouched`,
      nextStep: say`Give a real tasmota.bin with --firmware, or use --release latest.`,
    });
  }
  refuseUnfit(facts, hasMeter(plug.profile));
  const { buildDate, otaImage } = facts;
  const build = otaImage === undefined ? "Tasmota" : `Tasmota (${otaImage})`;
  return (buildDate === undefined ? say`${build}, build date unknown` : say`${build}, built ${buildDate}`).toString();
}

function wiring(profile: Profile): ProfileWiring {
  const { template } = tasmotaOf(profile);
  return {
    json: templateJson(template),
    words: explainTemplate(template).pins.map(({ pin, words }) => say`${pin}: ${words}`),
  };
}
