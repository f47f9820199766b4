/**
 * From a plug that just got its firmware to one that is configured, locked and audited, in one go: provision by a transport,
 * find it, configure, secure, audit, remember it. Every step can be run again; what is right already is left alone.
 */

import { PlugsmithError } from "../../core/errors.ts";
import type { StepData } from "../../core/journal/step-data.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { StepId } from "../../core/step-id.ts";
import type { WifiTransport } from "../../core/tasmota/credentials.ts";
import { say, type Text } from "../../core/text/text.ts";
import type {
  AuditReport,
  FirmwareDriver,
  FirmwarePorts,
  LockProof,
  ProvisionContext,
  ProvisionStart,
  Whereabouts,
} from "../firmware-driver/contract.ts";
import type { PlugConfig, SecureOptions } from "../firmware-driver/plug-config.ts";
import { driverFor } from "../firmware-drivers.ts";
import { lastContact } from "../home/contacts.ts";
import { rememberPlug, sameAddress, seenPlug } from "../home/plug-records.ts";
import { requireSafePower } from "../safety/power-gate.ts";
import { runStep } from "../step.ts";
import { sleep } from "../time.ts";

export type SetupPorts = FirmwarePorts;

export type SetupStart =
  /** Bring it into the network first. */
  | ProvisionStart
  /** It is in the network already. */
  | { readonly address: string; readonly password?: string | undefined };

export interface SetupOptions {
  readonly start: SetupStart;
  readonly profile: Profile;
  /** One of them is for the profile. Default: those of this plugsmith. */
  readonly firmwares?: readonly FirmwareDriver[] | undefined;
  readonly config: PlugConfig;
  readonly secure?: SecureOptions | undefined;
  /** Where the plug is, if its own word is lost: asked with the MAC, e.g. a scan of the network. */
  readonly locate?: ((mac: string) => Promise<string | undefined>) | undefined;
  /**
   * Awaited once it is known which plug it is (12 lower-case hex digits), before it is given anything. Default: by its
   * records, safety/power-gate.ts. A job that has its own gate before mains gives that.
   */
  readonly gate?: ((plug: string) => Promise<void>) | undefined;
  /** The last step to do. Default "audit". */
  readonly until?: SetupStep;
  /** Awaited after each step, before the next one begins: to put it on record. */
  readonly finished?: (...done: StepFinished) => Promise<void>;
}

export type SetupStep = "provision" | "configure" | "secure" | "audit";
type StepFinished = { [S in SetupStep]: [step: S, plug: string, data: StepData[S]] }[SetupStep];
const SETUP_STEPS: readonly SetupStep[] = ["provision", "configure", "secure", "audit"];

/** What there is of a result as far as `until` let it come. */
export type SetupProgress = Pick<SetupResult, "mac" | "address"> & Partial<SetupResult>;

export interface SetupResult {
  readonly mac: string;
  readonly address: string;
  readonly changed: readonly string[];
  readonly lock: LockProof;
  readonly report: AuditReport;
}

/** Errors: unsafe from its gate, and those of the steps; each says what to do next, and running it again goes on where it ended. */
export async function setup(
  ports: SetupPorts,
  options: SetupOptions & { readonly until?: "audit" },
  context: ProvisionContext,
): Promise<SetupResult>;
export async function setup(
  ports: SetupPorts,
  options: SetupOptions,
  context: ProvisionContext,
): Promise<SetupProgress>;
export async function setup(
  ports: SetupPorts,
  options: SetupOptions,
  context: ProvisionContext,
): Promise<SetupProgress> {
  const { events, clock, signal } = context;
  const step = <T>(name: StepId, title: Text, work: () => Promise<readonly [T, Text]>): Promise<T> =>
    runStep(context, name, title, work);

  const { start, config, until = "audit", finished } = options;
  const { credentials, transport } = "address" in start ? { credentials: undefined, transport: undefined } : start;
  const driver = driverFor(options.profile, options.firmwares);
  driver.refuseUnusable({ profile: options.profile, credentials, transport, config, secure: options.secure });
  const { files, path: home } = ports.home;
  const { operator, line } = ports;
  const gate =
    options.gate ??
    ((plug: string) => requireSafePower({ files, home, operator, clock, line, signal }, plug, "provision"));
  let carriedBy: WifiTransport | undefined;
  /** What the plug was configured to as it was brought into the network. */
  let along: readonly string[] = [];
  const where = await step<Whereabouts>("provision", say`Bring the plug into the network`, async () => {
    if ("address" in start) {
      return [{ address: start.address, mac: undefined, source: "network" }, say`already at ${start.address}`];
    }
    const { profile } = options;
    const configuring = until === "provision" ? undefined : { profile, config };
    const done = await driver.provision(ports, { ...start, along: configuring }, { ...context, met: gate });
    const { mac } = done;
    carriedBy = done.transport;
    along = done.changed ?? [];
    if (done.address !== undefined) {
      return [{ address: done.address, mac, source: "plug" }, say`${mac} joined at ${done.address}`];
    }
    const { locate } = options;
    const address = locate === undefined ? undefined : await locatePatiently(locate, mac, context);
    if (address === undefined) throw addressUnknown(mac);
    return [{ address, mac, source: "network" }, say`${mac} joined at ${address}`];
  });

  const plug = await step("find", say`Find the plug in the network`, async () => {
    const met = await driver.meet(ports, where, "address" in start ? start.password : undefined, context);
    if ("address" in start) await gate(met.mac);
    const known = await seenPlug(ports.home, met.mac);
    await rememberPlug(ports.home, {
      mac: met.mac,
      address: where.address,
      neighbour: known !== undefined && sameAddress(known.address, where.address) ? known.neighbour : undefined,
      lastSeen: new Date(clock.wallTime()).toISOString(),
      contacts: await lastContact(files, home),
      name: options.config.deviceName ?? known?.name,
      topic: options.config.topic ?? known?.topic,
    });
    return [met, say`${met.mac} answers at ${where.address}`] as const;
  });
  const { mac } = plug;
  events({ type: "fact", name: "mac", value: mac });
  events({ type: "fact", name: "address", value: where.address });

  const soFar = { mac, address: where.address };
  const isLast = async (...done: StepFinished): Promise<boolean> => {
    await finished?.(...done);
    return SETUP_STEPS.indexOf(done[0]) >= SETUP_STEPS.indexOf(until);
  };
  if (await isLast("provision", mac, { road: carriedBy ?? "network", address: where.address })) return soFar;

  const changed = await step("configure", say`Set the template, names and limits`, async () => {
    const names = [...new Set([...along, ...(await plug.configure(options.profile, options.config))])];
    return [names, names.length === 0 ? say`nothing to change` : say`set: ${names.join(", ")}`] as const;
  });
  if (await isLast("configure", mac, { changed })) return { ...soFar, changed };
  const lock = await step("secure", say`Set the web password and close open access`, async () => {
    const proof = await plug.secure(options.secure ?? {});
    return [proof, say`Password set; ${proof.refused.length} pages and commands refuse access without it`] as const;
  });
  if (await isLast("secure", mac, { refused: lock.refused.length })) return { ...soFar, changed, lock };
  const report = await step("audit", say`Check all settings`, async () => {
    const ssid = credentials?.ssid;
    const read = await plug.audit({ profile: options.profile, config: options.config, ssid });
    return [read, say`${read.passed.length} checks passed`] as const;
  });
  await finished?.("audit", mac, { passed: report.passed, facts: report.facts });
  return { ...soFar, changed, lock, report };
}

const LOCATE_ATTEMPTS = 8;
const LOCATE_PAUSE_MS = 15_000;

/** The plug restarts and joins, which takes a while where the signal is weak. Undefined where it is not found at all. */
export async function locatePatiently(
  locate: (mac: string) => Promise<string | undefined>,
  mac: string,
  { clock, signal }: Pick<ProvisionContext, "clock" | "signal">,
): Promise<string | undefined> {
  for (let attempt = 0; attempt < LOCATE_ATTEMPTS; attempt++) {
    await sleep(clock, LOCATE_PAUSE_MS, signal);
    const address = await locate(mac);
    if (address !== undefined) return address;
  }
  return undefined;
}

function addressUnknown(mac: string): PlugsmithError {
  return new PlugsmithError("no-answer", {
    message: say`Plug ${mac} joined the network, but did not report its address.`,
    step: "find",
    plugState: say`in the network, not configured`,
    nextStep: say`Search for it with \`find\`, then continue with \`setup --address\`.`,
    context: { plug: mac },
  });
}
