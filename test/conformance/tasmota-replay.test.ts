/** The stand-in against recordings of the real Tasmota 15.2.0.2 code. */
import { expect, test } from "vitest";
import type { TasmotaCore } from "../../src/sim/tasmota/contract.ts";
import { createMeter } from "../../src/sim/tasmota/meter/meter.ts";
import { createTasmotaStandIn } from "../../src/sim/tasmota/stand-in.ts";
import { buildStandInImage } from "../../src/sim/tasmota/stand-in-image.ts";
import { scriptedNetwork } from "../support/scripted-network.ts";
import { TestBoard } from "../support/tasmota-host.ts";
import { replay } from "./tasmota-replay-driver.ts";
import { judge } from "./tasmota-replay-exceptions.ts";
import { type Exchange, loadRecording } from "./tasmota-replay-recording.ts";

function cm(core: TasmotaCore, exchange: Exchange): string | undefined {
  const url = new URL(exchange.req.split(" ")[1]!, "http://plug");
  if (url.pathname !== "/cm") return undefined;
  const command = url.searchParams.get("cmnd") ?? new URLSearchParams(exchange.reqBody ?? "").get("cmnd") ?? "";
  if (command.length < 1 || command.length > 1199) return '200 {"WARNING":"Enter command cmnd="}';
  const from = core.webLog.next;
  core.webLog.holdLevel(2);
  core.execute(command, "web");
  const pieces = core.webLog.since(from, 2).flatMap((line) => {
    const a = line.indexOf("{");
    const b = line.lastIndexOf("}");
    return a < 0 ? [] : [line.slice(a + 1, b)];
  });
  core.webLog.holdLevel(0);
  return `200 {${pieces.join(",")}}`;
}

/** The bench's load simulator: what the meter's pins gave for 60 W, 0.27 A and 230 V. */
const PERIODS = { W: 30_515 * 60, A: 44_580 * 0.27, V: 664 * 230 };

function act(board: TestBoard, note: string): void {
  const load = /load simulator: ([WAV])=([\d.]+)/.exec(note);
  if (load !== null) {
    const period = Number(load[2]) === 0 ? 0 : PERIODS[load[1] as "W" | "A" | "V"] / Number(load[2]);
    board.signals[({ W: "cf", A: "current", V: "voltage" } as const)[load[1] as "W" | "A" | "V"]] = period;
  }
  const frame = /^improv .*: send ([0-9a-f ]+)$/.exec(note);
  if (frame !== null) board.type(Uint8Array.from(frame[1]!.split(" "), (byte) => Number.parseInt(byte, 16)));
  if (note === "ctl press") board.pull(13, 0);
  if (note === "ctl release") board.pull(13, 1);
  if (note === "ctl crash") board.reset(4);
  if (note === "ctl reset") board.reset(2);
  if (note === "ctl powercycle" || /^power cycle \d/.test(note)) board.powerCycle();
}

test.each((process.env["REC"] ?? "02,03").split(","))("recording %s", (number) => {
  const events = loadRecording(number);
  const heard = JSON.stringify(events);
  const ip = /IP address (127\.0\.0\.\d+)/.exec(heard)?.[1] ?? "127.0.0.9";
  const id = /tasmota-([0-9A-F]{6})-/.exec(heard)![1]!;
  const mac = Uint8Array.from([0x5c, 0xcf, 0x7f, ...[0, 2, 4].map((i) => Number.parseInt(id.slice(i, i + 2), 16))]);
  const standIn = createTasmotaStandIn({
    network: (core) =>
      scriptedNetwork(core, {
        ip,
        ssid: "TestNet",
        password: "testpass123",
        bssid: "02:11:22:33:44:01",
        signalDbm: -58,
      }),
    meter: createMeter,
  });
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(buildStandInImage());
  const board = new TestBoard({ standIn, flash, mac, chipName: "ESP8266EX", jedecId: [0xef, 0x40, 0x14] });
  act(board, "load simulator: W=60");
  act(board, "load simulator: A=0.27");
  act(board, "load simulator: V=230");
  const pairs = replay(board, events, { request: cm, act });
  const { compared, equal, excused, unexcused } = judge(pairs);
  const excuses = [...excused].map(([name, count]) => `${name} ${count}`).join(", ");
  process.stdout.write(
    `recording ${number}: ${compared} compared, ${equal} equal, excused: ${excuses}, ${unexcused.length} differ\n`,
  );
  if (process.env["SHOW"])
    for (const p of unexcused) {
      const a = p.recorded ?? "(nothing)";
      const b = p.given ?? "(nothing)";
      let k = 0;
      while (k < a.length && a[k] === b[k]) k++;
      const from = Math.max(0, k - 60);
      process.stdout.write(`${p.t} ${p.what}\n   - ${a.slice(from, from + 260)}\n   + ${b.slice(from, from + 260)}\n`);
    }
  expect(pairs.length).toBeGreaterThan(0);
});
