/** A text for a heading and what belongs below it. */

export interface Told {
  /** What to do. */
  readonly heading: string;
  /** The sign that it worked, and the rest. */
  readonly rest: string;
}

/** A heading longer than this is no heading, and one shorter than this says nothing. */
const MOST_HEADING = 110;
const LEAST_HEADING = 12;
/** The end of a sentence: what follows begins another one, and it is not the dot of an abbreviation. */
const END = /(?<![\s(]\p{L})([.!?:])\s+(?=["„(]?\p{Lu})/gu;
/** What is announced, and then explained. */
const COLON = /: /g;

/** The first sentence is the heading, where it is short enough; else what stands before its colon; else the fallback. */
export function toldIn(text: string, fallback: string): Told {
  if (text.length <= MOST_HEADING && !hasEnd(text)) return { heading: text, rest: "" };
  for (const { index, 1: mark = "" } of text.matchAll(END)) {
    const heading = text.slice(0, index + mark.length);
    if (isHeading(heading)) return { heading, rest: text.slice(heading.length).trim() };
  }
  for (const { index } of text.matchAll(COLON)) {
    const heading = text.slice(0, index);
    if (isHeading(heading)) return { heading, rest: text.slice(index + 1).trim() };
  }
  return { heading: fallback, rest: text };
}

function hasEnd(text: string): boolean {
  return [...text.matchAll(END)].some(({ index }) => isHeading(text.slice(0, index + 1)));
}

function isHeading(text: string): boolean {
  const opened = text.split("(").length - text.split(")").length;
  return opened === 0 && text.length <= MOST_HEADING && text.length >= LEAST_HEADING;
}
