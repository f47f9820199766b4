/** The second part, folded on a screen: the whole record, for readers who want to know what the certificate is based on. */

import { stepText } from "../step-id.ts";
import { asText, decimal, say, significant, type Text } from "../text/text.ts";
import { residual } from "./constant-error.ts";
import type { ReportCalibration, ReportData, ReportMeasurement } from "./data.ts";
import { amount, moment, plusMinus, signedPercent } from "./format.ts";
import { type Content, html, list, pairs, table } from "./markup.ts";
import { quantityTitle, unitOf } from "./verdict.ts";

export function record(data: ReportData): Content {
  const parts: readonly (readonly [Text, Content])[] = [
    [say`The plug now`, identity(data)],
    [say`The plug before`, backups(data)],
    [say`Steps`, steps(data)],
    [say`Safety checks`, safety(data)],
    ...data.calibrations.map((each): readonly [Text, Content] => [
      say`Calibration of ${moment(each.at)}`,
      calibration(each),
    ]),
    [
      say`Checks of the meter`,
      list(
        data.checks.map(({ at, purpose, verdict }) => say`${moment(at)}, ${PURPOSES[purpose] ?? purpose}: ${verdict}`),
      ),
    ],
    [say`Template`, template(data)],
    [say`Settings, as read back`, settings(data)],
    [say`How to undo it`, list(data.wayBack)],
    [say`Questions and answers`, answers(data)],
  ];
  const title = say`The whole record: steps, checks, calibration, questions and answers`;
  return html`<section class="record"><h2 class="print-only">${title}</h2><details><summary>${title}</summary>
${parts.map(([heading, content]) => (content === undefined ? undefined : html`<section><h3>${heading}</h3>${content}</section>\n`))}
<p class="note">${say`Written ${moment(data.writtenAt)} by ${data.tool}.`}</p></details></section>`;
}

const PURPOSES: Readonly<Partial<Record<string, Text>>> = { linearity: say`linearity`, drift: say`drift` };

const time = (at: string): Content => html`<span class="nb">${moment(at)}</span>`;
const code = (text: string): Content => html`<code>${text}</code>`;

function identity({ mac, device, chip, firmware }: ReportData): Content {
  return pairs([
    [say`Device`, device],
    [say`MAC address`, code(mac)],
    [
      say`Chip`,
      chip === undefined ? undefined : say`${chip.name}, ${amount(chip.flashBytes / 0x10_0000, "MiB")} flash`,
    ],
    [say`Flash ID`, chip === undefined ? undefined : code(chip.flashId)],
    [say`Firmware`, firmware?.running],
    [say`Written image`, firmware === undefined ? undefined : say`${firmware.description}, from ${firmware.origin}`],
    [say`SHA-256 of the image`, firmware === undefined ? undefined : code(firmware.sha256)],
  ]);
}

function backups({ backups: all }: ReportData): Content {
  if (all.length === 0) return html`<p>${say`No backup of the original firmware is on record.`}</p>`;
  return table(
    say`The whole flash before the conversion, verified with the chip’s own digest`,
    [{ title: say`Backed up` }, { title: say`Bytes`, numbers: true }, { title: "SHA-256" }, { title: say`File` }],
    all.map(({ at, bytes, sha256, file }) => [time(at), bytes, code(sha256), code(file)]),
  );
}

function steps({ steps: all }: ReportData): Content {
  return table(
    say`Each step with the time it finished`,
    [{ title: say`Step` }, { title: say`When` }, { title: say`Result` }],
    all.map(({ step, at, words, summary }) => [stepText(step), time(at), words.length === 0 ? summary : words]),
  );
}

function safety({ confirmed, measured }: ReportData): Content {
  if (confirmed.length + measured.length === 0) return undefined;
  return html`${table(
    say`Measurements with their limits and sources`,
    [
      { title: say`Measurement` },
      { title: say`Value`, numbers: true },
      { title: say`Limit` },
      { title: say`Source of the limit` },
    ],
    measured.map((each) => [each.what, shownValue(each), each.limit, each.source]),
  )}${confirmed.length === 0 ? undefined : html`<p>${say`Confirmed by the person who did the work:`}</p>${list(confirmed)}`}`;
}

function shownValue({ value, unit }: ReportMeasurement): Text {
  return value === null ? say`out of range` : amount(value, unit);
}

function calibration({ method, samples, resistive, results }: ReportCalibration): Content {
  const columns = [
    { title: say`Quantity` },
    { title: say`Constant` },
    { title: say`Reference`, numbers: true },
    { title: say`Error before`, numbers: true },
    { title: say`Error after`, numbers: true },
    { title: say`Uncertainty (k = 2)`, numbers: true },
  ];
  const rows = results.map((result) => [
    quantityTitle(result.quantity),
    `${result.command} ${result.before} → ${result.after}`,
    amount(significant(result.reference.value, 5), unitOf(result.quantity)),
    signedPercent(result.errorBefore, 2),
    signedPercent(residual(result), 2),
    plusMinus(result.budget.expanded, 2),
  ]);
  const budgets = results.map(({ command, budget }) =>
    table(
      say`${command}: combined according to the GUM (JCGM 100:2008)`,
      [
        { title: say`Contribution` },
        { title: say`Type` },
        { title: say`Standard uncertainty`, numbers: true },
        { title: say`Basis` },
      ],
      budget.contributions.map((each) => [
        each.name,
        each.type,
        amount(decimal(100 * each.relative, 3), "%"),
        each.basis,
      ]),
    ),
  );
  return html`<p>${say`Method: ${method}. Readings: ${samples}. Load: ${resistive}.`}</p>${table(say`Constants and errors`, columns, rows)}${budgets}`;
}

function template({ template: known }: ReportData): Content {
  return known === undefined ? undefined : html`${list(known.words)}<p>${code(known.json)}</p>`;
}

/** Names of what the audit reads back. Anything else that another version read back keeps its own name. */
const SETTINGS: Readonly<Record<string, Text>> = {
  name: say`Name`,
  address: say`Address`,
  hostname: say`Host name`,
  topic: say`MQTT topic`,
  broker: say`MQTT broker`,
  version: say`Tasmota version`,
  image: say`Tasmota build`,
  hardware: say`Chip`,
};

/** Of the moment of the audit, or of use to a program only; they stay in report.json. */
const FOR_PROGRAMS: readonly string[] = ["mac", "signal", "textsUsed", "uptime"];

function settings({ settings: all }: ReportData): Content {
  return pairs(
    all
      .filter(({ name }) => !FOR_PROGRAMS.includes(name))
      .map(({ name, value }) => [(Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined) ?? asText(name), value]),
  );
}

function answers({ answers: all }: ReportData): Content {
  return table(
    say`As shown, including readings that had to be repeated`,
    [{ title: say`Question` }, { title: say`Answer` }, { title: say`When` }],
    all.map(({ at, question, words }) => [question, words, time(at)]),
  );
}
