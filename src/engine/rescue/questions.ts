/** What a rescue asks its person besides the acts of its recovery options. */
import { PlugsmithError } from "../../core/errors.ts";
import { SYMPTOMS, type Symptom } from "../../core/rescue/observations.ts";
import type { RecoveryOption } from "../../core/rescue/recovery-options.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import { asText, joined, say } from "../../core/text/text.ts";
import type { FirmwareDriver } from "../firmware-driver/contract.ts";
import { plugsOnRecord } from "../home/folders.ts";
import { rememberedPlugs } from "../home/plug-records.ts";
import { askCredentials, type GivenWifi } from "../jobs/wifi-credentials.ts";
import type { RescuePorts } from "./contract.ts";

/** Whether the option may be tried: one that loses nothing is not asked about. */
export async function agreed(
  { operator, signal }: RescuePorts,
  { id, loses, nextAction }: RecoveryOption,
): Promise<boolean> {
  if (loses === "nothing") return true;
  const answer = await operator.choose(
    {
      id: "lose-settings",
      text: joined([
        nextAction,
        say`This deletes its settings; plugsmith sets them again afterwards. Use this option?`,
      ]),
      options: [
        { id, text: say`Yes` },
        { id: "no", text: say`No, use another option` },
      ],
    },
    signal,
  );
  return answer === id;
}

export async function askSymptom({ operator, signal }: RescuePorts): Promise<Symptom> {
  const answer = await operator.choose(
    {
      id: "symptom",
      text: say`What do you see?`,
      options: Object.entries(SYMPTOMS).map(([id, text]) => ({ id, text })),
    },
    signal,
  );
  return answer in SYMPTOMS ? (answer as Symptom) : "unknown";
}

/** Undefined: another one than those on record. */
export async function askPlug({ files, home, operator, signal }: RescuePorts): Promise<string | undefined> {
  const plugs = await plugsOnRecord(files, home);
  if (plugs.length < 2) return plugs[0];
  const seen = await rememberedPlugs({ files, path: home });
  const answer = await operator.choose(
    {
      id: "which-plug",
      text: say`Which plug is it?`,
      options: [
        ...plugs.map((id) => ({
          id,
          text: asText(`${id} ${seen.find(({ mac }) => mac === id)?.name ?? ""}`.trim()),
        })),
        { id: "other", text: say`A different one` },
      ],
    },
    signal,
  );
  return plugs.find((plug) => plug === answer);
}

/** What is not given is asked. Errors: bad-argument, aborted, needs-input. */
export async function askWifi(
  { operator, signal }: RescuePorts,
  firmware: Pick<FirmwareDriver, "refuseUnusable">,
  given: GivenWifi,
): Promise<WifiCredentials> {
  const { ssid, passphrase } = given;
  if (ssid !== undefined && passphrase !== undefined) {
    firmware.refuseUnusable({ credentials: { ssid, passphrase } });
    return { ssid, passphrase };
  }
  const asked = await askCredentials(operator, given, signal);
  if (asked !== undefined) return asked;
  throw new PlugsmithError("aborted", {
    message: say`Without the name of a network, the plug cannot join one.`,
    step: "provision",
    plugState: say`as it was found`,
    nextStep: say`Run rescue again with --ssid.`,
  });
}
