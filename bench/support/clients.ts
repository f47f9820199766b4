/**
 * The three flashers, each doing a job on a serial line in the way its own documentation shows. All are run in virtual
 * time with timers and Date of the virtual world.
 */
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { ESPLoader, getStubJsonByChipName, Transport } from "esptool-js";
import type { SessionOptions } from "../../src/engine/flash/contract.ts";
import { openSession } from "../../src/engine/flash/session.ts";
import type { ByteLine, Clock } from "../../src/engine/ports.ts";
import { nodeCodec } from "../../src/platform/node/system.ts";
import { webSerialPort } from "../../src/platform/web-serial-port.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import type { Job } from "./jobs.ts";
import { require } from "./rig.ts";

export interface Run {
  readonly line: ByteLine;
  readonly clock: Clock;
  readonly job: Job;
  /** Undefined: the tool's own choice. */
  readonly baud: number | undefined;
  /** Told the end of each phase. */
  readonly finished: (phase: Phase) => void;
}

export type Phase = "connect" | "backup" | "write" | "verify";
export const PHASES: readonly Phase[] = ["connect", "backup", "write", "verify"];

export interface Client {
  readonly name: string;
  /** What its own choice of rate is, for people. */
  readonly defaultRate: string;
  /** Its write ends with a proof: what comes after the last programming is that. */
  readonly provesWrites: boolean;
  /** Throws where what it read is not what the flash held. */
  run(run: Run): Promise<void>;
}

const MAC = "c4:4f:33:a1:b2:12";

export const plugsmith: Client = {
  name: "plugsmith",
  defaultRate: "by adapter",
  provesWrites: true,
  async run({ line, clock, job, baud, finished }) {
    const { files } = new VirtualDisk({ seed: 1 });
    const options: SessionOptions = { line, clock, files, home: "/home", codec: nodeCodec, tool: "bench" };
    const session = openSession(baud === undefined ? options : { ...options, baud: { force: baud } });
    await session.identify();
    finished("connect");
    if (job.backup) {
      const { path } = await session.backup();
      mustEqual(await files.read(path), job.before);
      finished("backup");
    }
    await session.write(job.image, { raw: job.raw, keepHeader: true, typedMac: job.backup ? undefined : MAC });
    finished("write");
    await session.close();
  },
};

export const esptoolJs: Client = {
  name: "esptool-js",
  defaultRate: "115200",
  provesWrites: false,
  async run({ line, job, baud, finished }) {
    const terminal = { clean: () => {}, write: () => {}, writeLine: () => {} };
    const transport = new Transport(webSerialPort(line));
    const loader = new ESPLoader({ transport, baudrate: baud ?? 115200, romBaudrate: 115200, terminal });
    await loader.main("no_reset");
    if (line.baud !== (baud ?? 115200)) throw new Error(`it fell back to ${line.baud} baud`);
    finished("connect");
    if (job.backup) {
      mustEqual(await loader.readFlash(0, job.before.length), job.before);
      // It leaves the digest at the end unread, and the stub drops what comes before it has sent that.
      await new Promise((resolve) => setTimeout(resolve, 20));
      finished("backup");
    }
    await loader.writeFlash({
      fileArray: [{ data: job.image, address: 0 }],
      flashSize: "keep",
      flashMode: "keep",
      flashFreq: "keep",
      eraseAll: false,
      compress: true,
    });
    finished("write");
    const digest = await loader.flashMd5sum(0, job.image.length);
    if (digest !== bytesToHex(md5(job.image))) throw new Error("its digest differs");
    finished("verify");
  },
};

/** What is used of tasmota-webserial-esptool; its own types need a bundler. */
interface TasmotaLoader {
  initialize(): Promise<void>;
  runStub(): Promise<TasmotaLoader>;
  setBaudrate(baud: number): Promise<void>;
  readFlash(address: number, size: number): Promise<Uint8Array>;
  flashData(image: ArrayBufferLike, progress: () => void, offset: number, compress: boolean): Promise<void>;
}
type TasmotaLoaderClass = new (
  port: SerialPort,
  logger: Record<"log" | "error" | "debug", (text: string) => void>,
) => TasmotaLoader;
let TasmotaLoader: TasmotaLoaderClass;

export const tasmotaWebserial: Client = {
  name: "tasmota-webserial",
  defaultRate: "115200",
  provesWrites: false,
  async run({ line, job, baud, finished }) {
    const port = webSerialPort(line);
    await port.open({ baudRate: 115200 });
    const loader = new TasmotaLoader(port, { log: () => {}, error: () => {}, debug: () => {} });
    await loader.initialize();
    const stub = await loader.runStub();
    if (baud !== undefined && baud !== 115200) await stub.setBaudrate(baud);
    finished("connect");
    if (job.backup) {
      mustEqual(await stub.readFlash(0, job.before.length), job.before);
      finished("backup");
    }
    await stub.flashData(job.image.slice().buffer, () => {}, 0, true);
    finished("write");
  },
};

/** The stubs are read from disk before virtual time begins: the virtual world does not wait for real files. */
export async function loadClients(): Promise<void> {
  await getStubJsonByChipName("ESP8266");
  // The package's main entry has imports that only bundlers resolve; its browser bundle is the same code.
  const folder = join(dirname(require.resolve("tasmota-webserial-esptool")), "web");
  const load = (name: string): Promise<unknown> => import(pathToFileURL(join(folder, name)).href);
  ({ ESPLoader: TasmotaLoader } = (await load("index.js")) as { ESPLoader: TasmotaLoaderClass });
  await load(readdirSync(folder).find((name) => name.startsWith("esp8266-"))!);
}

function mustEqual(read: Uint8Array, held: Uint8Array): void {
  if (Buffer.compare(read, held) !== 0) throw new Error("what it read is not what the flash held");
}
