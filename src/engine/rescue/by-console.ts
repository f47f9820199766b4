/** The recovery option along the serial console: it asks for no password, so nothing that the network refuses can stop it. */
import { PlugsmithError } from "../../core/errors.ts";
import type { Symptom } from "../../core/rescue/observations.ts";
import { query, setting } from "../../core/tasmota/command.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import { parseNetwork } from "../../core/tasmota/status.ts";
import { generateWebPassword } from "../../core/tasmota/web-password.ts";
import { say } from "../../core/text/text.ts";
import type { FirmwareDriver } from "../firmware-driver/contract.ts";
import { changeSecrets } from "../home/plug-records.ts";
import type { ByteLine } from "../ports.ts";
import { passwordsFor, proofPorts } from "../tasmota/address-proof.ts";
import { ConsoleClient } from "../tasmota/console-client.ts";
import { probe } from "../tasmota/find.ts";
import { PlugConsole } from "../tasmota/plug-console.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import type { RescuePorts } from "./contract.ts";

export interface ConsoleRecovery {
  readonly plug: string;
  readonly firmware: Pick<FirmwareDriver, "provision">;
  readonly symptom: Symptom;
  readonly credentials: () => Promise<WifiCredentials>;
  readonly correct: ((failure: PlugsmithError) => Promise<WifiCredentials | undefined>) | undefined;
}

/** Returns the address where the plug answers with a password on record, or with none. Errors: those of provisioning. */
export async function recoverByConsole(
  ports: RescuePorts & { readonly line: ByteLine },
  { plug, firmware, symptom, credentials, correct }: ConsoleRecovery,
): Promise<string> {
  const { http, clock, random, operator, events, signal, files, home, line } = ports;
  const place = { files, path: home };
  const address = symptom === "wrong-wifi" ? undefined : await reachable(ports);
  if (address !== undefined) {
    await restoreAccess(ports, plug, address);
    return address;
  }
  const done = await firmware.provision(
    { http, random, operator, home: place, line },
    { credentials: await credentials(), mac: plug },
    { clock, events, signal, correct },
  );
  if (done.address === undefined) throw noAddress(plug);
  await restoreAccess(ports, plug, done.address);
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
async function reachable(ports: RescuePorts & { readonly line: ByteLine }): Promise<string | undefined> {
  const { address } = await onConsole(ports, async (client) =>
    parseNetwork(await client.send(query("Status 5"), { signal: ports.signal })),
  );
  if (address === undefined || address === "192.168.4.1") return undefined;
  return (await probe(ports.http, address, { signal: ports.signal })) === undefined ? undefined : address;
}

/** Where no password on record fits, a new one is set: on the medium before the plug has it. */
async function restoreAccess(
  ports: RescuePorts & { readonly line: ByteLine },
  plug: string,
  address: string,
): Promise<void> {
  const { http, files, home, random, signal, events } = ports;
  const place = { files, path: home };
  const met = await probe(http, address, { signal });
  if (met?.needsPassword !== true) return;
  const kept = await passwordsFor(proofPorts(ports), { mac: plug, address, source: "plug" });
  for (const password of kept) if ((await probe(http, address, { password, signal }))?.mac === plug) return;
  const password = generateWebPassword((count) => random.bytes(count));
  await changeSecrets(place, plug, { nextWebPassword: password });
  // The 2 keeps it out of the answer and of the log (support_command.ino, CmndWebPassword).
  await onConsole(ports, (client) => client.send(setting("WebPassword2", password), { signal }));
  await changeSecrets(place, plug, { webPassword: password, nextWebPassword: undefined });
  events({
    type: "notice",
    level: "info",
    text: say`plugsmith sets a new web password over the wires and stores it in secrets.json.`,
  });
}

async function onConsole<T>(
  ports: RescuePorts & { readonly line: ByteLine },
  work: (client: ConsoleClient) => Promise<T>,
): Promise<T> {
  const { line, clock } = ports;
  const client = new ConsoleClient(await PlugConsole.open(recordedLine(line, ports), clock));
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
