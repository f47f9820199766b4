// Lets another flasher (esptool-js here) work on the virtual chip, in real time, and looks at what it did.
import { ESPLoader, Transport } from "esptool-js";
import { nodeClock, webSerialPort } from "plugsmith/node";
import { createBench, RealTimePacer, SimClock } from "plugsmith/sim";

const world = new SimClock();
const bench = createBench({ clock: world, wiring: { autoReset: true }, adapter: { kind: "CH340" } });
const pacer = new RealTimePacer({ world, clock: nodeClock });
pacer.start();

const transport = new Transport(webSerialPort(bench.line), false);
const terminal = { clean() {}, write() {}, writeLine() {} };
const loader = new ESPLoader({ transport, baudrate: 115200, romBaudrate: 115200, terminal });
await loader.main("default_reset");
console.log("flash id:", (await loader.readFlashId()).toString(16));
const before = bench.flash.slice(0x10000, 0x11000).every((byte) => byte === 0xff);
await loader.eraseFlash();
const after = bench.flash.every((byte) => byte === 0xff);
console.log(`blank before: ${before}, blank after: ${after}, accidents: ${bench.incidents.length}`);
await transport.disconnect();
pacer.stop();
