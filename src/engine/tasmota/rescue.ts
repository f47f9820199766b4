/** Tasmota over its serial console, which asks for no password, and out of an upgrade that was cut off. */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import type { UpgradeImage } from "../../core/firmware/upgrade-plan.ts";
import type { SerialObservation } from "../../core/rescue/observations.ts";
import { recoveryOptions } from "../../core/rescue/recovery-options.ts";
import { query, setting } from "../../core/tasmota/command.ts";
import { parseFirmware, parseNetwork } from "../../core/tasmota/status.ts";
import { generateWebPassword } from "../../core/tasmota/web-password.ts";
import { say } from "../../core/text/text.ts";
import { prepareUpgrade, type UpgradeContext, upgrade } from "../firmware/upgrade.ts";
import { upload } from "../firmware/upload.ts";
import type { FirmwareRescue, WiredPlug } from "../firmware-driver/rescue.ts";
import { sleep } from "../time.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import { ConsoleClient } from "./console-client.ts";
import { HttpClient } from "./http-client.ts";
import { PlugConsole } from "./plug-console.ts";

/** A plug that starts again and again says so more than once in this time, ms. */
const LOOP_WATCH_MS = 20_000;
/** Tasmota answers within 2 s, in its first seconds later. */
const CONSOLE_MS = 2500;

export const tasmotaRescue: FirmwareRescue = {
  options: recoveryOptions,
  listen,
  reportedAddress: (plug) =>
    onConsole(plug, async (client) => {
      const { address } = parseNetwork(await client.send(query("Status 5"), { signal: plug.signal }));
      // At its own access point it is in no network.
      return address === "192.168.4.1" ? undefined : address;
    }),
  setPassword: async (plug, password) => {
    // The 2 keeps it out of the answer and of the log (support_command.ino, CmndWebPassword).
    await onConsole(plug, (client) => client.send(setting("WebPassword2", password), { signal: plug.signal }));
  },
  generatePassword: generateWebPassword,
  finishUpgrade,
};

async function onConsole<T>(plug: WiredPlug, work: (client: ConsoleClient) => Promise<T>): Promise<T> {
  const client = new ConsoleClient(await PlugConsole.open(recordedLine(plug.line, plug), plug.clock));
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

async function listen(plug: WiredPlug, watch: boolean): Promise<SerialObservation | undefined> {
  return await onConsole(plug, async (client) => {
    const { clock, signal } = plug;
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
    }
  });
}

async function finishUpgrade(
  { http, clock, events, signal, home }: Parameters<FirmwareRescue["finishUpgrade"]>[0],
  { address, password }: { readonly address: string; readonly password: string | undefined },
  target: UpgradeImage,
): Promise<void> {
  const client = new HttpClient({ http, clock, host: address, password });
  try {
    const context: UpgradeContext = { client, clock, events, home, delivery: upload, signal };
    const prepared = await prepareUpgrade(context, {
      target,
      minimal: () => Promise.reject(noRoom()),
      anyVariant: false,
      downgrade: false,
    });
    await upgrade(context, prepared);
  } finally {
    await client.close();
  }
}

function noRoom(): PlugsmithError {
  return new PlugsmithError("unsupported-transport", {
    message: say`This image does not fit, not even beside the minimal build.`,
    step: "upgrade",
    plugState: say`running the minimal build`,
    nextStep: say`Give the compressed file (tasmota.bin.gz) with --firmware, or write it over the wires.`,
  });
}
