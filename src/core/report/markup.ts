/** HTML as a tagged template: what is put in is text and is escaped, unless it is markup made by this tag. */
import { type Catalogue, textIn } from "../text/catalogue.ts";
import { Text } from "../text/text.ts";
import { visible } from "../visible.ts";

const NO_BREAK = "\u00a0";

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

/** Only `html` makes one: a text from outside cannot pass for it. Its sentences wait for a language. */
export class Markup {
  readonly #source: TemplateStringsArray;
  readonly #values: readonly Content[];

  constructor(source: TemplateStringsArray, values: readonly Content[]) {
    this.#source = source;
    this.#values = values;
  }

  in(catalogue: Catalogue): string {
    const shown = this.#values.map((value) => rendered(value, catalogue));
    return this.#source.map((part, i) => (i === 0 ? part : shown[i - 1]! + part)).join("");
  }
}

/** Nothing is rendered for undefined; the parts of a list stand one after the other. */
export type Content = string | number | undefined | Text | Markup | readonly Content[];

export function html(source: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(source, values);
}

function rendered(value: Content, catalogue: Catalogue): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.in(catalogue);
  if (value instanceof Text) return escapeHtml(unbroken(textIn(value, catalogue)));
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  return value.map((each) => rendered(each, catalogue)).join("");
}

/** A line ends neither between a number and its unit nor within "± 1 %" and "k = 2". */
function unbroken(text: string): string {
  return text
    .replace(/(?<=\d) (?=(?:[kM]?Ω|[AVW%]|DC|MiB)(?![\p{L}\d]))/gu, NO_BREAK)
    .replace(/(?<=±) (?=\d)/g, NO_BREAK)
    .replace(/k = (?=\d)/g, `k${NO_BREAK}=${NO_BREAK}`);
}

export interface Column {
  readonly title: Text | string;
  /** A column of numbers is set flush right. */
  readonly numbers?: boolean | undefined;
}

/**
 * The first cell of a row is its heading. Nothing where there are no rows. The roles are said because a narrow screen
 * shows the cells as blocks, which takes a table's meaning from some screen readers.
 */
export function table(caption: Text, columns: readonly Column[], rows: readonly (readonly Content[])[]): Content {
  if (rows.length === 0) return undefined;
  const head = columns.map(({ title, numbers }) =>
    numbers === true
      ? html`<th role="columnheader" scope="col" class="n">${title}</th>`
      : html`<th role="columnheader" scope="col">${title}</th>`,
  );
  const cells = (row: readonly Content[]): Content =>
    row.map((value, i) => {
      if (i === 0) return html`<th role="rowheader" scope="row">${value}</th>`;
      const title = columns[i]?.title ?? "";
      return columns[i]?.numbers === true
        ? html`<td role="cell" class="n" data-label="${title}">${value}</td>`
        : html`<td role="cell" data-label="${title}">${value}</td>`;
    });
  return html`<table class="wide" role="table"><caption>${caption}</caption><thead role="rowgroup"><tr role="row">${head}</tr></thead><tbody role="rowgroup">
${rows.map((row) => html`<tr role="row">${cells(row)}</tr>\n`)}</tbody></table>`;
}

/** Names and what belongs to them, e.g. "Address" and the link. */
export function pairs(rows: readonly (readonly [Text | string, Content])[]): Content {
  const shown = rows.filter(([, value]) => value !== undefined);
  if (shown.length === 0) return undefined;
  return html`<dl>${shown.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function list(items: readonly Content[]): Content {
  return items.length === 0 ? undefined : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
