/** The report as one self-contained page: no script, nothing loaded, prints on A4, reads well in a screen reader. */

import type { NewConstant } from "../calibration/constants.ts";
import { BL0937 } from "../calibration/meter.ts";
import { stepText } from "../step-id.ts";
import { visible } from "../visible.ts";
import type { ReportCalibration, ReportData } from "./data.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #5b6878; --line: #d5dbe3; --paper: #fff; --accent: #0b5fa5 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa7b8; --line: #35404d; --paper: #14181d; --accent: #7cc0ff } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; margin: 0 } h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; color: var(--accent) }
p { margin: .3rem 0 } .soft { color: var(--soft) } .warn { border-left: 4px solid currentColor; padding-left: .7rem }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums } caption { text-align: left; color: var(--soft) }
th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line) }
td.n, th.n { text-align: right } code { font: .85em ui-monospace, monospace; overflow-wrap: anywhere }
@page { size: A4; margin: 16mm } @media print { body { max-width: none; margin: 0; font-size: 10.5pt } h2 { break-after: avoid } tr, li { break-inside: avoid } }
`;

type Cell = string | { readonly number: string } | { readonly code: string };

function cell(value: Cell, tag: "td" | "th"): string {
  if (typeof value === "string") return `<${tag}>${escapeHtml(value)}</${tag}>`;
  if ("number" in value) return `<${tag} class="n">${escapeHtml(value.number)}</${tag}>`;
  return `<${tag}><code>${escapeHtml(value.code)}</code></${tag}>`;
}

function table(head: readonly Cell[], rows: readonly (readonly Cell[])[], caption = ""): string {
  if (rows.length === 0) return "";
  const top = head.map((value) => cell(value, "th").replace("<th", '<th scope="col"')).join("");
  const body = rows.map((row) => `<tr>${row.map((value) => cell(value, "td")).join("")}</tr>`).join("\n");
  const title = caption === "" ? "" : `<caption>${escapeHtml(caption)}</caption>`;
  return `<table>${title}<thead><tr>${top}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

function section(title: string, content: string): string {
  return content === "" ? "" : `<section><h2>${escapeHtml(title)}</h2>\n${content}\n</section>\n`;
}

const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;
const list = (items: readonly string[]): string =>
  items.length === 0 ? "" : `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join("")}</ul>`;
const day = (at: string): string => at.replace("T", " ").replace(/(:\d\d)(\.\d+)?Z$/, "$1 UTC");
const signed = (relative: number): string => `${relative >= 0 ? "+" : "−"}${(100 * Math.abs(relative)).toFixed(2)} %`;

export function reportHtml(data: ReportData): string {
  const { chip, firmware, template } = data;
  const identity: (readonly Cell[])[] = [
    ["MAC address", { code: data.mac }],
    ...(chip === undefined
      ? []
      : [
          ["Chip", `${chip.name}, ${chip.flashBytes / 1024} KiB of flash`] as const,
          ["Flash id", { code: chip.flashId }] as const,
        ]),
    ...(firmware === undefined
      ? []
      : [
          ["Firmware", firmware.running] as const,
          ["Written image", `${firmware.description}, from ${firmware.origin}`] as const,
          ["Its SHA-256", { code: firmware.sha256 }] as const,
        ]),
  ];
  const body = [
    `<header><h1>${escapeHtml(data.device)}</h1><p class="soft">Report of ${escapeHtml(day(data.writtenAt))}, by ${escapeHtml(data.tool)}</p>`,
    data.virtual
      ? '<p class="warn"><strong>This is a virtual plug.</strong> Nothing here speaks of a real one.</p>'
      : "",
    data.vendorSince === undefined
      ? ""
      : `<p class="warn"><strong>It holds again what it came with</strong>, byte for byte, since ${escapeHtml(day(data.vendorSince))}. What is said of Tasmota below is history.</p>`,
    "</header>",
    section("What it is", table(["", ""], identity)),
    section(
      "What it was",
      data.backups.length === 0
        ? paragraph("No backup of the vendor's firmware is on record.")
        : table(
            ["Backed up", { number: "Bytes" }, "SHA-256", "File"],
            data.backups.map((backup) => [
              day(backup.at),
              { number: String(backup.bytes) },
              { code: backup.sha256 },
              { code: backup.file },
            ]),
            "The whole flash as it was, proven by the chip's own digest",
          ),
    ),
    section(
      "What was done",
      table(
        ["Step", "When", "Result"],
        data.steps.map((s) => [stepText(s.step), day(s.at), s.summary]),
      ),
    ),
    section(
      "Template",
      template === undefined ? "" : `${list(template.words)}<p><code>${escapeHtml(template.json)}</code></p>`,
    ),
    section(
      "Settings, as read back",
      table(
        ["Setting", "Value"],
        data.settings.map((s) => [s.name, { code: s.value }]),
      ),
    ),
    section("Safety checks", safety(data)),
    section(
      "Asked and answered",
      table(
        ["When", "Question", "Answer"],
        data.answers.map((each) => [day(each.at), each.question, each.answer]),
      ),
    ),
    ...data.calibrations.map((calibration) =>
      section(`Calibration of ${day(calibration.at)}`, certificate(calibration)),
    ),
    section(
      "Checks of the meter",
      list(data.checks.map((check) => `${day(check.at)}, ${check.purpose}: ${check.verdict}`)),
    ),
    section("The way back", list(data.wayBack)),
  ].join("");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(data.device)} ${escapeHtml(data.mac)}</title><style>${STYLE}</style></head>
<body>${body}</body></html>
`;
}

function safety({ confirmed, measured }: ReportData): string {
  if (confirmed.length + measured.length === 0) return "";
  const rows = measured.map(
    (m) =>
      [m.what, { number: m.value === null ? "beyond the range" : `${m.value} ${m.unit}` }, m.limit, m.source] as const,
  );
  const numbers = table(["Measured", { number: "Value" }, "Limit", "Source of the limit"], rows);
  return `${numbers}${confirmed.length === 0 ? "" : `<p>Confirmed by the person who did it:</p>${list(confirmed)}`}`;
}

function certificate(calibration: ReportCalibration): string {
  const rows = calibration.results.map((result) => {
    const { unit } = BL0937[result.quantity];
    return [
      result.command,
      { number: `${result.before} → ${result.after}` },
      { number: `${result.reference.value.toPrecision(5)} ${unit}` },
      { number: signed(result.errorBefore) },
      { number: signed(residual(result)) },
      { number: `±${(100 * result.budget.expanded).toFixed(2)} %` },
    ] as const;
  });
  const head: Cell[] = [
    "Constant",
    { number: "Before → after" },
    { number: "Reference" },
    { number: "Error before" },
    { number: "Error after" },
    { number: "Uncertainty (k = 2)" },
  ];
  const budgets = calibration.results.map((result) =>
    table(
      ["Contribution", "Type", { number: "Standard uncertainty" }, "Rests on"],
      result.budget.contributions.map((c) => [
        c.name,
        c.type,
        { number: `${(100 * c.relative).toFixed(3)} %` },
        c.basis,
      ]),
      `${result.command}: combined as in the GUM (JCGM 100:2008)`,
    ),
  );
  return [
    paragraph(`Method: ${calibration.method}; ${calibration.samples} readings. Load: ${calibration.resistive}.`),
    table(head, rows),
    ...budgets,
  ].join("\n");
}

/** What rounding the constant to a whole number leaves of the error. */
function residual({ before, after, errorBefore }: NewConstant): number {
  return (1 + errorBefore) * (after / before) - 1;
}
