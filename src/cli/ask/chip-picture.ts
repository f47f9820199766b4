/**
 * The chip's package as text, with the pins that matter marked: a pad is found by its continuity to a pin. Where pads
 * lie on the board is never drawn. Source of the order: ESP8285 Datasheet, chapter Pin Definitions: QFN32 seen from
 * above, pin 1 at the dot, counted anticlockwise; pin 33 is the metal pad below.
 */

import { say, type Text } from "../../core/index.ts";
import { columnsOf, padded } from "../render/columns.ts";

const SIDE = 8;
const THERMAL_PAD = 33;

/** Fifteen lines, 48 columns; dot at the top left. @param worded its words in the language that is shown. */
export function chipPicture(marked: readonly number[], worded: (text: Text) => string): string[] {
  const cell = (pin: number): string =>
    marked.includes(pin) ? `[${String(pin).padStart(2)}]` : ` ${String(pin).padStart(2)} `;
  const row = (pins: readonly number[]): string => pins.map(cell).join("");
  const count = (from: number, step: 1 | -1): number[] => Array.from({ length: SIDE }, (_, i) => from + i * step);
  const border = `     +${"-".repeat(4 * SIDE + 2)}+`;
  const middle = worded(marked.includes(THERMAL_PAD) ? say`[33: metal pad underneath]` : say`seen from above`);
  const sides = count(1, 1).map((left, line) => {
    const inside = line === 0 ? ` o ${worded(say`dot`)}` : line === 3 ? centred(middle, 4 * SIDE + 2) : "";
    return `${cell(left)} |${padded(inside, 4 * SIDE + 2)}| ${cell(3 * SIDE - line)}`.trimEnd();
  });
  return [`      ${row(count(4 * SIDE, -1))}`, border, ...sides, border, `      ${row(count(SIDE + 1, 1))}`].map(
    (line) => line.trimEnd(),
  );
}

function centred(text: string, width: number): string {
  return " ".repeat(Math.max(0, Math.floor((width - columnsOf(text)) / 2))) + text;
}

/** "pin 25: top side, number 8 from the right", for people who cannot see a picture. */
export function pinWords(pin: number): Text {
  if (pin === THERMAL_PAD) return say`the metal pad under the chip`;
  const place = ((pin - 1) % SIDE) + 1;
  return [
    say`pin ${pin} (left side, number ${place} from the top)`,
    say`pin ${pin} (bottom side, number ${place} from the left)`,
    say`pin ${pin} (right side, number ${place} from the bottom)`,
    say`pin ${pin} (top side, number ${place} from the right)`,
  ][Math.floor((pin - 1) / SIDE)]!;
}
