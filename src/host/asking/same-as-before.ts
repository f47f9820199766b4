/** What was answered for the plug before, offered whole: one question in place of many. */
import { credentialFaults } from "../../core/tasmota/credentials.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import type { Defaults, FirmwareDefault, ReferenceDefault } from "../../engine/home/defaults.ts";
import type { Files, Operator, OperatorProvision } from "../../engine/ports.ts";

export type Reusable = Pick<Defaults, "ssid" | "open" | "macPrefix" | "firmware" | "reference">;

/** What would be asked otherwise. */
export interface Wanted {
  readonly ssid: boolean;
  readonly passphrase: boolean;
  readonly firmware: boolean;
  readonly reference: boolean;
}

export interface Reused {
  /** Empty where there is nothing, or the person wants to change it. */
  readonly kept: Reusable;
  /** Where it was asked for along with the rest. */
  readonly passphrase: string | undefined;
}

/**
 * One question for all of it. The passphrase is kept nowhere: where the network needs one, typing it is the answer.
 * @param remembered from the home.
 */
export async function offerDefaults(
  operator: Operator,
  files: Pick<Files, "stat">,
  remembered: Defaults,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Reused> {
  const { ssid, open, firmware, reference, macPrefix } = remembered;
  const isGone = firmware?.kind === "file" && (await files.stat(firmware.file)) === undefined;
  const offer: Reusable = {
    ssid: wanted.ssid ? ssid : undefined,
    open: wanted.ssid ? open : undefined,
    firmware: wanted.firmware && !isGone ? firmware : undefined,
    reference: wanted.reference ? reference : undefined,
    macPrefix: wanted.firmware ? macPrefix : undefined,
  };
  const list = [
    ...(offer.ssid === undefined ? [] : [{ id: "ssid", text: say`Wi-Fi: ${offer.ssid}` }]),
    ...(offer.firmware === undefined ? [] : [{ id: "firmware", text: firmwareText(offer.firmware) }]),
    ...(offer.reference === undefined ? [] : [{ id: "reference", text: referenceText(offer.reference) }]),
    ...(offer.macPrefix === undefined ? [] : [{ id: "router-mac", text: macText(offer.macPrefix) }]),
  ];
  if (list.length === 0) return { kept: {}, passphrase: undefined };
  if (offer.ssid !== undefined && wanted.passphrase && open !== true) {
    const passphrase = await askWithPassphrase(operator, offer.ssid, list, signal);
    return passphrase === "" ? { kept: {}, passphrase: undefined } : { kept: offer, passphrase };
  }
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
  if (answer !== "same") return { kept: {}, passphrase: undefined };
  return { kept: offer, passphrase: offer.open === true ? "" : undefined };
}

/** Empty: something is to be changed. */
async function askWithPassphrase(
  operator: Operator,
  ssid: string,
  list: OperatorProvision["list"],
  signal: AbortSignal,
): Promise<string> {
  const question = say`To use all of it, type the passphrase of "${ssid}". To change something, press Enter alone.`;
  let text = joined([say`The same settings as for the last plug?`, question]);
  for (;;) {
    const typed = await operator.provide({ id: "passphrase", text, list, secret: true }, signal);
    const faults = typed === "" ? [] : credentialFaults({ ssid, passphrase: typed });
    if (faults.length === 0) return typed;
    text = joined([say`This passphrase cannot be used: ${faults.join("; ")}.`, question]);
  }
}

function macText(prefix: string): Text {
  return prefix === ""
    ? say`MAC address: not looked up before opening, as for the last plug`
    : say`MAC address: begins with ${prefix.toUpperCase().match(/../g)!.join(":")}, as the last plug's`;
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
