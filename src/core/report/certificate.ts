/** The first part: one A4 sheet that says whether the plug may be used, how to use it, and how to undo the conversion. */

import { asText, dayOf, joined, list, say, type Text } from "../text/text.ts";
import { residual } from "./constant-error.ts";
import type { ReportCalibration, ReportData } from "./data.ts";
import { amount, plusMinus, shortDay, signedPercent } from "./format.ts";
import { type Content, html, pairs } from "./markup.ts";
import { axisOf, errorBar, mark, plugPicture, qrCode } from "./pictures.ts";
import { type CheckName, type CheckState, quantityTitle, type ReportVerdictItem } from "./verdict.ts";

const CHECKS: Readonly<Record<CheckName, Text>> = {
  earth: say`Earth`,
  insulation: say`Insulation`,
  meter: say`Meter`,
  lock: say`Lock`,
};

/** The same inside a sentence. */
const CHECKS_INSIDE: Readonly<Record<CheckName, Text>> = {
  earth: say`earth`,
  insulation: say`insulation`,
  meter: say`meter`,
  lock: say`lock`,
};

const STATES: Readonly<Record<CheckState, Text>> = {
  passed: say`passed`,
  failed: say`failed`,
  "not-done": say`not done`,
};

/** What the plug is called on its certificate. */
export const titleOf = ({ name, device }: ReportData): string => (name === undefined || name === "" ? device : name);

export function sheet(data: ReportData): Content {
  return html`<main class="sheet">
${header(data)}
${data.virtual ? html`<p class="warn"><strong>${say`This is a virtual plug.`}</strong> ${say`Nothing on this page is about a real plug.`}</p>` : undefined}
${verdict(data)}
<ul class="checks" aria-label="${say`The four checks`}">${data.verdict.items.map(check)}</ul>
<div class="columns"><div>${toUse(data)}${measuredWith(data)}</div><div>${toReturn(data)}${done(data)}</div></div>
${meter(data)}
<div class="foot">${label(data)}${signature(data)}</div>
</main>`;
}

/** Characters; a longer name is set smaller, so that the sheet stays one page. */
const LONG_NAME = 28;

function header(data: ReportData): Content {
  const { device, firmware, vendorSince } = data;
  const running = vendorSince === undefined ? firmware?.running : undefined;
  const what = running === undefined ? device : say`${device}, Tasmota\u00a0${running}`;
  return html`<header><div><p class="soft">${say`plugsmith certificate, ${dayOf(data.writtenAt)}`}</p><h1 class="${titleOf(data).length > LONG_NAME ? "long" : ""}">${titleOf(data)}</h1>
<p>${what}<br><span class="nb">${say`MAC ${data.mac}`}</span></p></div>${plugPicture()}</header>`;
}

function verdict({ verdict: { items, passed, closing }, rating, vendorSince, backups }: ReportData): Content {
  const named = (state: CheckState): readonly Text[] =>
    items.filter((item) => item.state === state).map((item) => CHECKS_INSIDE[item.check]);
  const limit = say`Load at most ${amount(rating.amperes, "A")} (${amount(rating.watts, "W")}).`;
  const opened =
    closing.done > 0 || backups.length > 0
      ? [say`The case was opened, so the manufacturer’s approval no longer applies.`]
      : [];
  if (vendorSince !== undefined) {
    return verdictLine("not-done", say`Back on the original firmware`, [
      say`Since ${dayOf(vendorSince)} the plug has the manufacturer’s firmware again, byte for byte. What this page says about Tasmota is history.`,
      ...opened,
    ]);
  }
  if (passed) return verdictLine("passed", say`Passed: ${list(named("passed"))}.`, [limit, ...opened]);
  const failed = named("failed");
  const missing = [
    ...named("not-done"),
    ...(closing.done < closing.total ? [say`closing list (${closing.done} of ${closing.total})`] : []),
  ];
  const parts = [
    ...(failed.length === 0 ? [] : [say`Failed: ${list(failed)}.`]),
    ...(missing.length === 0 ? [] : [say`Not done: ${list(missing)}.`]),
  ];
  // Neither the meter nor the lock is about danger; the other two and the list are.
  const safe = items.every(({ check, state }) => state === "passed" || check === "meter" || check === "lock");
  const advice =
    safe && closing.done === closing.total ? limit : say`Not proven safe. Do not connect the plug to mains.`;
  return verdictLine(failed.length === 0 ? "not-done" : "failed", joined(parts), [advice, ...opened]);
}

function verdictLine(state: CheckState, text: Text, sentences: readonly Text[]): Content {
  return html`<section class="verdict" aria-label="${say`Verdict`}">${mark(state, "large")}<p><strong class="${state}">${text}</strong>${joined(sentences)}</p></section>`;
}

function check({ check: name, state, value, limit, note }: ReportVerdictItem): Content {
  return html`<li><p class="soft">${CHECKS[name]}</p>
<p class="value ${value === undefined ? "none" : ""} ${state}">${value ?? say`Not done`}</p>
<p class="${state}">${mark(state, "small")}${STATES[state]}</p>
<p class="soft">${limit}</p>${note === undefined ? undefined : html`<p class="soft">${note}</p>`}</li>`;
}

const section = (title: Text, content: Content): Content =>
  content === undefined ? undefined : html`<section><h2>${title}</h2>${content}</section>`;

/** An IPv4 address or a host name, perhaps with a port; what else is on record is only shown. */
const LINKABLE = /^[0-9A-Za-z](?:[0-9A-Za-z.-]{0,252}[0-9A-Za-z])?(?::\d{1,5})?$/;

function linkOf({ address, vendorSince }: ReportData): string | undefined {
  return address !== undefined && vendorSince === undefined && LINKABLE.test(address)
    ? `http://${address}/`
    : undefined;
}

function toUse(data: ReportData): Content {
  if (data.vendorSince !== undefined) return undefined;
  const link = linkOf(data);
  const locked = data.verdict.items.some((item) => item.check === "lock" && item.state === "passed");
  return section(
    say`How to use it`,
    pairs([
      [say`Address`, link === undefined ? (data.address ?? say`Not on record`) : html`<a href="${link}">${link}</a>`],
      [say`User`, locked ? "admin" : undefined],
      [
        say`Password`,
        locked ? say`In ${"secrets.json"} next to this page, on the computer that set it` : say`Not proven to be set`,
      ],
    ]),
  );
}

function toReturn({ backups, mac, vendorSince }: ReportData): Content {
  const plug = mac.replaceAll(":", "");
  const [backup] = backups;
  return section(
    say`How to undo it`,
    pairs([
      [say`No access`, vendorSince === undefined ? html`<code>npx plugsmith rescue</code>` : undefined],
      [
        say`Hold the button`,
        vendorSince === undefined ? say`40 s: resets the settings and opens the plug’s own Wi-Fi` : undefined,
      ],
      [
        say`Original firmware`,
        backup === undefined
          ? say`No backup of the original firmware is on record`
          : html`<code>npx plugsmith restore ${plug}</code> ${say`(over wires, disconnected from mains)`}`,
      ],
      [say`Backup`, backup === undefined ? undefined : html`<code>${backup.file}</code> ${say`(next to this page)`}`],
    ]),
  );
}

/** What the results rest on, as far as it is on record. */
function measuredWith({ calibrations, measured, vendorSince }: ReportData): Content {
  const value = (id: RegExp): ReportData["measured"][number] | undefined =>
    measured.findLast((each) => id.test(each.id));
  const earth = value(/earth-resistance$/);
  const insulation = value(/^insulation-voltage$/);
  const last = vendorSince === undefined ? calibrations.at(-1) : undefined;
  const references = (last?.results ?? [])
    .flatMap(({ budget }) => budget.contributions.filter(({ name }) => String(name) === "reference"))
    .map(({ basis }) => basis)
    .filter((basis) => !String(basis).endsWith(", divided by the voltage"));
  const different = [...new Map(references.map((basis) => [String(basis), basis])).values()];
  return section(
    say`Measured with`,
    pairs([
      [
        say`Earth`,
        earth === undefined
          ? undefined
          : earth.leads === undefined
            ? say`Ohmmeter`
            : say`Ohmmeter; the ${amount(earth.leads, earth.unit)} of its leads are subtracted`,
      ],
      [
        say`Insulation`,
        typeof insulation?.value === "number"
          ? say`Insulation tester at ${amount(insulation.value, insulation.unit)}\u00a0DC`
          : undefined,
      ],
      ...different.map((basis, i): [Text | string, Content] => [i === 0 ? say`Meter` : "", basis]),
    ]),
  );
}

/** The newest calibration that still holds. */
function standing({ calibrations, verdict: { items }, vendorSince }: ReportData): ReportCalibration | undefined {
  const done = items.some((item) => item.check === "meter" && item.state !== "not-done");
  return done && vendorSince === undefined ? calibrations.at(-1) : undefined;
}

function meter(data: ReportData): Content {
  const results = standing(data)?.results ?? [];
  if (results.length === 0) return undefined;
  const bars = results.map((result) => ({
    before: result.errorBefore,
    after: residual(result),
    expanded: result.budget.expanded,
  }));
  const axis = axisOf(bars);
  const rows = results.map((result, i) => {
    const { errorBefore, quantity, budget } = result;
    return html`<tr role="row"><th role="rowheader" scope="row">${quantityTitle(quantity)}</th><td role="cell" class="n">${signedPercent(errorBefore)}</td><td role="cell" class="n">${plusMinus(budget.expanded)}</td><td class="picture">${errorBar(bars[i]!, axis)}</td></tr>`;
  });
  return html`<section><h2>${say`Meter, before and after`}</h2>
<table class="errors" role="table"><thead><tr role="row"><td></td><th role="columnheader" scope="col" class="n">${say`error before`}</th><th role="columnheader" scope="col" class="n">${say`now (95\u00a0%)`}</th><td class="picture soft"><div class="scale" aria-hidden="true"><span>−${amount(100 * axis, "%")}</span><span>0</span><span>+${amount(100 * axis, "%")}</span></div></td></tr></thead>
<tbody>${rows}</tbody></table><p class="note">${say`Ring: before. Dot: after. Line: range of 95 out of 100 such results.`}</p></section>`;
}

/** The steps that matter to a reader of the sheet; all of them are in the record. */
const SHOWN: readonly string[] = ["prepare", "back-up", "write", "audit", "close-case", "calibrate"];

function done({ steps, verdict: { closing } }: ReportData): Content {
  const sentences = [
    ...steps.filter(({ step }) => SHOWN.includes(step)).map(({ words }) => words),
    ...(closing.done > 0 && closing.done < closing.total
      ? [say`Closing list: ${closing.done} of ${closing.total} items are met.`]
      : []),
  ].filter((words) => words.length > 0);
  return section(
    say`What was done`,
    sentences.length === 0 ? undefined : html`<p>${joined(sentences.map(asText))}</p>`,
  );
}

function signature({ tester, writtenAt }: ReportData): Content {
  const who = tester === undefined ? say`Name and signature of the person who measured` : say`Measured by ${tester}`;
  return html`<div class="sign"><p>${who}</p>
<p>${say`Instruments: manufacturer and serial number`} <span class="nb">(${say`${dayOf(writtenAt)}`})</span></p></div>`;
}

function label(data: ReportData): Content {
  if (data.vendorSince !== undefined) return undefined;
  const link = linkOf(data);
  const tested = data.verdict.passed
    ? say`tested ${shortDay(data.verdict.closing.at ?? data.writtenAt)}`
    : say`checks not complete`;
  return html`<section aria-label="${say`Label to cut out`}"><div class="label">${link === undefined ? undefined : qrCode(link)}
<div><b>${titleOf(data)}</b><span>${data.address}</span><span>${say`at most ${amount(data.rating.amperes, "A")}`}</span><span>${data.virtual ? say`virtual plug` : tested}</span></div></div>
<p class="note">${say`Cut it out and stick it on the plug. It contains no secret: the code is the plug’s address.`}</p></section>`;
}
