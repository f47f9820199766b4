/** A plug on Tasmota in the network: met, opened with the password that is in force, and worked on over HTTP. */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { FirmwarePorts, OnlinePlug, PlugAt, Whereabouts, WorkContext } from "../firmware-driver/contract.ts";
import { passwordsFor, plugConfirmedAt } from "./address-proof.ts";
import { audit } from "./audit.ts";
import { commandLink } from "./command-link.ts";
import { configure } from "./configure.ts";
import { awaitPlugAt, probe } from "./find.ts";
import { HttpClient } from "./http-client.ts";
import { tasmotaMeter } from "./meter.ts";
import { secure } from "./secure.ts";

function onlinePlug(
  { http, random, home }: FirmwarePorts,
  { address, mac }: Pick<PlugAt, "address" | "mac">,
  password: string | undefined,
  { clock, events, signal }: WorkContext,
): OnlinePlug {
  const client = new HttpClient({ http, clock, host: address, password });
  const working = { client, clock, events, signal };
  return {
    mac,
    configure: (profile, config) => configure(working, profile, config),
    secure: (options) => secure({ client, clock, events, signal, random, home }, options),
    audit: ({ profile, config, ssid }) => audit(working, { profile, config, ssid, mac, locked: true }),
    meter: tasmotaMeter(commandLink(client)),
    close: () => client.close(),
  };
}

/**
 * Any password that may be in force: given, on record, or the one a crash left half-set. A plug whose password is on
 * record is not taken for met at another address without the checks of address-proof.ts.
 */
export async function meet(
  ports: FirmwarePorts,
  where: Whereabouts,
  given: string | undefined,
  context: WorkContext,
): Promise<OnlinePlug> {
  const { clock, signal } = context;
  const { http, home } = ports;
  const { address, source } = where;
  const kept = (mac: string): Promise<readonly string[]> =>
    passwordsFor({ ...ports, clock, signal }, { mac, address, source });
  const opens = async (password: string | undefined): Promise<string | undefined> =>
    (await awaitPlugAt({ http, clock }, address, where.mac, { password, signal })).mac;
  const online = (password: string | undefined, mac: string): OnlinePlug =>
    onlinePlug(ports, { address, mac }, password, context);
  for (const password of given === undefined ? [undefined] : [given, undefined]) {
    const mac = await opens(password);
    if (mac === undefined) continue;
    if (source !== "plug" && password === undefined) await kept(mac);
    return online(password, mac);
  }
  const expected = where.mac ?? (await plugConfirmedAt(home, address))?.mac;
  for (const password of expected === undefined ? [] : await kept(expected)) {
    const mac = await opens(password);
    if (mac !== undefined) return online(password, mac);
  }
  throw new PlugsmithError("unauthorized", {
    message: say`The plug at ${where.address} requires its web password.`,
    step: "find",
    plugState: say`unchanged`,
    nextStep: say`Give the web password. If it is lost, hold the plug's button for 40 s: that resets the plug.`,
    context: { address: where.address },
  });
}

/** Asked without a password first: a plug that answers is there, whatever its door. */
export async function open(ports: FirmwarePorts, at: PlugAt, context: WorkContext): Promise<OnlinePlug> {
  const { http } = ports;
  const { clock, signal } = context;
  const { address, mac } = at;
  await awaitPlugAt({ http, clock }, address, mac, { signal });
  const [password] = await passwordsFor({ ...ports, clock, signal }, at);
  await awaitPlugAt({ http, clock }, address, mac, { password, signal });
  return onlinePlug(ports, at, password, context);
}

export async function answersAt(
  { http }: Pick<FirmwarePorts, "http">,
  { address, mac }: Pick<PlugAt, "address" | "mac">,
  patient: boolean,
  { clock, signal }: Pick<WorkContext, "clock" | "signal">,
): Promise<boolean> {
  if (!patient) {
    const there = await probe(http, address, { signal });
    return there !== undefined && (there.mac === mac || there.needsPassword);
  }
  try {
    await awaitPlugAt({ http, clock }, address, mac, { signal });
    return true;
  } catch (error) {
    if (isPlugsmithError(error, "no-answer") || isPlugsmithError(error, "wrong-plug")) return false;
    throw error;
  }
}
