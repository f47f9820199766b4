/** What is on record of the plugs of a home, as a list shows it. Reads only; a plug whose records cannot be read is shown bare. */
import { nextStep } from "../../core/conversion/next-step.ts";
import { foldConversion } from "../../core/conversion/state.ts";
import type { SafetyRecord } from "../../core/journal/step-data.ts";
import { listBackups } from "../../engine/home/backups.ts";
import { plugFolder, plugsOnRecord } from "../../engine/home/folders.ts";
import { readJournal } from "../../engine/home/journal.ts";
import { type SeenPlug, seenPlug } from "../../engine/home/plug-records.ts";
import type { Files } from "../../engine/ports.ts";
import type { PlugSummary } from "./contract.ts";

/** In a plug's folder. */
export const CERTIFICATE = "report.html";

/** Unfinished ones first, each group with the newest first. */
export async function knownPlugs(files: Files, home: string, virtual: boolean): Promise<readonly PlugSummary[]> {
  const plugs: PlugSummary[] = [];
  for (const plug of await plugsOnRecord(files, home)) plugs.push(await summaryOf(files, home, plug, virtual));
  const rank = ({ next, startedAt = "" }: PlugSummary): string => `${next === undefined ? 0 : 1}${startedAt}`;
  return plugs.sort((a, b) => (rank(a) < rank(b) ? 1 : -1));
}

async function summaryOf(files: Files, home: string, plug: string, virtual: boolean): Promise<PlugSummary> {
  const folder = plugFolder(home, plug);
  const entries = await readJournal(files, folder).catch(() => []);
  const state = foldConversion(entries);
  const seen = await seenPlug({ files, path: home }, plug);
  const backup = (await listBackups(files, home, plug).catch(() => [])).at(-1)?.manifest;
  const measured = state.finished.get("close-case")?.data.measured ?? [];
  const facts = state.finished.get("audit")?.data.facts;
  const name = facts?.["name"];
  return {
    plug,
    virtual,
    name: (typeof name === "string" ? name : undefined) ?? seen?.name,
    address: addressOf(seen) ?? state.finished.get("provision")?.data.address,
    lastSeen: seen?.lastSeen,
    startedAt: state.startedAt,
    next: state.startedAt === undefined ? undefined : nextStep(state),
    finished: [...state.finished.keys()],
    wiresAttached: state.wiresAttached,
    backup: backup === undefined ? undefined : { sha256: backup.sha256, at: backup.time },
    certificate: (await files.stat(`${folder}/${CERTIFICATE}`)) !== undefined,
    earth: lastOf(measured, "ohm"),
    insulation: lastOf(measured, "Mohm"),
  };
}

/** An address that only the network claims is shown too: it is where the plug was last heard of. */
function addressOf(seen: SeenPlug | undefined): string | undefined {
  return seen?.claim?.address ?? seen?.address;
}

/** The measurement that counts is the last of its kind: after the glue. */
function lastOf(measured: SafetyRecord["measured"], unit: "ohm" | "Mohm"): number | null | undefined {
  return measured.findLast((each) => each.unit === unit)?.value;
}
