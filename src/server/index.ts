/** The local HTTP face of the workbench. */
export { Access, type AccessOptions, writeStartFile } from "./access.ts";
export { type AppOptions, createApp } from "./app.ts";
export { type Assets, loadAssets } from "./assets.ts";
export { hostsAt } from "./request-guard.ts";
export { DEFAULT_PORT, type Serving, serveLoopback } from "./serve.ts";
