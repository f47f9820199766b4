/** What a page of the workbench may do: the server sends it as a header, the static site has it in a meta element. */

/**
 * No inline script or style, nothing from elsewhere, no frame, and no string becomes markup: the only Trusted Types
 * policy makes the worker's address.
 */
const DIRECTIVES: readonly string[] = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types plugsmith",
];

/** Directives that a meta element cannot have (CSP 3, 3.3). */
const HEADER_ONLY = /^frame-ancestors /;

export function contentSecurityPolicy(place: "header" | "meta"): string {
  return DIRECTIVES.filter((directive) => place === "header" || !HEADER_ONLY.test(directive)).join("; ");
}
