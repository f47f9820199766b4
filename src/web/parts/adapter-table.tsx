/** The adapters that are plugged in now. None is called good: they were not measured. */
import type { JSX } from "preact";
import { say } from "../../core/index.ts";
import type { PortListing } from "../../host/index.ts";
import { t } from "../state/language.ts";

export function AdapterTable({ adapters, troubles }: PortListing): JSX.Element {
  return (
    <section>
      <h2>{t(say`Adapters`)}</h2>
      {adapters.length + troubles.length === 0 ? (
        <p class="note">{t(say`No USB adapter is plugged in.`)}</p>
      ) : (
        <table class="folding">
          <thead>
            <tr>
              <th>{t(say`Adapter`)}</th>
              <th>{t(say`Port`)}</th>
              <th>{t(say`What is known about it`)}</th>
            </tr>
          </thead>
          <tbody>
            {adapters.map(({ path, label }) => (
              <tr key={path}>
                <th>{t(label)}</th>
                <td class="mono whole">{t(path)}</td>
                <td class="whole">
                  {t(say`Its voltage and strength are not known. Measure it before you wire it: some give 5 V.`)}
                </td>
              </tr>
            ))}
            {troubles.map(({ identity, text }) => (
              <tr key={identity.path}>
                <th>{t(identity.label)}</th>
                <td class="mono whole">{t(identity.path)}</td>
                <td class="whole">{t(text)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
