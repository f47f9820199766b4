/** The start: unfinished work first, then what can be begun, the adapters that are plugged in, and the plugs on record. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { say, stepText } from "../../core/index.ts";
import type { JobSummary, PlugSummary, PortListing } from "../../host/index.ts";
import { HostError } from "../host-client.ts";
import { AdapterTable } from "../parts/adapter-table.tsx";
import { Heading } from "../parts/heading.tsx";
import { PlugTable } from "../parts/plug-table.tsx";
import { begin } from "../state/begin.ts";
import { host, reaching } from "../state/connection.ts";
import { t } from "../state/language.ts";

interface Records {
  readonly jobs: readonly JobSummary[];
  readonly plugs: readonly PlugSummary[];
  readonly adapters: PortListing;
}

/** Adapters come and go while somebody looks, ms. */
const LOOK_MS = 3000;

async function read(): Promise<Records | undefined> {
  return await reaching(async () => {
    const client = host();
    const [jobs, plugs, adapters] = await Promise.all([client.jobs(), client.plugs(), client.adapters()]);
    return { jobs, plugs, adapters };
  });
}

export function BenchPage(): JSX.Element | null {
  const [records, setRecords] = useState<Records>();
  const [refused, setRefused] = useState<HostError>();
  useEffect(() => {
    const look = (): void =>
      void read().then(
        (found) => found && setRecords(found),
        (error: unknown) => {
          if (error instanceof HostError) setRefused(error);
        },
      );
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  if (records === undefined) return refused ? <p class="bad">{t(refused.data.message)}</p> : null;
  const running = records.jobs.filter(({ state }) => state === "running" || state === "stopping");
  const unfinished = records.plugs.filter(
    ({ next, virtual, plug }) => next !== undefined && !virtual && !running.some((job) => job.plug === plug),
  );
  const isFirst = running.length === 0 && records.plugs.every(({ virtual }) => virtual);
  return (
    <main id="main" class="stack-l">
      {isFirst ? <FirstTime /> : <Begin running={running} unfinished={unfinished} />}
      {isFirst && <BeforeTheSaw adapters={records.adapters} />}
      <AdapterTable {...records.adapters} />
      <PlugTable plugs={records.plugs.filter(({ next, virtual }) => next === undefined || virtual)} />
    </main>
  );
}

/** Not in a page without a server: it cannot yet keep a backup safe outside of the browser before the flash is erased. */
function converts(): boolean {
  return host().face === "server";
}

function PractiseOnly(): JSX.Element | null {
  if (converts()) return null;
  return (
    <p class="note">
      {t(say`This page is for practice only. To convert a real plug, run this on your computer: npx plugsmith ui.`)}
    </p>
  );
}

function FirstTime(): JSX.Element {
  return (
    <div class="stack">
      <div class="tell">
        <Heading about="bench">{t(say`Practise once, then convert your plug.`)}</Heading>
        <p class="lead">
          {t(
            say`Practising takes ten minutes and nothing can break. The plug itself takes an afternoon: a saw, five wires, glue, and two measurements.`,
          )}
        </p>
      </div>
      <div class="acts">
        <button type="button" class="button" onClick={() => void begin({ job: "practise" })}>
          {t(say`Practise on a virtual plug`)}
        </button>
        {converts() && (
          <button type="button" class="button outlined" onClick={() => void begin({ job: "convert" })}>
            {t(say`Convert a plug`)}
          </button>
        )}
      </div>
      <PractiseOnly />
    </div>
  );
}

function BeforeTheSaw({ adapters: { adapters } }: { readonly adapters: PortListing }): JSX.Element {
  const only = adapters.find(({ vendorId }) => vendorId !== undefined);
  return (
    <section class="section">
      <h2>{t(say`Before you pick up the saw`)}</h2>
      <ol class="items">
        <li>
          <span>1</span>
          <span>
            {t(say`An insulation tester (500 V), or a repair café that has one. A multimeter cannot do this.`)}
          </span>
        </li>
        <li>
          <span>2</span>
          <span>
            {t(
              only === undefined
                ? say`A USB adapter that gives 3.3 V, never 5 V. None is plugged in now.`
                : say`A USB adapter that gives 3.3 V, never 5 V. Plugged in now: ${only.label}.`,
            )}
          </span>
        </li>
        <li>
          <span>3</span>
          <span>{t(say`A socket behind an RCD (30 mA) for the first time at mains.`)}</span>
        </li>
      </ol>
    </section>
  );
}

interface BeginProps {
  readonly running: readonly JobSummary[];
  readonly unfinished: readonly PlugSummary[];
}

function Begin({ running, unfinished }: BeginProps): JSX.Element {
  const [waiting] = running.filter(({ questions }) => questions.length > 0);
  return (
    <>
      {waiting && <Hand job={waiting} />}
      {!waiting && (
        <Heading about="bench">{t(converts() ? say`Convert the next plug.` : say`Practise on a virtual plug`)}</Heading>
      )}
      {running.length + unfinished.length > 0 && (
        <section>
          <h2>{t(say`On the bench now`)}</h2>
          <ul>
            {running.map(({ id, virtual, plug, questions }) => (
              <li key={id} class="lane">
                <h3>{virtual ? t(say`Practice plug`) : t(plug ?? say`A plug`)}</h3>
                <p class="lane-state">{t(questions.length > 0 ? say`waits for you` : say`is being worked on`)}</p>
                <span />
                <a class="button outlined small" href={`#/job/${id}`}>
                  {t(say`Look`)}
                </a>
              </li>
            ))}
            {unfinished.map(({ plug, name, next }) => (
              <li key={plug} class="lane">
                <h3>{t(name ?? plug)}</h3>
                <p class="lane-state">{t(say`Not finished. Next: ${stepText(next ?? "")}`)}</p>
                <span />
                {converts() && (
                  <button
                    type="button"
                    class="button outlined small"
                    onClick={() => void begin({ job: "convert", plug })}
                  >
                    {t(say`Go on`)}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{t(say`Begin`)}</h2>
        <div class="acts">
          {converts() && (
            <button
              type="button"
              class={waiting ? "button outlined" : "button"}
              onClick={() => void begin({ job: "convert" })}
            >
              {t(say`Convert a plug`)}
            </button>
          )}
          <button type="button" class="button outlined" onClick={() => void begin({ job: "practise" })}>
            {t(say`Practise on a virtual plug`)}
          </button>
        </div>
        <PractiseOnly />
      </section>
    </>
  );
}

/** The one thing that waits for a hand. */
function Hand({ job: { id, virtual, plug, questions } }: { readonly job: JobSummary }): JSX.Element {
  const [question] = questions;
  return (
    <section class="hand" aria-live="polite" aria-label={t(say`Needs your hand now`)}>
      <div>
        <p class="note">{t(say`Needs your hand now`)}</p>
        <Heading about={question?.id ?? id}>{virtual ? t(say`Practice plug`) : t(plug ?? say`A plug`)}</Heading>
        {question && <p>{t(question.topic.text)}</p>}
      </div>
      <a class="button" href={`#/job/${id}`}>
        {t(say`Go on`)}
      </a>
    </section>
  );
}
