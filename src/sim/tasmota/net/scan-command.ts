/** WifiScan: starts a scan, publishes its results ten a second, answers with them for a minute. Source: support_command.ino (CmndWifiScan), support_wifi.ino. */
import type { CommandCall, ScannedNetwork, TasmotaCore } from "../contract.ts";
import { quality } from "../web/pages/wifi.ts";
import type { Timers } from "./timers.ts";

const PER_SECOND = 10;
const KEPT_S = 60;
/** ResponseSize(), and what must be left of it for one more network. */
const LONGEST_ANSWER = 4000;
const ROOM_FOR_ONE = 300;

type State =
  | { readonly kind: "idle" }
  | { readonly kind: "scanning" }
  | { readonly kind: "found"; readonly networks: readonly ScannedNetwork[] };

function describe(network: ScannedNetwork, number: number): string {
  const { ssid, bssid, channel, signalDbm, encryption } = network;
  const fields = [
    `"SSId":"${ssid}"`,
    `"BSSId":"${bssid}"`,
    `"Channel":"${channel}"`,
    `"Signal":"${signalDbm}"`,
    `"RSSI":"${quality(signalDbm)}"`,
    `"Encryption":"${encryption}"`,
  ];
  return `"NET${number}":{${fields.join(",")}}`;
}

/** All of them, or as many as an answer holds; names as they are. */
function listing(networks: readonly ScannedNetwork[]): string {
  let text = '{"WiFiScan":{';
  for (const [i, network] of networks.entries()) {
    text += describe(network, i + 1);
    if (text.length > LONGEST_ANSWER - ROOM_FOR_ONE) break;
    if (i < networks.length - 1) text += ",";
  }
  return `${text}}}`;
}

export class ScanCommand {
  readonly #core: TasmotaCore;
  readonly #timers: Timers;
  #state: State = { kind: "idle" };

  constructor(core: TasmotaCore, timers: Timers) {
    this.#core = core;
    this.#timers = timers;
  }

  command(call: CommandCall): void {
    if (call.data !== "") {
      if (this.#state.kind === "scanning") {
        call.respond('{"WiFiScan":"Busy"}');
        return;
      }
      this.#state = { kind: "scanning" };
      this.#core.log(3, "WIF: Network scan started...");
      this.#core.network.scan((networks) => this.#found(networks));
      call.respond('{"WiFiScan":"Scanning"}');
      return;
    }
    const state = this.#state;
    if (state.kind === "idle") call.respond('{"WiFiScan":"Not Started"}');
    else if (state.kind === "scanning") call.respond('{"WiFiScan":"Scanning"}');
    else if (state.networks.length === 0) call.respond('{"WiFiScan":"No networks found"}');
    else call.respond(listing(state.networks));
  }

  #found(networks: readonly ScannedNetwork[]): void {
    this.#core.log(3, "WIF: Network scan finished...");
    this.#state = { kind: "found", networks };
    this.#timers.after("scan-kept", KEPT_S, () => {
      this.#state = { kind: "idle" };
    });
    this.#publish(0);
  }

  #publish(from: number): void {
    const state = this.#state;
    if (state.kind !== "found") return;
    if (state.networks.length === 0) {
      this.#core.publish("stat", "RESULT", '{"WiFiScan":"No networks found"}');
      return;
    }
    const part = state.networks.slice(from, from + PER_SECOND);
    if (part.length === 0) return;
    for (const [i, network] of part.entries()) {
      this.#core.publish("stat", "RESULT", `{"WiFiScan":{${describe(network, from + i + 1)}}}`);
    }
    this.#timers.after("scan-publish", 1, () => this.#publish(from + PER_SECOND));
  }
}
