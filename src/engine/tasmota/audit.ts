/**
 * The audit: reads everything back and compares. A difference is an error, not a hope. Changes nothing.
 */

import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { type Profile, tasmotaOf } from "../../core/profile/profile.ts";
import { query } from "../../core/tasmota/command.ts";
import { encodeForm } from "../../core/tasmota/form.ts";
import { parseHttpAnswer } from "../../core/tasmota/http-answer.ts";
import {
  parseDevice,
  parseFirmware,
  parseMemory,
  parseMqtt,
  parseNetwork,
  parseWifiLink,
} from "../../core/tasmota/status.ts";
import { joined, say } from "../../core/text/text.ts";
import type { AuditReport, Difference } from "../firmware-driver/contract.ts";
import type { PlugConfig } from "../firmware-driver/plug-config.ts";
import { type ApplyContext, readDifferences, readTemplateDifference } from "./apply.ts";
import type { TasmotaClient } from "./client.ts";
import { desiredSettings } from "./configure.ts";
import { HttpClient, textOf } from "./http-client.ts";
import { readMoment } from "./restart.ts";
import { CLOSED_WIFI_CONFIGS, HARMLESS_PAGES, pageRefused } from "./secure.ts";

export interface AuditOptions {
  readonly profile: Profile;
  readonly config: PlugConfig;
  /** The network it should be in. */
  readonly ssid?: string | undefined;
  /** 12 lower-case hex digits it should have. */
  readonly mac?: string | undefined;
  /** A web password must be in force. Only HTTP can prove it. */
  readonly locked: boolean;
}

type Check = readonly [
  name: string,
  reason: string,
  expected: string | number | undefined,
  actual: string | number | undefined,
];

/** All of it. Errors: those of `send`. */
export async function inspect(context: Omit<ApplyContext, "events">, options: AuditOptions): Promise<AuditReport> {
  const { client, clock, signal } = context;
  const ask = (name: string) => client.send(query(name), { signal });
  // Not in its first seconds, where values shown are not all in force.
  const moment = await readMoment(client, clock, signal);
  const device = parseDevice(await ask("Status"));
  const firmware = parseFirmware(await ask("Status 2"));
  const memory = parseMemory(await ask("Status 4"));
  const network = parseNetwork(await ask("Status 5"));
  const link = parseWifiLink(await ask("Status 11"));
  const { profile } = options;
  const tasmota = tasmotaOf(profile);
  const checks: Check[] = [
    [
      "flash size",
      "the image's idea of the flash and the chip's agree",
      profile.device.flash.bytes / 1024,
      memory.flashSize,
    ],
    [
      "flash size in the image",
      "settings and updates land where they should",
      profile.device.flash.bytes / 1024,
      memory.programFlashSize,
    ],
    ["flash mode", "the mode every ESP8285 supports", profile.device.flash.mode, memory.flashMode],
    ["web server", "commands over HTTP are possible", 2, network.webServer],
    ["MAC", "it is the plug that was meant", options.mac, network.mac],
    ["network", "it is in the network that was asked for", options.ssid, link?.ssid],
    ["module", "the template is in force", tasmota.module, device.module],
  ];
  const passed: string[] = [];
  const failed: Difference[] = [];
  const note = (name: string, reason: string, ok: boolean, expected: string, actual: string | undefined): void => {
    if (ok) passed.push(name);
    else failed.push({ name, reason, expected, actual });
  };
  for (const [name, reason, expected, actual] of checks) {
    if (expected !== undefined)
      note(name, reason, expected === actual, String(expected), actual === undefined ? undefined : String(actual));
  }
  const closed = network.wifiConfig !== undefined && CLOSED_WIFI_CONFIGS.includes(network.wifiConfig);
  note("WifiConfig", "no open access point when the network is away", closed, "4 or 5", String(network.wifiConfig));
  const template = await readTemplateDifference(context, tasmota.template);
  if (template === undefined) passed.push("Template");
  else failed.push(template);
  const settings = desiredSettings(profile, options.config);
  const differences = await readDifferences(context, settings);
  failed.push(...differences);
  passed.push(...settings.map((each) => each.name).filter((name) => !differences.some((each) => each.name === name)));
  if (options.locked) await checkLock(client, signal, note);
  return {
    passed,
    failed,
    facts: {
      ...withoutUndefined({
        mac: network.mac,
        address: network.address,
        hostname: network.hostname,
        version: firmware.version,
        image: firmware.image,
        hardware: firmware.hardware,
        signal: link?.signal,
        name: device.deviceName,
        topic: device.topic,
        textsUsed: firmware.texts?.used,
      }),
      uptime: moment.uptime,
      ...(options.config.mqtt === undefined ? {} : withoutUndefined({ broker: await brokerOf(client, signal) })),
    },
  };
}

/** Undefined where MQTT is off: the plug then refuses Status 6 (CmndStatus). */
async function brokerOf(client: TasmotaClient, signal: AbortSignal | undefined): Promise<string | undefined> {
  try {
    return parseMqtt(await client.send(query("Status 6"), { signal })).host;
  } catch (error) {
    if (isPlugsmithError(error, "command-refused")) return undefined;
    throw error;
  }
}

function withoutUndefined(
  facts: Readonly<Record<string, string | number | undefined>>,
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(facts).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}

async function checkLock(
  client: TasmotaClient,
  signal: AbortSignal | undefined,
  note: (name: string, reason: string, ok: boolean, expected: string, actual: string) => void,
): Promise<void> {
  const reason = "nobody in the network gets in without the password";
  if (!(client instanceof HttpClient)) {
    note("web password", reason, false, "proven", "cannot be proven over this transport; use the network");
    return;
  }
  const body = new TextEncoder().encode(encodeForm([["cmnd", "Status 5"]]));
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const command = await client.page(
    { method: "POST", path: "/cm", attempts: 3, body, headers, signal },
    { anonymous: true },
  );
  const refused = parseHttpAnswer(command.status, textOf(command.body)).kind === "password-needed";
  note("web password on /cm", reason, refused, "refused", refused ? "refused" : "answered");
  for (const path of HARMLESS_PAGES) {
    const isRefused = await pageRefused(client, path, signal);
    if (isRefused === undefined) continue;
    note(`web password on ${path}`, reason, isRefused, "refused", isRefused ? "refused" : "answered");
  }
}

/** Errors: audit-failed naming every difference. */
export async function audit(context: ApplyContext, options: AuditOptions): Promise<AuditReport> {
  const report = await inspect(context, options);
  for (const [name, value] of Object.entries(report.facts)) context.events({ type: "fact", name, value });
  if (report.failed.length === 0) return report;
  const list = joined(
    report.failed.map(({ name, expected, actual, reason }) =>
      actual === undefined
        ? say`${name} is not reported (expected ${expected}; ${reason})`
        : say`${name} is ${actual} instead of ${expected} (${reason})`,
    ),
    "; ",
  );
  throw new PlugsmithError("audit-failed", {
    message: say`The plug's settings are not as expected: ${list}.`,
    step: "audit",
    plugState: say`running, but not configured as expected`,
    nextStep: say`Run \`setup\` again. It changes only what differs.`,
    context: { settings: report.failed.map(({ name }) => name) },
  });
}
