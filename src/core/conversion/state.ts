/**
 * What a plug's journal says about its conversion. A fold, nothing else: the same entries always give the same state,
 * and a state is never stored. Of the flash session's own entries only the beginning of an erasure counts; others are passed over.
 */
import { PlugsmithError } from "../errors.ts";

/** The steps of a conversion, in their order. */
export const CONVERSION_STEPS = [
  "prepare",
  "connect",
  "identify",
  "back up",
  "write",
  "boot",
  "provision",
  "configure",
  "secure",
  "audit",
  "close the case",
  "calibrate",
  "report",
] as const;

export type ConversionStep = (typeof CONVERSION_STEPS)[number];

export const CONVERSION_ENTRY_VERSION = 1;

/** The flash session's own entry, on the medium before the first erase. */
const ERASE_BEGUN = "erase-begun";

const ENTRY_TYPES = ["conversion-step", "wires-attached", "conversion-begun", "provision-begun"] as const;

export interface ConversionEntry {
  readonly type: (typeof ENTRY_TYPES)[number];
  readonly version: number;
  readonly at: string;
  readonly step?: ConversionStep;
  /** What the step found out: digests, constants, measurements. Never a secret. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Of wires: over which adapter the plug was heard, for people. */
  readonly where?: string | undefined;
}

/** Wires on the board that no closing list has taken off since. */
export interface Wires {
  /** Since when, UTC, ISO 8601. */
  readonly since: string;
  /** The adapter, for people; undefined where it is not on record. */
  readonly where: string | undefined;
  /** The closing list had been gone through before: the plug may be in use, and in its socket. */
  readonly reopened: boolean;
}

export interface FinishedStep {
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface ConversionState {
  readonly begunAt: string | undefined;
  readonly finished: ReadonlyMap<ConversionStep, FinishedStep>;
  /** True from the moment a serial line touched the plug until the closing list was gone through after it. */
  readonly wiresAttached: boolean;
  /** The first of them since the closing list. */
  readonly wires: Wires | undefined;
  /** True once this conversion began to erase: what the flash holds since is nothing that could be backed up. */
  readonly erasing: boolean;
  /** True once this conversion began to bring the plug into the network: it may be there though no run learned of it. */
  readonly provisioning: boolean;
  /** Since when (UTC) the plug holds again what it held at first, by a restore; undefined once anything is written over it. */
  readonly vendorSince: string | undefined;
}

/** A backup is back. If it is one that was sealed before plugsmith changed the flash, what a conversion did is undone. */
const RESTORED = "restore-proven";
const SEALED = "backup-sealed";

/**
 * Entries of the flash session, whichever command ran it: they can only come over a serial line, so wires were attached.
 */
const OVER_THE_WIRES: readonly string[] = [SEALED, ERASE_BEGUN, "target-proven", RESTORED];

/** @throws PlugsmithError record-newer where a later plugsmith wrote something that this one would misread. */
export function foldConversion(
  entries: readonly { readonly type: string; readonly [field: string]: unknown }[],
): ConversionState {
  let begunAt: string | undefined;
  let finished = new Map<ConversionStep, FinishedStep>();
  let wires: Wires | undefined;
  let vendorSince: string | undefined;
  let erasing = false;
  let provisioning = false;
  const originals = new Originals();
  const attach = ({ at, where }: { readonly [field: string]: unknown }): void => {
    const reopened = finished.delete("close the case");
    wires ??= { since: String(at), where: typeof where === "string" ? where : undefined, reopened };
  };
  for (const entry of entries) {
    if (OVER_THE_WIRES.includes(entry.type)) attach(entry);
    if (originals.isBack(entry)) {
      vendorSince = typeof entry["at"] === "string" ? entry["at"] : undefined;
      begunAt = undefined;
      finished = new Map();
      erasing = false;
    }
    if (entry.type === ERASE_BEGUN) {
      erasing = true;
      vendorSince = undefined;
    }
    if (!isOurs(entry)) continue;
    if (entry.version > CONVERSION_ENTRY_VERSION) throw newer(entry.version);
    switch (entry.type) {
      case "conversion-begun":
        // A plug converted again starts over; what an earlier conversion found stays in the journal.
        begunAt = entry.at;
        finished = new Map();
        erasing = false;
        provisioning = false;
        break;
      case "provision-begun":
        provisioning = true;
        break;
      case "wires-attached":
        attach(entry);
        break;
      case "conversion-step":
        if (entry.step === undefined) break;
        finished.set(entry.step, { at: entry.at, data: entry.data ?? {} });
        if (entry.step === "close the case") wires = undefined;
        break;
    }
  }
  return { begunAt, finished, wiresAttached: wires !== undefined, wires, erasing, provisioning, vendorSince };
}

/**
 * Which backups are of what the plug came with. The order of seals and changes says it, never what the bytes look like:
 * vendors' firmware and Tasmota can be taken for each other.
 */
class Originals {
  /** By MD5: whether it was sealed before anything was changed. */
  readonly #sealed = new Map<unknown, boolean>();
  #changed = false;

  /** Follows the entries in their order. @returns whether this one says that the plug holds again what it came with. */
  isBack(entry: { readonly type: string; readonly [field: string]: unknown }): boolean {
    const { type, md5 } = entry;
    if (type === SEALED && typeof md5 === "string" && !this.#sealed.has(md5)) this.#sealed.set(md5, !this.#changed);
    if (type === ERASE_BEGUN && entry["kind"] !== "restore") this.#changed = true;
    if (type !== RESTORED) return false;
    // Sealed by a run that was killed before its entry, or a file: what it looks like is all there is.
    const original = this.#sealed.get(md5) ?? entry["firmware"] !== "tasmota";
    if (original) this.#changed = false;
    return original;
  }
}

/** @param at ms since 1970. @param where the adapter, for people. */
export function wiresEntry(
  at: number,
  where: string | undefined,
): ConversionEntry & { readonly [field: string]: unknown } {
  return { type: "wires-attached", at: new Date(at).toISOString(), version: CONVERSION_ENTRY_VERSION, where };
}

/** A sentence that names the wires on record, for whoever is asked or refused because of them. */
export function wiresWords({ since, where }: Wires, board = "this plug's board"): string {
  const when = `${since.slice(0, 10)} at ${since.slice(11, 16)} UTC`;
  return `Wires were put on ${board} on ${when}${where === undefined ? "" : ` (${where})`}; the closing list has not been gone through since.`;
}

function isOurs(entry: { readonly type: string; readonly [field: string]: unknown }): entry is ConversionEntry & {
  readonly [field: string]: unknown;
} {
  const ours = (ENTRY_TYPES as readonly string[]).includes(entry.type);
  return ours && typeof entry["version"] === "number" && typeof entry["at"] === "string";
}

function newer(version: number): PlugsmithError {
  return new PlugsmithError("record-newer", {
    message: `The plug's journal was written by a newer plugsmith (entry version ${version}).`,
    step: "open the journal",
    plugState: "untouched by this run",
    nextStep: "Update plugsmith, then run it again; nothing was changed.",
  });
}

/** The first step that is not finished, in order; undefined when all are. */
export function nextStep(state: ConversionState): ConversionStep | undefined {
  return CONVERSION_STEPS.find((step) => !state.finished.has(step));
}
