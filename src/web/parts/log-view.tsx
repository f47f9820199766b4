/** Everything that happened, line by line. Only the lines in view are in the page, however long the log is. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { say } from "../../core/index.ts";
import type { LogLine } from "../state/job-view.ts";
import { t } from "../state/language.ts";

/** As in flash.css. */
const LINE = 24;
const HEIGHT = 360;
const SPARE = 10;

export function LogView({ lines }: { readonly lines: readonly LogLine[] }): JSX.Element {
  const box = useRef<HTMLElement>(null);
  const [top, setTop] = useState(0);
  const [atEnd, setAtEnd] = useState(true);
  useLayoutEffect(() => {
    if (atEnd && box.current !== null) box.current.scrollTop = lines.length * LINE;
  }, [lines.length, atEnd]);
  const scrolled = ({ currentTarget }: { readonly currentTarget: HTMLElement }): void => {
    const { scrollTop, scrollHeight, clientHeight } = currentTarget;
    setTop(scrollTop);
    setAtEnd(scrollTop + clientHeight >= scrollHeight - LINE);
  };
  const first = Math.max(0, Math.floor(top / LINE) - SPARE);
  const shown = lines.slice(first, first + Math.ceil(HEIGHT / LINE) + 2 * SPARE);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard.
    <section class="log" ref={box} tabIndex={0} aria-label={t(say`Log`)} onScroll={scrolled}>
      <svg class="log-sheet" width="1" height={lines.length * LINE} aria-hidden="true" />
      <div class="log-lines" ref={(lineBox) => placeAt(lineBox, first * LINE)}>
        {shown.map(({ seq, kind, text }) => (
          <div key={seq} class={kind}>
            {t(text)}
          </div>
        ))}
      </div>
    </section>
  );
}

function placeAt(element: HTMLElement | null, y: number): void {
  if (element !== null) element.style.transform = `translateY(${y}px)`;
}
