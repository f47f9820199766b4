/** What is done, how fast, and how long it still takes: three figures and a bar, in words for people who cannot see it. */
import type { JSX } from "preact";
import { say } from "../../core/index.ts";
import type { Progress } from "../state/job-view.ts";
import { formatNumber, t } from "../state/language.ts";

const KIB = 1024;

export function ProgressFigures({ progress }: { readonly progress: Progress | undefined }): JSX.Element {
  const { done = 0, total = 1, rate = 0, leftMs } = progress ?? {};
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
  const label = t(say`Done`);
  return (
    <section class="stack" aria-label={t(say`Progress`)}>
      <div class="figures">
        <Figure number={formatNumber(percent, 0)} unit="%" />
        {rate > 0 && <Figure number={formatNumber(rate / KIB, 1)} unit="KiB/s" />}
        {leftMs !== undefined && <Figure number={formatNumber(Math.ceil(leftMs / 1000), 0)} unit={t(say`s left`)} />}
      </div>
      <div role="progressbar" aria-label={label} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
        <svg class="bar" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
          <rect class="trough" x="0.5" y="0.5" width="999" height="11" />
          <rect class="done" x="0" y="0" width={10 * percent} height="12" />
        </svg>
      </div>
    </section>
  );
}

function Figure({ number, unit }: { readonly number: string; readonly unit: string }): JSX.Element {
  return (
    <span class="big">
      {number}
      <small>{unit}</small>
    </span>
  );
}
