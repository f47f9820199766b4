/**
 * The list of templates that the Tasmota project publishes (TEMPLATES.md of its repository), read at run time and
 * searched by name. Lines are "device name  {template}", under headings that name the category; JSON lines with
 * `category`, `device` and `template` are read as well.
 */
import { field, isObject, type Json, textField } from "../answer.ts";
import { convertTemplate, readTemplate, type Template, type WrittenTemplate } from "./template.ts";

/** Where the project publishes it. */
export const PUBLISHED_LIST_URL = "https://raw.githubusercontent.com/arendst/Tasmota/development/TEMPLATES.md";

export interface PublishedTemplate {
  readonly category: string;
  readonly device: string;
  readonly written: WrittenTemplate;
  readonly template: Template;
}

function entry(category: string, device: string, json: string | Json): PublishedTemplate | undefined {
  try {
    const written = readTemplate(json);
    return { category, device, written, template: convertTemplate(written) };
  } catch {
    return undefined;
  }
}

/** Lines that cannot be read (other chips, other lengths) are left out. */
export function parsePublishedList(text: string): readonly PublishedTemplate[] {
  const list: PublishedTemplate[] = [];
  let category = "";
  for (const line of text.split(/\r?\n/)) {
    const heading = /^##+\s+(.*\S)\s*$/.exec(line);
    if (heading !== null) {
      category = heading[1]!;
      continue;
    }
    const brace = line.indexOf("{");
    if (brace < 0) continue;
    const json = line.slice(brace).trim();
    const record = brace === 0 ? parseRecord(json) : undefined;
    const found =
      record !== undefined
        ? entry(record.category, record.device, record.template)
        : entry(
            category,
            line
              .slice(0, brace)
              .replace(/[|`\s]+$/, "")
              .trim(),
            json.replace(/[|`\s]+$/, ""),
          );
    if (found !== undefined && found.device !== "") list.push(found);
  }
  return list;
}

function parseRecord(json: string): { category: string; device: string; template: Json } | undefined {
  try {
    const value = JSON.parse(json) as Json;
    const template = field(value, "template");
    if (!isObject(template)) return undefined;
    return { category: textField(value, "category") ?? "", device: textField(value, "device") ?? "", template };
  } catch {
    return undefined;
  }
}

/** Entries whose device name, template name or category hold every word of the query, case ignored; exact names first. */
export function searchTemplates(list: readonly PublishedTemplate[], query: string): readonly PublishedTemplate[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [];
  const haystack = (each: PublishedTemplate): string =>
    `${each.device} ${each.template.name} ${each.category}`.toLowerCase();
  const exact = (each: PublishedTemplate): number => (each.device.toLowerCase() === words.join(" ") ? 0 : 1);
  return list
    .filter((each) => words.every((word) => haystack(each).includes(word)))
    .sort((a, b) => exact(a) - exact(b) || a.device.localeCompare(b.device, "en"));
}
