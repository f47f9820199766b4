/** The language of what is shown. Its catalogue is loaded only where it is not English. */
import { type Catalogue, ENGLISH } from "../core/index.ts";

/** Each language that there is a catalogue of, with what loads it. */
const CATALOGUES: Readonly<Record<string, () => Promise<Catalogue>>> = {
  en: () => Promise.resolve(ENGLISH),
  de: async () => withDevices((await import("../core/text/catalogues/de.ts")).de),
};

export const LANGUAGES: readonly string[] = Object.keys(CATALOGUES);

/**
 * @param asked as `--lang` says; otherwise the environment decides among the languages that are complete (POSIX:
 * LC_ALL before LC_MESSAGES before LANG, "de_DE.UTF-8").
 */
export async function catalogueFor(
  asked: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Catalogue> {
  const load = CATALOGUES[asked ?? environmentLanguage(env)];
  const catalogue = (await load?.()) ?? ENGLISH;
  return asked !== undefined || catalogue.covers === "everything" ? catalogue : ENGLISH;
}

/** Guides are data, with a file per language. */
async function withDevices(catalogue: Catalogue): Promise<Catalogue> {
  const { shippedTranslations } = await import("./tasmota/device-profile.ts");
  return { ...catalogue, texts: { ...catalogue.texts, ...(await shippedTranslations(catalogue.language)) } };
}

/** What the line says after `--lang`; undefined where it says nothing that is a language here. */
export function askedLanguage(argv: readonly string[]): string | undefined {
  const at = argv.findLastIndex((word) => word === "--lang" || word.startsWith("--lang="));
  const word = argv[at];
  const asked = word === "--lang" ? argv[at + 1] : word?.slice("--lang=".length);
  return asked !== undefined && LANGUAGES.includes(asked) ? asked : undefined;
}

function environmentLanguage(env: Readonly<Record<string, string | undefined>>): string {
  // An empty one counts as not set.
  const set = [env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find((value) => value !== undefined && value !== "");
  return /^[a-z]+/.exec(set ?? "")?.[0] ?? "en";
}
