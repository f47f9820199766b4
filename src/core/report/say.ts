/**
 * The sentences of the certificate go through this tag, so that one place can choose the language. It keeps the English
 * source and returns it with its values; nothing is escaped here, see markup.ts.
 */
export function say(source: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({ raw: source }, ...values);
}

/** Language of the sentences, as HTML's `lang` takes it. */
export const LANGUAGE = "en";
