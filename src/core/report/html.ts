/** The report as one self-contained page: no script, nothing loaded, prints on A4, reads well in a screen reader. */
import { type Catalogue, ENGLISH } from "../text/catalogue.ts";
import { say } from "../text/text.ts";
import { sheet, titleOf } from "./certificate.ts";
import type { ReportData } from "./data.ts";
import { inLanguage } from "./in-language.ts";
import { html } from "./markup.ts";
import { record } from "./record.ts";
import { STYLE } from "./style.ts";

export { escapeHtml } from "./markup.ts";

/** @param catalogue the language of the page. What is on record is shown in it as far as its sentences are known. */
export function reportHtml(recorded: ReportData, catalogue: Catalogue = ENGLISH): string {
  const data = inLanguage(recorded, catalogue);
  const head = html`<html lang="${catalogue.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${say`Certificate of ${titleOf(data)}, ${data.mac}`}</title>`;
  const body = html`${sheet(data)}${record(data)}`;
  // The style sheet is a constant of this program: escaped, its selectors would no longer be any.
  return `<!doctype html>\n${head.in(catalogue)}<style>${STYLE}</style></head>\n<body>${body.in(catalogue)}</body></html>\n`;
}
