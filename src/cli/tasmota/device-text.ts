/** All that is known of a device, for reading in a terminal: one fact a line. */

import { join } from "node:path";
import {
  asText,
  type ClosingItem,
  explainTemplate,
  guideText,
  limitText,
  say,
  type Text,
  tasmotaOf,
} from "../../core/index.ts";
import { type AnswerLine, indented, item, row } from "../render/answer.ts";
import type { Device } from "./device-profile.ts";

export function deviceText({ folder, profile, guide, texts }: Device): AnswerLine[] {
  const said = (id: string): Text => guideText(texts, id);
  const numbered = (lines: readonly Text[]): AnswerLine[] =>
    lines.map((text, index) => row(String(index + 1).padStart(2), text));
  const bulleted = (ids: readonly string[]): AnswerLine[] => ids.map((id) => item(said(id)));
  const { current, maxPower } = guide.limits;
  const { name, base, pins } = explainTemplate(tasmotaOf(profile).template);
  const checked = (each: ClosingItem): Text =>
    "measure" in each ? say`${said(each.id)}: ${limitText(each)}` : said(each.id);

  return [
    asText(`${profile.device.name} (${profile.device.id})`),
    ...section(say`Which plugs`, bulleted(guide.variants.map(({ id }) => id))),
    ...section(say`What is not known`, bulleted(guide.unknown)),
    ...section(say`Limits`, [
      indented(`${current.value} ${current.unit}`, current.source),
      indented(`${maxPower.value} ${maxPower.unit}`, maxPower.source),
    ]),
    ...section(say`LEDs, button, relay`, bulleted(guide.roles.map(({ id }) => id))),
    ...section(
      say`Template "${name}" on ${base}`,
      pins.filter(({ code }) => code !== 0).map(({ pin, name: part, words }) => indented(pin, part, words)),
    ),
    ...section(say`Tools`, bulleted(guide.tools)),
    ...section(say`Opening`, numbered(guide.opening.map(({ id }) => said(id)))),
    ...section(say`Wires (${guide.chipPinsSource})`, numbered(guide.wiring.map(({ id }) => said(id)))),
    ...section(say`Before there is any power`, numbered(guide.beforePower.map(checked))),
    ...section(say`Closing`, numbered(guide.closing.map(checked))),
    ...section(
      say`Drawings`,
      guide.drawings.map((drawing) => indented(join(folder, "drawings", `${drawing}.svg`))),
    ),
    ...section(
      say`Sources`,
      profile.device.sources.map((source) => item(source)),
    ),
  ];
}

function section(title: Text, lines: readonly AnswerLine[]): AnswerLine[] {
  return lines.length === 0 ? [] : [asText(""), title, ...lines];
}
