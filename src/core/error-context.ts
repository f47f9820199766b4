/**
 * The values that an error's sentences are about, by code and by name, so that no program parses prose: `context` of an
 * error, and of the result line that `--json` prints. Offsets, addresses in flash, sizes and limits of files are in bytes,
 * what ends in Ms in milliseconds, relative errors and uncertainties a fraction of 1. What is not known where the error is
 * made is left out. No secrets.
 */
import type { ErrorCode } from "./error-codes.ts";

type Values<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** A plug, or another server, in the network. `address`: host name or IP address, with its port where the sentence has it. */
type NetworkValues = Values<{
  plug: string;
  address: string;
  url: string;
  /** Of the HTTP answer. */
  status: number;
  command: string;
  timeoutMs: number;
  limit: number;
  protocol: string;
  ssid: string;
  image: string;
  /** How often the plug fetched an image. */
  count: number;
  uptimeS: number;
  /** A name that the system or the plug gives: "ECONNRESET". */
  reason: string;
}>;

/** A serial port, as `--port` names it, and its rates. */
type PortValues = Values<{
  port: string;
  ports: readonly string[];
  baud: number;
  actualBaud: number;
  timeoutMs: number;
  reason: string;
}>;

/** A command of the loader protocol: `status` and `reason` are the chip's two bytes. */
type LoaderValues = Values<{
  command: string;
  offset: number;
  size: number;
  baud: number;
  status: number;
  reason: number;
  timeoutMs: number;
}>;

/** A part of the flash, or of a file that is to go there. */
type FlashValues = Values<{
  offset: number;
  size: number;
  limit: number;
  sectors: number;
  ranges: readonly string[];
  /** Its JEDEC id. */
  flashId: number;
  image: string;
  settings: readonly string[];
}>;

/** `reason`: the system's name of it, "EIO". */
type FileValues = Values<{
  path: string;
  size: number;
  limit: number;
  line: number;
  reason: string;
  sha256: string;
  expected: number;
  plug: string;
  plugs: readonly string[];
  release: string;
  releases: readonly string[];
  /** Of the format that it is written in. */
  version: number;
}>;

/** MAC addresses, as the sentence writes them. */
type PlugValues = Values<{ expected: string; found: string; address: string; plug: string; path: string }>;

/** A setting that a plug did not take, or a constant. */
type SettingValues = Values<{
  setting: string;
  settings: readonly string[];
  quantity: string;
  expected: number | string | boolean;
  actual: number | string;
}>;

/** A measurement: of a guide's list (`check`), or of the plug's meter. */
type MeasurementValues = Values<{
  check: string;
  missing: readonly string[];
  quantity: string;
  value: number;
  unit: string;
  atLeast: number;
  atMost: number;
  limit: number;
  reference: number;
  reading: number;
  voltage: number;
  current: number;
  power: number;
  limitMs: number;
  command: string;
  error: number;
  uncertainty: number;
  target: number;
  address: string;
}>;

/** What was given, and what it would have to be. */
type ArgumentValues = Values<{
  option: string;
  transport: string;
  range: string;
  url: string;
  path: string;
  home: string;
  plug: string;
  plugs: readonly string[];
  backups: readonly string[];
  question: string;
  variant: string;
  address: string;
  /** Of TCP, or as `--port` names one. */
  port: number | string;
  ports: readonly string[];
  offset: number;
  size: number;
  expected: number;
  limit: number;
  sectorSize: number;
}>;

/** By code. A code that is not here has no values. */
interface ByCode {
  readonly "bad-argument": ArgumentValues;
  readonly "needs-input": ArgumentValues;
  readonly "not-supported": Values<{
    device: string;
    firmwares: readonly string[];
    variant: string;
    prefix: string;
    maker: string;
    address: string;
    command: string;
  }>;
  readonly "unsupported-transport": Values<{ transport: string; tried: readonly string[]; command: string }>;
  readonly "port-not-found": PortValues;
  readonly "port-permission": PortValues;
  readonly "port-busy": PortValues;
  readonly "port-driver": PortValues;
  readonly "port-failed": PortValues;
  readonly "line-lost": PortValues;
  readonly "baud-failed": PortValues;
  readonly "no-sync": PortValues;
  readonly "no-reply": LoaderValues;
  readonly "bad-reply": LoaderValues;
  readonly "chip-refused": LoaderValues;
  readonly "stub-failed": LoaderValues;
  readonly "wrong-chip": Values<{ chip: string; expected: number; actual: number }>;
  readonly "bad-image": FlashValues;
  readonly "image-too-big": FlashValues;
  readonly "verify-failed": FlashValues;
  readonly "flash-protected": FlashValues;
  readonly "wrong-plug": PlugValues;
  readonly "file-not-found": FileValues;
  readonly "file-exists": FileValues;
  readonly "file-permission": FileValues;
  readonly "file-unfit": FileValues;
  readonly "disk-full": FileValues;
  readonly "file-corrupt": FileValues;
  readonly "record-newer": FileValues;
  readonly locked: Values<{ path: string; plug: string; job: string; reason: string }>;
  readonly "file-failed": FileValues;
  readonly "no-answer": NetworkValues;
  readonly "bad-answer": NetworkValues & Values<{ field: string }>;
  readonly "command-refused": NetworkValues;
  readonly unauthorized: NetworkValues;
  readonly "network-failed": NetworkValues & Values<{ size: number; expected: number; sha256: string }>;
  readonly "wifi-failed": NetworkValues;
  readonly "not-settled": SettingValues;
  readonly "audit-failed": SettingValues & Values<{ pages: readonly string[] }>;
  readonly "text-too-long": Values<{ limit: number; excess: number; size: number; command: string; field: string }>;
  readonly unsafe: MeasurementValues & Values<{ expected: string; actual: string }>;
  readonly "mains-on-wires": Values<{ voltage: number }>;
  readonly "not-measurable": MeasurementValues & Values<{ expected: string; actual: string }>;
}

/** The context of an error with this code, or of any. */
export type ErrorContext<C extends ErrorCode = ErrorCode> = {
  readonly [K in C]: K extends keyof ByCode ? ByCode[K] : Readonly<Record<never, never>>;
}[C];
