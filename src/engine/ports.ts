/**
 * Everything the engine needs from the outside, as ports. The engine knows nothing of Node, browsers or the virtual
 * plug: platform/* and sim make these real. All times are milliseconds unless a name says otherwise.
 */
import type { ReadingAnswer } from "../core/reading/reading.ts";
import type { ChecklistAnswer } from "../core/reading/typed-checklist.ts";
import type { Text } from "../core/text/text.ts";

export type { ChecklistAnswer, ReadingAnswer };

/** Time. The only way anything in the engine waits. */
export interface Clock {
  /** Monotonic milliseconds, fractional, from an arbitrary origin. */
  now(): number;
  /** Wall clock, milliseconds since 1970-01-01T00:00:00Z. May jump. */
  wallTime(): number;
  /** Calls `action` once, `delayMs` from now. Returns a function that cancels it. */
  after(delayMs: number, action: () => void): () => void;
}

/**
 * Sums over whole images, where a platform has faster code for them. The digests are the same everywhere; how well
 * `deflate` packs, and so what is sent, is the platform's, which is why virtual runs keep to the house's own.
 */
export interface Codec {
  /** Lower-case hex. */
  md5(bytes: Uint8Array): string;
  sha256(bytes: Uint8Array): string;
  startMd5(): { update(bytes: Uint8Array): unknown; hex(): string };
  /** A zlib stream (RFC 1950), packed as tightly as the platform can, window at most 32 KiB. */
  deflate(bytes: Uint8Array): Uint8Array;
}

/** Cryptographic randomness. */
export interface Random {
  bytes(count: number): Uint8Array;
}

// ---------------------------------------------------------------------------------------------------------------
// The serial line

/** What is known of the adapter at the other end of the cable. All fields as the operating system reports them. */
export interface AdapterIdentity {
  /** Where it is now: "/dev/ttyUSB0", "COM3", "tcp://host:port", "sim:". May change when it reappears. */
  readonly path: string;
  /** USB vendor and product id, 4 lower-case hex digits each. */
  readonly vendorId?: string;
  readonly productId?: string;
  readonly serialNumber?: string | undefined;
  readonly manufacturer?: string | undefined;
  /** USB topology ("1-2.3"): distinguishes two identical adapters when neither has a serial number. */
  readonly usbPath?: string;
  /** For people: "FTDI FT232R", "WCH CH340", "RFC 2217 server", "virtual plug". */
  readonly label: string;
}

export interface LineListener {
  /** Bytes in, with the clock's time at which the last of them reached this computer. The array is the listener's. */
  bytes(chunk: Uint8Array, at: number): void;
  /** The adapter vanished (pulled out, connection closed). Writes fail with `line-lost` until `reappeared`. */
  lost?(): void;
  /** The adapter is back, possibly under another path; baud rate and control lines have been applied again. */
  reappeared?(identity: AdapterIdentity): void;
}

/**
 * A serial line, 8N1. It outlives the adapter being pulled and plugged in again.
 * Errors: PlugsmithError with port-* or line-lost.
 */
export interface ByteLine {
  readonly identity: AdapterIdentity;
  /** False while the adapter is gone. */
  readonly present: boolean;
  /** What the line can do. A raw TCP socket carries neither baud nor control lines. */
  readonly can: { readonly baud: boolean; readonly controlLines: boolean };
  /** The baud rate this side uses now. */
  readonly baud: number;
  /** Resolves when the bytes have been handed to the adapter's driver (not when they left the wire). */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when the rate is in force for all later bytes both ways. Bytes written before are sent at the old rate. */
  setBaud(baud: number): Promise<void>;
  /** DTR and RTS; true = asserted (the pin is low on a TTL adapter). Unmentioned ones keep their state. */
  setControlLines(lines: { dtr?: boolean | undefined; rts?: boolean | undefined }): Promise<void>;
  /** Any number of listeners; returns a function that ends this one. A listener that throws is a bug. */
  listen(listener: LineListener): () => void;
  close(): Promise<void>;
}

// ---------------------------------------------------------------------------------------------------------------
// Files

export interface FileInfo {
  /** "other": a pipe, a device, a socket: nothing that has a length or an end. */
  readonly kind: "file" | "directory" | "other";
  readonly size: number;
  /** Permission bits, e.g. 0o600; undefined where the platform has none. */
  readonly mode: number | undefined;
}

export interface FileHandle {
  /** Appends (in "append" and "create") or writes at `position`. All bytes or an error (`disk-full`, …). */
  write(bytes: Uint8Array, position?: number): Promise<void>;
  /** Flushes data and metadata to the medium. */
  sync(): Promise<void>;
  /** Not in "append": Windows gives such a handle no right to. */
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

/** Longest file that is read where nobody asks for less, bytes: a journal of many years, an image with room to spare. */
export const FILE_LIMIT = 0x400_0000;

/**
 * A file system, low-level on purpose: what survives a crash is exactly what was synced, and the virtual disk of the
 * fault tests holds the engine to it. Paths use "/" and are opaque to the engine beyond joining.
 * Errors: PlugsmithError with file-*, disk-full.
 */
export interface Files {
  /**
   * A whole file. Its kind and size are checked before anything of it is read.
   *
   * @param limit bytes it may have at most; default: FILE_LIMIT. Errors: file-unfit where it is longer or no plain file.
   */
  read(path: string, limit?: number): Promise<Uint8Array>;
  /** Names in a directory, sorted; an empty list if there is no such directory. */
  list(path: string): Promise<string[]>;
  /** Undefined where nothing is there. */
  stat(path: string): Promise<FileInfo | undefined>;
  /** Creates parents as needed; existing is fine. */
  makeDirectory(path: string, mode: number): Promise<void>;
  /** create: must not exist. append: created if missing. update: must exist, positioned writes. */
  open(path: string, how: "create" | "append" | "update", mode: number): Promise<FileHandle>;
  /** Atomic replacement within one directory. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Flushes a directory, so that names in it survive a crash. A no-op where the platform has no such thing. */
  syncDirectory(path: string): Promise<void>;
  /**
   * Exclusive lock that dies with the process. Resolves to the release function. Rejects with `locked`: at once, or,
   * with "wait", where it could not be had within some seconds.
   */
  lock(path: string, wait?: "wait"): Promise<() => Promise<void>>;
}

// ---------------------------------------------------------------------------------------------------------------
// Programs

export interface ProgramCall {
  /** Looked for on the path. No shell: arguments go as they are, and secrets never are among them. */
  readonly name: string;
  readonly args: readonly string[];
  /** Every line as it comes, without its end, of standard output and standard error alike. */
  readonly onLine?: (line: string) => void;
  /** Ends the program; the call still resolves, with what was said until then. */
  readonly signal?: AbortSignal | undefined;
}

export interface ProgramOutcome {
  /** Exit status; undefined where there is no such program. A program ended by a signal has 128 and more. */
  readonly status: number | undefined;
  /** The last lines it said, at most 20. */
  readonly lastLines: readonly string[];
}

/** Other programs of this computer. */
export interface Programs {
  run(call: ProgramCall): Promise<ProgramOutcome>;
}

// ---------------------------------------------------------------------------------------------------------------
// Network

export interface HttpRequest {
  readonly method: "GET" | "POST";
  /** http:// or https://. Secrets never travel in it. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: Uint8Array | undefined;
  /** From sending to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /**
   * How many more bytes of the body the network has taken. That is not the other side having them: the system keeps
   * some in hand. A platform that does not know never calls it.
   */
  readonly onSent?: (bytes: number) => void;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * HTTP to a plug: one connection per request, closed afterwards, Content-Length honoured, no redirects followed, no
 * cookies. Errors: PlugsmithError network-failed (refused, reset, empty reply), no-answer (timeout), aborted.
 */
export interface Http {
  request(request: HttpRequest): Promise<HttpResponse>;
}

/** Files given out over plain HTTP to machines of the local network, for as long as it is open. */
export interface FileServing {
  /** Address of a file by its name, as the machine it was opened for can reach it. */
  url(name: string): string;
  close(): Promise<void>;
}

/** Where files are given out. */
export interface FileServingTarget {
  /** The machine that is to fetch them: nobody else is served, and its address decides which of this computer's own it is given. */
  readonly toward: string;
  /** The address to give instead; on one that is not this computer's own (a forwarding router's), all are listened on. */
  readonly host?: string | undefined;
  /** Default: any free one. */
  readonly port?: number | undefined;
}

/** What becomes of the requests. Each is asked for once, sent in parts, and ends once. */
export interface FileServingWatcher {
  /** Also for a name that is none of the files. */
  asked(name: string): void;
  /** How many more bytes of the file the network has taken; see `HttpRequest.onSent`. */
  sent(name: string, bytes: number): void;
  /** `whole`: all of it went, and the connection was not broken off. What the other side made of it is not known. */
  ended(name: string, whole: boolean): void;
}

export interface FileServer {
  /**
   * Each GET is answered with Content-Length and, as ESP8266 updaters expect, the file's MD5 in `x-MD5`.
   * Errors: network-failed (no way to that machine, no port to be had), bad-argument (the port is in use, the address
   * is one that no other machine can reach).
   */
  serve(
    files: Readonly<Record<string, Uint8Array>>,
    target: FileServingTarget,
    watcher: FileServingWatcher,
  ): Promise<FileServing>;
}

/** The network's own table of which network card has which address (ARP). It can be deceived, and may not know. */
export interface Neighbours {
  /** 12 lower-case hex digits; undefined where the table has no entry, as for addresses behind a router. */
  macAt(host: string): Promise<string | undefined>;
}

export interface MqttMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retained: boolean;
}

export interface MqttConnection {
  subscribe(filter: string, onMessage: (message: MqttMessage) => void): Promise<() => Promise<void>>;
  publish(topic: string, payload: Uint8Array, options?: { retain?: boolean; qos?: 0 | 1 }): Promise<void>;
  close(): Promise<void>;
}

export interface Mqtt {
  connect(broker: {
    host: string;
    port: number;
    user?: string | undefined;
    password?: string | undefined;
  }): Promise<MqttConnection>;
}

export interface WifiNetwork {
  readonly ssid: string;
  readonly open: boolean;
  /** dBm, where known. */
  readonly signal: number | undefined;
}

/** The computer's own Wi-Fi. Absent where there is none or it may not be touched; then the operator is asked. */
export interface ComputerWifi {
  scan(): Promise<WifiNetwork[]>;
  /** Joins an open network; resolves once an address is held. Returns a function that goes back to what was before. */
  joinOpen(ssid: string, signal?: AbortSignal): Promise<() => Promise<void>>;
}

// ---------------------------------------------------------------------------------------------------------------
// The operator: the human as a port

export interface OperatorAction {
  /** Stable identifier, e.g. "ground-gpio0", "unplug-adapter". */
  readonly id: string;
  readonly text: Text;
}

/** One entry of a list that is shown with a question. */
export interface ListedItem {
  readonly id: string;
  readonly text: Text;
}

/** Work that comes before a reading, in this order; the reading shows that it is done. */
export interface OperatorWork extends ListedItem {
  readonly steps: readonly ListedItem[];
}

export interface OperatorQuantity {
  readonly id: string;
  readonly text: Text;
  readonly unit: "V" | "A" | "W" | "ohm" | "Mohm";
  readonly work?: OperatorWork | undefined;
}

/** Several values that a person reads in one situation. */
export interface OperatorReadings {
  readonly id: string;
  readonly text: Text;
  /** In the order in which they are read. Each has an id of its own, as if it were asked for alone. */
  readonly values: readonly Omit<OperatorQuantity, "work">[];
  readonly work?: OperatorWork | undefined;
}

/** What a person confirms at one moment in one place, each item by itself. */
export interface OperatorChecklist {
  readonly id: string;
  readonly text: Text;
  readonly items: readonly ListedItem[];
}

export interface OperatorChoice {
  readonly id: string;
  readonly text: Text;
  /** What the text is about, item by item: shown between the text and the options. */
  readonly list?: readonly ListedItem[] | undefined;
  readonly options: readonly ListedItem[];
  /** The option that an empty answer takes; undefined: it needs an answer. */
  readonly enter?: string | undefined;
}

export interface OperatorProvision {
  readonly id: string;
  readonly text: Text;
  /** As in a choice. */
  readonly list?: readonly ListedItem[] | undefined;
  readonly secret: boolean;
}

/** The only way to ask a person. Rejects with `aborted` (the person gave up) or `needs-input` (nobody there). */
export interface Operator {
  act(action: OperatorAction, signal?: AbortSignal): Promise<void>;
  /** A number is what the display shows beside a unit that is unknown; a `Reading` is in the quantity's unit. */
  measure(quantity: OperatorQuantity, signal?: AbortSignal): Promise<ReadingAnswer>;
  /** One answer for each value, in their order. */
  read(readings: OperatorReadings, signal?: AbortSignal): Promise<readonly ReadingAnswer[]>;
  /** What is not confirmed is still open. An empty answer of a person confirms nothing. */
  check(list: OperatorChecklist, signal?: AbortSignal): Promise<ChecklistAnswer>;
  choose(choice: OperatorChoice, signal?: AbortSignal): Promise<string>;
  provide(what: OperatorProvision, signal?: AbortSignal): Promise<string>;
}
