/**
 * A look along the wires: does Tasmota's console answer, does the boot ROM, or what is heard instead. Asks, changes
 * nothing on the plug, and ends within a minute.
 */
import { isPlugsmithError } from "../../core/errors.ts";
import type { SerialObservation } from "../../core/rescue/observations.ts";
import { query } from "../../core/tasmota/command.ts";
import { parseFirmware, parseNetwork } from "../../core/tasmota/status.ts";
import { openSession } from "../flash/session.ts";
import type { ByteLine } from "../ports.ts";
import { ConsoleClient } from "../tasmota/console-client.ts";
import { PlugConsole } from "../tasmota/plug-console.ts";
import { sleep } from "../time.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import type { RescuePorts } from "./contract.ts";

/** A plug that starts again and again says so more than once in this time, ms. */
const LOOP_WATCH_MS = 20_000;
/** Tasmota answers within 2 s, in its first seconds later. */
const CONSOLE_MS = 2500;
/** Long enough for a boot ROM that is there: it answers the first or second call. */
const ROM_MS = 10_000;

/** @param watch listens on for restarts though the console answers. Errors: aborted, line-lost, port-*. */
export async function surveySerial(
  ports: RescuePorts & { readonly line: ByteLine },
  watch: boolean,
): Promise<SerialObservation> {
  const console = await askConsole(ports, watch);
  if (console !== undefined) return console;
  return await askRom(ports);
}

async function askConsole(
  ports: RescuePorts & { readonly line: ByteLine },
  watch: boolean,
): Promise<SerialObservation | undefined> {
  const { line, clock, signal } = ports;
  const console = await PlugConsole.open(recordedLine(line, ports), clock);
  const client = new ConsoleClient(console);
  let starts = 0;
  let version: string | undefined;
  let image: string | undefined;
  const end = client.listen((event) => {
    if (event.type !== "started") return;
    starts++;
    ({ version, image } = event);
  });
  const options = { timeoutMs: CONSOLE_MS, signal };
  try {
    if (watch) await sleep(clock, LOOP_WATCH_MS, signal);
    if (starts >= 2) {
      return { kind: "tasmota", mac: undefined, version, minimal: image?.includes("minimal") === true, starts };
    }
    try {
      const firmware = parseFirmware(await client.send(query("Status 2"), options));
      const { mac } = parseNetwork(await client.send(query("Status 5"), options));
      const minimal = (firmware.image ?? image)?.includes("minimal") === true;
      return { kind: "tasmota", mac, version: firmware.version ?? version, minimal, starts };
    } catch (error) {
      // The minimal build knows no Status (support_command.ino, FIRMWARE_MINIMAL), but refuses it in Tasmota's words.
      if (isPlugsmithError(error, "command-refused")) {
        return { kind: "tasmota", mac: undefined, version, minimal: true, starts };
      }
      if (!isPlugsmithError(error, "no-answer")) throw error;
    }
    if (starts > 0) return { kind: "tasmota", mac: undefined, version, minimal: false, starts: Math.max(2, starts) };
    return undefined;
  } finally {
    end();
    await client.close();
  }
}

async function askRom(ports: RescuePorts & { readonly line: ByteLine }): Promise<SerialObservation> {
  const { line, clock, files, home, tool, events, codec, signal } = ports;
  let heard: string | undefined;
  const session = openSession({
    line,
    clock,
    files,
    home,
    tool,
    events: (event) => {
      if (event.type === "hearing") heard = event.finding;
      events(event);
    },
    patience: { connectMs: ROM_MS },
    signal,
    codec,
  });
  try {
    const { plug } = await session.identify();
    await session.finish("stay");
    return { kind: "download-mode", mac: plug };
  } catch (error) {
    if (!isPlugsmithError(error, "no-sync")) throw error;
    switch (heard) {
      case "flash-mode":
      case "no-image":
      case "crash":
        return { kind: "not-starting" };
      case "firmware":
        return { kind: "other-firmware" };
      case "noise":
      case "echo":
        return { kind: "noise" };
      default:
        return { kind: "silent" };
    }
  } finally {
    await session.close();
  }
}
