/**
 * The flash operations as callers see them: one session is one connection and one power-up, however many steps it has.
 * Everything is shown before it is done (a plan), proven after (the chip's own MD5), and taken up again where it
 * stopped (what a digest proves is not repeated).
 *
 * Knows nothing of terminals, prompts or ports; see openSession() in session.ts for how it is made.
 */

import type { EventSink } from "../../core/events.ts";
import type { FlashMode, FlashSizeName } from "../../core/image/header.ts";
import type { NewEntry } from "../../core/journal/entries.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import type { Text } from "../../core/text/text.ts";
import type { BackupManifest, SealedBackup } from "../home/backups.ts";
import type { ByteLine, Clock, Codec, Files } from "../ports.ts";

export interface SessionOptions {
  readonly line: ByteLine;
  readonly clock: Clock;
  readonly files: Files;
  /** Root of the home, e.g. "/home/me/.local/share/plugsmith". Plug folders are made in it as needed. */
  readonly home: string;
  /** Default: the house's own, which is the same to the byte everywhere. */
  readonly codec?: Codec | undefined;
  /** Name and version of the program, written into manifests: "plugsmith 0.1.0". */
  readonly tool: string;
  readonly events?: EventSink;
  /** Aborts whatever is under way; the chip and the files are left as the error states. */
  readonly signal?: AbortSignal | undefined;
  /** `ceiling`: highest rate to step up to by proof; default: by the adapter's USB ids (core/loader/adapter-rates.ts), or
   * what the adapter is remembered to carry.
   * `force`: exactly this rate, or baud-failed. */
  readonly baud?: { readonly ceiling?: number } | { readonly force: number } | undefined;
  /** Use DTR/RTS to reset the chip where the line has them. Default true; harmless where they are not wired. */
  readonly resetWires?: boolean;
  /** Called once it is known which plug it is (12 lower-case hex digits). What it throws ends the connection. */
  readonly met?: ((plug: string) => void) | undefined;
  /** How long to wait for the chip, ms. `connectMs`: first contact, default without end (until `signal`).
   * `reconnectMs`: after the line or the chip was lost in the middle, default 120000. */
  readonly patience?: { readonly connectMs?: number; readonly reconnectMs?: number } | undefined;
  /** False transfers every sector even where a digest could prove it needless (`--full`). Default true. */
  readonly skip?: boolean;
}

/** Half-open byte range of the flash, multiples of a sector (4096) unless said otherwise. */
export interface FlashRange {
  readonly at: number;
  readonly length: number;
}

export interface PlanStep extends FlashRange {
  /** `skip` is proven already, by digest. `digest` is asked of the chip at the end. */
  readonly act: "read" | "skip" | "erase" | "write" | "digest";
  /** MD5 (hex) the range has now (skip) or must have afterwards (write, erase, digest). Undefined: not known yet. */
  readonly md5?: string | undefined;
  readonly reason: Text;
}

/** What will be done, as data: shown by --dry-run, run by the session, kept small by merging equal neighbours. */
export interface FlashPlan {
  readonly kind: "backup" | "erase" | "write" | "verify" | "restore";
  readonly flashSize: number;
  readonly steps: readonly PlanStep[];
  /** Bytes of flash content to be moved over the line, before compression. */
  readonly transferBytes: number;
  /** Whether the erase gate stands open for it, and by what; "not needed" where nothing is erased. */
  readonly gate: "not needed" | "open" | "closed";
  readonly gateReason: Text;
}

export interface BackupOptions {
  /** A copy elsewhere, path of the file to create (must not exist); its manifest is put beside it as `<path>.json`. */
  readonly out?: string | undefined;
}

export interface BackupResult {
  readonly backup: SealedBackup;
  readonly manifest: BackupManifest;
  /** Path of the sealed image in the home. */
  readonly path: string;
  readonly out: string | undefined;
  /** True where an earlier sealed backup already equals the flash: nothing was read, that backup is returned. */
  readonly already: boolean;
  /** Bytes moved over the line, proven without moving, and taken over from an interrupted run. */
  readonly readBytes: number;
  readonly skippedBytes: number;
  readonly resumedBytes: number;
}

export interface GateOptions {
  /** Overrides a closed gate (or another plug's backup) when it equals this plug's MAC, any notation. */
  readonly typedMac?: string | undefined;
}

export interface WriteOptions extends GateOptions {
  /** Where the image begins, default 0; a multiple of 4. */
  readonly at?: number;
  /** `image`: what lies outside the image is kept. `chip`: 0xFF everywhere outside (conversions). Default image. */
  readonly target?: "image" | "chip";
  /** `needed` erases only sectors that differ; `all` erases the whole target first. Default needed. */
  readonly erase?: "needed" | "all";
  /** Leaves the image's own flash size and mode (a vendor's). Default false. */
  readonly keepHeader?: boolean;
  /** What the header is set to. Default "1MB" and "dout". */
  readonly flashSize?: FlashSizeName;
  readonly flashMode?: FlashMode;
  /**
   * Writes an image that no chip would start, or that was built for a larger flash, when it equals this plug's MAC, any
   * notation. It opens no erase gate.
   */
  readonly overrideImage?: string | undefined;
  /** Accept contents that are not a bootable ESP8266 image (data for an offset other than 0). Default false. */
  readonly raw?: boolean;
}

export interface WriteResult {
  readonly at: number;
  readonly length: number;
  /** MD5 of the whole target range, as computed here and as answered by the chip: what is kept around the image included. */
  readonly md5: string;
  readonly erasedBytes: number;
  readonly writtenBytes: number;
  /** Compressed bytes sent. */
  readonly sentBytes: number;
  readonly skippedBytes: number;
  /** The image alone, with its header as it was set: what `verify` gives. */
  readonly image: VerifyResult;
}

export interface EraseResult {
  readonly at: number;
  readonly length: number;
  readonly erasedBytes: number;
  readonly skippedBytes: number;
}

export interface VerifyResult {
  readonly at: number;
  readonly length: number;
  readonly md5: string;
}

export interface RestoreSource {
  readonly bytes: Uint8Array;
  /** Undefined for a bare file: then it is looked for among the sealed backups of this plug by its digest. */
  readonly manifest?: BackupManifest;
}

/** Every error that its promises reject with says step, plug state and next step. */
export interface FlashSession {
  /** Connects if need be and says what is there. Errors: no-sync, wrong-chip, aborted, port-*. */
  identify(): Promise<ChipIdentity>;

  planBackup(options?: BackupOptions): Promise<FlashPlan>;
  backup(options?: BackupOptions): Promise<BackupResult>;

  /** Without a range: the whole flash. */
  planErase(range?: FlashRange, options?: GateOptions): Promise<FlashPlan>;
  erase(range?: FlashRange, options?: GateOptions): Promise<EraseResult>;

  planWrite(image: Uint8Array, options?: WriteOptions): Promise<FlashPlan>;
  write(image: Uint8Array, options?: WriteOptions): Promise<WriteResult>;

  /** Errors: verify-failed naming the ranges that differ. Header options must be those of the write. */
  verify(image: Uint8Array, options?: WriteOptions): Promise<VerifyResult>;

  planRestore(source: RestoreSource, options?: GateOptions): Promise<FlashPlan>;
  restore(source: RestoreSource, options?: GateOptions): Promise<WriteResult>;

  /** Appends an entry of the caller's own to the plug's journal, flushed before this resolves. No secrets. */
  note(entry: NewEntry): Promise<void>;

  /**
   * `stay`: the stub keeps running, at 115200, for the next session. `run`: the firmware in flash is started: by the
   * reset wire where wired, else by the stub, a smoke check and no proof (a cold power-up is).
   */
  finish(after: "stay" | "run"): Promise<void>;
  /**
   * For what failed between two calls (a question, a file): the same error, with step, plug state and next step as this
   * session knows them where it lacks them. What is no PlugsmithError is returned as it is. Does not reject.
   */
  withPlugState(error: unknown): Promise<unknown>;
  /** Lets go of the line's listener and the plug's folder. The line itself stays open; call after finish or an error. */
  close(): Promise<void>;
}
