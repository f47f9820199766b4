/** The flash as a map of its 256 sectors, its legend with the counts, and the same as a table. */
import type { JSX } from "preact";
import { say, type Text } from "../../core/index.ts";
import { countOf, type FlashMap, runsOf, type SectorState } from "../state/flash-map.ts";
import { t } from "../state/language.ts";

const ROW = 16;
const CELL = 16;
const KIB_PER_ROW = 64;

const STATES: readonly (readonly [SectorState, Text])[] = [
  ["proven", say`proven: the chip's digest is right`],
  ["written", say`written, not yet checked`],
  ["erased", say`erased`],
  ["read", say`read: old, in the backup`],
  ["blank", say`blank before`],
  ["kept", say`kept: already correct`],
];

export function SectorMap({ map }: { readonly map: FlashMap }): JSX.Element {
  const counted = STATES.map(([state, words]) => `${countOf(map, state)} ${t(words)}`).join(", ");
  const rows = Array.from({ length: Math.ceil(map.length / ROW) }, (_, row) => map.slice(row * ROW, (row + 1) * ROW));
  return (
    <div class="stack">
      <p class="note">{t(say`The flash: 256 sectors of 4 KiB. The numbers at the left are KiB from its start.`)}</p>
      <div class="map" role="img" aria-label={t(say`Flash map: ${counted}`)}>
        {rows.map((states, row) => (
          <div key={row}>
            <span>{row * KIB_PER_ROW}</span>
            <svg viewBox={`0 0 ${ROW * CELL} ${CELL}`} aria-hidden="true">
              {states.map((state, place) => (
                <Cell key={place} state={state} x={place * CELL} />
              ))}
            </svg>
          </div>
        ))}
      </div>
      <dl class="key">
        {STATES.map(([state, words]) => (
          <div key={state}>
            <svg viewBox={`0 0 ${CELL} ${CELL}`} aria-hidden="true">
              <Cell state={state} x={0} />
            </svg>
            <dt>{t(words)}</dt>
            <dd>{countOf(map, state)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

export function SectorTable({ map }: { readonly map: FlashMap }): JSX.Element {
  const words = new Map<SectorState, Text>([...STATES, ["unknown", say`not looked at yet`]]);
  return (
    <table>
      <thead>
        <tr>
          <th>{t(say`From`)}</th>
          <th>{t(say`To`)}</th>
          <th class="number">{t(say`Sectors`)}</th>
          <th>{t(say`State`)}</th>
        </tr>
      </thead>
      <tbody>
        {runsOf(map).map(({ from, to, sectors, state }) => (
          <tr key={from}>
            <td>{`${from}\u00a0KiB`}</td>
            <td>{`${to}\u00a0KiB`}</td>
            <td class="number">{sectors}</td>
            <td>{t(words.get(state)!)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Each state has a shape of its own, so that none is told by its colour alone. */
function Cell({ state, x }: { readonly state: SectorState; readonly x: number }): JSX.Element {
  return (
    <g transform={x === 0 ? undefined : `translate(${x})`}>
      <rect
        class={`cell ${state}`}
        x="1"
        y="1"
        width="14"
        height="14"
        stroke-dasharray={state === "erased" ? "2.6 2" : undefined}
      />
      {state === "read" && <path class="cell-mark" d="M1.5 14.5l13-13" />}
      {state === "kept" && <circle class="cell-dot" cx="8" cy="8" r="2.4" />}
      {state === "written" && <path class="cell-half" d="M1 8h14v7H1z" />}
      {state === "proven" && <path class="cell-tick" d="M4.4 8.2l2.6 2.9 4.8-5.6" />}
    </g>
  );
}
