/**
 * Everything that a job needs around it, in one place: time, files, network, the serial lines of this computer. A
 * platform makes it (`createNodeEnvironment`, `createBrowserEnvironment`); `virtual-environment.ts` makes the one around
 * a virtual plug from it. Code that has an environment does not ask which of them it is, except to say so to a person.
 */
import type { Text } from "../core/text/text.ts";
import type {
  AdapterIdentity,
  ByteLine,
  Clock,
  Codec,
  ComputerWifi,
  Files,
  Http,
  Neighbours,
  Random,
} from "../engine/ports.ts";

/** The serial ports of this computer as they are now. */
export interface PortListing {
  readonly adapters: readonly AdapterIdentity[];
  /** Adapters that are plugged in but have no usable port. */
  readonly troubles: readonly PortTrouble[];
}

export interface PortTrouble {
  readonly identity: AdapterIdentity;
  /** What is wrong and what to do about it. */
  readonly text: Text;
}

export interface OpenPortOptions {
  /** bits per second; default 115200. */
  readonly baud?: number | undefined;
  /** For what a person should know although the port opens. */
  readonly notice?: ((notice: { readonly level: "info" | "warning"; readonly text: Text }) => void) | undefined;
}

export interface SerialPorts {
  list(): Promise<PortListing>;
  /** Whether a port of that name is there, listed or not. */
  has(name: string): Promise<boolean>;
  /** Opens a port by its name, see port-name.ts; never a virtual plug. Errors: port-*, bad-argument, not-supported. */
  open(name: string, options?: OpenPortOptions): Promise<ByteLine>;
}

/**
 * What a virtual plug's flash is kept in. It belongs to one running plug at a time.
 * Errors: file-*, locked, bad-argument for a size that no flash part has.
 */
export interface FlashStore {
  /** Undefined where there is none yet. */
  contents(): Promise<Uint8Array | undefined>;
  /** From now on the store follows `flash`; one that was not there is made. */
  follow(flash: Uint8Array): Promise<void>;
  /** What the plug has changed in the flash that is followed: from the first byte up to the second, exclusive. */
  changed(from: number, to: number): void;
  /** @throws what kept an earlier change from being stored. */
  check(): void;
  close(): Promise<void>;
}

export interface Environment {
  /** False: real plugs, a real person, real mains. */
  readonly virtual: boolean;
  /** Name and version for records. */
  readonly tool: string;
  /** The home that records of this environment's plugs belong in. */
  readonly home: string;
  readonly clock: Clock;
  readonly files: Files;
  readonly random: Random;
  /** Undefined: the engine's own, which gives the same bytes on every platform. */
  readonly codec?: Codec | undefined;
  readonly http: Http;
  readonly neighbours?: Neighbours | undefined;
  /** Where plugs may be looked for, as `find --range` takes them: the networks that this computer is in now. */
  readonly ranges: () => readonly string[];
  /** The computer's own Wi-Fi, looked for once; undefined where a program may not use it. */
  readonly wifi: () => Promise<ComputerWifi | undefined>;
  readonly ports: SerialPorts;
  /** A virtual plug's flash in a file. Errors: file-*, locked, bad-argument. */
  openFlash(path: string): Promise<FlashStore>;
  /** Lets everything that is runnable in this process run. */
  readonly drain: () => Promise<void>;
  /** Runs work to its end: in a virtual world its time moves meanwhile, in the real one it moves by itself. */
  readonly drive: <T>(work: Promise<T>) => Promise<T>;
  /** Has virtual time wait for something outside, such as a person's answer. */
  readonly hold: <T>(work: Promise<T>) => Promise<T>;
}
