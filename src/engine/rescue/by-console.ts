/** The recovery option along the serial console: it asks for no password, so nothing that the network refuses can stop it. */
import { PlugsmithError } from "../../core/errors.ts";
import type { Symptom } from "../../core/rescue/observations.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import { say } from "../../core/text/text.ts";
import { changeSecrets } from "../home/plug-records.ts";
import type { ByteLine } from "../ports.ts";
import { proofPorts, type RescuableFirmware, type RescuePorts } from "./contract.ts";

type WiredPorts = RescuePorts & { readonly line: ByteLine };

export interface ConsoleRecovery {
  readonly plug: string;
  readonly firmware: Pick<RescuableFirmware, "provision" | "finder" | "rescue">;
  readonly symptom: Symptom;
  readonly credentials: () => Promise<WifiCredentials>;
  readonly correct: ((failure: PlugsmithError) => Promise<WifiCredentials | undefined>) | undefined;
}

/** Returns the address where the plug answers with a password on record, or with none. Errors: those of provisioning. */
export async function recoverByConsole(
  ports: WiredPorts,
  { plug, firmware, symptom, credentials, correct }: ConsoleRecovery,
): Promise<string> {
  const { http, clock, random, operator, events, signal, files, home, line } = ports;
  const place = { files, path: home };
  const address = symptom === "wrong-wifi" ? undefined : await reachable(ports, firmware);
  if (address !== undefined) {
    await restoreAccess(ports, firmware, plug, address);
    return address;
  }
  const done = await firmware.provision(
    { http, random, operator, home: place, line },
    { credentials: await credentials(), mac: plug },
    { clock, events, signal, correct },
  );
  if (done.address === undefined) throw noAddress(plug);
  await restoreAccess(ports, firmware, plug, done.address);
  return done.address;
}

function noAddress(plug: string): PlugsmithError {
  return new PlugsmithError("no-answer", {
    message: say`Plug ${plug} joined the network, but did not report its address.`,
    step: "provision",
    plugState: say`in the network`,
    nextStep: say`Run rescue again. It searches for the plug.`,
    context: { plug },
  });
}

/** The address it reports, if it answers there. */
async function reachable(
  ports: WiredPorts,
  { finder, rescue }: ConsoleRecovery["firmware"],
): Promise<string | undefined> {
  const address = await rescue.reportedAddress(ports);
  if (address === undefined) return undefined;
  return (await finder.probe(ports.http, address, { signal: ports.signal })) === undefined ? undefined : address;
}

/** Where no password on record fits, a new one is set: on the medium before the plug has it. */
async function restoreAccess(
  ports: WiredPorts,
  { finder: { probe, passwordsFor }, rescue }: ConsoleRecovery["firmware"],
  plug: string,
  address: string,
): Promise<void> {
  const { http, files, home, random, signal, events } = ports;
  const place = { files, path: home };
  const met = await probe(http, address, { signal });
  if (met?.needsPassword !== true) return;
  const kept = await passwordsFor(proofPorts(ports), { mac: plug, address, source: "plug" });
  for (const password of kept) if ((await probe(http, address, { password, signal }))?.mac === plug) return;
  const password = rescue.generatePassword((count) => random.bytes(count));
  await changeSecrets(place, plug, { nextWebPassword: password });
  await rescue.setPassword(ports, password);
  await changeSecrets(place, plug, { webPassword: password, nextWebPassword: undefined });
  events({
    type: "notice",
    level: "info",
    text: say`plugsmith sets a new web password over the wires and stores it in secrets.json.`,
  });
}
