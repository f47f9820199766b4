/** While the computer works: what it does, how far it is, the flash as a map, and the log. */
import type { JSX } from "preact";
import { say, type Text } from "../../core/index.ts";
import type { Device } from "../../host/index.ts";
import type { JobView } from "../state/job-view.ts";
import { t } from "../state/language.ts";
import { Heading } from "./heading.tsx";
import { HearingPanel } from "./hearing.tsx";
import { LogView } from "./log-view.tsx";
import { ProgressFigures } from "./progress-figures.tsx";
import { SectorMap, SectorTable } from "./sector-map.tsx";
import { Tabs } from "./tabs.tsx";
import { WiringPicture } from "./wiring-picture.tsx";

const SAFE_TO_PULL = say`If the cable comes out, nothing is lost: the old firmware is in the backup, checked and sealed.`;

/** What to do, and what happens if not, by step. */
const TOLD: Readonly<Record<string, readonly [heading: Text, lead: Text]>> = {
  connect: [say`The chip is being looked for.`, say`There is nothing to click: the page notices by itself.`],
  "back-up": [
    say`The old firmware is being read. Leave the wires and the adapter alone.`,
    say`If the cable comes out, plug it in again: what was read stays.`,
  ],
  write: [say`Tasmota is being written. Leave the wires and the adapter alone.`, SAFE_TO_PULL],
  boot: [say`Tasmota starts for the first time.`, say`This takes some seconds.`],
  provision: [say`The plug joins your Wi-Fi.`, say`This takes up to a minute.`],
  find: [say`The plug is being looked for in your network.`, say`This takes up to a minute.`],
  configure: [say`The plug is being set up.`, say`Template, names and limits.`],
  secure: [say`The plug is being locked.`, say`A password is set, and every page is tried without it.`],
  audit: [say`Every setting is read back.`, say`Settings that are not as they should be are listed.`],
  calibrate: [say`The meter is being read. Leave the load as it is.`, say`The readings have to be steady first.`],
  report: [say`The certificate is being written.`, say`One page for the plug's life.`],
};

const OVER_THE_WIRES: readonly string[] = ["back-up", "write"];

export function Working({ view, device }: { readonly view: JobView; readonly device: Device }): JSX.Element {
  const { step = "", hearing, progress } = view;
  const [heading, lead] = TOLD[step] ?? [say`plugsmith is working.`, say`You do not have to do anything now.`];
  if (hearing !== undefined) {
    return (
      <div class="stack-l">
        <div class="tell">
          <Heading about={`${step} hearing`}>{t(heading)}</Heading>
          <p class="lead">{t(lead)}</p>
        </div>
        <div class="two">
          <WiringPicture device={device} lit="wire-gpio0" press />
          <HearingPanel hearing={hearing} />
        </div>
      </div>
    );
  }
  const flash = OVER_THE_WIRES.includes(step);
  const map = { id: "map", title: say`Map`, content: () => <SectorMap map={view.flash} /> };
  const text = { id: "text", title: say`As text`, content: () => <SectorTable map={view.flash} /> };
  const log = { id: "log", title: say`Log`, content: () => <LogView lines={view.log} /> };
  return (
    <>
      <div class="tell">
        <Heading about={step}>{t(heading)}</Heading>
        <p class="lead">{t(lead)}</p>
      </div>
      {(flash || progress !== undefined) && <ProgressFigures progress={progress} />}
      {flash ? <Tabs label={say`View`} tabs={[map, text, log]} /> : <LogView lines={view.log} />}
    </>
  );
}
