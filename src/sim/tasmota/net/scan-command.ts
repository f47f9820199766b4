/** WifiScan: starts a scan, publishes its results ten a second, answers with them for a minute. Source: support_command.ino (CmndWifiScan), support_wifi.ino. */
import type { CommandCall, ScannedNetwork, TasmotaCore } from "../contract.ts";
import { quality } from "../web/pages/wifi.ts";
import type { Timers } from "./timers.ts";

const PER_SECOND = 10;
const KEPT_S = 60;

type State =
  | { readonly kind: "idle" }
  | { readonly kind: "scanning" }
  | { readonly kind: "found"; readonly networks: readonly ScannedNetwork[] };

function describe(network: ScannedNetwork, number: number): string {
  const { ssid, bssid, channel, signalDbm, encryption } = network;
  const fields = [
    `"SSId":${JSON.stringify(ssid)}`,
    `"BSSId":"${bssid}"`,
    `"Channel":"${channel}"`,
    `"Signal":"${signalDbm}"`,
    `"RSSI":"${quality(signalDbm)}"`,
    `"Encryption":"${encryption}"`,
  ];
  return `"NET${number}":{${fields.join(",")}}`;
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
    if (call.payload === 1) {
      if (this.#state.kind === "scanning") {
        call.respond('{"WiFiScan":"Busy"}');
        return;
      }
      this.#state = { kind: "scanning" };
      this.#core.network.scan((networks) => this.#found(networks));
      call.respond('{"WiFiScan":"Scanning"}');
      return;
    }
    const state = this.#state;
    if (state.kind === "idle") call.respond('{"WiFiScan":"Not Started"}');
    else if (state.kind === "scanning") call.respond('{"WiFiScan":"Busy"}');
    else if (state.networks.length === 0) call.respond('{"WiFiScan":"No networks found"}');
    else call.respond(`{"WiFiScan":{${state.networks.map((n, i) => describe(n, i + 1)).join(",")}}}`);
  }

  #found(networks: readonly ScannedNetwork[]): void {
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
