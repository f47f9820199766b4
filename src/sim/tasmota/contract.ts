/**
 * How the halves of the model Tasmota meet. The core (commands, settings, console, restarts) is one; the network
 * (Wi-Fi, access point, HTTP, MQTT) and the meter driver are the others. They call each other only through this.
 *
 * Behaviour: Tasmota 15.2, tasmota.ino, support_command.ino, support.ino (AddLogData), settings.ino.
 */
import type { FirmwareHost } from "../board/firmware.ts";

/** Names of numbers and texts in the settings, as in core/tasmota/tables/settings-fields.ts. */
export type NumberField = string;
export type TextField = string;

/** 0 none, 1 error, 2 info, 3 debug, 4 more. */
export type LogLevel = 0 | 1 | 2 | 3 | 4;

/** Where a command came from; decides echo, SerialLog's minimum and a few refusals (Reset in a Backlog, …). */
export type CommandSource = "serial" | "web" | "mqtt" | "backlog" | "button" | "system";

/** One line of the log: what serial, web log and MQTT log each print after the time stamp. */
export interface LogLine {
  readonly level: LogLevel;
  /** "RSL: RESULT = {…}", without time and without line end. */
  readonly text: string;
  /** "00:00:01.893", or with heap suffix where SetOption130 asks for it. */
  readonly stamp: string;
}

/** The ring of 4096 bytes that /cs and /cm read. Lines carry an index 1..255 that wraps past 0. */
export interface WebLog {
  /** Index the next line will get. */
  readonly next: number;
  /** Lines from `index` on (0: all that are left) whose level is at most `level`, oldest first, as printed with their stamp. */
  since(index: number, level?: LogLevel): readonly string[];
  /** While set, lines up to this level are kept whatever WebLog says: what /cm needs. Undone with 0. */
  holdLevel(level: LogLevel): void;
}

/** The settings in RAM: the 4096-byte structure, its numbers by name and the text pool. */
export interface SettingsView {
  /** The live structure; write only through the setters. */
  readonly bytes: Uint8Array;
  get(field: NumberField, index?: number): number;
  set(field: NumberField, value: number, index?: number): void;
  text(field: TextField): string;
  /** @returns false where the pool overflows: the old text stays and the log says so (SettingsUpdateText). */
  setText(field: TextField, value: string): boolean;
  /** SetOption 0…177 by its number. */
  option(number: number): number;
  setOption(number: number, value: number): void;
  /** Replaces everything but the head (restore of a .dmp, which happens at the next boot). */
  load(bytes: Uint8Array): void;
}

/** A command being carried out. */
export interface CommandCall {
  /** As typed, upper-cased, without index and prefix. */
  readonly name: string;
  /** The command's own spelling in answers ("SSId"). */
  readonly key: string;
  /** 1 where none was given. */
  readonly index: number;
  readonly userIndex: boolean;
  /** Arguments, leading blanks removed; trailing ones are part of a text. */
  readonly data: string;
  /** The same with a question mark that stands alone, which some commands read as 0 (ParseParameters). */
  readonly typed: string;
  /** The argument as a number as strtol reads it, words resolved (off 0, on 1, toggle 2, blink 3, blinkoff 4); -99 without. */
  readonly payload: number;
  readonly source: CommandSource;
  readonly groupTopic: boolean;
  /** Sets the answer (RESULT); without one the answer is {"Command":"Error",…}. `undefined` silences it. */
  respond(json: string | undefined): void;
}

export type CommandHandler = (call: CommandCall) => void;

/** Commands by their own spelling. Case does not matter when typed. */
export type CommandTable = Readonly<Record<string, CommandHandler>>;

/** What a part of the firmware contributes. Every hook is optional; ticks come from the main loop. */
export interface FirmwarePart {
  readonly commands?: CommandTable;
  /** End of setup(): drivers start. */
  start?(): void;
  /** Every 250 ms; `phase` 0..3 is the quarter of the second (restarts are handled in 1, Wi-Fi in 2, MQTT in 3). */
  every250ms?(phase: 0 | 1 | 2 | 3): void;
  everySecond?(): void;
  /** Just before a restart: goodbyes (MQTT LWT), closing connections. */
  beforeRestart?(): void;
  /** Power is gone or the chip was reset: no callbacks from now on. */
  stop?(): void;
}

/** The station side as commands and Status show it. Addresses are dotted quads; "0.0.0.0" where unknown. */
export interface StationState {
  readonly connected: boolean;
  readonly ip: string;
  readonly gateway: string;
  readonly mask: string;
  readonly dns1: string;
  readonly dns2: string;
  readonly ssid: string;
  /** "02:11:22:33:44:01". */
  readonly bssid: string;
  readonly channel: number;
  /** "11n", "11g", "11b". */
  readonly mode: string;
  readonly signalDbm: number;
  readonly linkCount: number;
  readonly downtimeSeconds: number;
}

export interface ScannedNetwork {
  readonly ssid: string;
  readonly bssid: string;
  readonly channel: number;
  readonly signalDbm: number;
  readonly encryption: string;
}

/** What the station counts. */
export interface KeptStation {
  readonly connected: boolean;
  readonly linkCount: number;
  readonly downtime: number;
}

/** What the network needs to go on later. */
export interface KeptNetwork {
  readonly station: KeptStation;
  /** The access point that was up. */
  readonly manager?: { readonly resetOnly: boolean; readonly timed: boolean } | undefined;
  readonly phyMode: "11b" | "11g" | "11n";
  /** Address at which the log has told that the web server is active. */
  readonly announced: string;
}

/** Wi-Fi, access point, HTTP server and MQTT client. `commands` holds those that live on the network's own state (WifiScan, WifiTest, WebSend…). */
export interface NetworkPart extends FirmwarePart {
  /** Nothing is under way that `keep` would lose: a test of credentials, a server or an access point that starts. */
  readonly isAtRest: boolean;
  keep(): KeptNetwork;
  /** In the place of `start`: it comes to where it was when it was kept. */
  resume(kept: KeptNetwork): void;
  readonly station: StationState;
  /** The access point (Wi-Fi manager) is up. */
  readonly managerActive: boolean;
  /** Host name in use, patterns resolved ("tasmota-3D5E26-7718"). */
  readonly hostname: string;
  /** World time in µs until which the main loop stands still (looking for a time server that does not answer). */
  readonly busyUntil: number;
  /** "MQT:" instead of "RSL:" in answers. */
  readonly mqttConnected: boolean;
  readonly mqttCount: number;
  /** Client name in use, pattern resolved; "" before the first attempt to connect. */
  readonly mqttClient: string;
  /** Sends to the broker if connected; false if not (the core then logs RSL:). */
  publish(topic: string, payload: string | Uint8Array, retained: boolean): boolean;
  /** A Wi-Fi tool is at work: the access point, or the wait for commands over the console. */
  readonly configuring: boolean;
  /** Wifi 2 … 4: until the next boot. */
  phyMode: "11b" | "11g" | "11n";
  /** Starts a tool that WifiConfig names, unless one is at work. */
  startWifiConfig(tool: number): void;
  /** Wifi 0/1, WifiPower, SSId, AP… changed something that the running link must follow. */
  wifiSettingsChanged(): void;
  /** WebServer 0..2 changed; starts or stops it. */
  webServerChanged(): void;
  /** SysLog was set: a pause after a host that was not found is over. */
  syslogSet(): void;
  /** An MQTT setting changed without a restart: drop the connection and start again. */
  mqttReconnect(): void;
  /** One scan, about 2 s; used by Improv. */
  scan(done: (networks: readonly ScannedNetwork[]) => void): void;
  /**
   * Downloads by HTTP for OTA, as the ESP8266's updater does. Body only if the status is 200; `md5` as the server told.
   * @param refuse why a file of so many bytes is not wanted: asked once the length is known.
   */
  download(
    url: string,
    refuse: (length: number) => string | undefined,
    done: (result: { status: number; body: Uint8Array; md5: string | undefined } | { error: string }) => void,
  ): void;
}

/** Margins, limits and calibration of one measured quantity. */
export type Quantity = "power" | "voltage" | "current";

/** The meter driver: present only when the active template has a CF pin (NRG: Init driver 1). */
export interface MeterPart extends FirmwarePart {
  /** False: energy commands are unknown, Status 9 is an error, no ENERGY in sensors. */
  readonly present: boolean;
  /** Called in setup() once the pins of the active template are known. `uses` tells which pin has a component. */
  configure(pins: PinFunctions): void;
  /** The object after "ENERGY": in SENSOR and Status 8/10; with Period where `tele`. */
  sensorJson(tele: boolean): string;
  /**
   * PowerSet, VoltageSet, CurrentSet: the new calibration from what is measured now, with the hazard that without pulses
   * the raw number falls through when over 99. `argument` is the text after the command. Stores nothing.
   * @param typed the argument as a whole number.
   * @returns the constants to store; none where nothing changes.
   */
  calibrationFor(quantity: Quantity, argument: string, typed: number): Readonly<Partial<Record<Quantity, number>>>;
  /** EnergyTotal, EnergyToday, EnergyYesterday set the counters; Wh. */
  setEnergy(counter: "total" | "today" | "yesterday", wattHours: number, epoch?: number): void;
  /** MaxEnergy was set: the limit is watched from its start hour on. */
  maxEnergySet(): void;
  /** kWh as the counters stand. */
  energy(): { readonly total: number; readonly yesterday: number; readonly today: number };
  /** SaveData and restarts: counters into the settings. The save of every second leaves them where they are. */
  beforeSave(): void;
  /** The relay went on or off (margins pause for 2 s, MaxPower's retry counts). */
  powerChanged(on: boolean): void;
}

/** Components on pins, as the active module or template puts them there: index is the GPIO number (17: A0), value the 16-bit code. */
export interface PinFunctions {
  /** Code at a GPIO, 0 for none. */
  at(gpio: number): number;
  /** GPIO of the component with this code, or undefined. */
  pinOf(code: number): number | undefined;
  /** Whether the module set now leaves this pin to the person. */
  isFree(gpio: number): boolean;
}

/** The firmware's clock: seconds since boot and, once known, the wall. */
export interface FirmwareTime {
  /** Seconds of uptime as Tasmota counts them. */
  readonly uptime: number;
  /** Epoch seconds; counts from 0 at boot until set. */
  readonly utc: number;
  /** Milliseconds since boot, fractional. */
  readonly millis: number;
  /** Whether the wall is known (NTP or the Time command). */
  readonly valid: boolean;
  /** NTP's answer. */
  setUtc(seconds: number): void;
  /** "2026-01-01T12:00:00" local. */
  local(): string;
  /** Seconds to add to UTC now. */
  zoneSeconds(): number;
  /** "0T00:05:12". */
  uptimeText(): string;
  /** The same for any epoch seconds. */
  format(seconds: number): string;
}

export interface TasmotaCore {
  readonly host: FirmwareHost;
  readonly settings: SettingsView;
  readonly time: FirmwareTime;
  readonly webLog: WebLog;
  readonly network: NetworkPart;
  readonly meter: MeterPart;
  readonly pins: PinFunctions;
  /** "15.2.0.2(tasmota)", "2025-12-24T15:29:16", "2.7.8"… */
  readonly build: BuildFacts;

  /** Runs a command line now, answers as log lines and messages. "Backlog …" queues. */
  execute(
    command: string,
    source: CommandSource,
    options?: { readonly groupTopic?: boolean; readonly fallbackTopic?: boolean },
  ): void;
  log(level: LogLevel, text: string): void;
  /** Every line that any sink may print, whatever the levels; for MQTT log and tests. Returns its end. */
  onLog(listener: (line: LogLine) => void): () => void;
  /** Publishes under a prefix: MQT: line and message if connected, RSL: line if not (MqttPublishPrefixTopic_P). */
  publish(prefix: "stat" | "tele" | "cmnd", subtopic: string, payload: string, retained?: boolean): void;
  /** Full topic from FullTopic, prefix and subtopic. `topic` defaults to the device's own. */
  topic(prefix: "stat" | "tele" | "cmnd", subtopic: string, topic?: string): string;
  /** Topic with its pattern resolved ("tasmota_3D5E26"). */
  readonly deviceTopic: string;
  readonly hostname: string;
  /** Module or template name as answers and pages show it. */
  readonly moduleName: string;
  /** The template as `Template` answers it. */
  templateJson(): string;
  /** Relays of the active template; 0 if none. */
  readonly relayCount: number;
  /** 1-based relay; state words as the settings have them ("ON"). */
  relayOn(relay: number): boolean;
  setRelay(relay: number, action: "on" | "off" | "toggle", source: CommandSource): void;
  /** Tele STATE and SENSOR payloads; also Status 11 and 10. */
  stateJson(): string;
  sensorJson(tele: boolean): string;
  /** STATE and SENSOR are published this many seconds from now (5 after the first MQTT connection; without a broker too). */
  teleIn(seconds: number): void;
  /** RESULT and POWER with the present state of every relay, as after the first connection. */
  publishPower(): void;
  /** Active level of the syslog; it is given up when the host cannot be reached. */
  syslogLevel: number;
  /** Seconds until restart, counted down once a second at x.25 when the backlog is empty. 0: none asked. */
  restartFlag: number;
  /** Reset n: 211 Reset 1, 212 Reset 2, … as Tasmota numbers them. */
  readonly backlogEmpty: boolean;
  /** "Power On", "Software/System restart", … */
  readonly restartReason: string;
  readonly bootCount: number;
  /** The Wi-Fi test stops saving (SaveData 0) until it succeeds. */
  holdSaving(hold: boolean): void;
  /** Writes the settings sector now if anything changed. `done` when the flash is ready again. */
  saveSettings(done?: () => void): void;
  /** A .dmp, decoded and checked; kept and applied by the restart that the caller asks for. */
  restoreSettings(dump: Uint8Array): "ok" | "invalid";
  /** The settings as a .dmp file. */
  dumpSettings(): Uint8Array;
  /** Programs a firmware image (web upload, OTA) where the updater would put it. `md5`: what it must sum up to. */
  storeFirmware(image: Uint8Array, done: (error: string | undefined) => void, md5?: string): void;
  /** Keys for RTC memory that survive restarts but not power loss (Improv's state). */
  readonly rtc: RtcStore;
}

export interface RtcStore {
  get(key: "improvState" | "fastRebootCount" | "ota"): number;
  set(key: "improvState" | "fastRebootCount" | "ota", value: number): void;
}

/** What the running program says of itself. */
export interface BuildFacts {
  /** "15.2.0.2". */
  readonly number: string;
  /** "tasmota". */
  readonly image: string;
  /** "15.2.0.2(tasmota)". */
  readonly version: string;
  /** ISO date of the build. */
  readonly built: string;
  readonly core: string;
  readonly sdk: string;
  readonly bootVersion: number;
  /** KiB. */
  readonly programSize: number;
  readonly free: number;
  readonly features: readonly string[];
  /** Drivers by number, as compiled. */
  readonly drivers: readonly number[];
  /** Those of them that always have something to do; Status 4 puts "!" in front of the others. */
  readonly driversAlwaysOn: readonly number[];
  readonly sensors: string;
  readonly i2cDrivers: string;
  /** FIRMWARE_MINIMAL: five commands, a few pages, nothing is stored. */
  readonly minimal: boolean;
  /** Whether the energy drivers are compiled in. */
  readonly metering: boolean;
}

/** What a build brings besides the core. */
export interface FirmwareParts {
  network(core: TasmotaCore): NetworkPart;
  meter(core: TasmotaCore): MeterPart;
}
