/** The plugs on record, found by name, address or MAC. */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { quantity, say, type Text } from "../../core/index.ts";
import type { PlugSummary } from "../../host/index.ts";
import { formatDate, t } from "../state/language.ts";
import { saveCertificate } from "../state/save-file.ts";

export function PlugTable({ plugs }: { readonly plugs: readonly PlugSummary[] }): JSX.Element | null {
  const id = useId();
  const [wanted, setWanted] = useState("");
  if (plugs.length === 0) return null;
  const found = plugs.filter(({ plug, name = "", address = "" }) =>
    [plug, name, address].some((each) => each.toLowerCase().includes(wanted.trim().toLowerCase())),
  );
  return (
    <section>
      <div class="row">
        <h2>{t(say`Plugs on record`)}</h2>
        <div class="search">
          <label class="note" for={id}>
            {t(say`Search`)}
          </label>
          <input id={id} type="search" value={wanted} onInput={({ currentTarget }) => setWanted(currentTarget.value)} />
        </div>
      </div>
      <table class="folding">
        <thead>
          <tr>
            <th>{t(say`Name`)}</th>
            <th>{t(say`Address`)}</th>
            <th class="number">{t(say`Earth`)}</th>
            <th class="number">{t(say`Insulation`)}</th>
            <th>{t(say`Backup`)}</th>
            <th class="number">{t(say`Seen`)}</th>
            <th class="number">{t(say`Certificate`)}</th>
          </tr>
        </thead>
        <tbody>
          {found.map((each) => (
            <Row key={`${each.virtual}${each.plug}`} {...each} />
          ))}
        </tbody>
      </table>
      {found.length === 0 && <p class="note">{t(say`No plug matches.`)}</p>}
    </section>
  );
}

function Row({
  plug,
  name,
  virtual,
  address,
  earth,
  insulation,
  backup,
  lastSeen,
  certificate,
}: PlugSummary): JSX.Element {
  return (
    <tr>
      <th>
        {t(name ?? plug)} {virtual && <span class="tag">{t(say`Virtual`)}</span>}
      </th>
      <td>{t(address ?? "–")}</td>
      <td class="number" data-label={t(say`Earth`)}>
        {t(reading(earth, "Ω"))}
      </td>
      <td class="number" data-label={t(say`Insulation`)}>
        {t(reading(insulation, "MΩ"))}
      </td>
      <td data-label={t(say`Backup`)}>{t(backup === undefined ? say`no backup` : say`sealed`)}</td>
      <td class="number" data-label={t(say`Seen`)}>
        {lastSeen === undefined ? "–" : formatDate(lastSeen)}
      </td>
      <td class="number" data-label={t(say`Certificate`)}>
        {certificate ? (
          <button type="button" class="button word" onClick={() => void saveCertificate(plug, virtual)}>
            {t(say`Save`)}
          </button>
        ) : (
          "–"
        )}
      </td>
    </tr>
  );
}

function reading(value: number | null | undefined, unit: string): Text | string {
  if (value === undefined) return "–";
  return value === null ? "OL" : say`${quantity(value, unit)}`;
}
