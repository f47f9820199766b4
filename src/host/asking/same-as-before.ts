/** What was answered for the plug before, offered whole: one question in place of many. */
import { say, type Text } from "../../core/text/text.ts";
import type { Defaults, FirmwareDefault, ReferenceDefault } from "../../engine/home/defaults.ts";
import type { Files, Operator } from "../../engine/ports.ts";

export type Reusable = Pick<Defaults, "ssid" | "firmware" | "reference">;

/**
 * @param remembered from the home. @param wanted what would be asked otherwise.
 * @returns what is to be used again; empty where there is nothing, or the person wants to change it.
 */
export async function offerDefaults(
  operator: Operator,
  files: Pick<Files, "stat">,
  remembered: Defaults,
  wanted: Readonly<Record<keyof Reusable, boolean>>,
  signal: AbortSignal,
): Promise<Reusable> {
  const { ssid, firmware, reference } = remembered;
  const isGone = firmware?.kind === "file" && (await files.stat(firmware.file)) === undefined;
  const offer: Reusable = {
    ssid: wanted.ssid ? ssid : undefined,
    firmware: wanted.firmware && !isGone ? firmware : undefined,
    reference: wanted.reference ? reference : undefined,
  };
  const list = [
    ...(offer.ssid === undefined ? [] : [{ id: "ssid", text: say`Wi-Fi: ${offer.ssid}` }]),
    ...(offer.firmware === undefined ? [] : [{ id: "firmware", text: firmwareText(offer.firmware) }]),
    ...(offer.reference === undefined ? [] : [{ id: "reference", text: referenceText(offer.reference) }]),
  ];
  if (list.length === 0) return {};
  const answer = await operator.choose(
    {
      id: "same-as-before",
      text: say`Use the same settings as for the last plug?`,
      list,
      options: [
        { id: "same", text: say`Yes, all of it` },
        { id: "change", text: say`No, ask me` },
      ],
      enter: "same",
    },
    signal,
  );
  return answer === "same" ? offer : {};
}

function firmwareText(firmware: FirmwareDefault): Text {
  return firmware.kind === "latest"
    ? say`Tasmota: the latest official release, downloaded now from GitHub`
    : say`Tasmota: the file ${firmware.file}`;
}

function referenceText(reference: ReferenceDefault): Text {
  switch (reference.kind) {
    case "load":
      return say`Calibration: a multimeter (${reference.voltmeter}) and a load of ${reference.load} W at ${reference.loadVoltage} V`;
    case "meter":
      return say`Calibration: a power meter (${reference.powerMeter})`;
    case "plug":
      return say`Calibration: the plug ${reference.reference}`;
    case "later":
      return say`Calibration: later`;
  }
}
