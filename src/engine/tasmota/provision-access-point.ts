/**
 * Wi-Fi credentials through the plug's own access point and its set-up page, after which the case may already be
 * closed. The computer joins with its own Wi-Fi, or the person is asked to.
 */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { query } from "../../core/tasmota/command.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import { encodeForm } from "../../core/tasmota/form.ts";
import { WIFI_FAILURES, type WifiFailure } from "../../core/tasmota/plug-event.ts";
import {
  ACCESS_POINT_ADDRESS,
  mayBeAccessPointOf,
  readSetupPage,
  type SetupPage,
} from "../../core/tasmota/setup-page.ts";
import { parseNetwork } from "../../core/tasmota/status.ts";
import { asText, say, type Text } from "../../core/text/text.ts";
import type { ProvisionContext, Provisioned } from "../firmware-driver/contract.ts";
import type { ComputerWifi, Http, Operator } from "../ports.ts";
import { sleep } from "../time.ts";
import { HttpClient, textOf } from "./http-client.ts";
import { reasonOf } from "./join-reason.ts";
import { DEFAULT_PATIENCE_MS, wifiFailed, withCorrections } from "./provision.ts";
import { awaitSafeUptime } from "./restart.ts";

export interface AccessPointPorts {
  readonly http: Http;
  /** The computer's own Wi-Fi; without it the operator is asked to join by hand. */
  readonly wifi?: ComputerWifi | undefined;
  readonly operator: Operator;
}

export interface AccessPointOptions {
  /** Which plug, where its MAC is known (12 lower-case hex digits): the access point's name ends with part of it. */
  readonly mac?: string | undefined;
  /** Its web password, where it may have one. It is sent only to a plug that wants one. */
  readonly password?: string | undefined;
}

/** A plug needs a few seconds to open its access point, a computer some more to see it. */
const APPEAR_MS = 60_000;
const SCAN_PAUSE_MS = 3000;
/** The plug tests for up to 9 s and answers slowly meanwhile; the page reloads itself every 10 s. */
const TEST_MS = 45_000;
const POLL_MS = 1500;

class AccessPoint {
  readonly #ports: AccessPointPorts;
  readonly #context: ProvisionContext;
  readonly #options: AccessPointOptions;
  readonly client: HttpClient;
  #ssid: string | undefined;
  #leave: (() => Promise<void>) | undefined;

  constructor(ports: AccessPointPorts, context: ProvisionContext, options: AccessPointOptions) {
    this.#ports = ports;
    this.#context = context;
    this.#options = options;
    this.client = new HttpClient({ http: ports.http, clock: context.clock, host: ACCESS_POINT_ADDRESS });
  }

  async join(): Promise<void> {
    const { wifi, operator } = this.#ports;
    const { signal } = this.#context;
    if (wifi === undefined) {
      const end = this.#options.mac === undefined ? "…" : this.#options.mac.slice(6).toUpperCase();
      const text = say`Connect this computer to the open Wi-Fi network "tasmota-${end}-…". Stay in it, although it has no internet access.`;
      await operator.act({ id: "join-plug-access-point", text }, signal);
      this.#leave = () =>
        operator.act(
          { id: "leave-plug-access-point", text: say`Connect this computer to your own network again.` },
          signal,
        );
      return;
    }
    const ssid = this.#ssid ?? (await this.#find(wifi));
    this.#ssid = ssid;
    const back = await wifi.joinOpen(ssid, signal);
    // Where to go back to is known from the first time; joining again must not replace it by the access point itself.
    this.#leave ??= back;
  }

  async leave(): Promise<void> {
    const leave = this.#leave;
    this.#leave = undefined;
    await leave?.();
  }

  async #find(wifi: ComputerWifi): Promise<string> {
    const { clock, signal } = this.#context;
    const deadline = clock.now() + APPEAR_MS;
    for (;;) {
      const seen = (await wifi.scan()).filter(
        (network) => network.open && mayBeAccessPointOf(network.ssid, this.#options.mac),
      );
      const names = [...new Set(seen.map((network) => network.ssid))];
      if (names.length === 1) return names[0]!;
      if (names.length > 1) {
        return await this.#ports.operator.choose(
          {
            id: "choose-plug",
            text: say`Several plugs offer an access point. Which one do you mean?`,
            options: names.map((name) => ({ id: name, text: asText(name) })),
          },
          signal,
        );
      }
      if (clock.now() > deadline) {
        throw new PlugsmithError("no-answer", {
          message: say`No open access point of a Tasmota plug was found.`,
          step: "provision",
          plugState: say`unknown; not found`,
          nextStep: say`Check that the plug has power and is nearby. If it already had Wi-Fi credentials, press its button six times quickly: it then opens its access point.`,
        });
      }
      await sleep(clock, SCAN_PAUSE_MS, signal);
    }
  }
}

/**
 * Errors: bad-argument and wifi-failed with the reason; no-answer, also where no access point is seen; wrong-plug if the access point is another plug's;
 * aborted. The computer is back in its old network, whatever comes out.
 */
export async function provisionThroughAccessPoint(
  ports: AccessPointPorts,
  credentials: WifiCredentials,
  context: ProvisionContext,
  options: AccessPointOptions = {},
): Promise<Provisioned> {
  const accessPoint = new AccessPoint(ports, context, options);
  await accessPoint.join();
  try {
    const mac = await identify(accessPoint, context, options);
    await context.met?.(mac);
    const failures: WifiFailure[] = [];
    return await withCorrections(credentials, context, "access-point", async (each) => {
      // The page that reports success restarts the plug.
      await awaitSafeUptime(accessPoint.client, context.clock, context.signal);
      return { transport: "access-point", mac, address: await joinPatiently(accessPoint, each, context, failures) };
    });
  } finally {
    await accessPoint.leave();
  }
}

async function identify(
  accessPoint: AccessPoint,
  context: ProvisionContext,
  options: AccessPointOptions,
): Promise<string> {
  const { mac } = parseNetwork(await letIn(accessPoint, context, options));
  if (mac === undefined) {
    throw new PlugsmithError("bad-answer", {
      message: say`The plug does not report its MAC address.`,
      step: "provision",
    });
  }
  if (options.mac !== undefined && options.mac !== mac) {
    throw new PlugsmithError("wrong-plug", {
      message: say`This access point belongs to the plug ${mac}, not to ${options.mac}.`,
      step: "provision",
      plugState: say`untouched`,
      nextStep: say`Switch the other plug off, then try again.`,
      context: { expected: options.mac, found: mac },
    });
  }
  return mac;
}

async function letIn({ client }: AccessPoint, { signal }: ProvisionContext, { password }: AccessPointOptions) {
  try {
    return await client.send(query("Status 5"), { signal });
  } catch (error) {
    if (!isPlugsmithError(error, "unauthorized") || password === undefined) throw error;
    client.usePassword(password);
    return await client.send(query("Status 5"), { signal });
  }
}

async function fetchPage(
  accessPoint: AccessPoint,
  context: ProvisionContext,
  path: string,
  body?: string,
): Promise<SetupPage> {
  const response = await accessPoint.client.page({
    method: body === undefined ? "GET" : "POST",
    path,
    attempts: 1,
    body: body === undefined ? undefined : new TextEncoder().encode(body),
    headers: body === undefined ? undefined : { "Content-Type": "application/x-www-form-urlencoded" },
    signal: context.signal,
  });
  return readSetupPage(textOf(response.body));
}

function isNetworkTrouble(error: unknown): boolean {
  return isPlugsmithError(error, "no-answer") || isPlugsmithError(error, "network-failed");
}

const SUBMIT_ATTEMPTS = 3;

/** As a form in the body: the page itself would put the passphrase into the URL. */
async function submit(
  accessPoint: AccessPoint,
  credentials: WifiCredentials,
  context: ProvisionContext,
): Promise<void> {
  const form = encodeForm([
    ["s1", credentials.ssid],
    ["p1", credentials.passphrase],
    ["save", ""],
  ]);
  for (let attempt = 1; ; attempt++) {
    try {
      await fetchPage(accessPoint, context, "/wi", form);
      return;
    } catch (error) {
      if (!isNetworkTrouble(error) || attempt === SUBMIT_ATTEMPTS) throw error;
      // It may have arrived all the same; sending it again starts the test again, which does no harm.
      context.events({ type: "retry", step: "provision", attempt, reason: say`the plug's web page did not answer` });
      await sleep(context.clock, POLL_MS, context.signal);
      if (attempt > 1) await rejoin(accessPoint, context);
    }
  }
}

async function rejoin(accessPoint: AccessPoint, context: ProvisionContext): Promise<void> {
  try {
    await accessPoint.join();
  } catch (error) {
    if (!isPlugsmithError(error, "wifi-failed") && !isNetworkTrouble(error)) throw error;
    context.events({
      type: "retry",
      step: "provision",
      attempt: 1,
      reason: say`the plug's access point is out of range`,
    });
  }
}

/** Between two tests of credentials that are not to blame, ms. */
const AGAIN_MS = 15_000;

/**
 * Tests until the network is joined. A router that is not there yet is waited for; a refused passphrase is not, nor one
 * that the router did not or may not have answered to. Errors: wifi-failed with the reason.
 * @param failures why the tests so far failed; this one's are added.
 */
async function joinPatiently(
  accessPoint: AccessPoint,
  credentials: WifiCredentials,
  context: ProvisionContext,
  failures: WifiFailure[],
): Promise<string | undefined> {
  const { clock, events, signal } = context;
  const deadline = clock.now() + (context.patienceMs ?? DEFAULT_PATIENCE_MS);
  for (let refusals = 0; ; ) {
    await submit(accessPoint, credentials, context);
    const outcome = await follow(accessPoint, context);
    if (outcome.kind === "left") return outcome.address;
    const { ssid } = credentials;
    const reported = { ssid, before: failures.at(-1), signal };
    const reason = outcome.kind === "failed" ? await reasonOf(accessPoint.client, reported) : "no-answer-from-router";
    failures.push(reason);
    if (UNTESTED_NEXT[reason] !== undefined) throw untestedNext(reason, ssid);
    refusals = reason === "wrong-passphrase" ? refusals + 1 : 0;
    if (refusals >= REFUSALS || clock.now() > deadline) throw wifiFailed(reason, ssid);
    const { text, nextStep } = WIFI_FAILURES[reason];
    events({
      type: "hearing",
      finding: reason,
      nextAction: nextStep,
      text: say`The plug reports about "${ssid}": ${text}. It tries again.`,
    });
    if (reason !== "wrong-passphrase") await sleep(clock, AGAIN_MS, signal);
  }
}

/** A weak signal can fail one handshake as a wrong passphrase does; it hardly fails two. */
const REFUSALS = 2;

/**
 * The firmware saves untested what times out twice in a row: with a wrong passphrase that would lock the plug out. So
 * nothing is tried again by itself after a time-out, or after what may have been one.
 */
const UNTESTED_NEXT: Readonly<Partial<Record<WifiFailure, Text>>> = {
  "no-answer-from-router": say`Move the plug closer to the router and check the password before you try again. After a second time-out in a row, the plug keeps the credentials untested.`,
  "reason-not-told": say`Check the password and move the plug closer to the router before you try again. If the router does not answer in time twice in a row, the plug keeps the credentials untested.`,
};

function untestedNext(reason: WifiFailure, ssid: string): PlugsmithError {
  const { texts, step, context } = wifiFailed(reason, ssid);
  const nextStep = UNTESTED_NEXT[reason] ?? texts.nextStep;
  return new PlugsmithError("wifi-failed", { ...texts, step, nextStep, context });
}

type TestOutcome =
  /** In the new network. The address is unknown if the answer with it was lost, or it was saved without a test. */
  | { readonly kind: "left"; readonly address: string | undefined }
  /** The plug's page says so. */
  | { readonly kind: "failed" }
  /** The plug never said how it ended. */
  | { readonly kind: "undecided" };

/** Polls the page. While it tests, the access point moves to the router's channel and may throw the computer out. */
async function follow(accessPoint: AccessPoint, context: ProvisionContext): Promise<TestOutcome> {
  const { clock, signal } = context;
  const deadline = clock.now() + TEST_MS;
  let silent = 0;
  for (;;) {
    await sleep(clock, POLL_MS, signal);
    try {
      // With a web password "/" is a login form; the Wi-Fi page is open in this mode (HandleWifiConfiguration).
      const path = accessPoint.client.password === undefined ? "/" : "/wi";
      const page = await fetchPage(accessPoint, context, path);
      silent = 0;
      switch (page.kind) {
        case "joined":
          return { kind: "left", address: page.address };
        case "failed":
          return { kind: "failed" };
        case "saved":
        case "main":
          return { kind: "left", address: undefined };
        case "form":
        case "testing":
        case "unknown":
          break;
      }
    } catch (error) {
      if (!isNetworkTrouble(error)) throw error;
      silent++;
      if (silent % 3 === 0) await rejoin(accessPoint, context);
    }
    if (clock.now() > deadline) {
      // Not there any more: it restarted, and the answer with the address was lost.
      return silent > 0 ? { kind: "left", address: undefined } : { kind: "undecided" };
    }
  }
}
