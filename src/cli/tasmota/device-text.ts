/** All that is known of a device, for reading in a terminal: plain lines, one fact each. */

import { join } from "node:path";
import { type ClosingItem, explainTemplate, limitText, tasmotaOf } from "../../core/index.ts";
import type { Device } from "./device-profile.ts";

export function deviceText({ folder, profile, guide, texts }: Device): string[] {
  const said = (id: string): string => texts[id] ?? id;
  const numbered = (items: readonly { readonly id: string }[]): string[] =>
    items.map(({ id }, index) => `  ${String(index + 1).padStart(2)}  ${said(id)}`);
  const bulleted = (ids: readonly string[]): string[] => ids.map((id) => `  -   ${said(id)}`);
  const { current, maxPower } = guide.limits;
  const { name, base, pins } = explainTemplate(tasmotaOf(profile).template);
  const checked = (item: ClosingItem): string =>
    "measure" in item ? `${said(item.id)}: ${String(limitText(item))}` : said(item.id);

  return [
    `${profile.device.name} (${profile.device.id})`,
    ...section("Which plugs", bulleted(guide.variants.map(({ id }) => id))),
    ...section("Not known", bulleted(guide.unknown)),
    ...section("Limits", [
      `  ${current.value} ${current.unit}  ${current.source}`,
      `  ${maxPower.value} ${maxPower.unit}  ${maxPower.source}`,
    ]),
    ...section("LEDs, button, relay", bulleted(guide.roles.map(({ id }) => id))),
    ...section(
      `Template "${name}" on ${base}`,
      pins
        .filter(({ code }) => code !== 0)
        .map(({ pin, name: part, words }) => `  ${pin.padEnd(6)}  ${part}: ${words}`),
    ),
    ...section("Tools", bulleted(guide.tools)),
    ...section("Opening", numbered(guide.opening)),
    ...section(`Wires (${guide.chipPinsSource})`, numbered(guide.wiring)),
    ...section(
      "Before power",
      guide.beforePower.map((item, index) => `  ${String(index + 1).padStart(2)}  ${checked(item)}`),
    ),
    ...section(
      "Closing",
      guide.closing.map((item, index) => `  ${String(index + 1).padStart(2)}  ${checked(item)}`),
    ),
    ...section(
      "Drawings",
      guide.drawings.map((drawing) => `  ${join(folder, "drawings", `${drawing}.svg`)}`),
    ),
    ...section(
      "Sources",
      profile.device.sources.map((source) => `  -   ${source}`),
    ),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}
