/** A look around: along the wires, through the air, into the network, into the records. Changes nothing. */
import type {
  AccessPointObservation,
  NetworkObservation,
  Observations,
  Symptom,
} from "../../core/rescue/observations.ts";
import { mayBeAccessPointOf } from "../../core/tasmota/setup-page.ts";
import { joined, say } from "../../core/text/text.ts";
import type { PlugAt } from "../firmware-driver/contract.ts";
import type { FirmwareFinder, FoundPlug } from "../firmware-driver/finder.ts";
import { seenPlug } from "../home/plug-records.ts";
import { proofPorts, type RescuableFirmware, type RescueOptions, type RescuePorts, type Survey } from "./contract.ts";
import { readRecords } from "./records.ts";
import { surveySerial } from "./survey-serial.ts";

/** How one looks: every time, or only where it is quick (after an act, while waiting for its effect). */
export interface SurveyOptions {
  readonly firmware: Pick<RescuableFirmware, "finder" | "rescue">;
  readonly plug: string | undefined;
  /** Asked if neither the caller nor the wires identify the plug. */
  readonly whichPlug: () => Promise<string | undefined>;
  readonly symptom: Symptom;
}

/** Errors: aborted, and those of files. What does not answer is no error. */
export async function survey(ports: RescuePorts, conversion: RescueOptions, options: SurveyOptions): Promise<Survey> {
  const { line, files, home, events } = ports;
  const serial =
    line === undefined
      ? undefined
      : await surveySerial({ ...ports, line }, options.firmware.rescue, options.symptom === "boot-loop");
  const reported = serial !== undefined && "mac" in serial ? serial.mac : undefined;
  const plug = reported ?? options.plug ?? (await options.whichPlug());
  const accessPoints = await surveyRadio(ports, plug);
  const network = await surveyNetwork(ports, conversion, { ...options, plug }, (accessPoints ?? []).length === 0);
  const records = await readRecords(files, home, plug);
  const observations: Observations = {
    symptom: options.symptom,
    serial,
    accessPoints,
    network,
    records,
    image: conversion.firmware !== undefined,
    upgrade: conversion.upgradeImage !== undefined,
  };
  for (const [name, value] of factsOf(observations)) events({ type: "fact", name, value });
  return { observations, plug };
}

function factsOf({ serial, accessPoints, network, records }: Observations): readonly (readonly [string, string])[] {
  const access = { open: "no password", fits: "the password on record fits", wanted: "wants a password" } as const;
  return [
    ["wires", serial === undefined ? "not looked along" : serial.kind],
    [
      "air",
      accessPoints === undefined
        ? "not looked at"
        : accessPoints.map(({ ssid }) => ssid).join(", ") || "no access point of it",
    ],
    [
      "network",
      network.map((plug) => `${plug.address} (${plug.minimal ? "minimal" : access[plug.access]})`).join(", ") ||
        "not there",
    ],
    ["half-written", records.halfWritten ?? "no"],
  ];
}

/** Undefined where nobody could look. */
export async function surveyRadio(
  { wifi, operator, signal }: RescuePorts,
  plug: string | undefined,
): Promise<readonly AccessPointObservation[] | undefined> {
  if (wifi === undefined) return await askForAccessPoints(operator, plug, signal);
  const networks = (await wifi.scan()).filter(({ ssid, open }) => open && mayBeAccessPointOf(ssid, plug));
  return [...new Set(networks.map(({ ssid }) => ssid))].map((ssid) => ({ ssid }));
}

async function askForAccessPoints(
  operator: RescuePorts["operator"],
  plug: string | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly AccessPointObservation[]> {
  const name = `tasmota-${plug === undefined ? "…" : plug.slice(6).toUpperCase()}-…`;
  const answer = await operator.choose(
    {
      id: "access-point-seen",
      text: say`Does this computer or a phone show an open Wi-Fi network named ${name}?`,
      options: [
        { id: "no", text: say`No` },
        { id: "yes", text: say`Yes` },
      ],
    },
    signal,
  );
  return answer === "yes" ? [{ ssid: name }] : [];
}

/** Where it was last; if it is not there, everywhere it may be. */
async function surveyNetwork(
  ports: RescuePorts,
  options: RescueOptions,
  { firmware, plug, symptom }: Pick<SurveyOptions, "firmware" | "plug" | "symptom">,
  everywhere: boolean,
): Promise<readonly NetworkObservation[]> {
  const { http, clock, events, signal, files, home } = ports;
  const { finder } = firmware;
  const remembered = plug === undefined ? undefined : await seenPlug({ files, path: home }, plug);
  if (remembered !== undefined) {
    const there = await finder.probe(http, remembered.address, { signal });
    if (there !== undefined && (there.mac === plug || there.mac === undefined)) {
      const observation = await observationOf(ports, finder, plug, there, "network");
      // Behind a door that the password on record does not open may be another plug by now.
      const sure = observation?.access !== "wanted" || options.ranges.length === 0 || symptom === "lost-password";
      if (observation !== undefined && sure) return [observation];
    }
  }
  if (!everywhere) return [];
  const found: FoundPlug[] = [];
  for (const range of options.ranges) found.push(...(await finder.scanRange({ http, clock, events }, range, signal)));
  const known = found.filter(({ mac }) => mac !== undefined && (plug === undefined || mac === plug));
  // A plug behind its password does not say who it is: the person does.
  const candidates = known.length > 0 ? known : found.filter(({ mac }) => mac === undefined);
  const chosen = await pick(ports, candidates, known.length > 0);
  if (chosen === undefined) return [];
  // Of several, or of one that does not say who it is, the person has chosen this address for this plug.
  const source = candidates.length > 1 || chosen.mac === undefined ? "person" : "network";
  const observation = await observationOf(ports, finder, plug ?? chosen.mac, chosen, source);
  return observation === undefined ? [] : [observation];
}

async function pick(
  { operator, signal }: RescuePorts,
  candidates: readonly FoundPlug[],
  known: boolean,
): Promise<FoundPlug | undefined> {
  if (candidates.length === 0 || (known && candidates.length === 1)) return candidates[0];
  const answer = await operator.choose(
    {
      id: "which-address",
      text: say`These plugs answer. Which one is it? If its password is recorded here, plugsmith tries it there.`,
      options: [
        ...candidates.map((plug) => ({
          id: plug.address,
          text: joined(
            [
              plug.address,
              plug.mac ?? say`password required`,
              ...(plug.version === undefined ? [] : [`Tasmota ${plug.version}`]),
            ],
            ", ",
          ),
        })),
        { id: "none", text: say`None of them` },
      ],
    },
    signal,
  );
  return candidates.find(({ address }) => address === answer);
}

/** Undefined where the password on record opens the door of another plug. */
async function observationOf(
  ports: RescuePorts,
  { probe, passwordsFor }: FirmwareFinder,
  plug: string | undefined,
  found: FoundPlug,
  source: PlugAt["source"],
): Promise<NetworkObservation | undefined> {
  const { http, signal } = ports;
  const { address, version, mac, minimal } = found;
  if (!found.needsPassword) return { address, version, mac, minimal, access: "open" };
  const kept = plug === undefined ? [] : await passwordsFor(proofPorts(ports), { mac: plug, address, source });
  for (const password of kept) {
    const met = await probe(http, address, { password, signal });
    if (met === undefined || met.needsPassword) continue;
    if (met.mac !== undefined && met.mac !== plug) return undefined;
    return { address, version, mac: met.mac, minimal: met.minimal, access: "fits" };
  }
  return { address, version, mac: undefined, access: "wanted", minimal: false };
}
