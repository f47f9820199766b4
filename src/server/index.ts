/** The local HTTP face of the workbench. */
export { Access, type AccessOptions, writeStartFile } from "./access.ts";
export { createApp } from "./app.ts";
export { loadAssets } from "./assets.ts";
export { hostsAt } from "./request-guard.ts";
export { DEFAULT_PORT, serveLoopback } from "./serve.ts";
