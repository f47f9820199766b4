/**
 * Records what esptool and the virtual chip say to each other, for test/fixtures/esptool. esptool is not part of this
 * repository and not on npm: give the folder of a checkout of its v4.7.0 or v5.3.1 and a python3 that has what it imports.
 *
 *   npm run build && node scripts/record-esptool.mjs FOLDER [SESSION…]     (PYTHON=python3, PYTHONPATH for more)
 *
 * esptool reads the stubs from its own folder; for the session it is given the stub that an npm package carries, so that
 * a capture can name that package instead of holding the stub's bytes.
 */
import { spawn } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeClock, serveTcp } from "../dist/platform/node/index.js";
import {
  createBench,
  firmwareLikeImage,
  RealTimePacer,
  SeededRandom,
  SimClock,
  serveRaw,
  serveRfc2217,
} from "../dist/sim/index.js";

const STUBS = {
  legacy: { package: "tasmota-webserial-esptool", file: "dist/stubs/esp8266.json" },
  current: { package: "esptool-js", file: "lib/targets/stub_flasher/esp8266.json" },
};
const MAC = "c44f33a1b212";
const IMAGE = { seed: 7, size: 0x4000 };
const WRITE = ["write_flash", "-fs", "1MB", "-fm", "dout", "0x0", "IMAGE"];

/** By esptool's major version. One command each; those without a reset wire find the chip powered up with GPIO0 on ground. */
const SESSIONS_4 = {
  "rom-flash-id-rfc2217": { over: "rfc2217", stub: "none", command: ["flash_id"] },
  "rom-write-socket": { over: "socket", stub: "none", command: WRITE },
  "legacy-flash-id-rfc2217": { over: "rfc2217", stub: "legacy", baud: 460800, command: ["flash_id"] },
  "legacy-read-socket": { over: "socket", stub: "legacy", command: ["read_flash", "0xfc000", "0x2000", "OUT"] },
  "legacy-erase-socket": { over: "socket", stub: "legacy", command: ["erase_flash"] },
  "legacy-write-socket": { over: "socket", stub: "legacy", command: [...WRITE, "--verify"] },
  "current-flash-id-rfc2217": { over: "rfc2217", stub: "current", baud: 460800, command: ["flash_id"] },
  "current-read-socket": { over: "socket", stub: "current", command: ["read_flash", "0xfc000", "0x2000", "OUT"] },
  "current-erase-socket": { over: "socket", stub: "current", command: ["erase_flash"] },
  "current-write-socket": { over: "socket", stub: "current", command: [...WRITE, "--verify"] },
};
const WRITE_5 = ["write-flash", "-fs", "1MB", "-fm", "dout", "0x0", "IMAGE"];
const SESSIONS_5 = {
  "v5-flash-id-rfc2217": { over: "rfc2217", stub: "current", baud: 460800, command: ["flash-id"] },
  "v5-rom-write-socket": { over: "socket", stub: "none", command: WRITE_5 },
  "v5-read-socket": { over: "socket", stub: "current", command: ["read-flash", "0xfc000", "0x2000", "OUT"] },
  "v5-erase-socket": { over: "socket", stub: "current", command: ["erase-flash"] },
  "v5-write-socket": { over: "socket", stub: "current", command: WRITE_5 },
};

const [esptool, ...wanted] = process.argv.slice(2);
if (esptool === undefined) throw new Error("which folder is esptool in?");
const [, version] = /__version__ = "([0-9.]+)"/.exec(readFileSync(join(esptool, "esptool/__init__.py"), "utf8"));
const isOld = version.startsWith("4.");
const SESSIONS = isOld ? SESSIONS_4 : SESSIONS_5;
const STUB_PLACE = isOld ? "stub_flasher_8266.json" : "2/esp8266.json";
const work = mkdtempSync(join(tmpdir(), "record-esptool-"));
cpSync(join(esptool, "esptool"), join(work, "esptool"), { recursive: true });
const image = firmwareLikeImage({ random: new SeededRandom(IMAGE.seed), size: IMAGE.size });
writeFileSync(join(work, "image.bin"), image);
for (const name of wanted.length > 0 ? wanted : Object.keys(SESSIONS)) await record(name, SESSIONS[name]);
rmSync(work, { recursive: true });
process.exit(0);

async function record(name, session) {
  const stub = STUBS[session.stub];
  if (stub !== undefined) {
    copyFileSync(join("node_modules", stub.package, stub.file), join(work, "esptool/targets/stub_flasher", STUB_PLACE));
  }
  const wired = session.over === "rfc2217";
  const clock = new SimClock();
  const mac = Uint8Array.from(MAC.match(/../g), (digits) => Number.parseInt(digits, 16));
  const bench = createBench({
    clock,
    seed: 1,
    mac,
    gpio0Grounded: !wired,
    wiring: { autoReset: wired ? "direct" : false },
  });
  const events = [];
  const pacer = new RealTimePacer({ world: clock, clock: nodeClock });
  const serve = wired ? serveRfc2217 : serveRaw;
  const server = await serveTcp({ host: "127.0.0.1", port: 0 }, (client) => {
    const session = serve(watched(bench.openLine(), events), client);
    return {
      receive: (bytes) => pacer.enter(() => session.receive(bytes)),
      close: () => pacer.enter(() => session.close()),
    };
  });
  pacer.start();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const place = (word) => ({ IMAGE: join(work, "image.bin"), OUT: join(work, "out.bin") })[word] ?? word;
  const how = wired ? [] : ["--before", isOld ? "no_reset" : "no-reset"];
  const rate = session.baud === undefined ? [] : ["--baud", String(session.baud)];
  const options = [...how, ...rate, ...(stub === undefined ? ["--no-stub"] : []), ...session.command];
  const code = await esptoolRun([
    "--chip",
    "esp8266",
    "--port",
    `${session.over}://127.0.0.1:${server.port}`,
    ...options.map(place),
  ]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  pacer.stop();
  await server.close();
  if (code !== 0) throw new Error(`${name}: esptool ended with ${code}`);
  const capture = {
    tool: `esptool ${version}`,
    command: options,
    over: session.over,
    plug: { seed: 1, mac: MAC, gpio0Grounded: !wired, autoReset: wired ? "direct" : false },
    image: IMAGE,
    events: withReferences(framed(events), stub),
  };
  mkdirSync("test/fixtures/esptool", { recursive: true });
  const lines = capture.events.map((event) => `    ${JSON.stringify(event)}`).join(",\n");
  const { events: _events, ...head } = capture;
  const text = `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "events": [\n${lines}\n  ]\n}\n`;
  writeFileSync(join("test/fixtures/esptool", `${name}.json`), text);
  console.log(`${name}: ${capture.events.length} events, ${text.length} characters`);
}

function esptoolRun(args) {
  return new Promise((resolve) => {
    const env = { ...process.env, PYTHONPATH: `${work}:${process.env.PYTHONPATH ?? ""}` };
    const child = spawn(process.env.PYTHON ?? "python3", ["-m", "esptool", ...args], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (data) => (said += data));
    child.on("close", (code) => {
      if (code !== 0) console.log(said);
      resolve(code);
    });
  });
}

/** The line with everything that passes noted: [">" to the chip, "<" from it, "baud", "lines"]. */
function watched(line, events) {
  const add = (direction, bytes) => {
    const last = events.at(-1);
    if (last?.[0] === direction) last[1].push(...bytes);
    else events.push([direction, [...bytes]]);
  };
  return {
    get identity() {
      return line.identity;
    },
    get present() {
      return line.present;
    },
    get baud() {
      return line.baud;
    },
    can: line.can,
    write: (bytes) => {
      add(">", bytes);
      return line.write(bytes);
    },
    setBaud: (baud) => {
      if (baud !== line.baud) events.push(["baud", baud]);
      return line.setBaud(baud);
    },
    setControlLines: (lines) => {
      events.push(["lines", lines]);
      return line.setControlLines(lines);
    },
    listen: (listener) =>
      line.listen({
        ...listener,
        bytes: (chunk, at) => {
          add("<", chunk);
          listener.bytes(chunk, at);
        },
      }),
    close: () => line.close(),
  };
}

function hex(bytes) {
  return Buffer.from(bytes).toString("hex");
}

/** Host bytes as SLIP frames without their framing, so that a stub's bytes can be found in them. */
function framed(events) {
  const result = [];
  for (const [kind, value] of events) {
    if (kind === "<") result.push({ chip: hex(value) });
    else if (kind !== ">") result.push({ [kind]: value });
    else for (const frame of slipFrames(value)) result.push({ host: frame });
  }
  return result;
}

function slipFrames(bytes) {
  const frames = [];
  let frame;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0xc0) {
      if (frame === undefined) frame = [];
      else {
        frames.push(Uint8Array.from(frame));
        frame = undefined;
      }
    } else if (frame === undefined) throw new Error("host bytes outside of a frame");
    else if (byte === 0xdb) frame.push(bytes[++at] === 0xdc ? 0xc0 : 0xdb);
    else frame.push(byte);
  }
  if (frame !== undefined) throw new Error("a host frame without end");
  return frames;
}

/** MEM_DATA: 8 bytes of command header, 16 of block header, then the stub's bytes. */
function withReferences(events, stub) {
  if (stub === undefined) return events.map((event) => ("host" in event ? { host: [hex(event.host)] } : event));
  const json = JSON.parse(readFileSync(join("node_modules", stub.package, stub.file), "utf8"));
  const segments = { text: Buffer.from(json.text, "base64"), data: Buffer.from(json.data, "base64") };
  return events.map((event) => {
    if (!("host" in event)) return event;
    const frame = Buffer.from(event.host);
    if (frame[1] !== 0x07) return { host: [hex(frame)] };
    const data = frame.subarray(24);
    for (const [segment, bytes] of Object.entries(segments)) {
      const offset = bytes.indexOf(data);
      if (offset >= 0) return { host: [hex(frame.subarray(0, 24)), { ...stub, segment, offset, length: data.length }] };
    }
    throw new Error("uploaded bytes that are not the stub's");
  });
}
