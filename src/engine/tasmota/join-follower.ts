/**
 * Following over the serial console how a plug gets on with joining a network: its log lines, its Improv frames, and,
 * since lines can be lost, what it answers when asked. Tells wrong passphrases soon, waits for routers patiently.
 */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { query } from "../../core/tasmota/command.ts";
import { addressOfUrl } from "../../core/tasmota/improv.ts";
import { eventOfLine, type PlugEvent, WIFI_FAILURES, type WifiFailure } from "../../core/tasmota/plug-event.ts";
import { parseNetwork, parseWifiLink } from "../../core/tasmota/status.ts";
import { say } from "../../core/text/text.ts";
import type { ProvisionContext } from "../firmware-driver/contract.ts";
import { waitFor } from "./client.ts";
import type { ConsoleClient } from "./console-client.ts";
import type { PlugConsole } from "./plug-console.ts";
import { DEFAULT_PATIENCE_MS, wifiFailed } from "./provision.ts";

/**
 * A weak signal can make a single handshake fail as a wrong passphrase does; a wrong one fails every time. So many
 * refusals in a row are taken for a wrong passphrase.
 */
const REFUSALS = 4;
const POLL_MS = 4000;

export class JoinFollower {
  readonly #console: PlugConsole;
  readonly #ssid: string;
  readonly #end: () => void;
  #address: string | undefined;
  /** Something was heard that is worth a question. */
  #news = false;
  #wake: () => void = () => undefined;
  #refusals = 0;
  #lastFailure: WifiFailure | undefined;
  #reported: WifiFailure | undefined;
  readonly #context: ProvisionContext;

  /** Listens from now on: make it before the credentials are sent. */
  constructor(console: PlugConsole, ssid: string, context: ProvisionContext) {
    this.#console = console;
    this.#ssid = ssid;
    this.#context = context;
    this.#end = console.listen((output) => {
      if (output.kind === "line") this.#onEvent(eventOfLine(output.line));
      else if (output.frame.kind === "result" && output.frame.command === 1) {
        this.#address = addressOfUrl(output.frame.strings[0] ?? "") ?? this.#address;
        this.#tell();
      }
    });
  }

  /** What was heard before does not count any more: an attempt with other credentials begins. */
  forget(): void {
    this.#refusals = 0;
    this.#lastFailure = undefined;
    this.#address = undefined;
    this.#news = false;
  }

  #tell(): void {
    this.#news = true;
    this.#wake();
  }

  /** Until there is news, or it is time to ask in case it was lost. Errors: line-lost, aborted. */
  async #untilNews(): Promise<void> {
    const { clock, signal } = this.#context;
    await waitFor<true>(
      clock,
      POLL_MS,
      (found, failed) => {
        const endLost = this.#console.onLost(failed);
        this.#wake = () => found(true);
        if (this.#news) found(true);
        return endLost;
      },
      signal,
    );
    this.#news = false;
    this.#wake = () => undefined;
  }

  stop(): void {
    this.#end();
  }

  #onEvent(event: PlugEvent): void {
    switch (event.type) {
      case "web-server":
        // 192.168.4.1 is the plug's own access point.
        if (event.address === "192.168.4.1" || event.address === "0.0.0.0") break;
        this.#address = event.address;
        this.#tell();
        break;
      case "wifi-connected":
        this.#refusals = 0;
        break;
      case "wifi-failed":
        this.#lastFailure = event.reason;
        this.#refusals = event.reason === "wrong-passphrase" ? this.#refusals + 1 : 0;
        if (this.#refusals === REFUSALS) this.#tell();
        if (this.#reported !== event.reason) {
          this.#reported = event.reason;
          const { text, nextStep } = WIFI_FAILURES[event.reason];
          this.#context.events({
            type: "hearing",
            finding: event.reason,
            text: say`The plug reports about "${this.#ssid}": ${text}.`,
            nextAction: event.reason === "wrong-passphrase" ? say`The plug tries again.` : nextStep,
          });
        }
        break;
      default:
        break;
    }
  }

  /**
   * Resolves to the plug's address. Errors: wifi-failed with the reason, line-lost, aborted.
   */
  async outcome(client: ConsoleClient): Promise<string> {
    const { clock } = this.#context;
    const patience = this.#context.patienceMs ?? DEFAULT_PATIENCE_MS;
    const deadline = clock.now() + patience;
    for (;;) {
      await this.#untilNews();
      const asked = await this.#ask(client);
      if (asked !== undefined) return asked;
      if (this.#refusals >= REFUSALS) throw wifiFailed("wrong-passphrase", this.#ssid);
      if (clock.now() > deadline) {
        throw this.#lastFailure === undefined ? this.#silence() : wifiFailed(this.#lastFailure, this.#ssid);
      }
    }
  }

  /** The plug's own word counts: an address it holds in the network that was asked for. */
  async #ask(client: ConsoleClient): Promise<string | undefined> {
    try {
      const options = { signal: this.#context.signal, timeoutMs: 2500 };
      const network = parseNetwork(await client.send(query("Status 5"), options));
      if (network.address === undefined || network.address === "192.168.4.1") return undefined;
      const link = parseWifiLink(await client.send(query("Status 11"), options));
      return link?.ssid === this.#ssid ? network.address : undefined;
    } catch (error) {
      if (isPlugsmithError(error, "no-answer")) return undefined;
      throw error;
    }
  }

  #silence(): PlugsmithError {
    return new PlugsmithError("no-answer", {
      message: say`The plug did not report whether it joined "${this.#ssid}".`,
      step: "provision",
      plugState:
        this.#address === undefined
          ? say`the credentials were sent to it`
          : say`the credentials were sent to it; its last known address is ${this.#address}`,
      nextStep: say`Check the supply (Wi-Fi needs 300 mA and more at 3.3 V) and the wires. Then search for the plug with \`find\`.`,
      context: { ssid: this.#ssid },
    });
  }
}
