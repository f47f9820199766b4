/** What the line says while the chip is waited for: one sentence, at most three causes, and what to do. */
import type { JSX } from "preact";
import { say } from "../../core/index.ts";
import type { Hearing } from "../state/job-view.ts";
import { t } from "../state/language.ts";

const MOST_CAUSES = 3;

export function HearingPanel({ hearing }: { readonly hearing: Hearing }): JSX.Element {
  const causes = (hearing.causes ?? []).slice(0, MOST_CAUSES);
  return (
    <section class="hear" aria-live="polite" aria-label={t(say`What the line says`)}>
      <p class="note">{t(say`What the line says`)}</p>
      <h2>{t(hearing.text)}</h2>
      {causes.length > 0 && (
        <ol class="items">
          {causes.map((cause, index) => (
            <li key={cause.source}>
              <span>{index + 1}</span>
              <span>{t(cause)}</span>
            </li>
          ))}
        </ol>
      )}
      <p class="lead">{t(hearing.nextAction)}</p>
      <p class="note">
        {t(say`Listening changes nothing on the plug. Pull the adapter out and put it back as often as you like.`)}
      </p>
    </section>
  );
}
