/** The page as a whole: which one is shown, and what stands above each of them. */
import type { JSX } from "preact";
import { say } from "../core/index.ts";
import { BenchPage } from "./pages/bench.tsx";
import { JobPage } from "./pages/job.tsx";
import { ConnectionNotice } from "./parts/connection-notice.tsx";
import { TopBar } from "./parts/top-bar.tsx";
import { connectionState, host, reaching } from "./state/connection.ts";
import { t } from "./state/language.ts";
import { currentRoute } from "./state/route.ts";

export function App(): JSX.Element {
  const route = currentRoute();
  const state = connectionState();
  const again = (): void => void reaching(() => host().jobs());
  return (
    <>
      <button type="button" class="skip" onClick={toMain}>
        {t(say`Skip to the instruction`)}
      </button>
      {state !== "there" && <ConnectionNotice state={state} again={again} />}
      {route.page === "job" ? (
        <JobPage key={route.job} job={route.job} />
      ) : (
        <>
          <TopBar whose={undefined} />
          <div class="work plain">
            <BenchPage />
          </div>
        </>
      )}
    </>
  );
}

/** By no address: what stands behind the "#" says which page it is. */
function toMain(): void {
  const main = document.getElementById("main");
  main?.setAttribute("tabindex", "-1");
  main?.focus();
}
