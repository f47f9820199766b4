/**
 * A language for tests: each sentence of a real catalogue in ⟦…⟧ and each of its values in ⟪…⟫. What is shown in it and
 * stands in no ⟦…⟧ did not come from the catalogue: it is a value, or a sentence that no language can change.
 */
import type { Catalogue } from "./catalogue.ts";

/** CLDR's name for pseudo-localized English, so that numbers and lists are English. */
const LANGUAGE = "en-XA";

/** @param of its sentences count as translated. */
export function pseudoCatalogue(of: Catalogue): Catalogue {
  const entries = Object.entries(of.texts).map(([source, translation]) => {
    const marked = `⟦${source.replace(/\{\{|\}\}|\{\d+\}/g, (part) => (part.length > 2 ? `⟪${part}⟫` : part))}⟧`;
    return [source, typeof translation === "string" ? marked : { other: marked }];
  });
  return { language: LANGUAGE, covers: of.covers, texts: Object.fromEntries(entries) as Catalogue["texts"] };
}

/** What of a text shown in the pseudo language did not come from the catalogue, in its order: parts with a letter. */
export function untranslated(shown: string): readonly string[] {
  const parts: string[] = [];
  let outer = "";
  const inside: ("sentence" | "value")[] = [];
  for (const part of shown.split(/([⟦⟧⟪⟫])/)) {
    if (part === "⟦") inside.push("sentence");
    else if (part === "⟪") inside.push("value");
    else if (part === "⟧" || part === "⟫") inside.pop();
    else if (inside.at(-1) !== "sentence") outer = part;
    else continue;
    if (outer !== "") parts.push(outer.trim());
    outer = "";
  }
  return parts.filter((part) => /\p{L}/u.test(part));
}
