import { describe, expect, test } from "vitest";
import { guide, person, texts, unsafe } from "../../../test/support/careful-person.ts";
import type { JobEvent } from "../../core/events.ts";
import type { OperatorProvision } from "../ports.ts";
import { askForMaker, confirmBeforeWork } from "./before-saw.ts";

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

describe("before the saw", () => {
  test("one list has the socket and both tools of the closing list", async () => {
    const operator = person({});
    await confirmBeforeWork({ operator }, false);
    expect(operator.asked).toEqual(["away-from-mains", "insulation-tester", "rcd"]);
    expect(operator.choices.join(" ")).toMatch(/out of its socket.*insulation tester with 500 V DC.*RCD of 30 mA/);
  });

  test.each(["away-from-mains", "insulation-tester", "rcd"])("stopping at %s opens nothing", async (id) => {
    for (const answer of ["no", "perhaps", ""]) {
      const operator = person({ [id]: answer });
      await expect(confirmBeforeWork({ operator }, false)).rejects.toThrowError(unsafe);
      expect(operator.asked.at(-1)).toBe(id);
    }
  });

  test("a plug that is wired already is confirmed with one list", async () => {
    const operator = person({});
    await confirmBeforeWork({ operator }, true);
    expect(operator.asked).toEqual(["away-from-mains", "wired"]);
  });

  test.each(["no", "perhaps"])("as %j to whether it is wired, nothing goes on", async (answer) => {
    await expect(confirmBeforeWork({ operator: person({ wired: answer }) }, true)).rejects.toMatchObject({
      code: "unsafe",
      nextStep: expect.stringContaining("without --wired"),
    });
  });
});
