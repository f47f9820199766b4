/**
 * Why a plug's test of Wi-Fi credentials failed. Its page says only that it did, and `WifiTest` nearly always blames a
 * time-out: the failure ends in a scan that leaves the network, after which the plug finds itself idle. So the log
 * decides, which names the reason before that scan; where it is switched off, what the scan heard and the sequence of
 * failures do, as far as they can.
 * Source: Tasmota tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (Xdrv01 FUNC_EVERY_SECOND, HandleConsoleRefresh),
 * tasmota/tasmota_support/support_command.ino (CmndWifiTest), ESP8266 Arduino core ESP8266WiFiScan.cpp (scanNetworks).
 */
import { isPlugsmithError } from "../../core/errors.ts";
import { memberOf } from "../../core/tasmota/answer.ts";
import { query } from "../../core/tasmota/command.ts";
import { parseLogLine } from "../../core/tasmota/console.ts";
import { eventOfLine, type WifiFailure, wifiFailureOf } from "../../core/tasmota/plug-event.ts";
import { listedNetworks } from "../../core/tasmota/setup-page.ts";
import { type HttpClient, textOf } from "./http-client.ts";

/** What is known when the page has said that the test failed. */
export interface FailedJoin {
  readonly ssid: string;
  /** Why the test before this one failed, since the plug was first asked; undefined for the first. */
  readonly before: WifiFailure | undefined;
  readonly signal?: AbortSignal | undefined;
}

export async function reasonOf(client: HttpClient, failed: FailedJoin): Promise<WifiFailure> {
  return (
    (await fromLog(client, failed)) ??
    (await fromCommand(client, failed)) ??
    (await fromScan(client, failed)) ??
    // A second time-out in a row would not have been called a failure: the plug would have saved the credentials. And
    // what was refused once is tried once more at the most (weak signal), where the same is the likeliest again.
    (failed.before === "no-answer-from-router" || failed.before === "wrong-passphrase"
      ? "wrong-passphrase"
      : "reason-not-told")
  );
}

/** The whole log, as the console page asks for it: "<index>}1<flag>}1<lines>}1". Empty where WebLog is 0. */
async function fromLog(client: HttpClient, { signal }: FailedJoin): Promise<WifiFailure | undefined> {
  const text = await pageText(client, "/cs?c2=0&c1=", signal);
  const lines = text?.replace(/\}1$/, "").split("}1").slice(2).join("}1").split("\n") ?? [];
  let reason: WifiFailure | undefined;
  for (const line of lines) {
    const event = eventOfLine(parseLogLine(line));
    if (event.type === "wifi-connecting") reason = undefined;
    else if (event.type === "wifi-failed") reason = event.reason;
  }
  return reason;
}

/** Anything but a time-out is true; a time-out is what it says of every failure. */
async function fromCommand(client: HttpClient, { signal }: FailedJoin): Promise<WifiFailure | undefined> {
  try {
    const reported = memberOf(await client.send(query("WifiTest"), { signal }), "WiFiTest");
    const reason = typeof reported === "string" ? wifiFailureOf(reported) : undefined;
    return reason === "no-answer-from-router" ? undefined : reason;
  } catch (error) {
    if (isPlugsmithError(error, "command-refused") || isTrouble(error)) return undefined;
    throw error;
  }
}

/** A network that is not among those heard is not there, unless one of them hides its name. */
async function fromScan(client: HttpClient, { ssid, signal }: FailedJoin): Promise<WifiFailure | undefined> {
  const heard = listedNetworks((await pageText(client, "/wi?scan=", signal)) ?? "");
  if (heard === undefined || heard.includes(ssid) || heard.includes("")) return undefined;
  return "network-not-found";
}

async function pageText(
  client: HttpClient,
  path: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const response = await client.page({ method: "GET", path, signal });
    return response.status === 200 ? textOf(response.body) : undefined;
  } catch (error) {
    if (isTrouble(error)) return undefined;
    throw error;
  }
}

function isTrouble(error: unknown): boolean {
  return isPlugsmithError(error, "no-answer") || isPlugsmithError(error, "network-failed");
}
