/** What goes to Domoticz, a home automation program. Source: Tasmota tasmota_xdrv_driver/xdrv_07_domoticz.ino. */
import type { TasmotaCore } from "../contract.ts";
import type { Messages } from "./messages.ts";
import { signalQuality } from "./telemetry.ts";

/** SetOption3. */
const MQTT_ENABLED = 3;
/** Relays whose index the settings keep. */
const KEPT = 4;

/** How every message that carries values ends: a plug has no battery. */
export function domoticzEnding({ network }: TasmotaCore): string {
  return `"Battery":100,"RSSI":${Math.trunc(signalQuality(network.station.signalDbm) / 10)}}`;
}

export function publishDomoticz(messages: Messages, message: string): void {
  messages.publishAs("domoticz/in", message, false, false);
}

/** MqttPublishDomoticzPowerState: a relay with an index tells that it was switched. */
export function notifyDomoticz(core: TasmotaCore, messages: Messages, relay: number, on: boolean): void {
  const index = relay <= KEPT ? core.settings.get("domoticz_relay_idx", relay - 1) : 0;
  if (core.settings.option(MQTT_ENABLED) === 0 || index === 0) return;
  publishDomoticz(messages, `{"idx":${index},"nvalue":${on ? 1 : 0},"svalue":"",${domoticzEnding(core)}`);
}
