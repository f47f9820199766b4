import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTab, startBrowser } from "./support/browser.ts";
import { byMouse, workThrough } from "./support/page-person.ts";
import { startWorkbench, type WorkbenchServer } from "./support/workbench-server.ts";

/** WCAG 2.2 A and AA, and what axe calls best practice. */
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Sideways scrolling is looked for at these widths, px. */
const WIDTHS = [320, 360, 768, 1440];

let browser: Browser | undefined;
let skipped = "";

beforeAll(async () => {
  const started = await startBrowser();
  if ("reason" in started) skipped = started.reason;
  else browser = started;
});

afterAll(async () => {
  await browser?.close();
});

/** What axe finds, in both themes, and the widths at which the page scrolls sideways. */
async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // The policy of the page lets no script in: this comes through the debugging protocol.
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    faults.push(...found.map((each) => `${colorScheme}: ${each}`));
  }
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (beyond > 0) faults.push(`${width} px: ${beyond} px beyond the edge`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return faults;
}

describe.each(["en-GB", "de-DE"])("in %s", (locale) => {
  let server: WorkbenchServer;

  // A home remembers what was answered, and asks less the next time.
  beforeAll(async () => {
    server = await startWorkbench();
  });
  afterAll(() => server.close());

  test("axe finds nothing on the pages in light and dark, and nothing reaches beyond the edge from 320 px on", async (context) => {
    if (browser === undefined) return context.skip(skipped);
    const { page, context: profile } = await openTab(browser, { locale });
    await page.goto(`file://${await server.startFile()}`);
    const practise = page.getByRole("button", { name: /Practise on a virtual plug|Am virtuellen Stecker üben/ });
    await practise.waitFor();
    const faults: Record<string, string[]> = { bench: await faultsOf(page) };
    await practise.click();
    // One question of each kind, and the map while the flash is read.
    for (const wanted of [
      "ssid",
      "passphrase",
      "reference",
      "before-work",
      "before-power-adapter",
      "short-vcc-gnd",
      "ground-gpio0",
    ]) {
      await workThrough(page, byMouse, wanted);
      faults[wanted] = await faultsOf(page);
    }
    await byMouse(page, "ground-gpio0");
    await page.waitForSelector("main [role=progressbar]");
    faults["working"] = await faultsOf(page);
    expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([]);
    await profile.close();
  });
});

test("document, style and script up to the first paint are at most 120 kB gzipped, and the worker comes after", () => {
  const folder = join("dist", "web");
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const named = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, name]) => name!);
  const scripts = named.filter((name) => name.endsWith(".js"));
  expect(scripts.length).toBeGreaterThan(0);
  const first = ["index.html", ...new Set([...named, ...scripts.flatMap((name) => importsOf(folder, name))])];
  const bytes = first.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(120_000);
  const later = readdirSync(join(folder, "assets")).filter((name) => /^(worker|sim|german)-/.test(name));
  expect(later.length).toBeGreaterThanOrEqual(3);
  expect(first.filter((name) => later.includes(name.replace("assets/", "")))).toEqual([]);
});

/** What a module loads along with itself: its static imports, and theirs. */
function importsOf(folder: string, name: string): string[] {
  const code = readFileSync(join(folder, name), "utf8");
  const imported = [...code.matchAll(/(?:^|[;}\n])(?:import|export)[^"'();]*["']\.\/([^"']+)["']/g)].map(
    ([, file]) => `assets/${file}`,
  );
  return imported.flatMap((each) => [each, ...importsOf(folder, each)]);
}
