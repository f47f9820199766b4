/** One open question: its instruction, and the answer in the form that its kind wants. */
import type { ComponentChildren, JSX } from "preact";
import { say, type Text, termsIn } from "../../core/index.ts";
import type { Answer, OpenQuestion } from "../../host/index.ts";
import { t } from "../state/language.ts";
import { toldIn } from "../state/sentences.ts";
import { ChecklistField } from "./checklist-answer.tsx";
import { ChoiceAnswer } from "./choice-answer.tsx";
import { FileAnswer } from "./file-answer.tsx";
import { Heading } from "./heading.tsx";
import { ReadingAnswerField, ReadingsAnswerField } from "./reading-answer.tsx";
import { TypedAnswer } from "./typed-answer.tsx";

export interface QuestionProps {
  readonly question: OpenQuestion;
  readonly answer: (answer: Answer) => void;
  /** The drawing that belongs to it. */
  readonly drawing?: ComponentChildren;
  /** What is heard meanwhile: it stands beside the drawing, and both below the instruction. */
  readonly heard?: ComponentChildren;
}

/** Headings for instructions that are longer than one. */
const HEADINGS: Readonly<Record<OpenQuestion["kind"], Text>> = {
  act: say`Do this now`,
  measure: say`Measure this`,
  readings: say`Measure this`,
  checklist: say`Which of these are true?`,
  choose: say`Is this so?`,
  provide: say`Type this`,
};

/** Questions whose answer is a file of the person's. */
const FILES: readonly string[] = ["firmware-file"];

export function Question({ question, answer, drawing, heard }: QuestionProps): JSX.Element {
  const { kind, topic } = question;
  const { heading, rest } = toldIn(t(topic.text), t(HEADINGS[kind]));
  const list = kind === "choose" || kind === "provide" ? (topic.list ?? []) : [];
  const work = kind === "measure" || kind === "readings" ? topic.work : undefined;
  const values = kind === "readings" ? topic.values : kind === "checklist" ? topic.items : [];
  const said = [topic.text, ...[...list, ...(work?.steps ?? []), ...values].map(({ text }) => text)];
  return (
    <div class={drawing && !heard ? "two wide-left" : "stack-l"} data-topic={topic.id}>
      <div class="stack">
        <div class="tell">
          <Heading about={question.id}>{heading}</Heading>
          {rest !== "" && <p class="lead">{rest}</p>}
        </div>
        {work && (
          <div class="stack">
            <p>{t(work.text)}</p>
            <Items items={work.steps} />
          </div>
        )}
        {list.length > 0 && <Items items={list} />}
        {kind === "readings" && <Items items={topic.values} />}
        <AnswerTo question={question} answer={answer} />
        <Words texts={said} />
      </div>
      {heard ? (
        <div class="two">
          {drawing}
          {heard}
        </div>
      ) : (
        drawing
      )}
    </div>
  );
}

function AnswerTo({ question, answer }: QuestionProps): JSX.Element {
  switch (question.kind) {
    case "act":
      return (
        <div class="acts">
          <button type="button" class="button" onClick={() => answer({ kind: "act" })}>
            {t(say`Done`)}
          </button>
        </div>
      );
    case "measure":
      return (
        <ReadingAnswerField
          key={question.id}
          quantity={question.topic}
          taken={(reading) => answer({ kind: "measure", reading })}
        />
      );
    case "readings":
      return (
        <ReadingsAnswerField
          key={question.id}
          values={question.topic.values}
          taken={(readings) => answer({ kind: "readings", readings })}
        />
      );
    case "checklist":
      return (
        <ChecklistField
          key={question.id}
          list={question.topic}
          given={(given) => answer({ kind: "checklist", ...given })}
        />
      );
    case "choose":
      return <ChoiceAnswer choice={question.topic} chosen={(option) => answer({ kind: "choose", option })} />;
    case "provide": {
      const { topic, id } = question;
      const given = (text: string): void => answer({ kind: "provide", text });
      if (FILES.includes(topic.id)) return <FileAnswer key={id} label={topic.text} given={given} />;
      return <TypedAnswer key={id} what={topic} given={given} />;
    }
  }
}

function Items({ items }: { readonly items: readonly { readonly id: string; readonly text: Text }[] }): JSX.Element {
  return (
    <ol class="items">
      {items.map(({ id, text }, index) => (
        <li key={id}>
          <span>{index + 1}</span>
          <span>{t(text)}</span>
        </li>
      ))}
    </ol>
  );
}

/** The terms in the question, explained on demand. */
function Words({ texts }: { readonly texts: readonly Text[] }): JSX.Element | null {
  const terms = termsIn(texts.map(String).join(" "));
  if (terms.length === 0) return null;
  return (
    <details>
      <summary class="button word">{t(say`Words explained`)}</summary>
      <dl class="words-list">
        {terms.map(({ name, explanation }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{t(explanation)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
