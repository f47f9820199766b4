import fc from "fast-check";
import { expect, test } from "vitest";
import { JOURNAL_ENTRY_VERSION } from "../journal/version.ts";
import { say } from "../text/text.ts";
import { answeredEntry, answersOf } from "./answers.ts";

const at = "2026-11-22T10:00:00Z";
const OFFERED = ["yes", "no"];
const question = { id: "wifi", text: say`Is it so?`, options: OFFERED.map((id) => ({ id })) };

/** What somebody may type, into the wrong place too: told from all else in an entry by its first letters. */
const typed = fc.string().map((text) => `secret:${text}`);

test("whatever is typed, to whatever question, no entry holds it", () => {
  fc.assert(
    fc.property(typed, fc.constantFrom("act", "choose", "measure", "provide"), (secret, kind) => {
      const entry = answeredEntry(kind, question, secret, at);
      expect(JSON.stringify(entry)).not.toContain("secret:");
      expect("answer" in entry).toBe(false);
    }),
  );
});

test("of what is to be provided not even the question's words are kept", () => {
  const entry = answeredEntry(
    "provide",
    { id: "passphrase", text: say`Passphrase of the network secret:Home` },
    undefined,
    at,
  );
  expect(entry).toEqual({ type: "answered", version: 1, at, kind: "provide", id: "passphrase" });
});

test("an option that was offered and any reading are kept, and come back from the journal", () => {
  fc.assert(
    fc.property(fc.constantFrom(...OFFERED), fc.double(), (option, reading) => {
      const chosen = answeredEntry("choose", question, option, at);
      expect(chosen.answer).toBe(option);
      const measured = answeredEntry("measure", { id: "v", text: say`Volts?`, unit: "V" }, reading, at);
      expect(measured.unit).toBe("V");
      expect(measured.answer).toBe(Number.isFinite(reading) ? reading : null);
      expect(answersOf([{ ...chosen }, { type: "backup-sealed", at }, { ...measured }])).toEqual([chosen, measured]);
    }),
  );
});

test("an answer that a newer version wrote is refused, not misread", () => {
  const newer = { ...answeredEntry("choose", question, "yes", at), version: JOURNAL_ENTRY_VERSION + 1 };
  expect(() => answersOf([newer])).toThrowError(expect.objectContaining({ code: "record-newer" }));
});
