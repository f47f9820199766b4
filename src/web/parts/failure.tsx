/** A job that ended with an error: what happened, what to do, how the plug is now, and one button that leads on. */
import type { JSX } from "preact";
import { say, type Text } from "../../core/index.ts";
import type { JobResult } from "../state/job-view.ts";
import { t } from "../state/language.ts";
import { Heading } from "./heading.tsx";

export interface FailureProps {
  readonly result: Extract<JobResult, { readonly ok: false }>;
  /** What the button leads to, in words that say what will be done. */
  readonly next: { readonly words: Text; readonly act: () => void };
}

const GRAVE: readonly string[] = ["unsafe", "mains-on-wires"];

export function Failure({ result: { error }, next }: FailureProps): JSX.Element {
  return (
    <section class={GRAVE.includes(error.code) ? "hear grave stack" : "hear stack"}>
      <div class="tell">
        <Heading about={error.code}>{t(error.message)}</Heading>
        {error.nextStep && <p class="lead">{t(error.nextStep)}</p>}
      </div>
      {error.plugState && (
        <dl class="state">
          <dt>{t(say`The plug now`)}</dt>
          <dd>{t(error.plugState)}</dd>
        </dl>
      )}
      <div class="acts">
        <button type="button" class="button" onClick={next.act}>
          {t(next.words)}
        </button>
        <a class="button word" href="#/">
          {t(say`To the bench`)}
        </a>
      </div>
      <p class="note mono">{error.code}</p>
    </section>
  );
}
