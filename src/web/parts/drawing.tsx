/** The drawing that belongs to a question: one of the pages' own, with the part in question lit, or one of the device's. */
import type { JSX } from "preact";
import { guideText } from "../../core/index.ts";
import type { Device } from "../../host/index.ts";
import { t } from "../state/language.ts";
import { WiringPicture } from "./wiring-picture.tsx";

const FILES = import.meta.glob<string>("../../../profiles/gosund-ep2/drawings/*.svg", {
  query: "?url",
  import: "default",
  eager: true,
});

/** Questions of the job's own that the wiring picture belongs to: which wire is lit, and whether the button is pressed. */
const WIRING: Readonly<Record<string, { readonly lit?: string; readonly press?: boolean }>> = {
  wiring: {},
  "ground-gpio0": { lit: "wire-gpio0", press: true },
  "release-gpio0": { lit: "wire-gpio0" },
  "short-vcc-gnd": { lit: "wire-vcc" },
};

/** Questions of the job's own that a drawing of the device belongs to. */
const NAMES: Readonly<Record<string, string>> = {
  opening: "cut-line",
  "first-mains": "first-mains",
  "load-in": "calibration",
};

/** Null where none belongs to it. @param topic id of the question's topic. */
export function drawingFor(device: Device, topic: string): JSX.Element | null {
  const wiring = WIRING[topic];
  if (wiring !== undefined) return <WiringPicture device={device} {...wiring} />;
  const name = NAMES[topic] ?? drawingOf(device, topic);
  const address = name === undefined ? undefined : FILES[`../../../profiles/gosund-ep2/drawings/${name}.svg`];
  if (address === undefined) return null;
  const words = t(guideText(device.texts, topic));
  return (
    <figure class="draw">
      <img src={address} alt={words === topic ? "" : words} width="640" height="440" />
    </figure>
  );
}

function drawingOf({ guide }: Device, topic: string): string | undefined {
  const steps = [...guide.opening, ...guide.wiring, ...guide.beforePower, ...guide.closing];
  return steps.find(({ id }) => id === topic)?.drawing;
}
