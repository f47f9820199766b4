/** A file of the person's: handed to the host, which answers with the path that the question is about. */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { say, type Text } from "../../core/index.ts";
import { HostError } from "../host-client.ts";
import { host, reaching } from "../state/connection.ts";
import { t } from "../state/language.ts";

export interface FileProps {
  readonly label: Text;
  readonly given: (path: string) => void;
}

export function FileAnswer({ label, given }: FileProps): JSX.Element {
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Text>();
  const send = async (file: File): Promise<void> => {
    setBusy(true);
    setRefused(undefined);
    try {
      const kept = await reaching(() => host().upload(file));
      if (kept !== undefined) given(kept.path);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      setRefused(error.data.message);
    } finally {
      setBusy(false);
    }
  };
  const chosen = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }): void => {
    const [file] = currentTarget.files ?? [];
    if (file !== undefined) void send(file);
  };
  return (
    <div class="read">
      <label for={id}>{t(label)}</label>
      <div class="field words">
        <input id={id} type="file" accept=".bin,.gz" disabled={busy} onChange={chosen} />
      </div>
      <div aria-live="polite">
        {busy && <p class="note">{t(say`The file is being read.`)}</p>}
        {refused && <p class="bad">{t(refused)}</p>}
      </div>
    </div>
  );
}
