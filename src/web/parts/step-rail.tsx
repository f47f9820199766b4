/** The steps as a ruler; on a narrow screen the same list folds into a strip of ticks. */
import type { JSX } from "preact";
import { quantity, say, type Text } from "../../core/index.ts";
import { t } from "../state/language.ts";
import type { RailMark } from "../state/rail-marks.ts";
import { Tick } from "./icons.tsx";

export function StepRail({ marks }: { readonly marks: readonly RailMark[] }): JSX.Element {
  const now = marks.findIndex(({ state }) => state === "now");
  const position = now < 0 ? marks.filter(({ state }) => state === "done").length : now + 1;
  const current = marks[now];
  return (
    <div>
      <nav class="rail rail-wide" aria-label={t(say`Steps`)}>
        <Marks marks={marks} />
        <StillToCome marks={marks} />
      </nav>
      <details class="rail-fold">
        <summary>
          <span class="line">
            <b>{current ? t(current.title) : t(say`Steps`)}</b>
            <span>{t(say`Step ${position} of ${marks.length}`)}</span>
          </span>
          <Ticks marks={marks} />
        </summary>
        <nav class="rail" aria-label={t(say`All steps`)}>
          <Marks marks={marks} />
        </nav>
      </details>
    </div>
  );
}

function Ticks({ marks }: { readonly marks: readonly RailMark[] }): JSX.Element {
  return (
    <span class="ticks" aria-hidden="true">
      {marks.map(({ id, state }) => (
        <i key={id} class={state} />
      ))}
    </span>
  );
}

function Marks({ marks }: { readonly marks: readonly RailMark[] }): JSX.Element {
  return (
    <ol>
      {marks.map((mark, index) => (
        <li key={mark.id} class={mark.state} aria-current={mark.state === "now" ? "step" : undefined}>
          <span class="number">{index + 1}</span>
          <span>{t(mark.title)}</span>
          <span class="time">
            {t(timeOf(mark))} {mark.state === "done" && <Tick />}
            {mark.state === "done" && <span class="unseen">{t(say`done`)}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

function StillToCome({ marks }: { readonly marks: readonly RailMark[] }): JSX.Element | null {
  const left = (whose: RailMark["whose"]): number =>
    Math.round(
      marks.reduce((sum, each) => sum + (each.state === "ahead" && each.whose === whose ? each.seconds : 0), 0) / 60,
    );
  const yours = left("person");
  if (yours === 0) return null;
  return (
    <p class="rail-left">
      {t(say`Remaining: about ${yours} minutes for you and ${left("computer")} for the computer.`)}
    </p>
  );
}

function timeOf({ state, tookMs, seconds, whose }: RailMark): Text {
  if (state === "now") return say`now`;
  if (state === "done") return tookMs === undefined ? say`` : span(tookMs / 1000);
  return whose === "person" ? say`you, ${span(seconds)}` : span(seconds);
}

function span(seconds: number): Text {
  if (seconds < 1) return say`${quantity(1, "s")}`;
  return seconds < 60 ? say`${quantity(Math.round(seconds), "s")}` : say`${quantity(Math.round(seconds / 60), "min")}`;
}
