import { expect, test } from "vitest";
import { PlugsmithError } from "../../core/errors.ts";
import type { JobEvent } from "../../core/events.ts";
import { say } from "../../core/text/text.ts";
import type { Operator, OperatorProvision } from "../ports.ts";
import { askCredentials, correction } from "./wifi-credentials.ts";

test("after a refused passphrase the advice is shown once", async () => {
  const events: JobEvent[] = [];
  const answers = ["Home", "right this time"];
  const operator = { provide: async () => answers.shift()! } as unknown as Operator;
  const refused = new PlugsmithError("wifi-failed", {
    message: say`The plug could not join.`,
    nextStep: say`Check the passphrase and try again.`,
  });
  const corrected = await correction({ operator, events: (event) => events.push(event) })(refused);
  expect(corrected).toEqual({ ssid: "Home", passphrase: "right this time" });
  expect(events).toEqual([{ type: "notice", level: "info", text: "Check the passphrase and try again." }]);
});

/** Answers in turn, and keeps what was asked. */
function typist(...answers: string[]) {
  const asked: OperatorProvision[] = [];
  const provide = async (question: OperatorProvision): Promise<string> => {
    asked.push(question);
    return answers.shift()!;
  };
  return { operator: { provide } as unknown as Operator, asked, ids: () => asked.map(({ id }) => id) };
}

const { signal } = new AbortController();

test.each(["short", "p".repeat(64), "p".repeat(65), "nul\u0000nul-nul"])(
  "an impossible passphrase (%j) is asked again alone, and stays hidden",
  async (wrong) => {
    const { operator, asked, ids } = typist("Home", wrong, "long enough");
    expect(await askCredentials(operator, {}, signal)).toEqual({ ssid: "Home", passphrase: "long enough" });
    expect(ids()).toEqual(["ssid", "passphrase", "passphrase"]);
    expect(asked.map(({ secret }) => secret)).toEqual([false, true, true]);
    expect(asked[2]!.text).toMatch(/^Invalid password: .*Password of "Home"/s);
    expect(asked.every(({ text }) => !text.includes(wrong))).toBe(true);
  },
);

test("an impossible network name is asked again alone, and an empty one cancels", async () => {
  const { operator, ids } = typist("n".repeat(33), "Home", "long enough");
  expect(await askCredentials(operator, {}, signal)).toEqual({ ssid: "Home", passphrase: "long enough" });
  expect(ids()).toEqual(["ssid", "ssid", "passphrase"]);
  const given = typist("Home");
  const known = { ssid: "n".repeat(33), passphrase: "long enough" };
  expect(await askCredentials(given.operator, known, signal)).toEqual({ ssid: "Home", passphrase: "long enough" });
  expect(given.ids()).toEqual(["ssid"]);
  expect(await askCredentials(typist("").operator, {}, signal)).toBeUndefined();
});

test("after a failure Enter keeps the network's name, the first and each later one", async () => {
  const { operator, asked } = typist("", "second try", "Guests", "third try", "", "fourth try");
  const correct = correction({ operator, events: () => {}, signal }, "Home");
  const failure = new PlugsmithError("wifi-failed", { message: say`The plug could not join.` });
  expect(await correct(failure)).toEqual({ ssid: "Home", passphrase: "second try" });
  expect(await correct(failure)).toEqual({ ssid: "Guests", passphrase: "third try" });
  expect(await correct(failure)).toEqual({ ssid: "Guests", passphrase: "fourth try" });
  expect(asked[0]!.text).toContain("[Home]");
  expect(asked[4]!.text).toContain("[Guests]");
});
