import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTab, startBrowser } from "./support/browser.ts";
import { byKeyboard, byMouse, workThrough } from "./support/page-person.ts";
import { type Site, serveStatic, startWorkbench, type WorkbenchServer } from "./support/workbench-server.ts";

let browser: Browser | undefined;
let skipped = "";
let server: WorkbenchServer;
let site: Site;

beforeAll(async () => {
  const started = await startBrowser();
  if ("reason" in started) skipped = started.reason;
  else browser = started;
  [server, site] = await Promise.all([startWorkbench(), serveStatic()]);
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([server.close(), site.close()]);
});

const ASKED = [
  "ssid",
  "passphrase",
  "before-work",
  "before-power-adapter",
  "ground-gpio0",
  "insulation",
  "first-mains",
];

test("the whole conversion of a virtual plug is clicked through by mouse, over the server", async (context) => {
  if (browser === undefined) return context.skip(skipped);
  const { page, complaints, context: profile } = await openTab(browser);
  await page.goto(`file://${await server.startFile()}`);
  await page.getByRole("button", { name: "Practise on a virtual plug" }).click();
  const { topics, heading } = await workThrough(page, byMouse);
  expect(heading).toBe("The practice plug is converted.");
  for (const topic of ASKED) expect(topics).toContain(topic);
  expect(await page.locator(".band .tag").textContent()).toBe("Virtual");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the certificate" }).click();
  expect((await download).suggestedFilename()).toMatch(/^plug-[0-9a-f]{12}\.html$/);
  await page.getByRole("link", { name: "To the bench" }).click();
  await page.getByRole("row", { name: /Virtual/ }).waitFor();
  expect(complaints).toEqual([]);
  await profile.close();
});

test("the same by keyboard alone in German, in the static site's worker, under its own policy", async (context) => {
  if (browser === undefined) return context.skip(skipped);
  const { page, complaints, context: profile } = await openTab(browser, { locale: "de-DE" });
  await page.goto(site.address);
  await page.getByRole("button", { name: "Am virtuellen Stecker üben" }).press("Enter");
  const { topics, heading } = await workThrough(page, byKeyboard);
  expect(heading).toBe("Der Übungsstecker ist umgebaut.");
  for (const topic of ASKED) expect(topics).toContain(topic);
  expect(complaints).toEqual([]);
  await profile.close();
});

test.for<[locale: string, practise: string, convert: RegExp, how: RegExp]>([
  ["en-GB", "Practise on a virtual plug", /Convert a plug|Go on/, /To convert a real plug.*npx plugsmith ui/],
  ["de-DE", "Am virtuellen Stecker üben", /Einen Stecker umbauen|Weiter/, /echten Stecker umzubauen.*npx plugsmith ui/],
])(
  "the static site offers practice and no conversion, and says how to convert, in %s",
  async ([locale, practise, convert, how], context) => {
    if (browser === undefined) return context.skip(skipped);
    const { page, context: profile } = await openTab(browser, { locale });
    await page.goto(site.address);
    await page.getByRole("button", { name: practise }).waitFor();
    expect(await page.getByRole("button", { name: convert }).count()).toBe(0);
    // biome-ignore lint/performance/useDomNodeTextContent: the text as it is laid out, with its line breaks.
    expect(await page.locator("main").innerText()).toMatch(how);
    await profile.close();
  },
);
