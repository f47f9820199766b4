/** The end of a job: the certificate, or what went wrong with the one way that leads on. */
import type { JSX } from "preact";
import { say } from "../../core/index.ts";
import type { JobSummary } from "../../host/index.ts";
import { begin } from "../state/begin.ts";
import type { JobView } from "../state/job-view.ts";
import { t } from "../state/language.ts";
import { saveCertificate } from "../state/save-file.ts";
import { Failure } from "./failure.tsx";
import { Heading } from "./heading.tsx";
import { LogView } from "./log-view.tsx";

export function Ended({ view, order }: { readonly view: JobView; readonly order: JobSummary }): JSX.Element | null {
  const { result } = view;
  if (result === undefined) return null;
  const { virtual } = order;
  if (!result.ok) {
    const again = (): void => void begin(virtual ? { job: "practise" } : { job: "convert" });
    const words = virtual ? say`Practise again from the beginning` : say`Go on where it stopped`;
    return (
      <div class="stack-l" data-ended="failed">
        <Failure result={result} next={{ words, act: again }} />
        <LogView lines={view.log} />
      </div>
    );
  }
  const plug = String(result.data["plug"]);
  return (
    <div class="stack-l" data-ended="done">
      <div class="tell">
        <Heading about="ended">
          {t(
            virtual
              ? say`The practice plug is converted.`
              : say`The plug is converted: earth, insulation, meter and lock are tested.`,
          )}
        </Heading>
        <p class="lead">
          {t(
            virtual
              ? say`Nothing real was touched. For your own plug, you get the same questions.`
              : say`Print its certificate and keep it with the plug as long as you use it.`,
          )}
        </p>
      </div>
      <div class="acts">
        <button type="button" class="button" onClick={() => void saveCertificate(plug, virtual)}>
          {t(say`Save the certificate`)}
        </button>
        <a class="button outlined" href="#/">
          {t(say`To the bench`)}
        </a>
      </div>
      <LogView lines={view.log} />
    </div>
  );
}
