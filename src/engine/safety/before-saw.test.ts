import { describe, expect, test } from "vitest";
import { guide, person, texts, unsafe } from "../../../test/support/careful-person.ts";
import { MemoryFiles } from "../../../test/support/memory-files.ts";
import type { JobEvent } from "../../core/events.ts";
import type { OperatorProvision } from "../ports.ts";
import { askForMaker, closingToolsAtHand } from "./before-saw.ts";

/** What is asked and said of these typed answers, one after the other. */
async function asked(...typed: string[]): Promise<{ readonly questions: string[]; readonly notices: string[] }> {
  const questions: string[] = [];
  const notices: string[] = [];
  const provide = async ({ text }: OperatorProvision): Promise<string> => {
    questions.push(text.toString());
    return typed.shift()!;
  };
  const events = (event: JobEvent): void => void (event.type === "notice" && notices.push(event.text.toString()));
  await askForMaker({ operator: { ...person({}), provide }, events }, "Gosund EP2", guide, texts);
  return { questions, notices };
}

test("the question names the plug and what is known of its kinds, and Enter skips it", async () => {
  const { questions, notices } = await asked("");
  expect(questions).toHaveLength(1);
  expect(questions[0]).toMatch(/^Is this a Gosund EP2/);
  for (const { id } of guide.variants) expect(questions[0]).toContain(texts[id]);
  expect(questions[0]).toContain("tuya-convert");
  expect(notices).toEqual([]);
});

test.each([
  ["5C:CF:7F:0A:0B:0C", /^5C:CF:7F is registered to Espressif/],
  ["d8-1f-12-00-00-01", /^D8:1F:12 is registered to Tuya Smart, .* does not show/],
  ["B827EB000001", /^B8:27:EB is not in plugsmith's list of makers/],
  ["5ecf7f0a0b0c", /^5E:CF:7F is not a registered address/],
])("of %s it says what the registry supports, and goes on", async (mac, words) => {
  const { notices } = await asked(mac);
  expect(notices).toEqual([expect.stringMatching(words)]);
});

test.each([
  ["C8:47:8C:00:00:01", /registered to Beken/],
  ["00:E0:4C:00:00:01", /registered to Realtek/],
])("%s is another maker's chip: the plug is left closed", async (mac, words) => {
  await expect(asked(mac)).rejects.toThrowError(
    expect.objectContaining({
      code: "not-supported",
      message: expect.stringMatching(words),
      plugState: expect.stringMatching("untouched"),
    }),
  );
});

test("what is no address is asked for again", async () => {
  const { questions, notices } = await asked("192.168.1.7", "5ccf7f");
  expect(questions[1]).toMatch(/^"192.168.1.7" is not a MAC address/);
  expect(notices).toHaveLength(1);
});

describe("the tools of the closing list", () => {
  const NOON = Date.UTC(2026, 10, 22, 12, 0);
  const home = () => ({ files: new MemoryFiles(), path: "/home" });
  const at = (hours: number) => ({ clock: { wallTime: () => NOON + hours * 3600e3 } });

  test.each(["no", "perhaps", ""])("%j to them opens nothing and is not remembered", async (answer) => {
    const place = home();
    const operator = person({ "closing-tools": answer });
    for (let run = 1; run <= 2; run++) {
      await expect(closingToolsAtHand({ operator, ...at(0) }, place)).rejects.toThrowError(unsafe);
      expect(operator.asked).toHaveLength(run);
    }
    expect(operator.choices[0]).toMatch(/insulation tester with 500 V DC.*RCD of 30 mA/);
  });

  test("are asked for once in an evening", async () => {
    const place = home();
    const operator = person({});
    for (const hours of [0, 1, 5]) await closingToolsAtHand({ operator, ...at(hours) }, place);
    expect(operator.asked).toEqual(["closing-tools"]);
    await closingToolsAtHand({ operator, ...at(24) }, place);
    expect(operator.asked).toHaveLength(2);
  });

  test("are asked for again where the clock was set back", async () => {
    const place = home();
    const operator = person({});
    for (const hours of [0, -1]) await closingToolsAtHand({ operator, ...at(hours) }, place);
    expect(operator.asked).toHaveLength(2);
  });
});
