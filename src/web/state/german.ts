/** German with the device's own texts: loaded where it is shown. */
import germanTexts from "../../../profiles/gosund-ep2/texts.de.json" with { type: "json" };
import englishTexts from "../../../profiles/gosund-ep2/texts.en.json" with { type: "json" };
import { type Catalogue, guideTranslations } from "../../core/index.ts";
import { de } from "../../core/text/catalogues/de.ts";

export const GERMAN: Catalogue = { ...de, texts: { ...de.texts, ...guideTranslations(englishTexts, germanTexts) } };
