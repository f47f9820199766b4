/** A conversion, real or practised: the rail, and in the middle one thing at a time. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { say } from "../../core/index.ts";
import type { Answer, Device, JobSummary, OpenQuestion } from "../../host/index.ts";
import { HostError } from "../host-client.ts";
import { drawingFor } from "../parts/drawing.tsx";
import { Ended } from "../parts/ended.tsx";
import { Heading } from "../parts/heading.tsx";
import { HearingPanel } from "../parts/hearing.tsx";
import { Question } from "../parts/question.tsx";
import { SafetyBand } from "../parts/safety-band.tsx";
import { StepRail } from "../parts/step-rail.tsx";
import { TopBar } from "../parts/top-bar.tsx";
import { Working } from "../parts/working.tsx";
import { host, reaching } from "../state/connection.ts";
import { followJob } from "../state/followed-job.ts";
import { t } from "../state/language.ts";
import { railMarks } from "../state/rail-marks.ts";
import { safetyOf } from "../state/safety.ts";

interface Known {
  readonly summary: JobSummary;
  readonly device: Device;
  /** Steps on record before this run. */
  readonly finished: readonly string[];
}

async function readKnown(job: string): Promise<Known | undefined> {
  return await reaching(async () => {
    const client = host();
    const [jobs, device, plugs] = await Promise.all([client.jobs(), client.device(), client.plugs()]);
    const summary = jobs.find(({ id }) => id === job);
    if (summary === undefined) return undefined;
    const plug = plugs.find((each) => each.plug === summary.plug && each.virtual === summary.virtual);
    return { summary, device, finished: plug?.finished ?? [] };
  });
}

export function JobPage({ job }: { readonly job: string }): JSX.Element {
  const followed = useMemo(() => followJob(host(), job, (show) => requestAnimationFrame(show)), [job]);
  useEffect(() => () => followed.stop(), [followed]);
  const [known, setKnown] = useState<Known>();
  useEffect(() => void readKnown(job).then(setKnown), [job]);
  const view = followed.view.value;
  const virtual = known?.summary.virtual ?? false;
  const name = virtual ? say`Practice plug` : say`${String(view.facts.get("name") ?? known?.summary.plug ?? "A plug")}`;
  const device = virtual ? say`virtual` : (known?.device.profile.device.name ?? "");
  if (followed.gone.value) return <Forgotten />;
  return (
    <>
      <TopBar whose={{ name, device }} />
      <SafetyBand safety={safetyOf(view, virtual, known?.finished)} />
      <div class="work">
        <StepRail marks={railMarks(view, known?.finished)} />
        <main id="main" class="stack-l">
          {known && view.seq > 0 && <Middle job={job} known={known} view={view} />}
        </main>
      </div>
    </>
  );
}

interface MiddleProps {
  readonly job: string;
  readonly known: Known;
  readonly view: ReturnType<typeof followJob>["view"]["value"];
}

function Middle({ job, known: { summary, device }, view }: MiddleProps): JSX.Element {
  const answer = async (question: OpenQuestion, given: Answer): Promise<void> => {
    try {
      await reaching(() => host().answer(job, question.id, given));
    } catch (error) {
      // Another page answered first: its answer comes with the events.
      if (!(error instanceof HostError && error.data.code === "question-closed")) throw error;
    }
  };
  const [question] = view.questions;
  if (view.result !== undefined) return <Ended view={view} order={summary} />;
  if (question === undefined) return <Working view={view} device={device} />;
  return (
    <>
      <Question
        question={question}
        answer={(given) => void answer(question, given)}
        drawing={drawingFor(device, question.topic.id)}
        heard={view.hearing && <HearingPanel hearing={view.hearing} />}
      />
      <div class="section acts">
        <button type="button" class="button word" onClick={() => void reaching(() => host().abort(job))}>
          {t(say`Stop here and go on another day`)}
        </button>
      </div>
    </>
  );
}

function Forgotten(): JSX.Element {
  return (
    <>
      <TopBar whose={undefined} />
      <div class="work plain">
        <main id="main" class="stack">
          <Heading about="forgotten">{t(say`plugsmith was restarted.`)}</Heading>
          <p class="lead">{t(say`Recorded steps are not repeated. Go on from the bench.`)}</p>
          <div class="acts">
            <a class="button" href="#/">
              {t(say`To the bench`)}
            </a>
          </div>
        </main>
      </div>
    </>
  );
}
