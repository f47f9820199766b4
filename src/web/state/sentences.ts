/** A text for a heading and what belongs below it. */

export interface Told {
  /** What to do. */
  readonly heading: string;
  /** The sign that it worked, and the rest. */
  readonly rest: string;
}

/** A heading longer than this is no heading. */
const MOST_HEADING = 110;
/** The end of a sentence: what follows begins another one, and it is not the dot of an abbreviation. */
const END = /(?<![\s(]\p{L})([.!?:])\s+(?=["„(]?\p{Lu})/gu;

/** The first sentence is the heading, where it is short enough; else the whole stands below a heading of its own. */
export function toldIn(text: string, fallback: string): Told {
  for (const { index, 1: mark } of text.matchAll(END)) {
    const heading = text.slice(0, index + mark!.length);
    if (heading.length > MOST_HEADING) break;
    return { heading, rest: text.slice(heading.length).trim() };
  }
  return text.length <= MOST_HEADING ? { heading: text, rest: "" } : { heading: fallback, rest: text };
}
