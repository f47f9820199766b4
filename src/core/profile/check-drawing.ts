/**
 * What a drawing must be, read off its text: told in words to those who cannot see it, legible on light and on dark,
 * complete in itself, and never mirrored, since a mirrored chip has its pins on the wrong side.
 */

/** In the drawing's own order of importance; empty: it may be used. */
export function drawingProblems(svg: string): string[] {
  const root = /<svg\b[^>]*>/.exec(svg)?.[0];
  if (root === undefined) return ["is no SVG"];
  const problems: string[] = [];
  const titled = hasText(svg, "title") && hasText(svg, "desc");
  if (!titled) problems.push("needs a <title> and a <desc> for those who cannot see it");
  if (!/\brole="img"/.test(root) || !isLabelled(svg, root)) {
    problems.push('needs role="img" and aria-labelledby naming its title and description');
  }
  if (!/\bviewBox="/.test(root)) problems.push("needs a viewBox, so that it can be scaled");
  if (!/prefers-color-scheme:\s*dark/.test(svg) && !/currentColor/i.test(svg)) {
    problems.push("must follow light and dark: prefers-color-scheme, or currentColor");
  }
  if (isMirrored(svg)) problems.push("is mirrored; it may be turned, never mirrored");
  if (/<(script|image|foreignObject|iframe)\b|\bon[a-z]+\s*=|@import/i.test(svg)) {
    problems.push("may hold shapes, text and style only");
  }
  if (/(?:href|src)\s*=\s*["'](?!#)|url\(\s*["']?(?!#)/i.test(svg)) problems.push("may not refer to anything outside");
  return problems;
}

function hasText(svg: string, element: string): boolean {
  return new RegExp(`<${element}\\b[^>]*>[^<]*\\S[^<]*</${element}>`).test(svg);
}

function isLabelled(svg: string, root: string): boolean {
  const ids = /\baria-labelledby="([^"]+)"/.exec(root)?.[1]?.split(/\s+/) ?? [];
  const idOf = (element: string): string | undefined => new RegExp(`<${element}\\b[^>]*\\bid="([^"]+)"`).exec(svg)?.[1];
  return [idOf("title"), idOf("desc")].every((id) => id !== undefined && ids.includes(id));
}

/** scale() with one negative side, scaleX or scaleY below zero, a matrix or a skew that turns the plane over. */
function isMirrored(svg: string): boolean {
  for (const [, name, list] of svg.matchAll(/\b(scale[XY]?|matrix)\(([^)]*)\)/g)) {
    const n = (list ?? "")
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
    const [a = 1, b = 0, c = 0, d = 1] = n;
    if (name === "matrix" && a * d - b * c < 0) return true;
    if (name === "scale" && a * (n.length > 1 ? b : a) < 0) return true;
    if ((name === "scaleX" || name === "scaleY") && a < 0) return true;
  }
  return false;
}
