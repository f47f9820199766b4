/** German, for a person with a soldering iron in one hand: Sie, the trade's own terms, short sentences. */
import type { Catalogue } from "../catalogue.ts";

export const de: Catalogue = {
  language: "de",
  covers: "rehearsal",
  texts: {
    ok: "ok",
    note: "Hinweis",
    warn: "Achtung",
    again: "erneut",
    hears: "hört",
    FAILED: "FEHLER",
    DANGER: "GEFAHR",
    done: "fertig",
  },
};
