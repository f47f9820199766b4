/** All that a person is asked before a conversion: what no option says, and what they would not use again from the last plug. */
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import {
  type FirmwareDefault,
  type ReferenceDefault,
  readDefaults,
  rememberDefaults,
} from "../../engine/home/defaults.ts";
import type { Home } from "../../engine/home/plug-records.ts";
import { askCredentials, type GivenWifi } from "../../engine/jobs/wifi-credentials.ts";
import type { Files, Operator } from "../../engine/ports.ts";
import { askFirmware } from "./ask-firmware.ts";
import { askReference } from "./ask-reference.ts";
import { offerDefaults } from "./same-as-before.ts";

export interface OpenRequest {
  /** True where the plug has to join a network; what is given of it is not asked. */
  readonly credentials: boolean;
  readonly firmware: boolean;
  readonly reference: boolean;
}

export interface AnsweredRequest {
  readonly credentials: WifiCredentials | undefined;
  readonly firmware: FirmwareDefault | undefined;
  readonly reference: ReferenceDefault | undefined;
  /** The person says that it is of the same kind as the last plug. */
  readonly sameBatch: boolean;
}

/**
 * The answers are remembered for the next plug, but for the passphrase, which is kept nowhere.
 * @param files this computer's, where the image is looked for. Errors: aborted, needs-input.
 */
export async function askRequest(
  operator: Operator,
  { home, files }: { readonly home: Home; readonly files: Pick<Files, "stat" | "read"> },
  open: OpenRequest,
  given: GivenWifi,
  signal: AbortSignal,
): Promise<AnsweredRequest> {
  const needsName = open.credentials && given.ssid === undefined;
  const wanted = { ...open, ssid: needsName, passphrase: given.passphrase === undefined };
  const reused = await offerDefaults(operator, files, await readDefaults(home), wanted, signal);
  const { kept } = reused;
  const wifi = { ssid: given.ssid ?? kept.ssid, passphrase: given.passphrase ?? reused.passphrase };
  const credentials = open.credentials ? await askCredentials(operator, wifi, signal) : undefined;
  const firmware = open.firmware ? (kept.firmware ?? (await askFirmware(operator, files, signal))) : undefined;
  const reference = open.reference ? (kept.reference ?? (await askReference(operator, signal))) : undefined;
  const network = needsName && credentials !== undefined ? credentials : undefined;
  const isOpen = network === undefined ? undefined : network.passphrase === "";
  await rememberDefaults(home, { ssid: network?.ssid, open: isOpen, firmware, reference });
  return { credentials, firmware, reference, sameBatch: kept.macPrefix !== undefined };
}
