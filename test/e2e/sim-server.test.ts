/** `plugsmith sim` as a process of its own, and our own RFC 2217 client with somebody else's flasher on it. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Aedes } from "aedes";
import { ESPLoader, Transport } from "esptool-js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLine, webSerialPort } from "../../src/platform/node/index.ts";
import { firmwareLikeImage } from "../../src/sim/bench/firmware-like-image.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { checksum, packet, SYNC, words } from "../support/chip-rig.ts";

const CLI = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

let directory: string;
let server: ChildProcessByStdio<null, Readable, Readable>;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "plugsmith-sim-"));
});
afterEach(() => {
  server.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

/** Resolves to the first `count` lines on standard output: the server is ready then. */
function start(args: string[], count: number): Promise<string[]> {
  server = spawn(process.execPath, [CLI, "sim", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((resolve, reject) => {
    let text = "";
    server.stdout.on("data", (data) => {
      text += String(data);
      const lines = text.split("\n").slice(0, -1);
      if (lines.length >= count) resolve(lines);
    });
    server.once("exit", (code) => reject(new Error(`sim ended early with ${code}: ${text}`)));
  });
}

function ended(signal: NodeJS.Signals): Promise<number | null> {
  const exit = new Promise<number | null>((resolve) => server.once("exit", (code) => resolve(code)));
  server.kill(signal);
  return exit;
}

test("the command line of docs/virtual-plug.md works as it stands, but for the port", async () => {
  const page = readFileSync(new URL("../../docs/virtual-plug.md", import.meta.url), "utf8");
  const [, words = ""] = /^```sh\nnpx plugsmith sim (.*)\n```/m.exec(page) ?? [];
  const args = words.replace(/:4000 /, ":0 ").split(" ");
  expect(args).toEqual(["--listen", "127.0.0.1:0", "--reset-wires"]);
  const addresses = await start(args, 2);
  expect(addresses).toEqual([expect.stringMatching(/^rfc2217:/), expect.stringMatching(/^socket:/)]);
});

test("the web server and MQTT commands of docs/virtual-plug.md work as they stand, but for the ports", async () => {
  const page = readFileSync(new URL("../../docs/virtual-plug.md", import.meta.url), "utf8");
  const [, words = ""] = /^```sh\nnpx plugsmith sim (--http .*)\n```/m.exec(page) ?? [];
  const urls = [...page.matchAll(/^curl .*'http:\/\/127\.0\.0\.1:8080(.*)'$/gm)].map(([, path = ""]) => path);
  expect(urls).toEqual(["/cm?cmnd=Power%20ON", "/cm?cmnd=Status%208", "/dl"]);

  const broker = await Aedes.createBroker();
  const listener = createServer(broker.handle);
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as { port: number };
  const heard = new Promise<string>((resolve) => {
    broker.on("publish", ({ topic, payload }) => {
      if (topic.startsWith("tele/") && topic.endsWith("/LWT")) resolve(payload.toString());
    });
  });
  try {
    const args = words.replace(":8080", ":0").replace(":1883", `:${port}`).split(" ");
    expect(args).toEqual(["--http", "127.0.0.1:0", "--mqtt", `127.0.0.1:${port}`]);
    const [, , http = ""] = await start(args, 3);
    expect(http).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const [power, status, dump] = [
      await fetch(http + urls[0]),
      await fetch(http + urls[1]),
      await fetch(http + urls[2]),
    ];
    expect(await power.json()).toEqual({ POWER: "ON" });
    expect(await status.json()).toMatchObject({ StatusSNS: { ENERGY: { Voltage: expect.any(Number) } } });
    expect((await dump.arrayBuffer()).byteLength).toBe(4096);
    expect(await heard).toBe("Online");
    expect(await ended("SIGINT")).toBe(0);
  } finally {
    await new Promise<void>((resolve) => broker.close(() => listener.close(() => resolve())));
  }
});

test("a plug whose firmware joins no network is not served, and the way to one is told", async () => {
  const folder = join(directory, "plug");
  await start(["--listen", "127.0.0.1:0", folder], 2);
  expect(await ended("SIGTERM")).toBe(0);
  server = spawn(process.execPath, [CLI, "sim", folder, "--http"], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  server.stderr.on("data", (data) => {
    said += String(data);
  });
  const code = await new Promise<number | null>((resolve) => server.once("exit", (status) => resolve(status)));
  expect(said.replace(/\s+/g, " ")).toContain(`plugsmith convert --port sim:${folder}`);
  expect(code).toBe(50);
});

test("an image for the chip to execute makes a new plug, and never changes one that exists", async () => {
  const file = join(directory, "image.bin");
  writeFileSync(file, firmwareLikeImage({ random: new SeededRandom(1), size: 0x10000 }));
  const plug = join(directory, "executing");
  await start(["--firmware", file, plug], 2);
  expect(await ended("SIGTERM")).toBe(0);
  const flash = readFileSync(join(plug, "flash.bin"));
  expect(flash.subarray(0, 0x10)).toEqual(readFileSync(file).subarray(0, 0x10));
  server = spawn(process.execPath, [CLI, "sim", "--firmware", file, plug], { stdio: ["ignore", "pipe", "pipe"] });
  expect(await new Promise((resolve) => server.once("exit", resolve))).toBe(2);
  expect(readFileSync(join(plug, "flash.bin"))).toEqual(flash);
});

test("another flasher erases a sector over RFC 2217, and Ctrl-C saves the flash as it is", async () => {
  const flashFile = join(directory, "flash.bin");
  const [rfc2217 = "", raw = ""] = await start(["--flash", flashFile], 2);
  expect(rfc2217).toMatch(/^rfc2217:\/\/127\.0\.0\.1:\d+$/);
  expect(raw).toMatch(/^socket:\/\/127\.0\.0\.1:\d+$/);
  const before = readFileSync(flashFile);
  expect(before.subarray(0, 0x1000).every((byte) => byte === 0xff)).toBe(false);

  const line = await openLine(rfc2217);
  const transport = new Transport(webSerialPort(line), false);
  const terminal = { clean: () => {}, write: () => {}, writeLine: () => {} };
  const loader = new ESPLoader({ transport, baudrate: 115_200, romBaudrate: 115_200, terminal });
  expect(await loader.main("no_reset")).toContain("ESP8285");
  await loader.eraseFlash();
  await transport.disconnect();
  await line.close();

  expect(await ended("SIGINT")).toBe(0);
  const after = readFileSync(flashFile);
  expect(after.length).toBe(before.length);
  expect(after.every((byte) => byte === 0xff)).toBe(true);
  expect(statSync(flashFile).mode & 0o777).toBe(0o600);
});

test("the raw socket carries the ROM's own answers at 115200", async () => {
  const [, raw = ""] = await start(["--listen", "127.0.0.1:0", join(directory, "plug")], 2);
  const line = await openLine(raw);
  // SYNC as the serial protocol document gives it: 07 07 12 20 and 32 times 55, in a SLIP frame.
  const sync = [0xc0, 0, 8, 36, 0, 0, 0, 0, 0, 7, 7, 0x12, 0x20, ...new Array<number>(32).fill(0x55), 0xc0];
  // Before it comes the boot text, which is garbage at this rate.
  const answer = new Promise<void>((resolve) => {
    let heard = "";
    line.listen({
      bytes: (chunk) => {
        heard += Buffer.from(chunk).toString("hex");
        if (heard.includes("c00108020007071220")) resolve();
      },
    });
  });
  // The first is eaten by the ROM's autobaud: it is measured, not answered.
  const again = setInterval(() => void line.write(Uint8Array.from(sync)), 200);
  await answer;
  clearInterval(again);
  await line.close();
  expect(await ended("SIGTERM")).toBe(0);
});

test("a stub that calls a function which the emulated ROM lacks is an accident that is told while the client waits", async () => {
  const [, raw = ""] = await start(["--listen", "127.0.0.1:0"], 2);
  const client = connect(Number(raw.split(":").at(-1)), "127.0.0.1");
  let wake = (): void => {};
  let [heard, said] = ["", ""];
  client.on("data", (data) => {
    heard += data.toString("hex");
    wake();
  });
  server.stderr.on("data", (data) => {
    said += String(data);
    wake();
  });
  /** Says this again and again until it is answered as wanted. */
  const until = async (send: readonly number[], answered: () => boolean): Promise<void> => {
    const again = setInterval(() => client.write(Uint8Array.from(send)), 200);
    while (!answered()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    clearInterval(again);
  };
  await until(SYNC, () => heard.includes("c00108"));
  // L32R a2, [0x40100000]; CALLX0 a2
  const code = [...words(0x40003cf4), 0x21, 0xff, 0xff, 0xc0, 0x02, 0x00, 0, 0];
  const block = packet(7, [...words(code.length, 0, 0, 0), ...code], checksum(code));
  client.write(Uint8Array.from([...packet(5, words(code.length, 1, code.length, 0x40100000)), ...block]));
  await until([], () => heard.includes("c00107"));
  client.write(Uint8Array.from(packet(6, words(0, 0x40100004))));
  const notice = (): string => said.replace(/\s+/g, " ");
  await until([0x55], () => notice().includes("until it is reset."));
  client.destroy();
  expect(notice()).toContain(
    "Accident at the bench: The program called the boot ROM at 0x40003cf4 (SendMsg), which the virtual chip does not have. Last call from 0x40100007.",
  );
});
