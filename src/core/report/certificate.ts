/** The first part: one A4 sheet that says whether the plug may be used, how, and how to get back. */
import { residual } from "./constant-error.ts";
import type { ReportCalibration, ReportData } from "./data.ts";
import { amount, day, plusMinus, shortDay, signedPercent } from "./format.ts";
import { type Content, html, pairs } from "./markup.ts";
import { axisOf, errorBar, mark, plugPicture, qrCode } from "./pictures.ts";
import { say } from "./say.ts";
import { type CheckName, type CheckState, quantityTitle, type ReportVerdictItem } from "./verdict.ts";

const CHECKS: Readonly<Record<CheckName, string>> = {
  earth: say`Earth`,
  insulation: say`Insulation`,
  meter: say`Meter`,
  lock: say`Lock`,
};

const STATES: Readonly<Record<CheckState, string>> = {
  passed: say`passed`,
  failed: say`failed`,
  "not-done": say`not done`,
};

/** What the plug is called on its certificate. */
export const titleOf = ({ name, device }: ReportData): string => (name === undefined || name === "" ? device : name);

export function sheet(data: ReportData): Content {
  return html`<main class="sheet">
${header(data)}
${data.virtual ? html`<p class="warn"><strong>${say`This is a virtual plug.`}</strong> ${say`Nothing here speaks of a real one.`}</p>` : undefined}
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
  const running = vendorSince === undefined && firmware !== undefined ? `, Tasmota\u00a0${firmware.running}` : "";
  return html`<header><div><p class="soft">${say`plugsmith certificate, ${day(data.writtenAt)}`}</p><h1 class="${titleOf(data).length > LONG_NAME ? "long" : ""}">${titleOf(data)}</h1>
<p>${device}${running}<br><span class="nb">${say`MAC ${data.mac}`}</span></p></div>${plugPicture()}</header>`;
}

function verdict({ verdict: { items, passed, closing }, rating, vendorSince, backups }: ReportData): Content {
  const named = (state: CheckState): string =>
    items
      .filter((item) => item.state === state)
      .map((item) => CHECKS[item.check].toLowerCase())
      .join(", ");
  const limit = say`For ${amount(rating.amperes, "A")} at most (${amount(rating.watts, "W")}).`;
  const opened =
    closing.done > 0 || backups.length > 0 ? say` The case was opened: its maker’s approval has ended.` : "";
  if (vendorSince !== undefined) {
    return verdictLine("not-done", say`Back on its maker’s firmware`, [
      say`It holds again what it came with, byte for byte, since ${day(vendorSince)}. What is said of Tasmota below is history.`,
      opened,
    ]);
  }
  if (passed) return verdictLine("passed", say`Passed: ${named("passed")}.`, [limit, opened]);
  const failed = named("failed");
  const missing = [
    named("not-done"),
    closing.done < closing.total ? say`closing list (${closing.done} of ${closing.total})` : "",
  ];
  const parts = [
    failed === "" ? "" : say`Failed: ${failed}.`,
    missing.join("") === "" ? "" : say`Not done: ${missing.filter((part) => part !== "").join(", ")}.`,
  ];
  // The meter and the lock say nothing of danger; the other two and the list do.
  const safe = items.every(({ check, state }) => state === "passed" || check === "meter" || check === "lock");
  const advice = safe && closing.done === closing.total ? limit : say`Not proven safe: keep it away from mains.`;
  return verdictLine(failed === "" ? "not-done" : "failed", parts.join(" ").trim(), [advice, opened]);
}

function verdictLine(state: CheckState, text: string, words: readonly string[]): Content {
  return html`<section class="verdict" aria-label="${say`Verdict`}">${mark(state, "large")}<p><strong class="${state}">${text}</strong>${words.join("")}</p></section>`;
}

function check({ check: name, state, value, limit, note }: ReportVerdictItem): Content {
  return html`<li><p class="soft">${CHECKS[name]}</p>
<p class="value ${value === undefined ? "none" : ""} ${state}">${value ?? say`Not done`}</p>
<p class="${state}">${mark(state, "small")}${STATES[state]}</p>
<p class="soft">${limit}</p>${note === undefined ? undefined : html`<p class="soft">${note}</p>`}</li>`;
}

const section = (title: string, content: Content): Content =>
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
    say`To use it`,
    pairs([
      [say`Address`, link === undefined ? (data.address ?? say`not on record`) : html`<a href="${link}">${link}</a>`],
      [say`User`, locked ? "admin" : undefined],
      [
        say`Password`,
        locked
          ? html`${say`in`} <code>secrets.json</code> ${say`beside this page, on the computer that set it`}`
          : say`not proven to be set`,
      ],
    ]),
  );
}

function toReturn({ backups, mac, vendorSince }: ReportData): Content {
  const plug = mac.replaceAll(":", "");
  const [backup] = backups;
  return section(
    say`The way back`,
    pairs([
      [say`Cannot get in`, vendorSince === undefined ? html`<code>npx plugsmith rescue</code>` : undefined],
      [
        say`Hold its button`,
        vendorSince === undefined ? say`40 s: clears its settings, its own Wi-Fi opens` : undefined,
      ],
      [
        say`Old firmware`,
        backup === undefined
          ? say`no backup of its maker’s firmware is on record`
          : html`<code>npx plugsmith restore ${plug}</code> ${say`(over wires, away from mains)`}`,
      ],
      [say`Its backup`, backup === undefined ? undefined : html`<code>${backup.file}</code>, ${say`beside this page`}`],
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
  const references = [
    ...new Set(
      (last?.results ?? []).flatMap(({ budget }) =>
        budget.contributions.filter(({ name }) => name === "reference").map(({ basis }) => basis),
      ),
    ),
  ].filter((basis) => !basis.endsWith(", divided by the voltage"));
  return section(
    say`Measured with`,
    pairs([
      [
        say`Earth`,
        earth === undefined
          ? undefined
          : earth.leads === undefined
            ? say`ohmmeter`
            : say`ohmmeter, its leads’ ${amount(earth.leads, earth.unit)} taken off`,
      ],
      [
        say`Insulation`,
        typeof insulation?.value === "number"
          ? say`insulation tester at ${amount(insulation.value, insulation.unit)}\u00a0DC`
          : undefined,
      ],
      ...references.map((basis, i): [string, Content] => [
        i === 0 ? say`Meter` : "",
        basis.replaceAll(" ±", " ±\u00a0").replace("k = 2", "k\u00a0=\u00a02"),
      ]),
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
<table class="errors" role="table"><thead><tr role="row"><td></td><th role="columnheader" scope="col" class="n">${say`was off by`}</th><th role="columnheader" scope="col" class="n">${say`now (95\u00a0%)`}</th><td class="picture soft"><div class="scale" aria-hidden="true"><span>−${amount(100 * axis, "%")}</span><span>0</span><span>+${amount(100 * axis, "%")}</span></div></td></tr></thead>
<tbody>${rows}</tbody></table><p class="note">${say`Ring: before. Dot: after. Line: where 95 of 100 such results lie.`}</p></section>`;
}

/** The steps that a reader of the sheet wants to know of; all of them are in the record. */
const TOLD: readonly string[] = ["prepare", "back-up", "write", "audit", "close-case", "calibrate"];

function done({ steps, verdict: { closing } }: ReportData): Content {
  const sentences = [
    ...steps.filter(({ step }) => TOLD.includes(step)).map(({ words }) => words),
    closing.done > 0 && closing.done < closing.total
      ? say`Closing list: ${closing.done} of ${closing.total} items hold.`
      : "",
  ].filter((words) => words !== "");
  return section(say`What was done`, sentences.length === 0 ? undefined : html`<p>${sentences.join(" ")}</p>`);
}

function signature({ tester, writtenAt }: ReportData): Content {
  return html`<div class="sign"><p>${tester === undefined ? say`Name and signature of who measured` : html`<b>${tester}</b>, ${say`who measured`}`}</p>
<p>${say`Instruments: make and serial number`} <span class="nb">(${day(writtenAt)})</span></p></div>`;
}

function label(data: ReportData): Content {
  if (data.vendorSince !== undefined) return undefined;
  const link = linkOf(data);
  const tested = data.verdict.passed
    ? say`tested ${shortDay(data.verdict.closing.at ?? data.writtenAt)}`
    : say`checks not complete`;
  return html`<section aria-label="${say`Label to cut out`}"><div class="label">${link === undefined ? undefined : qrCode(link)}
<div><b>${titleOf(data)}</b><span>${data.address}</span><span>${say`at most ${amount(data.rating.amperes, "A")}`}</span><span>${data.virtual ? say`virtual plug` : tested}</span></div></div>
<p class="note">${say`Cut it out and stick it on the plug. It holds no secret: the code is the plug’s address.`}</p></section>`;
}
