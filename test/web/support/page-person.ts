/** A person at the pages: reads the question, and answers it by mouse or by keyboard with what it says itself. */
import type { Page } from "playwright-core";

/** What is typed where a question wants words. A display's reading is in the question. */
const TYPED: Readonly<Record<string, string>> = {
  ssid: "Virtual Home",
  passphrase: "a virtual passphrase",
  voltmeter: "0.8 % + 3 digits",
  load: "1000",
  "load-voltage": "230",
};

const UNITS: Readonly<Record<string, readonly string[]>> = { insulation: ["V", "MΩ"] };

/** Topic of the question that is open, undefined where the computer works or the job has ended. */
async function topicOf(page: Page): Promise<string | undefined> {
  const open = page.locator("main [data-topic]");
  if ((await open.count()) === 0) return undefined;
  return (
    (await open
      .first()
      .getAttribute("data-topic", { timeout: 1000 })
      .catch(() => null)) ?? undefined
  );
}

/**
 * Answers one question after the other until the job has ended, or one is asked that is left open.
 * @returns the topics in their order, and the heading at the end.
 */
export async function workThrough(
  page: Page,
  answer: (page: Page, topic: string) => Promise<void>,
  leaveOpen?: string,
): Promise<{ readonly topics: readonly string[]; readonly heading: string }> {
  const topics: string[] = [];
  for (;;) {
    await page.waitForSelector("main [data-topic], main [data-ended]", { timeout: 60_000 });
    const topic = await topicOf(page);
    if (topic === undefined) {
      if ((await page.locator("main [data-ended]").count()) > 0) {
        if (leaveOpen !== undefined) throw new Error(`${leaveOpen} was never asked; asked was: ${topics.join(", ")}`);
        break;
      }
      continue;
    }
    if (topic === leaveOpen) break;
    topics.push(topic);
    const heading = await page.locator("main h1").textContent();
    await answer(page, topic);
    await page
      .waitForFunction(
        ([before, words]) => {
          const open = document.querySelector("main [data-topic]");
          return (
            open?.getAttribute("data-topic") !== before || document.querySelector("main h1")?.textContent !== words
          );
        },
        [topic, heading] as const,
        { timeout: 20_000 },
      )
      .catch(async (cause: unknown) => {
        const shown = await page.locator("main").textContent();
        throw new Error(`${topic} was answered and stays open: ${shown}`, { cause });
      });
  }
  return { topics, heading: (await page.locator("main h1").textContent()) ?? "" };
}

async function wordsFor(page: Page, topic: string): Promise<string> {
  // As it is laid out: in textContent the number of the next item follows the full stop of a reading.
  // biome-ignore lint/performance/useDomNodeTextContent: the text as it is laid out, with its line breaks.
  const text = (await page.locator("main [data-topic]").innerText()).replaceAll("\u00a0", " ");
  const shown = [...text.matchAll(/(?:virtual instrument shows|virtuelle Messgerät zeigt) ([\d.,]+)/g)].map(
    ([, value]) => value!.replace(/[.,]$/, ""),
  );
  if (shown.length > 0) return shown.map((value, index) => `${value} ${UNITS[topic]?.[index] ?? ""}`.trim()).join("; ");
  return TYPED[topic] ?? "";
}

export async function byMouse(page: Page, topic: string): Promise<void> {
  const boxes = page.locator("main form input[type=checkbox]");
  const field = page.locator("main form input").first();
  if ((await boxes.count()) > 0) {
    for (const box of await boxes.all()) await box.check();
    await page.locator("main form button[type=submit]").click();
  } else if ((await field.count()) > 0) {
    await field.fill(await wordsFor(page, topic));
    await page.locator("main form button[type=submit]").click();
  } else {
    await page.locator("main [data-topic] :is(.acts, .options) button").first().click();
  }
}

/** From the heading, where the focus is: Tab to the field or the first button, type, Enter. */
export async function byKeyboard(page: Page, topic: string): Promise<void> {
  const isThere = (): Promise<boolean> =>
    page.evaluate(
      () => document.activeElement?.matches("main form input, main [data-topic] :is(.acts, .options) button") === true,
    );
  for (let presses = 0; !(await isThere()); presses++) {
    if (presses > 20) throw new Error(`${topic}: the answer is not reached by Tab`);
    await page.keyboard.press("Tab");
  }
  const isBox = (): Promise<boolean> =>
    page.evaluate(() => document.activeElement?.matches("input[type=checkbox]") === true);
  if (await isBox()) {
    for (; await isBox(); await page.keyboard.press("Tab")) await page.keyboard.press("Space");
  } else if (await page.evaluate(() => document.activeElement?.tagName === "INPUT")) {
    await page.keyboard.type(await wordsFor(page, topic));
  }
  await page.keyboard.press("Enter");
}
