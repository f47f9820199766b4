/** A guide's texts as sentences: their source is the English text, and a device's file per language translates it. */
import { escapedBraces, Text } from "../text/text.ts";
import type { GuideTexts } from "./guide.ts";

/** @param texts in English. The id itself where there is none. */
export function guideText(texts: GuideTexts, id: string): Text {
  return new Text(escapedBraces(texts[id] ?? id));
}

/** What a catalogue gains by a device's texts in its language. */
export function guideTranslations(english: GuideTexts, translated: GuideTexts): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(translated).flatMap(([id, text]) =>
      english[id] === undefined ? [] : [[escapedBraces(english[id]), escapedBraces(text)]],
    ),
  );
}
