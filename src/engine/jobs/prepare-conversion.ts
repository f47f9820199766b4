/** Before anything is touched: is the image fit for this plug, will the Wi-Fi name and password get there, what feeds it. */

import { sha256Hex } from "../../core/digest.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { hasMeter, refuseUnfit } from "../../core/firmware/fitness.ts";
import { type FirmwareFacts, identifyFirmware } from "../../core/firmware/identify.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import type { FirmwareOnRecord, SafetyRecord, Supply } from "../../core/journal/step-data.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import { refuseImage } from "../flash/write-request.ts";
import type { ByteLine, Operator } from "../ports.ts";
import { checkBeforePower, requireUnplugged } from "../safety/closing-list.ts";
import { checkCredentials } from "../tasmota/provision.ts";

export interface PreparedFirmware extends FirmwareOnRecord {
  readonly facts: FirmwareFacts;
}

export interface FirmwareToWrite {
  readonly image: Uint8Array;
  readonly origin: string;
  /** The plug's MAC, typed for an image that would not start or fit; whether it is this plug's is seen at the write. */
  readonly overrideImage?: string | undefined;
}

/**
 * @param virtual whether the plug is one: the stand-in's image is for virtual plugs, a real chip does not start from it.
 * @throws bad-image, image-too-big, not-supported
 */
export function prepareFirmware(
  { image, origin, overrideImage }: FirmwareToWrite,
  profile: Profile,
  virtual: boolean,
): PreparedFirmware {
  if (overrideImage === undefined) refuseImage(image, {}, profile.flash.bytes);
  const facts = identifyFirmware(image);
  if (facts.standIn && !virtual) {
    throw new PlugsmithError("not-supported", {
      message: "The image is plugsmith's own stand-in for virtual plugs; no real chip runs it.",
      step: "prepare",
      plugState: "untouched",
      nextStep: "Give a real tasmota.bin with --firmware, or --release latest.",
    });
  }
  refuseUnfit(facts, hasMeter(profile));
  const built = facts.buildDate === undefined ? "build date unknown" : `built ${facts.buildDate}`;
  return {
    origin,
    sha256: sha256Hex(image),
    bytes: image.length,
    facts,
    description: `Tasmota${facts.otaImage === undefined ? "" : ` (${facts.otaImage})`}, ${built}`,
  };
}

/** 3.3 V pins that cannot feed a radio: an FT232R gives 50 mA (FTDI, FT232R datasheet, 3V3OUT). */
const WEAK_ADAPTER = /FT232|FT231|FTDI/i;

/** Below this, mA, a plug with its radio on browns out (Tasmota documentation, Getting Started: at least 150 mA). */
const STRONG_MA = 150;

export async function classifySupply(line: ByteLine, operator: Operator, signal?: AbortSignal): Promise<Supply> {
  const weakAdapter = WEAK_ADAPTER.test(line.identity.label);
  const answer = await operator.choose(
    {
      id: "supply",
      text: weakAdapter
        ? `The adapter is an ${line.identity.label}, whose own 3.3 V pin gives only 50 mA: enough for flashing, not for Wi-Fi. What feeds the plug?`
        : "What feeds the plug with 3.3 V?",
      options: [
        { id: "adapter-strong", text: `The adapter's 3.3 V pin, good for ${STRONG_MA} mA or more` },
        { id: "separate", text: "A separate 3.3 V supply, its ground joined to the adapter's" },
        { id: "adapter-weak", text: "The adapter's 3.3 V pin, less than that or unknown" },
      ],
    },
    signal,
  );
  if (answer === "separate") return "strong";
  return answer === "adapter-strong" && !weakAdapter ? "strong" : "weak";
}

export async function prepareBench(
  guide: Guide,
  texts: GuideTexts,
  operator: Operator,
  credentials: WifiCredentials | undefined,
  supply: Supply,
  signal?: AbortSignal,
): Promise<SafetyRecord> {
  if (credentials !== undefined) checkCredentials(credentials, supply === "weak" ? "access-point" : "serial");
  await requireUnplugged(operator, "prepare", signal);
  return openAndWire(guide, texts, operator, signal);
}

/** From a closed plug to one with wires on it that may get power. @throws unsafe */
export async function openAndWire(
  guide: Guide,
  texts: GuideTexts,
  operator: Operator,
  signal?: AbortSignal,
): Promise<SafetyRecord> {
  const act = (id: string, text = texts[id] ?? id): Promise<void> => operator.act({ id, text }, signal);
  const told = [...guide.variants.map(({ id }) => id), ...guide.unknown].map((id) => texts[id] ?? id);
  await act("know-your-plug", `Make sure that it is the plug that this guide is for. ${told.join(" ")}`);
  for (const { id } of guide.opening) await act(id);
  await act("adapter-alone", "Plug the USB adapter into the computer, with no wire on it but the meter's probes.");
  const adapter = await checkBeforePower(guide, texts, operator, "adapter", signal);
  await act("unplug-adapter", "Pull the adapter out of the computer again: wires are attached with nothing powered.");
  for (const { id } of guide.wiring) await act(id);
  const board = await checkBeforePower(guide, texts, operator, "board", signal);
  return { confirmed: [], measured: [...adapter, ...board] };
}
