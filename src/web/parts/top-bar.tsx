/** The bar at the top of every page: whose plug this is, the language, light or dark. */
import type { JSX } from "preact";
import { say, type Text } from "../../core/index.ts";
import { LANGUAGES, type LanguageCode, language, setLanguage, t } from "../state/language.ts";
import { currentTheme, switchTheme } from "../state/theme.ts";
import { HalfMoon } from "./icons.tsx";

export interface Whose {
  readonly name: Text | string;
  readonly device: Text | string;
}

export function TopBar({ whose }: { readonly whose: Whose | undefined }): JSX.Element {
  const other: LanguageCode = language() === "en" ? "de" : "en";
  return (
    <header class="top">
      <a class="mark" href="#/">
        plugsmith
      </a>
      {whose && (
        <p class="whose">
          <b>{t(whose.name)}</b>
          <span>{t(whose.device)}</span>
        </p>
      )}
      <nav aria-label={t(say`Page`)}>
        <button type="button" lang={other} onClick={() => void setLanguage(other)}>
          {LANGUAGES[other]}
        </button>
        <button type="button" onClick={switchTheme}>
          <HalfMoon />
          <span class="wide-only">{t(currentTheme() === "dark" ? say`Light` : say`Dark`)}</span>
        </button>
      </nav>
    </header>
  );
}
