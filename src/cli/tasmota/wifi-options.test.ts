import { expect, test } from "vitest";
import { PlugsmithError } from "../../core/errors.ts";
import type { JobEvent } from "../../core/events.ts";
import type { Operator } from "../../engine/ports.ts";
import type { CommandRun } from "../command.ts";
import { correction } from "./wifi-options.ts";

test("after a refused passphrase the advice is told, and not once more what the retry has told already", async () => {
  const events: JobEvent[] = [];
  const answers = ["Home", "right this time"];
  const operator = { provide: async () => answers.shift()! } as unknown as Operator;
  const run = { emit: (event: JobEvent) => events.push(event), signal: new AbortController().signal };
  const refused = new PlugsmithError("wifi-failed", {
    message: "The plug could not join.",
    nextStep: "Check the passphrase and try again.",
  });
  const corrected = await correction(run as unknown as CommandRun, operator)(refused);
  expect(corrected).toEqual({ ssid: "Home", passphrase: "right this time" });
  expect(events).toEqual([{ type: "notice", level: "info", text: "Check the passphrase and try again." }]);
});
