/** Starts the pages: language, theme and address first, then the host, in a server or in a worker of this browser. */
import { render } from "preact";
import "@preact/signals";
import { App } from "./app.tsx";
import { createHttpClient } from "./http-client.ts";
import { connectTo } from "./state/connection.ts";
import { preferredLanguage, setLanguage } from "./state/language.ts";
import { startRouting } from "./state/route.ts";
import { startTheme } from "./state/theme.ts";

async function start(): Promise<void> {
  startTheme();
  startRouting();
  await setLanguage(preferredLanguage());
  const face = document.querySelector<HTMLMetaElement>('meta[name="plugsmith-face"]')?.content;
  if (face === "server") connectTo(createHttpClient(sessionStorage, fetch.bind(globalThis)));
  // Loaded after the first paint, and only where it is needed: engine and simulator are in it.
  else connectTo((await import("./worker/start-worker.ts")).startWorker());
  const place = document.getElementById("app");
  if (place !== null) render(<App />, place);
}

void start();
