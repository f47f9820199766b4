/**
 * Locking a plug down, and proving it. Threat model: the network is hostile, a hand on the plug is authority. The
 * button and quick power cycles still reset it; anyone who is in the network must not get anywhere without the password.
 */

import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { query, setting } from "../../core/tasmota/command.ts";
import { encodeForm } from "../../core/tasmota/form.ts";
import { parseHttpAnswer } from "../../core/tasmota/http-answer.ts";
import { parseFirmware, parseNetwork } from "../../core/tasmota/status.ts";
import { generateWebPassword, poolOverflow } from "../../core/tasmota/web-password.ts";
import { say } from "../../core/text/text.ts";
import type { LockProof } from "../firmware-driver/contract.ts";
import type { SecureOptions } from "../firmware-driver/plug-config.ts";
import { changeSecrets, type Home } from "../home/plug-records.ts";
import type { HttpResponse, Random } from "../ports.ts";
import { sleep } from "../time.ts";
import { type ApplyContext, apply } from "./apply.ts";
import { type HttpClient, textOf } from "./http-client.ts";
import { refuseUnusable } from "./refuse-unusable.ts";
import { awaitRestart, awaitSafeUptime } from "./restart.ts";

export interface SecureContext extends Omit<ApplyContext, "client"> {
  readonly client: HttpClient;
  readonly random: Random;
  readonly home: Home;
}

/**
 * Everything behind HttpCheckPriviledgedAccess (xdrv_01_9_webserver.ino, xdrv_02_9_mqtt.ino, xdrv_07_domoticz.ino,
 * xdrv_09_timers.ino), what does no harm if it should be open first.
 * `/u1` and `/rt` act at once when asked, and `/u2` and `/u3` take an upload that never was for a success and restart:
 * they come last, after the others have proven that the door is shut.
 */
export const HARMLESS_PAGES: readonly string[] = [
  "/",
  "/?m=1",
  "/cn",
  "/mn",
  "/in",
  "/md",
  "/wi",
  "/mq",
  "/dm",
  "/tm",
  "/lg",
  "/co",
  "/tp",
  "/dl",
  "/rs",
  "/up",
  "/cs",
  "/cs?c2=0&c1=",
];
const ACTING_PAGES: readonly string[] = ["/u1", "/u2", "/u3", "/rt"];

/** WifiConfig values that never open an access point by themselves (support_wifi.ino): 4 retry, 5 wait. */
export const CLOSED_WIFI_CONFIGS: readonly number[] = [4, 5];

/**
 * Errors: bad-argument for an unusable password; text-too-long if the plug has no room for it; audit-failed if the
 * proof fails; those of files and of `send`.
 */
export async function secure(context: SecureContext, options: SecureOptions = {}): Promise<LockProof> {
  const { client, events, signal } = context;
  const given = options.webPassword;
  refuseUnusable({ secure: options });
  const network = parseNetwork(await client.send(query("Status 5"), { signal }));
  if (network.mac === undefined)
    throw new PlugsmithError("bad-answer", { message: say`The plug does not report its MAC address.`, step: "secure" });
  const { mac } = network;
  const kept = given === undefined ? client.password : undefined;
  const password = given ?? kept ?? generateWebPassword((count) => context.random.bytes(count));
  if (kept === undefined) {
    await checkRoom(context, password);
    // On the medium before the plug knows it: a crash in between leaves both candidates on record.
    await changeSecrets(context.home, mac, { nextWebPassword: password });
    await setWebPassword(context, password);
  }
  await changeSecrets(context.home, mac, { webPassword: password, nextWebPassword: undefined });
  const closed = network.wifiConfig !== undefined && CLOSED_WIFI_CONFIGS.includes(network.wifiConfig);
  await apply(context, {
    settings: [
      {
        name: "WifiConfig",
        value: closed ? network.wifiConfig! : 4,
        reason: "no open access point when the network is away",
      },
    ],
  });
  if (options.mqttPassword !== undefined) await setMqttPassword(context, mac, options.mqttPassword);
  const refused = await proveLocked(context, password);
  events({
    type: "notice",
    level: "info",
    text: say`Password set. ${refused.length} pages and commands refuse access without it. The button and quick power cycles still reset the plug.`,
  });
  return { refused, generated: given === undefined && kept === undefined };
}

async function checkRoom({ client, signal }: SecureContext, password: string): Promise<void> {
  const { texts } = parseFirmware(await client.send(query("Status 2"), { signal }));
  if (texts === undefined) return;
  const over = poolOverflow(texts.used, "", password, texts.size);
  if (over <= 0) return;
  throw new PlugsmithError("text-too-long", {
    message: say`All texts of the plug share ${texts.size} bytes. The password is ${over} bytes too long for what is left.`,
    step: "secure",
    plugState: say`unchanged`,
    nextStep: say`Shorten the plug's names or MQTT texts.`,
    context: { limit: texts.size, excess: over },
  });
}

const SET_ATTEMPTS = 3;

/** WebPassword2 answers "****". The plug wants the new password from the next request on, so an answer can be lost. */
async function setWebPassword({ client, clock, signal }: SecureContext, password: string): Promise<void> {
  const command = { ...setting("WebPassword2", password), repeatable: false };
  for (let attempt = 1; ; attempt++) {
    let failure: PlugsmithError | undefined;
    try {
      await client.send(command, { signal });
    } catch (error) {
      // A repetition under the old password is refused where the first one arrived: look which one opens.
      if (!isPlugsmithError(error) || (error.code !== "no-answer" && error.code !== "unauthorized")) throw error;
      failure = error;
    }
    await sleep(clock, 300, signal);
    const previous = client.password;
    client.usePassword(password);
    try {
      await client.send(query("Status 5"), { signal });
      return;
    } catch (error) {
      client.usePassword(previous);
      if (!isPlugsmithError(error, "unauthorized")) throw error;
      if (attempt === SET_ATTEMPTS || isPlugsmithError(failure, "unauthorized")) throw failure ?? error;
    }
  }
}

async function setMqttPassword(context: SecureContext, mac: string, password: string): Promise<void> {
  const { client, clock, events, signal } = context;
  await changeSecrets(context.home, mac, { mqttPassword: password });
  const before = await awaitSafeUptime(client, clock, signal);
  await client.send(setting("MqttPassword2", password), { signal });
  await awaitRestart(client, clock, before, { signal });
  events({
    type: "notice",
    level: "warning",
    text: say`MQTT on this plug is not encrypted: anyone who can read the network traffic sees its user name and password. Use a separate MQTT user with few permissions.`,
  });
}

/** Resolves to what was refused. Errors: audit-failed naming what is open. */
export async function proveLocked(
  context: Pick<SecureContext, "client" | "signal">,
  password: string,
): Promise<readonly string[]> {
  const { client, signal } = context;
  const refused: string[] = [];
  const open: string[] = [];
  const expectRefusal = (name: string, isRefused: boolean): void => {
    (isRefused ? refused : open).push(name);
  };
  for (const wrong of [undefined, `${password}x`]) {
    const name = wrong === undefined ? "/cm" : "/cm with a wrong password";
    expectRefusal(name, commandRefused(await ask(client, wrong, signal)));
  }
  const tryPages = async (paths: readonly string[]): Promise<void> => {
    for (const path of paths) {
      const isRefused = await pageRefused(client, path, signal);
      if (isRefused !== undefined) expectRefusal(path, isRefused);
    }
  };
  await tryPages(HARMLESS_PAGES);
  // What acts at once is only tried behind a door that proved shut.
  if (open.length === 0) await tryPages(ACTING_PAGES);
  if (open.length > 0) {
    throw new PlugsmithError("audit-failed", {
      message: say`Without the password, the plug still answers: ${open.join(", ")}.`,
      step: "secure",
      plugState: say`password set, but not everything is protected by it`,
      nextStep: say`Update the firmware and run \`secure\` again. Do not leave the plug in a network that strangers use.`,
      context: { pages: open },
    });
  }
  await client.send(query("Status 5"), { signal });
  return refused;
}

async function ask(
  client: HttpClient,
  password: string | undefined,
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  return await client.page(
    {
      method: "POST",
      path: "/cm",
      attempts: 3,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new TextEncoder().encode(encodeForm([["cmnd", "Status 5"]])),
      signal,
    },
    password === undefined ? { anonymous: true } : { password },
  );
}

function commandRefused(response: HttpResponse): boolean {
  const parsed = parseHttpAnswer(response.status, textOf(response.body));
  return parsed.kind === "password-needed";
}

/** Undefined where there is no such page: `/mq` is none of a plug whose MQTT is off (Xdrv02 FUNC_WEB_ADD_HANDLER). */
export async function pageRefused(
  client: HttpClient,
  path: string,
  signal: AbortSignal | undefined,
): Promise<boolean | undefined> {
  const method = path === "/u2" ? "POST" : "GET";
  try {
    const response = await client.page(
      {
        method,
        path,
        attempts: 3,
        body: method === "POST" ? new Uint8Array(0) : undefined,
        signal,
      },
      { anonymous: true },
    );
    return response.status === 404 ? undefined : response.status === 401;
  } catch (error) {
    // No answer at all is a refusal too (SetOption128 0), as long as the plug still answers afterwards.
    if (isPlugsmithError(error, "network-failed")) return true;
    throw error;
  }
}
