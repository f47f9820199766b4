/** The engine's ports in a browser. */

export { webSerialPort } from "../web-serial-port.ts";
export { type BrowserEnvironmentOptions, createBrowserEnvironment } from "./environment.ts";
export { createBrowserHttp } from "./http.ts";
export { opfsFiles } from "./opfs-files.ts";
export { browserClock, browserRandom } from "./system.ts";
export { openWebSerial, type WebSerialOptions } from "./web-serial-line.ts";
