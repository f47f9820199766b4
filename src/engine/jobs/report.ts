/** Gathers a plug's folder into its report, and writes it there as page and as JSON. No secrets are read for it. */

import { answersOf } from "../../core/conversion/answers.ts";
import { foldConversion } from "../../core/conversion/state.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import { guideText } from "../../core/guide/guide-text.ts";
import { unitText } from "../../core/guide/limit-text.ts";
import type { CalibrationRecord } from "../../core/journal/calibration-record.ts";
import type { AnsweredEntry } from "../../core/journal/entries.ts";
import type { StoredEntry } from "../../core/journal/stored-entry.ts";
import type { Profile } from "../../core/profile/profile.ts";
import { REPORT_VERSION, type ReportData, type ReportMeasurement } from "../../core/report/data.ts";
import { reportHtml } from "../../core/report/html.ts";
import { standingOf } from "../../core/report/standing.ts";
import { stepSummary, stepWords } from "../../core/report/step-words.ts";
import { verdictOf } from "../../core/report/verdict.ts";
import type { Catalogue } from "../../core/text/catalogue.ts";
import { quantity, say } from "../../core/text/text.ts";
import { visibleData } from "../../core/visible.ts";
import { calibrationsOf } from "../calibration/journal-records.ts";
import type { FirmwareDriver } from "../firmware-driver/contract.ts";
import { driverFor } from "../firmware-drivers.ts";
import { listBackups } from "../home/backups.ts";
import { writeHomeFile } from "../home/home-files.ts";
import { seenPlug } from "../home/plug-records.ts";
import type { Clock, Files } from "../ports.ts";
import { meetsLimit } from "../safety/measurement.ts";

export interface ReportSource {
  readonly profile: Profile;
  readonly guide: Guide;
  readonly texts: GuideTexts;
  readonly virtual: boolean;
  /** Who measured. Without it, the name on record. */
  readonly tester?: string | undefined;
  /** The language of the page; default: English. */
  readonly catalogue?: Catalogue | undefined;
  /** Default: those of this plugsmith. */
  readonly firmwares?: readonly FirmwareDriver[] | undefined;
}

export async function writeReport(
  place: { readonly files: Files; readonly home: string; readonly tool: string },
  record: { readonly folder: string; readonly entries: readonly StoredEntry[] },
  plug: string,
  source: ReportSource,
  clock: Clock,
): Promise<{ readonly data: ReportData; readonly page: string }> {
  // Names in it are what plugs and people said.
  const data = visibleData(await gatherReport(place, record, plug, source, clock));
  const page = `${record.folder}/report.html`;
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const { files, home } = place;
  await writeHomeFile(files, home, `${record.folder}/report.json`, encode(`${JSON.stringify(data, undefined, 2)}\n`));
  await writeHomeFile(files, home, page, encode(reportHtml(data, source.catalogue)));
  return { data, page };
}

export async function gatherReport(
  { files, home, tool }: { readonly files: Files; readonly home: string; readonly tool: string },
  { folder, entries }: { readonly folder: string; readonly entries: readonly StoredEntry[] },
  plug: string,
  { profile, guide, texts, virtual, tester: newTester, firmwares }: ReportSource,
  clock: Clock,
): Promise<ReportData> {
  const { finished, vendorSince } = foldConversion(entries);
  const backups = await listBackups(files, home, plug);
  const newest = backups.at(-1)?.manifest;
  const { firmware, safety: before } = finished.get("prepare")?.data ?? {};
  const running = finished.get("audit")?.data.facts;
  const closing = finished.get("close-case")?.data;
  const calibrations = calibrationsOf(entries);
  const mac = plug.match(/../g)!.join(":");
  const driver = driverFor(profile, firmwares);
  const answers = answersOf(entries);
  const seen = await seenPlug({ files, path: home }, plug);
  const provisioned = finished.get("provision")?.data.address;
  const tester = newTester ?? finished.get("report")?.data.tester;
  return {
    version: REPORT_VERSION,
    writtenAt: new Date(clock.wallTime()).toISOString(),
    tool,
    mac,
    device: profile.device.name,
    name: textOf(running?.["name"]) ?? seen?.name,
    tester: tester === "" ? undefined : tester,
    address: seen?.proven === false ? provisioned : (seen?.address ?? provisioned),
    rating: {
      amperes: guide.limits.current.value,
      watts: guide.limits.maxPower.value,
      source: guide.limits.current.source,
    },
    verdict: verdictOf({
      guide,
      closing:
        closing === undefined
          ? undefined
          : { at: closing.closedAt, confirmed: closing.confirmed ?? [], measured: closing.measured ?? [] },
      meets: meetsLimit,
      answers,
      standing: standingOf(entries),
      vendorSince,
    }),
    virtual,
    vendorSince,
    chip: newest === undefined ? undefined : { name: newest.chip, flashBytes: newest.size, flashId: newest.flashId },
    backups: backups.map(({ manifest, path }) => ({
      at: manifest.time,
      bytes: manifest.size,
      sha256: manifest.sha256,
      md5: manifest.md5,
      file: path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path,
    })),
    firmware:
      firmware === undefined
        ? undefined
        : {
            origin: firmware.origin,
            sha256: firmware.sha256,
            description: firmware.description,
            running: textOf(running?.["version"]) ?? finished.get("boot")?.data.version ?? say`not read back yet`,
          },
    template: driver.wiring(profile),
    steps: [...finished].map(([step, { at }]) => ({
      step,
      at,
      summary: stepSummary(step, finished),
      words: stepWords(step, finished),
    })),
    confirmed: (closing?.confirmed ?? []).map((id) => guideText(texts, id)),
    measured: [...(before?.measured ?? []), ...(closing?.measured ?? [])].map(
      (item): ReportMeasurement => ({
        id: item.id,
        what: guideText(texts, item.id),
        value: item.value,
        unit: unitText(item.unit),
        leads: item.leads,
        limit: item.limit,
        source: item.source,
      }),
    ),
    answers: answers.flatMap(shownAnswer),
    calibrations: calibrations.flatMap((each) => (each.kind === "calibrated" ? [certificateOf(each)] : [])),
    checks: calibrations.flatMap((each) =>
      each.kind === "checked" ? [{ at: each.at, purpose: each.purpose, verdict: each.verdict }] : [],
    ),
    wayBack: [
      say`To write the original firmware back, byte for byte, open the case, disconnect the plug from mains, attach the wires and run npx plugsmith restore ${plug}. The backup is in this folder.`,
      ...driver.recovery,
      say`Rating: ${quantity(guide.limits.current.value, guide.limits.current.unit)} (${guide.limits.current.source}).`,
    ],
    settings: Object.entries(running ?? {}).map(([name, value]) => ({ name, value: String(value) })),
  };
}

/** Manual work is in the steps; a question is listed with its text and its answer. */
function shownAnswer({ at, text, answer, words, unit }: AnsweredEntry): ReportData["answers"] {
  if (text === undefined || answer === undefined) return [];
  if (typeof answer === "string") return [{ at, question: text, answer, words: words ?? earlierWords(answer) }];
  const reading =
    answer === null ? say`out of range` : say`${quantity(answer, unit === undefined ? "" : unitText(unit))}`;
  return [{ at, question: text, answer: reading.toString(), words: reading }];
}

/** Of entries that keep an option's id and not its words: those of units, and ids that are words joined by hyphens. */
function earlierWords(id: string): string {
  const units: Readonly<Record<string, string>> = { ohm: "Ω", kohm: "kΩ", Mohm: "MΩ", Gohm: "GΩ" };
  return (Object.hasOwn(units, id) ? units[id] : undefined) ?? id.replaceAll("-", " ");
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function certificateOf(
  record: Extract<CalibrationRecord, { kind: "begun" | "calibrated" }>,
): ReportData["calibrations"][number] {
  const { at, method, samples, resistive, results } = record;
  return { at, method, samples, resistive, results };
}
