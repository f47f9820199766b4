/** The report as one self-contained page: no script, nothing loaded, prints on A4, reads well in a screen reader. */
import { sheet, titleOf } from "./certificate.ts";
import type { ReportData } from "./data.ts";
import { html } from "./markup.ts";
import { record } from "./record.ts";
import { LANGUAGE, say } from "./say.ts";
import { STYLE } from "./style.ts";

export { escapeHtml } from "./markup.ts";

export function reportHtml(data: ReportData): string {
  const title = say`Certificate of ${titleOf(data)}, ${data.mac}`;
  const page = html`<html lang="${LANGUAGE}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${title}</title>`;
  // The style sheet is a constant of this program: escaped, its selectors would no longer be any.
  return `<!doctype html>\n${String(page)}<style>${STYLE}</style></head>\n<body>${String(html`${sheet(data)}${record(data)}`)}</body></html>\n`;
}
