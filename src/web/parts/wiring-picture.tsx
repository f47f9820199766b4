/** Five wires between adapter and board, in the guide's colours. Schematic: where the pads are differs from board to board. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { say, type Text } from "../../core/index.ts";
import type { Device } from "../../host/index.ts";
import { t } from "../state/language.ts";

interface Course {
  readonly path: string;
  /** Where its colour is written. */
  readonly at: readonly [x: number, y: number, anchor: "start" | "middle"];
}

/** By the guide's wire id. GPIO0 goes through the button to GND, where it meets the black wire. */
const COURSES: Readonly<Record<string, Course>> = {
  "wire-vcc": { path: "M140 84H340", at: [240, 76, "middle"] },
  "wire-tx": { path: "M140 188C216 188 264 136 340 136", at: [160, 214, "start"] },
  "wire-rx": { path: "M140 136C216 136 264 188 340 188", at: [160, 128, "start"] },
  "wire-gnd": { path: "M140 240H340M178 240V332H204", at: [270, 232, "middle"] },
  "wire-gpio0": { path: "M352 332H268", at: [304, 314, "middle"] },
};

const ADAPTER_PINS = ["3.3 V", "TX", "RX", "GND"];

const COLOURS: Readonly<Record<string, Text>> = {
  red: say`red`,
  yellow: say`yellow`,
  green: say`green`,
  blue: say`blue`,
  black: say`black`,
  white: say`white`,
};

export interface WiringProps {
  readonly device: Device;
  /** Wire that the instruction is about. */
  readonly lit?: string | undefined;
  /** The button is to be pressed. */
  readonly press?: boolean | undefined;
}

export function WiringPicture({ device, lit, press }: WiringProps): JSX.Element {
  const id = useId();
  const wires = device.guide.wiring.filter((wire) => wire.id in COURSES);
  const order = [...wires].sort((a, b) => Number(a.id === lit) - Number(b.id === lit));
  return (
    <figure class="draw">
      <svg class="d" viewBox="0 18 480 400" role="img" aria-labelledby={`${id}-t ${id}-d`}>
        <title id={`${id}-t`}>{t(say`The wires between adapter and board`)}</title>
        <desc id={`${id}-d`}>
          {t(
            say`Left the USB adapter with 3.3 V, TX, RX and GND; right the board. The adapter's TX goes to the board's RX and its RX to the board's TX. A wire from GPIO0 of the board goes through a push button to GND.`,
          )}
        </desc>
        <rect class="body" x="8" y="28" width="132" height="256" rx="6" />
        <text class="strong" x="24" y="56">
          {t(say`USB adapter`)}
        </text>
        <rect class="body" x="340" y="28" width="132" height="380" rx="6" />
        <text class="strong" x="356" y="56">
          {t(say`Board`)}
        </text>
        {lit === "wire-gpio0" && <path class="halo" d="M352 332H268" />}
        {order.map((wire) => (
          <g key={wire.id} class={wire.id === lit ? "lit" : undefined}>
            <path class="wire case" d={COURSES[wire.id]!.path} />
            <path class={`wire core ${wire.colour}`} d={COURSES[wire.id]!.path} />
          </g>
        ))}
        <circle class="joint" cx="178" cy="240" r="7" />
        <rect class="body" x="202" y="318" width="68" height="28" rx="4" />
        <path class={press ? "accent-fill" : "body"} d="M218 318v-7h36v7z" />
        {press && <path class="accent-line" d="M236 270v30M229 292l7 9 7-9" />}
        <text class="strong" x="236" y="374" text-anchor="middle">
          {t(say`button`)}
        </text>
        {press && (
          <text class="quiet" x="236" y="396" text-anchor="middle">
            {t(say`press it first`)}
          </text>
        )}
        {ADAPTER_PINS.map((name, row) => (
          <text key={name} x="128" y={89 + 52 * row} text-anchor="end">
            {t(name)}
          </text>
        ))}
        {ADAPTER_PINS.map((name, row) => (
          <text key={name} x="352" y={89 + 52 * row}>
            {t(name)}
          </text>
        ))}
        <text class="strong" x="356" y="310">
          {t(say`pin ${device.guide.wiring.find((wire) => wire.id === "wire-gpio0")?.chipPins[0] ?? ""}`)}
        </text>
        <text class="quiet" x="378" y="338">
          GPIO0
        </text>
        <text class="quiet" x="352" y="384">
          LED
        </text>
        <circle class="led-ring" cx="424" cy="378" r="12" />
        {wires.map((wire) => {
          const [x, y, anchor] = COURSES[wire.id]!.at;
          return (
            <text key={wire.id} class={wire.id === lit ? "strong" : "quiet"} x={x} y={y} text-anchor={anchor}>
              {t(COLOURS[wire.colour] ?? wire.colour)}
            </text>
          );
        })}
      </svg>
      <figcaption>{t(say`Schematic: your pads are where the meter beeped.`)}</figcaption>
    </figure>
  );
}
