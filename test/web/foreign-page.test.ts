import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTab, startBrowser } from "./support/browser.ts";
import { startWorkbench, type WorkbenchServer } from "./support/workbench-server.ts";

let browser: Browser | undefined;
let skipped = "";
let server: WorkbenchServer;
/** A page of another origin, and the requests that its own server got. */
let foreign: Server;
let foreignAddress: string;
const arrived: string[] = [];

beforeAll(async () => {
  const started = await startBrowser();
  if ("reason" in started) skipped = started.reason;
  else browser = started;
  server = await startWorkbench();
  foreign = createServer((request, response) => {
    arrived.push(`${request.method} ${request.url}`);
    response
      .writeHead(200, { "content-type": request.url === "/" ? "text/html" : "text/javascript" })
      .end(request.url === "/" ? "<p>foreign" : "");
  }).listen(0, "127.0.0.1");
  await once(foreign, "listening");
  foreignAddress = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  await browser?.close();
  foreign.closeAllConnections();
  foreign.close();
  await server.close();
});

type Attack = (target: string) => Promise<string>;

/** What a page can do to another origin. Each says what it could read, or how it failed. */
const ATTACKS: Readonly<Record<string, Attack>> = {
  "fetch with CORS": async (target) =>
    fetch(`${target}api/start`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"order":{"job":"practise"}}',
    }).then(
      (response) => `read ${response.status}`,
      () => "blocked",
    ),
  "fetch without CORS": async (target) =>
    fetch(`${target}api/start`, { method: "POST", mode: "no-cors", body: '{"order":{"job":"practise"}}' }).then(
      async (response) => `read ${response.status}${await response.text()}`,
      () => "blocked",
    ),
  "fetch of the page": async (target) =>
    fetch(target).then(
      (response) => `read ${response.status}`,
      () => "blocked",
    ),
  form: (target) =>
    new Promise((resolve) => {
      const frame = document.createElement("iframe");
      frame.name = "sink";
      const form = document.createElement("form");
      Object.assign(form, { method: "POST", action: `${target}api/start`, target: "sink", enctype: "text/plain" });
      frame.onload = () => setTimeout(() => resolve("sent"), 200);
      document.body.append(frame, form);
      form.submit();
    }),
  image: (target) =>
    new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve("read");
      image.onerror = () => resolve("blocked");
      image.src = `${target}icon.svg`;
    }),
  script: (target) =>
    new Promise((resolve) => {
      const script = document.createElement("script");
      script.onload = () => resolve("read");
      script.onerror = () => resolve("blocked");
      script.src = `${target}start`;
      document.body.append(script);
    }),
  frame: (target) =>
    new Promise((resolve) => {
      const frame = document.createElement("iframe");
      frame.onload = () => {
        try {
          resolve(`read ${frame.contentWindow?.document.body.textContent}`);
        } catch {
          resolve("blocked");
        }
      };
      frame.src = target;
      document.body.append(frame);
    }),
};

async function foreignPage(open: Browser): Promise<Page> {
  const { page } = await openTab(open);
  await page.goto(foreignAddress);
  return page;
}

async function jobs(open: Browser): Promise<unknown> {
  const { page, context } = await openTab(open);
  await page.goto(`file://${await server.startFile()}`);
  await page.getByRole("button", { name: "Practise on a virtual plug" }).waitFor();
  const found = await page.evaluate(async () => {
    const headers = {
      "content-type": "application/json",
      authorization: `Bearer ${sessionStorage.getItem("plugsmith-token")}`,
    };
    return await (await fetch("api/jobs", { method: "POST", headers, body: "{}" })).json();
  });
  await context.close();
  return found;
}

test("control: what a page may do to its own server works, and the browser keeps origins apart", async (context) => {
  if (browser === undefined) return context.skip(skipped);
  const page = await foreignPage(browser);
  arrived.length = 0;
  expect(await page.evaluate(ATTACKS["fetch with CORS"]!, foreignAddress)).toBe("read 200");
  expect(arrived).toContain("POST /api/start");
  // Sent, as the web allows; read it may not be.
  expect(await page.evaluate(ATTACKS["fetch with CORS"]!, server.address)).toBe("blocked");
  await page.context().close();
});

test.for(Object.keys(ATTACKS))(
  "a foreign page gets nowhere by %s: nothing read, no job started, no file touched",
  async (attack, context) => {
    if (browser === undefined) return context.skip(skipped);
    const before = await readdir(server.home, { recursive: true });
    const page = await foreignPage(browser);
    const outcome = await page.evaluate(ATTACKS[attack]!, server.address);
    expect(outcome).not.toMatch(/^read .*\S|^read$/);
    expect((await readdir(server.home, { recursive: true })).sort()).toEqual(before.sort());
    await page.context().close();
  },
);

test("after all of that no job is known to the server", async (context) => {
  if (browser === undefined) return context.skip(skipped);
  expect(await jobs(browser)).toEqual([]);
});
