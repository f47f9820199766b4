/** The flash operations as jobs: what each has to know, and what comes of it. */
import type { ChipIdentity } from "../../core/loader/chip.ts";
import type { Text } from "../../core/text/text.ts";
import type {
  BackupOptions,
  BackupResult,
  EraseResult,
  FlashPlan,
  FlashRange,
  GateOptions,
  VerifyResult,
  WriteOptions,
  WriteResult,
} from "../flash/contract.ts";
import type { Agreement } from "./confirm.ts";

export interface WriteOrder {
  readonly image: Uint8Array;
  /** For people: where the image is from, and how large it is. */
  readonly name: string;
  readonly size: Text;
  readonly how: WriteOptions;
  /** Backs up first, in the same connection. */
  readonly backup: boolean;
}

export interface VerifyOrder {
  readonly image: Uint8Array;
  readonly how: WriteOptions;
}

export interface EraseOrder {
  /** Undefined: the whole flash. */
  readonly range: FlashRange | undefined;
  /** For people: what is erased. */
  readonly name: Text;
  readonly gate: GateOptions;
  /** Backs up first, in the same connection. */
  readonly backup: boolean;
}

export interface RestoreOrder {
  /** A plug's MAC, the time of a sealed backup, or a file; undefined: the first backup of the plug on the wires. */
  readonly wanted: string | undefined;
  readonly gate: GateOptions;
  /** Backs up what is there now first, in the same connection. */
  readonly backup: boolean;
}

export interface Restored extends WriteResult {
  /** Of the backup, for people. */
  readonly source: string;
  /** 12 lower-case hex digits. */
  readonly plug: string;
}

export interface FlashJobs {
  readonly info: { readonly order: undefined; readonly done: ChipIdentity };
  readonly backup: { readonly order: BackupOptions; readonly done: BackupResult };
  readonly write: { readonly order: WriteOrder; readonly done: WriteResult };
  readonly verify: { readonly order: VerifyOrder; readonly done: VerifyResult };
  readonly erase: { readonly order: EraseOrder; readonly done: EraseResult };
  readonly restore: { readonly order: RestoreOrder; readonly done: Restored };
}

export type FlashJob = keyof FlashJobs;

export interface FlashRequest<J extends FlashJob = FlashJob> extends Agreement {
  readonly job: J;
  readonly order: FlashJobs[J]["order"];
  /** Gives the plan of what would be done, and changes nothing. `info` and `verify` change nothing anyway. */
  readonly dryRun: boolean;
  /** Exactly this rate, bits per second. */
  readonly baud: number | undefined;
  /** Transfers everything, even what a digest proves to be there. */
  readonly full: boolean;
  /** Whether the stub keeps running for the next job, or the firmware starts. */
  readonly after: "stay" | "run";
}

/** What was done, or the plan of a dry run. */
export type FlashOutcome<J extends FlashJob = FlashJob> =
  | { readonly plan?: undefined; readonly done: FlashJobs[J]["done"] }
  | { readonly plan: FlashPlan; readonly done?: undefined };
