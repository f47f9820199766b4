/** Small pictures that stand beside words and never instead of them. */
import type { JSX } from "preact";

export function Tick(): JSX.Element {
  return (
    <svg class="tick" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M3.5 10.5l4.2 4.4L16.5 5.5" fill="none" stroke="currentColor" stroke-width="2.4" />
    </svg>
  );
}

export function Hazard(): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.2">
      <path d="M16 3.5 30 28H2z" stroke-linejoin="round" />
      <path d="M17.5 10.5 13.5 18h5l-3 6.5" stroke-linejoin="round" />
    </svg>
  );
}

export function Screen(): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2">
      <rect x="4" y="5" width="24" height="18" rx="2" stroke-dasharray="4 2.5" />
      <path d="M12 28h8" />
    </svg>
  );
}

export function HalfMoon(): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2" />
      <path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor" />
    </svg>
  );
}
