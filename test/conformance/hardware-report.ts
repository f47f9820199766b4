/** What may stand in a volunteer's report: neither the plug's whole MAC nor what names the adapter, the person or the place. */

/** Longer texts are cut, characters. */
const LONGEST = 300;

/**
 * A text without what is private in it: the last half of a MAC, and these words (paths, serial numbers), wherever they
 * stand. A port's own last name counts too: systems tell it by that, macOS by two.
 */
export function forReport(text: string, secrets: readonly (string | undefined)[]): string {
  const words = secrets
    .flatMap((secret) => (secret === undefined ? [] : [secret, secret.replace(/^\/dev\/(.*\/)?((cu|tty)\.)?/, "")]))
    .filter((word) => word.length > 2)
    .sort((a, b) => b.length - a.length);
  let masked = text;
  for (const word of words) masked = masked.replaceAll(word, "…");
  return masked.slice(0, LONGEST).replaceAll(/(([0-9a-f]{2}:?){3})(:?[0-9a-f]{2}){3}/gi, "$1…");
}
