/** What a device's guide adds to the job's questions: where they stand in a list, a picture in text, a drawing. */
import { asText, type Guide, type GuideWire, list, say, type Text } from "../../core/index.ts";
import { padded, widestOf } from "../render/columns.ts";
import { chipPicture, pinWords } from "./chip-picture.ts";
import type { Hint, Hints } from "./question-text.ts";

/** Drawings of questions that are the job's own and not the guide's. */
const DRAWINGS: Readonly<Record<string, string>> = {
  "ground-gpio0": "wiring",
  "first-mains": "first-mains",
  "load-in": "calibration",
};

/** Of whole pages, with the drawing that helps most. */
const PAGES: Readonly<Record<string, string>> = { opening: "cut-line", wiring: "wiring" };

/** @param drawingPath of a drawing by its name, as it is to be shown. */
export function hintsOf(guide: Guide, drawingPath: (name: string) => string): Hints {
  const hints = new Map<string, Hint>();
  const drawn = (name: string | undefined): Pick<Hint, "drawing"> =>
    name === undefined || !guide.drawings.includes(name) ? {} : { drawing: drawingPath(name) };
  const list = (title: Text, items: readonly { readonly id: string; readonly drawing?: string | undefined }[]): void =>
    items.forEach(({ id, drawing }, index) => {
      hints.set(id, { heading: say`${title}, ${index + 1} of ${items.length}.`, ...drawn(drawing) });
    });
  list(say`Opening`, guide.opening);
  list(say`Wiring`, guide.wiring);
  list(say`Before there is any power`, guide.beforePower);
  list(say`Closing`, guide.closing);
  for (const wire of guide.wiring) hints.set(wire.id, { ...hints.get(wire.id), ...wirePicture([wire], guide.wiring) });
  hints.set("wiring", wirePicture(guide.wiring, guide.wiring));
  for (const [id, name] of Object.entries(PAGES)) hints.set(id, { ...hints.get(id), ...drawn(name) });
  for (const [id, name] of Object.entries(DRAWINGS)) hints.set(id, drawn(name));
  return (id) => hints.get(id);
}

/** A wire's colour as the guide names it. One that is not here is written as it is there. */
const COLOURS: Readonly<Record<string, Text>> = {
  black: say`black`,
  red: say`red`,
  yellow: say`yellow`,
  green: say`green`,
  blue: say`blue`,
  white: say`white`,
};

/** @param marked those that it is about. */
function wirePicture(marked: readonly GuideWire[], all: readonly GuideWire[]): Pick<Hint, "picture" | "inWords"> {
  const chipPins = marked.flatMap((wire) => wire.chipPins);
  return {
    picture: (worded, inColour) => {
      const named = (colour: string): string => worded(COLOURS[colour] ?? asText(colour));
      const adapter = widestOf(all.map((each) => each.adapter));
      const colour = widestOf(all.map((each) => named(each.colour)));
      const wires = all.map((each) => {
        const mark = marked.includes(each) ? ">" : " ";
        const wire = inColour(each.colour, `---- ${padded(named(each.colour), colour)} ----`);
        return `${mark} ${padded(each.adapter, adapter)}  ${wire}  ${each.chip}`;
      });
      const ends = `  ${padded(worded(say`adapter`), adapter + colour + 14)}${worded(say`board`)}`;
      return [ends, ...wires, "", ...chipPicture(chipPins, worded)];
    },
    inWords: say`The chip seen from above, its dot at the top left: ${list(chipPins.map(pinWords))}.`,
  };
}
