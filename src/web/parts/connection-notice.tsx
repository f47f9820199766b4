/** Where plugsmith does not answer: one command and one button. Jobs on record lose nothing by it. */
import type { JSX } from "preact";
import { say } from "../../core/index.ts";
import type { Connection } from "../state/connection.ts";
import { t } from "../state/language.ts";

export interface ConnectionNoticeProps {
  readonly state: Exclude<Connection, "there">;
  readonly again: () => void;
}

export function ConnectionNotice({ state, again }: ConnectionNoticeProps): JSX.Element {
  return (
    <section class="hand" role="alert">
      <div>
        <h2>{t(state === "gone" ? say`plugsmith does not answer.` : say`This page is not connected to plugsmith.`)}</h2>
        <p>
          {t(say`Run this command on this computer:`)} <code class="mono">npx plugsmith ui</code>
        </p>
        <p class="note">{t(say`Recorded steps are not repeated.`)}</p>
      </div>
      <button type="button" class="button" onClick={again}>
        {t(say`Connect again`)}
      </button>
    </section>
  );
}
