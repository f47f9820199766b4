/**
 * A real Chromium for the pages' tests: the one inside the npm package on Linux x64, else an installed Chrome. It is started
 * with our own flags: those that the package recommends turn web security off, and no test of it would prove anything.
 */
import sparticuz from "@sparticuz/chromium";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

export interface Skipped {
  readonly reason: string;
}

/** No sandbox for root alone, which Chromium would not start for. None of these touches what pages may do to each other. */
function flags(): string[] {
  return ["--disable-gpu", "--no-zygote", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
}

/** The reason where this system has no browser to test with. */
export async function startBrowser(): Promise<Browser | Skipped> {
  try {
    if (process.platform === "linux" && process.arch === "x64") {
      return await chromium.launch({ executablePath: await sparticuz.executablePath(), args: flags() });
    }
    return await chromium.launch({ channel: "chrome", args: flags() });
  } catch (error) {
    return {
      reason: `no browser to test with: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`,
    };
  }
}

export interface Tab {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page: uncaught errors, and what the content security policy refused. */
  readonly complaints: readonly string[];
}

/** A tab of a fresh profile. */
export async function openTab(
  browser: Browser,
  options: { readonly locale?: string; readonly width?: number; readonly dark?: boolean } = {},
): Promise<Tab> {
  const context = await browser.newContext({
    locale: options.locale ?? "en-GB",
    viewport: { width: options.width ?? 1440, height: 900 },
    colorScheme: options.dark === true ? "dark" : "light",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy|TrustedType/i.test(message.text())) complaints.push(message.text());
  });
  return { page, context, complaints };
}
