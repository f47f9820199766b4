/** A text that only the person knows: a network's name, a passphrase, an accuracy from a data sheet. */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { say } from "../../core/index.ts";
import type { OperatorProvision } from "../../engine/index.ts";
import { t } from "../state/language.ts";

export interface TypedProps {
  readonly what: OperatorProvision;
  readonly given: (text: string) => void;
}

export function TypedAnswer({ what: { secret }, given }: TypedProps): JSX.Element {
  const id = useId();
  const [text, setText] = useState("");
  const [shown, setShown] = useState(!secret);
  const enter = (event: Event): void => {
    event.preventDefault();
    given(text);
  };
  const typed = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }): void => setText(currentTarget.value);
  const field = { id, value: text, autocomplete: "off", spellcheck: false, onInput: typed } as const;
  return (
    <form class="read" onSubmit={enter}>
      <label for={id}>{t(say`Your answer`)}</label>
      <div class="field words">
        {shown ? <input {...field} type="text" /> : <input {...field} type="password" />}
        <button type="submit" class="button">
          {t(text === "" ? say`Leave empty` : say`Next`)}
        </button>
      </div>
      {secret && (
        <button type="button" class="button word" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {t(say`Show what I type`)}
        </button>
      )}
    </form>
  );
}
