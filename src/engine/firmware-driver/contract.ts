/**
 * What plugsmith can do with a firmware. Jobs, safety, calibration and the report know a firmware by this contract only;
 * each firmware implements it in a folder of its own.
 */
import type { PlugsmithError } from "../../core/errors.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { WifiCredentials, WifiTransport } from "../../core/tasmota/credentials.ts";
import type { Text } from "../../core/text/text.ts";
import type { Home } from "../home/plug-records.ts";
import type { ByteLine, Clock, ComputerWifi, Http, Neighbours, Operator, Random } from "../ports.ts";
import type { RecordedLine } from "../wires/recorded-line.ts";
import type { FirmwareFinder } from "./finder.ts";
import type { PlugMeter } from "./meter.ts";
import type { PlugConfig, PlugRequest, SecureOptions } from "./plug-config.ts";
import type { FirmwareRescue } from "./rescue.ts";
import type { PlugAt, WorkContext } from "./work.ts";

export type { PlugAt, WorkContext };

export interface FirmwareDriver {
  /** Its key in a profile's `firmware`. */
  readonly id: string;
  /** What the image is, in words. @throws not-supported where it is not this firmware, or does not fit the plug. */
  identify(image: Uint8Array, plug: { readonly profile: Profile; readonly virtual: boolean }): string;
  /** Names all that this firmware cannot be given, before the plug is touched. @throws bad-argument, unsupported-transport */
  refuseUnusable(options: PlugRequest): void;
  readonly boot: FirmwareBoot;
  /** Brings the plug into the network. Errors: those of the route; bad-argument without a line. */
  provision(ports: FirmwarePorts, start: ProvisionStart, context: ProvisionContext): Promise<Provisioned>;
  /**
   * The plug at an address, whichever it is.
   * @param password that it may have already. Errors: unauthorized, no-answer, wrong-plug.
   */
  meet(
    ports: FirmwarePorts,
    where: Whereabouts,
    password: string | undefined,
    context: WorkContext,
  ): Promise<OnlinePlug>;
  /** This very plug, once it answers, with the password on record. Errors: no-answer, wrong-plug, unauthorized. */
  open(ports: FirmwarePorts, at: PlugAt, context: WorkContext): Promise<OnlinePlug>;
  /** Whether this plug answers there. @param patient where it may have got its power a moment ago. */
  answersAt(
    ports: Pick<FirmwarePorts, "http">,
    at: Pick<PlugAt, "mac" | "address">,
    patient: boolean,
    context: Pick<WorkContext, "clock" | "signal">,
  ): Promise<boolean>;
  /** The pins as the profile gives them to this firmware, for the report. */
  wiring(profile: Profile): ProfileWiring;
  readonly finder: FirmwareFinder;
  /** Undefined: `rescue` cannot do anything for this firmware. */
  readonly rescue?: FirmwareRescue | undefined;
  /** What a person can do when the plug is lost: sentences for the report. */
  readonly recovery: readonly Text[];
}

export interface FirmwareBoot {
  /** What it says after its supply was really away. */
  readonly powerOn: string;
  /** Listens for a firmware that starts, and asks it who it is. Errors: aborted, mains-on-wires, line-lost. */
  hear(line: RecordedLine, clock: Clock, patienceMs: number, signal?: AbortSignal): Promise<HeardBoot>;
}

export interface HeardBoot {
  readonly proof?: BootProof | undefined;
  /** Why there is none, where something went wrong. */
  readonly cause?: unknown;
}

export interface BootProof {
  /** "15.2.0.2(tasmota)". */
  readonly version: string;
  /** As the firmware words it. */
  readonly restartReason: string;
  /** 12 lower-case hex digits. */
  readonly mac: string;
}

/** A plug in the network that this computer may work on. */
export interface OnlinePlug {
  /** 12 lower-case hex digits. */
  readonly mac: string;
  /** What is right already is left alone. Resolves to what was changed. */
  configure(profile: Profile, config: PlugConfig): Promise<readonly string[]>;
  /** Locks it and proves that it is locked. */
  secure(options: SecureOptions): Promise<LockProof>;
  /** Reads everything back from a locked plug. @throws audit-failed */
  audit(expected: ExpectedPlug): Promise<AuditReport>;
  readonly meter: PlugMeter;
  close(): Promise<void>;
}

export interface ExpectedPlug {
  readonly profile: Profile;
  readonly config: PlugConfig;
  /** The network it should be in. */
  readonly ssid?: string | undefined;
}

export interface FirmwarePorts {
  readonly http: Http;
  readonly random: Random;
  readonly operator: Operator;
  readonly home: Home;
  /** For the routes over wires; whichever the route is, a line says that wires are on the plug. */
  readonly line?: ByteLine | undefined;
  /** For the route through the access point; without it the operator is asked to join. */
  readonly wifi?: ComputerWifi | undefined;
  readonly neighbours?: Neighbours | undefined;
}

export interface ProvisionContext extends WorkContext {
  /** Awaited once it is known which plug it is, before it is given anything. @param plug 12 lower-case hex digits. */
  readonly met?: ((plug: string) => Promise<void>) | undefined;
  /** How long a network may take to appear and to answer (a router that starts needs minutes), ms. Default 5 min. */
  readonly patienceMs?: number | undefined;
  /** Asked after a failure: other credentials, the same again, or undefined to give up. */
  readonly correct?: ((failure: PlugsmithError) => Promise<WifiCredentials | undefined>) | undefined;
}

export interface ProvisionStart {
  /** Undefined: the first that can carry the credentials, and the next where a plug does not have it. */
  readonly transport?: WifiTransport | undefined;
  readonly credentials: WifiCredentials;
  readonly mac?: string | undefined;
  /** The web password that it may have already. */
  readonly password?: string | undefined;
  /**
   * What the plug is configured to later. A transport that restarts the plug for its credentials may set what it can of
   * it along with them, which saves the restart for it.
   */
  readonly along?: { readonly profile: Profile; readonly config: PlugConfig } | undefined;
}

export interface Provisioned {
  readonly transport: WifiTransport;
  /** 12 lower-case hex digits. */
  readonly mac: string;
  /** IP address in the new network; undefined where only the router knows it. */
  readonly address: string | undefined;
  /** What was set along, by its names. */
  readonly changed?: readonly string[] | undefined;
}

export interface Whereabouts extends Pick<PlugAt, "address" | "source"> {
  readonly mac: string | undefined;
}

export interface LockProof {
  /** Pages and commands that were refused without the password. */
  readonly refused: readonly string[];
  readonly generated: boolean;
}

export interface Difference {
  readonly name: string;
  readonly reason: string;
  readonly expected: string;
  /** What the plug shows; undefined if it does not report it. */
  readonly actual: string | undefined;
}

export interface AuditReport {
  /** What was compared and found right. */
  readonly passed: readonly string[];
  readonly failed: readonly Difference[];
  /** For people and the plug's report. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

export interface ProfileWiring {
  /** As the firmware takes it. */
  readonly json: string;
  /** A line for each pin. */
  readonly words: readonly Text[];
}
