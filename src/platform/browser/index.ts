/** The engine's ports in a browser. */

export { webSerialPort } from "../web-serial-port.ts";
export { browserClock } from "./clock.ts";
export { browserRandom } from "./random.ts";
export { openWebSerial, type WebSerialOptions } from "./web-serial-line.ts";
