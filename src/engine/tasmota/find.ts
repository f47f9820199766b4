/**
 * Finding plugs in the network. A plug is who its MAC says it is; addresses change.
 * Four sources: an address that was given, the list of plugs seen before, MQTT discovery, and a polite scan of an
 * address range.
 */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { allLocal, isLocalAddress, plainAddress } from "../../core/local-address.ts";
import { parseJson, textField } from "../../core/tasmota/answer.ts";
import { encodeForm } from "../../core/tasmota/form.ts";
import { parseHttpAnswer } from "../../core/tasmota/http-answer.ts";
import { basicToken } from "../../core/tasmota/redact.ts";
import { parseNetwork } from "../../core/tasmota/status.ts";
import { WEB_USER } from "../../core/tasmota/web-password.ts";
import { say } from "../../core/text/text.ts";
import type { FoundPlug, ProbeOptions, SearchPorts } from "../firmware-driver/finder.ts";
import type { Clock, Http, MqttConnection } from "../ports.ts";
import { sleep } from "../time.ts";
import { textOf } from "./http-client.ts";

const REFUSAL = /^\s*\{\s*"WARNING"\s*:\s*"Need user/;

/** One plug answers within 0.2 s, a busy one within 2 s; more than one try at silent addresses would be impolite. */
const PROBE_MS = 2500;

/**
 * Asks one address who it is. Undefined where there is no Tasmota; with `strangers`, "stranger" where something else
 * answers. A password is only sent if the caller gives one. Errors: aborted.
 */
export async function probe(
  http: Http,
  address: string,
  options: ProbeOptions & { readonly strangers: true },
): Promise<FoundPlug | "stranger" | undefined>;
export async function probe(http: Http, address: string, options?: ProbeOptions): Promise<FoundPlug | undefined>;
export async function probe(
  http: Http,
  address: string,
  options: ProbeOptions & { readonly strangers?: true } = {},
): Promise<FoundPlug | "stranger" | undefined> {
  const { password, signal } = options;
  const stranger = options.strangers === true ? "stranger" : undefined;
  const headers: Record<string, string> = {
    "Content-Type": "application/x-www-form-urlencoded",
    Referer: `http://${address}/`,
  };
  if (password !== undefined) headers["Authorization"] = `Basic ${basicToken(`${WEB_USER}:${password}`)}`;
  try {
    const response = await http.request({
      method: "POST",
      url: `http://${address}/cm`,
      headers,
      body: new TextEncoder().encode(encodeForm([["cmnd", "Status 5"]])),
      timeoutMs: PROBE_MS,
      signal,
    });
    const server = /^Tasmota\/([\d.]+)/.exec(response.headers["server"] ?? "");
    const parsed = parseHttpAnswer(response.status, textOf(response.body));
    const nothing = {
      address,
      mac: undefined,
      hostname: undefined,
      name: undefined,
      version: server?.[1],
      minimal: false,
    };
    if (parsed.kind === "answer") {
      const network = parseNetwork(parsed.answer);
      if (network.mac === undefined)
        return server === null ? stranger : { ...nothing, needsPassword: false, minimal: true };
      return { ...nothing, mac: network.mac, hostname: network.hostname, needsPassword: false };
    }
    // Its Server header is on every answer (WSHeaderSend); so is its own JSON on a refused command (HandleHttpCommand).
    if (server === null && !REFUSAL.test(textOf(response.body))) return stranger;
    return { ...nothing, needsPassword: parsed.kind === "password-needed" };
  } catch (error) {
    if (isPlugsmithError(error, "aborted")) throw error;
    return undefined;
  }
}

/** "192.168.1.0/24" or "192.168.1.10-192.168.1.50". At most 1024 addresses, all of a local network. Errors: bad-argument. */
export function addressesOf(range: string): readonly string[] {
  const number = (text: string): number => {
    const value = plainAddress(text);
    if (value === undefined) throw badRange(range);
    return value;
  };
  const cidr = /^([\d.]+)\/(\d{1,2})$/.exec(range);
  const span = /^([\d.]+)-([\d.]+)$/.exec(range);
  let first: number;
  let last: number;
  if (cidr !== null) {
    const bits = Number(cidr[2]);
    if (bits < 22 || bits > 32) throw badRange(range);
    const size = 2 ** (32 - bits);
    first = Math.floor(number(cidr[1]!) / size) * size;
    last = first + size - 1;
    // The network's own and its broadcast address belong to nobody.
    if (size > 2) {
      first++;
      last--;
    }
  } else if (span !== null) {
    first = number(span[1]!);
    last = number(span[2]!);
  } else {
    first = number(range);
    last = first;
  }
  if (last < first || last - first > 1023) throw badRange(range);
  if (!allLocal(first, last)) throw notLocal(range);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = first + i;
    return [value / 2 ** 24, (value / 2 ** 16) % 256, (value / 2 ** 8) % 256, value % 256].map(Math.floor).join(".");
  });
}

function badRange(range: string): PlugsmithError {
  return new PlugsmithError("bad-argument", {
    message: say`"${range}" is not a usable address range.`,
    nextStep: say`Write it as "192.168.1.0/24" (/22 at most) or "192.168.1.10-192.168.1.50".`,
    context: { range },
  });
}

function notLocal(range: string): PlugsmithError {
  return new PlugsmithError("bad-argument", {
    message: say`"${range}" is not completely within a local network.`,
    nextStep: say`plugsmith searches only in local networks, for example 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16.`,
    context: { range },
  });
}

/** Connections at a time, and the pause between two new ones, ms: some 15 addresses a second. */
const AT_A_TIME = 16;
const BETWEEN_MS = 30;

/** Each address is asked once. Resolves to the plugs in order of address. */
export async function scanRange(
  ports: SearchPorts,
  range: string,
  signal?: AbortSignal,
): Promise<readonly FoundPlug[]> {
  const addresses = addressesOf(range);
  ports.events({
    type: "notice",
    level: "info",
    text: say`Searching ${addresses.length} addresses for plugs.`,
  });
  const found: (FoundPlug | undefined)[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < addresses.length) {
      const index = next++;
      await sleep(ports.clock, BETWEEN_MS, signal);
      found[index] = await probe(ports.http, addresses[index]!, { signal });
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, addresses.length) }, worker));
  return found.filter((plug) => plug !== undefined);
}

/** Retained announcements come at once; a plug that just started announces itself 10 s later. */
const DISCOVERY_MS = 3000;
/** Tasmota's message fits its buffer of 1200 bytes (MQTT_MAX_PACKET_SIZE, my_user_config.h and PubSubClient.h); a house has fewer plugs. */
const MOST_ANNOUNCEMENT = 8192;
const MOST_FOUND = 1024;

/** Plugs that announce themselves on a broker (Tasmota's native discovery, SetOption19 0). */
export async function discover(
  connection: MqttConnection,
  clock: Clock,
  options: { readonly waitMs?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<readonly FoundPlug[]> {
  const found = new Map<string, FoundPlug>();
  const end = await connection.subscribe("tasmota/discovery/+/config", (message) => {
    if (message.payload.length > MOST_ANNOUNCEMENT) return;
    const plug = parseAnnouncement(textOf(message.payload));
    if (plug?.mac !== undefined && found.size < MOST_FOUND) found.set(plug.mac, plug);
  });
  try {
    await sleep(clock, options.waitMs ?? DISCOVERY_MS, options.signal);
  } finally {
    await end();
  }
  return [...found.values()];
}

/** Keys as tasmota/tasmota_xdrv_driver/xdrv_12_discovery.ino writes them. */
function parseAnnouncement(text: string): FoundPlug | undefined {
  const json = parseJson(text);
  const mac = textField(json, "mac")?.toLowerCase();
  const address = textField(json, "ip");
  if (mac === undefined || !/^[0-9a-f]{12}$/.test(mac) || address === undefined) return undefined;
  // Anyone who may publish must not send this computer's requests elsewhere.
  if (!isLocalAddress(address)) return undefined;
  return {
    address,
    mac,
    hostname: textField(json, "hn"),
    name: textField(json, "dn"),
    needsPassword: false,
    minimal: false,
    version: textField(json, "sw"),
  };
}

/** Between two looks at an address where nothing answers, ms. Each look itself waits for an answer. */
const LOOK_AGAIN_MS = 500;

/**
 * Waits until this very plug (any, without a MAC) answers at an address: a computer needs some seconds to be back in its network, a plug
 * to restart. Errors: wrong-plug if another one is there, no-answer.
 */
export async function awaitPlugAt(
  ports: { readonly http: Http; readonly clock: Clock },
  address: string,
  mac: string | undefined,
  options: {
    readonly timeoutMs?: number;
    readonly password?: string | undefined;
    readonly signal?: AbortSignal | undefined;
  } = {},
): Promise<FoundPlug> {
  const deadline = ports.clock.now() + (options.timeoutMs ?? 90_000);
  for (;;) {
    const plug = await probe(ports.http, address, options);
    if (plug !== undefined) {
      if (mac === undefined || plug.mac === mac || (plug.mac === undefined && plug.needsPassword)) return plug;
      if (plug.mac !== undefined) {
        throw new PlugsmithError("wrong-plug", {
          message: say`The plug at ${address} is ${plug.mac}, not ${mac}.`,
          step: "find",
          plugState: say`in the network, at another address`,
          nextStep: say`Search for it with \`find\`.`,
          context: { address, expected: mac, found: plug.mac },
        });
      }
    }
    if (ports.clock.now() > deadline) {
      throw new PlugsmithError("no-answer", {
        message: say`The plug ${mac ?? ""} does not answer at ${address}.`,
        step: "find",
        plugState: say`in the Wi-Fi network, as it reported itself`,
        nextStep: say`Check that this computer is in the same network, and that the router lets its devices talk to each other (guest networks do not). Then run the same command again.`,
        context: { plug: mac, address },
      });
    }
    await sleep(ports.clock, LOOK_AGAIN_MS, options.signal);
  }
}
