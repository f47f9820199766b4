/** The core as its own commands see it: the contract's view and the parts behind it. */
import type { Dispatcher } from "./command/dispatcher.ts";
import type { TasmotaCore } from "./contract.ts";
import type { DeviceTime } from "./device/firmware-time.ts";
import type { Leds } from "./device/leds.ts";
import type { Messages } from "./device/messages.ts";
import type { OtaUpdater } from "./device/ota.ts";
import type { PinMap } from "./device/pin-map.ts";
import type { Relays } from "./device/relays.ts";
import type { SettingsImage } from "./settings/settings-image.ts";
import type { SettingsStore } from "./settings/settings-store.ts";

export interface Machine extends TasmotaCore {
  readonly settings: SettingsImage;
  readonly time: DeviceTime;
  readonly pins: PinMap;
  readonly relays: Relays;
  readonly leds: Leds;
  readonly dispatcher: Dispatcher;
  readonly messages: Messages;
  readonly store: SettingsStore;
  readonly ota: OtaUpdater;
  readonly serial: SerialPort;
  /** TelePeriod was set: the period starts again and STATE follows within the second. */
  restartTelemetry(): void;
  /** After this restart the chip stays silent (Restart 2). */
  haltOnRestart: boolean;
  /** Restart 99: at once, nothing saved. */
  restartNow(): void;
  /** Non-persistent texts and numbers of rules: Var1..16, by index from 1. */
  readonly variables: Map<number, string>;
  /** RuleTimer1..8: when each ends, absolute µs; 0 or missing where none runs. */
  readonly ruleTimers: number[];
}

/** What commands may do to the console's UART. */
export interface SerialPort {
  /** Level printed now, 0..4. */
  level: number;
  /** SerialLog n: stored and active; ends the 600 s timer. */
  setLog(level: number): void;
  /** bit/s in use now. */
  baud: number;
  setBaud(baud: number): void;
  /** Bytes of receive buffer. */
  bufferSize: number;
  /** SerialSend: input goes to MQTT as received. */
  startBridge(raw: boolean): void;
  write(bytes: Uint8Array): void;
}
