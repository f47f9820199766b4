/** Gathers a plug's folder into its report, and writes it there as page and as JSON. No secrets are read for it. */

import { type AnsweredEntry, answersOf } from "../../core/conversion/answers.ts";
import { type FinishedStep, foldConversion } from "../../core/conversion/state.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import { unitText } from "../../core/guide/limit-text.ts";
import type { Profile } from "../../core/profile/profile.ts";
import { REPORT_VERSION, type ReportData, type ReportMeasurement } from "../../core/report/data.ts";
import { reportHtml } from "../../core/report/html.ts";
import { explainTemplate } from "../../core/tasmota/template/explain.ts";
import { templateJson } from "../../core/tasmota/template/template.ts";
import { visibleData } from "../../core/visible.ts";
import { calibrationsOf } from "../calibration/journal-records.ts";
import type { CalibrationRecord } from "../calibration/records.ts";
import { listBackups } from "../home/backups.ts";
import { writeHomeFile } from "../home/home-files.ts";
import type { JournalEntry } from "../home/journal.ts";
import type { Clock, Files } from "../ports.ts";
import type { PreparedFirmware } from "./prepare-conversion.ts";
import type { SafetyRecord } from "./safety.ts";

export interface ReportSource {
  readonly profile: Profile;
  readonly guide: Guide;
  readonly texts: GuideTexts;
  readonly virtual: boolean;
}

export async function writeReport(
  place: { readonly files: Files; readonly home: string; readonly tool: string },
  record: { readonly folder: string; readonly entries: readonly JournalEntry[] },
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
  await writeHomeFile(files, home, page, encode(reportHtml(data)));
  return { data, page };
}

export async function gatherReport(
  { files, home, tool }: { readonly files: Files; readonly home: string; readonly tool: string },
  { folder, entries }: { readonly folder: string; readonly entries: readonly JournalEntry[] },
  plug: string,
  { profile, guide, texts, virtual }: ReportSource,
  clock: Clock,
): Promise<ReportData> {
  const { finished, vendorSince } = foldConversion(entries);
  const of = (step: Parameters<typeof finished.get>[0]): Readonly<Record<string, unknown>> =>
    finished.get(step)?.data ?? {};
  const backups = await listBackups(files, home, plug);
  const newest = backups.at(-1)?.manifest;
  const firmware = of("prepare")["firmware"] as Omit<PreparedFirmware, "facts"> | undefined;
  const running = of("audit")["facts"] as Readonly<Record<string, unknown>> | undefined;
  const before = of("prepare")["safety"] as SafetyRecord | undefined;
  const closing = of("close the case") as Partial<SafetyRecord>;
  const calibrations = calibrationsOf(entries);
  const mac = plug.match(/../g)!.join(":");
  const explained = explainTemplate(profile.template);
  return {
    version: REPORT_VERSION,
    writtenAt: new Date(clock.wallTime()).toISOString(),
    tool,
    mac,
    device: profile.name,
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
            running: textOf(running?.["version"]) ?? textOf(of("boot")["version"]) ?? "not read back yet",
          },
    template: {
      json: templateJson(profile.template),
      words: explained.pins.map(({ pin, words }) => `${pin}: ${words}`),
    },
    steps: [...finished].map(([step, done]) => ({ step, at: done.at, summary: summaryOf(step, done) })),
    confirmed: (closing.confirmed ?? []).map((id) => texts[id] ?? id),
    measured: [...(before?.measured ?? []), ...(closing.measured ?? [])].map(
      (item): ReportMeasurement => ({
        what: texts[item.id] ?? item.id,
        value: item.value,
        unit: unitText(item.unit),
        limit: item.limit,
        source: item.source,
      }),
    ),
    answers: answersOf(entries).flatMap(shownAnswer),
    calibrations: calibrations.flatMap((each) => (each.kind === "calibrated" ? [certificateOf(each)] : [])),
    checks: calibrations.flatMap((each) =>
      each.kind === "checked" ? [{ at: each.at, purpose: each.purpose, verdict: each.verdict }] : [],
    ),
    wayBack: [
      `plugsmith restore ${plug} puts the vendor's firmware back, byte for byte, over the wires; the sealed backup is in this folder.`,
      "Its web password is in secrets.json in this folder, for its owner only.",
      "Holding the button for 40 s, or switching its power quickly seven times, resets Tasmota to a blank plug; then plugsmith setup, and calibrate --from-journal.",
      `Rating: ${guide.limits.current.value} ${guide.limits.current.unit} (${guide.limits.current.source}).`,
    ],
    settings: Object.entries(running ?? {}).map(([name, value]) => ({ name, value: String(value) })),
  };
}

/** What was done by hand is told by the steps; a question is told with its words and its answer. */
function shownAnswer({ at, text, answer, unit }: AnsweredEntry): ReportData["answers"] {
  if (text === undefined || answer === undefined) return [];
  const reading = answer === null ? "beyond the range" : String(answer);
  return [{ at, question: text, answer: unit === undefined ? reading : `${reading} ${unitText(unit)}` }];
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function certificateOf(
  record: Extract<CalibrationRecord, { kind: "begun" | "calibrated" }>,
): ReportData["calibrations"][number] {
  const { at, method, samples, resistive, results } = record;
  return { at, method, samples, resistive, results };
}

function summaryOf(step: string, { data }: FinishedStep): string {
  switch (step) {
    case "prepare":
      return `supply ${String(data["supply"])}`;
    case "identify":
      return `${String(data["chip"])}, flash id ${String(data["flashId"])}`;
    case "back up":
      return `sealed, SHA-256 ${String(data["sha256"]).slice(0, 16)}…${data["already"] === true ? " (was there already)" : ""}`;
    case "write":
      return `proven, MD5 ${String(data["md5"])}`;
    case "boot":
      return data["deferred"] === true ? "left for the first time at mains" : `"${String(data["restartReason"])}"`;
    case "provision":
      return `over ${String(data["road"])}, at ${String(data["address"])}`;
    case "calibrate":
      return data["skipped"] === true ? "left for later" : "see its certificate";
    default:
      return "done";
  }
}
