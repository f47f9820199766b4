import fc from "fast-check";
import { expect, test } from "vitest";
import { visibleText } from "../visible.ts";
import { type Catalogue, textIn } from "./catalogue.ts";
import { asText, placesOf, say, Text } from "./text.ts";

/** What would harm if a value or a sentence were read as a pattern. */
const nasty = fc
  .array(fc.constantFrom("{", "}", "{0}", "{1}", "{{", "\\", "$&", "$1", "%s", "\u001b", "ä", "a b"))
  .map((parts) => parts.join(""));

const tagged = (parts: readonly string[], values: readonly string[]): Text =>
  say(Object.assign([...parts], { raw: [...parts] }), ...values.slice(0, parts.length - 1));

test("whatever the sentence and its values hold, English is the template literal", () => {
  fc.assert(
    fc.property(fc.array(nasty, { minLength: 1, maxLength: 4 }), fc.array(nasty, { minLength: 3 }), (parts, values) => {
      const literal = parts.map((part, index) => (index === 0 ? part : values[index - 1]! + part)).join("");
      const text = tagged(parts, values);
      expect(text.toString()).toBe(literal);
      expect(placesOf(text.source)).toEqual(parts.slice(1).map((_, index) => index));
    }),
  );
});

test("a translation with the same places, in any order, shows each value as it is and nothing else", () => {
  fc.assert(
    fc.property(
      fc.array(nasty, { minLength: 3, maxLength: 3 }),
      fc.constantFrom([0, 1, 2], [2, 0, 1]),
      (values, order) => {
        const text = new Text("{0} {1} {2}!", values);
        const catalogue: Catalogue = {
          language: "de",
          covers: "rehearsal",
          texts: { "{0} {1} {2}!": order.map((place) => `{${place}}`).join("/") },
        };
        expect(textIn(text, catalogue)).toBe(order.map((place) => values[place]).join("/"));
      },
    ),
  );
});

test("a text made safe to show is what its English is made safe to show", () => {
  fc.assert(
    fc.property(nasty, nasty, (a, b) => {
      const safe = visibleText(say`${a} and ${asText(b)}`);
      expect(safe.toString()).not.toContain("\u001b");
      expect(safe.toString()).toBe(`${a} and ${b}`.replaceAll("\u001b", "\\x1b"));
      expect(safe.source).toBe("{0} and {1}");
    }),
  );
});
