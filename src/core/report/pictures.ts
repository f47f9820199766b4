/** The certificate's drawings: inline SVG in the page's own colours, each with a name for a screen reader or hidden from it. */
import encodeQR from "qr";
import { say } from "../text/text.ts";
import { type Content, html } from "./markup.ts";
import type { CheckState } from "./verdict.ts";

/** A plug with its socket from the front, and from the side in two halves: where it was cut and glued. */
export function plugPicture(): Content {
  return html`<svg class="plug" viewBox="0 0 150 84" role="img" aria-label="${say`The plug from the front and from the side`}">
<circle class="body" cx="42" cy="42" r="38"/><circle class="hollow" cx="42" cy="42" r="27"/>
<circle class="hole" cx="31" cy="42" r="4"/><circle class="hole" cx="53" cy="42" r="4"/>
<path class="earth" d="M36 15h12v6H36zM36 63h12v6H36z"/><circle class="button" cx="42" cy="75" r="2.4"/>
<path class="body" d="M98 16h32q4 0 4 4v34q0 6-6 8l-6 3h-16l-6-3q-6-2-6-8V20q0-4 4-4z"/>
<path class="pin" d="M107 65v15M121 65v15"/><path class="glue" d="M91 34h46"/></svg>`;
}

const SHAPES: Readonly<Record<CheckState, string>> = {
  passed: "M12.5 22.5l7 7.5L32 15",
  failed: "M14 14l16 16M30 14l-16 16",
  "not-done": "M13 22h18",
};

/** Tick, cross or dash: the words beside it say the same. */
export function mark(state: CheckState, size: "large" | "small"): Content {
  return html`<svg class="mark ${size}" viewBox="0 0 44 44" aria-hidden="true"><circle cx="22" cy="22" r="20"/><path d="${SHAPES[state]}"/></svg>`;
}

export interface ErrorBar {
  /** Relative, before and after. */
  readonly before: number;
  readonly after: number;
  /** Expanded uncertainty of either, relative. */
  readonly expanded: number;
}

/** Half the axis, relative: everything that is drawn fits. */
export function axisOf(bars: readonly ErrorBar[]): number {
  const reach = Math.max(
    ...bars.map(({ before, after, expanded }) => Math.max(Math.abs(before), Math.abs(after)) + expanded),
  );
  const steps = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5];
  return steps.find((step) => step >= reach) ?? reach;
}

const WIDTH = 400;
const MIDDLE = WIDTH / 2;

/** One row over the zero line: hollow before, full after, both with their uncertainty. The figures stand beside it. */
export function errorBar({ before, after, expanded }: ErrorBar, axis: number): Content {
  const x = (relative: number): string => (MIDDLE + (relative / axis) * (MIDDLE - 8)).toFixed(1);
  const span = (middle: number, y: number): Content =>
    html`<path class="span" d="M${x(middle - expanded)} ${y}H${x(middle + expanded)}M${x(middle - expanded)} ${y - 4}v8M${x(middle + expanded)} ${y - 4}v8"/>`;
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 30" aria-hidden="true"><path class="zero" d="M${MIDDLE} 0v30"/>
${span(before, 9)}<circle class="before" cx="${x(before)}" cy="9" r="4.5"/>
${span(after, 22)}<circle class="after" cx="${x(after)}" cy="22" r="4.5"/></svg>`;
}

/** Dark on white in every theme, or no telephone reads it. @param text printable ASCII. */
export function qrCode(text: string): Content {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: 4 });
  // A path for each row, of its runs of dark modules.
  const runs = (row: readonly boolean[], y: number): string =>
    [
      ...row
        .map((dark) => (dark ? "1" : "0"))
        .join("")
        .matchAll(/1+/g),
    ]
      .map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`)
      .join("");
  return html`<svg class="qr" viewBox="0 0 ${rows.length} ${rows.length}" role="img" aria-label="${say`QR code of the address ${text}`}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${rows.length}v${rows.length}H0z"/><g fill="#000">${rows.map((row, y) => html`<path d="${runs(row, y)}"/>`)}</g></svg>`;
}
