/** Light or dark: as the computer says, until a person says otherwise in this browser. */
import { effect, signal } from "@preact/signals";

export type Theme = "light" | "dark";

const KEY = "plugsmith-theme";

const chosen = signal<Theme | undefined>(undefined);
const dark = signal(false);

export function startTheme(): void {
  const kept = localStorage.getItem(KEY);
  if (kept === "light" || kept === "dark") chosen.value = kept;
  const query = matchMedia("(prefers-color-scheme: dark)");
  dark.value = query.matches;
  query.addEventListener("change", ({ matches }) => {
    dark.value = matches;
  });
  effect(() => {
    document.documentElement.dataset["theme"] = currentTheme();
  });
}

export function currentTheme(): Theme {
  return chosen.value ?? (dark.value ? "dark" : "light");
}

export function switchTheme(): void {
  chosen.value = currentTheme() === "dark" ? "light" : "dark";
  localStorage.setItem(KEY, chosen.value);
}
