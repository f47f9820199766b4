/**
 * The firmware model's core put together: boot, main loop, restarts. Each part's own behaviour is in its own file.
 * Source: Tasmota tasmota.ino (setup, loop), tasmota_support/support_tasmota.ino (PerformEverySecond, Every250mSeconds).
 */
import type { FirmwareHost, KeptMemory, RunningFirmware } from "../board/firmware.ts";
import { MODEL_NOTICE, versionWord } from "./build-facts.ts";
import { buildOfImage, MINIMAL_TEXT } from "./build-of-image.ts";
import { commandTables } from "./command/command-tables.ts";
import { Dispatcher } from "./command/dispatcher.ts";
import { HEAP_KIB } from "./command/status-commands.ts";
import { ConsolePort } from "./console/console-port.ts";
import { Log, logLevels } from "./console/log.ts";
import { WebLogRing } from "./console/web-log.ts";
import type {
  BuildFacts,
  CommandSource,
  CommandTable,
  FirmwareParts,
  LogLevel,
  LogLine,
  MeterPart,
  NetworkPart,
} from "./contract.ts";
import { Button } from "./device/button.ts";
import { notifyDomoticz } from "./device/domoticz.ts";
import { FirmwareSlot } from "./device/firmware-slot.ts";
import { DeviceTime } from "./device/firmware-time.ts";
import { Leds } from "./device/leds.ts";
import { MainLoop, type Quarter, SAVE_PHASE } from "./device/main-loop.ts";
import { Messages, type TopicPrefix } from "./device/messages.ts";
import { moduleName } from "./device/module-name.ts";
import { OtaUpdater } from "./device/ota.ts";
import { NO_PINS, PinMap } from "./device/pin-map.ts";
import { Relays } from "./device/relays.ts";
import { isFromOutside, restartReason } from "./device/reset-cause.ts";
import { Resetter } from "./device/resetter.ts";
import { Telemetry } from "./device/telemetry.ts";
import { templateJson } from "./device/template-store.ts";
import { hostnameOf, patternWithMac } from "./device/topics.ts";
import { Keeper, STARTED_AFTER_S } from "./kept-memory.ts";
import type { Machine } from "./machine.ts";
import { guardBootLoop } from "./settings/boot-loop-guard.ts";
import { QuickPowerCycles } from "./settings/quick-power-cycle.ts";
import { RtcMemory } from "./settings/rtc-memory.ts";
import { setDefaults } from "./settings/settings-defaults.ts";
import { SettingsImage } from "./settings/settings-image.ts";
import { SettingsSaver } from "./settings/settings-saver.ts";
import { SettingsStore } from "./settings/settings-store.ts";

/** From the boot's first line to the end of setup(), and to the first full second of the loop, µs. */
const SETUP_TIME = 17_000;
const FIRST_SECOND = 919_000;
/** From "Restarting" to the chip's reset: Wi-Fi is shut down, the line drained. */
const RESTART_TIME = 700_000;
const RESET_FLAGS_FROM = 211;

export class Firmware implements Machine, RunningFirmware {
  readonly host: FirmwareHost;
  readonly build: BuildFacts;
  readonly settings: SettingsImage;
  readonly store: SettingsStore;
  readonly rtc: RtcMemory;
  readonly time: DeviceTime;
  readonly pins: PinMap;
  readonly webLog: WebLogRing;
  readonly relays: Relays;
  readonly leds: Leds;
  readonly dispatcher: Dispatcher;
  readonly messages: Messages;
  readonly ota: OtaUpdater;
  readonly serial: ConsolePort;
  readonly network: NetworkPart;
  readonly meter: MeterPart;
  readonly variables: Map<number, string> = new Map();
  readonly ruleTimers: number[] = [];
  /** Both are made from the settings at boot; what is set later counts from the next one. */
  deviceTopic = "";
  hostname = "";
  restartFlag = 0;
  syslogLevel = 0;
  haltOnRestart = false;
  readonly #log: Log;
  readonly #button: Button;
  readonly #telemetry: Telemetry;
  readonly #slot: FirmwareSlot;
  readonly #resetter: Resetter;
  readonly #loop: MainLoop;
  readonly #saver: SettingsSaver;
  readonly #tables: () => readonly CommandTable[];
  readonly #powerCycles: QuickPowerCycles;
  readonly #keeper: Keeper;
  #halted = false;
  #stopped = false;

  constructor(host: FirmwareHost, parts: FirmwareParts) {
    this.host = host;
    this.settings = new SettingsImage((excess) => this.log(2, `CFG: Text overflow by ${excess} char(s)`));
    this.time = new DeviceTime(host.clock, this.settings);
    this.store = new SettingsStore(host.flash, this.settings);
    this.rtc = new RtcMemory(host.rtcMemory);
    this.pins = new PinMap(this.settings);
    this.webLog = new WebLogRing(() => this.time.uptime, logLevels(this));
    this.serial = new ConsolePort(this, () => this.store.busy || this.network.busyUntil > host.clock.now);
    this.#log = new Log({
      serial: (text) => this.serial.print(text),
      serialLevel: () => this.serial.printedLevel,
      stamp: () => this.time.logStamp(HEAP_KIB),
      web: this.webLog,
    });
    this.relays = new Relays(this, {
      publishState: () => this.#telemetry.publishState(),
      changed: (power) => {
        this.leds.showPower(power);
        this.meter.powerChanged(power !== 0);
      },
      commanded: (relay) => notifyDomoticz(this, this.messages, relay, this.relays.isOn(relay)),
    });
    this.leds = new Leds(this);
    this.#button = new Button(this);
    this.messages = new Messages(this);
    this.#telemetry = new Telemetry(this, this.relays, { heap: HEAP_KIB });
    this.#slot = new FirmwareSlot(host.flash, this.store);
    this.build = buildOfImage((address, length) => host.flash.read(address, length), this.#slot.freeSpace());
    this.ota = new OtaUpdater({
      core: this,
      saveFixed: () => this.#saver.save("fixed"),
      freeSpace: () => this.#slot.freeSpace(),
      minimal: () => this.build.minimal,
    });
    this.#resetter = new Resetter(this.settings, this.store, {
      programEnd: () => this.#slot.programEnd(),
      flashSize: host.flash.size,
      timestamp: () => this.time.utc,
      defaultsUsed: () => this.log(2, "CFG: Use defaults"),
    });
    this.#saver = new SettingsSaver(this.settings, this.store, {
      minimal: () => this.build.minimal,
      timestamp: () => this.time.utc,
      restore: (settings) => this.#resetter.restore(settings),
      saved: (written) => this.#tellSaved(written),
    });
    this.#keeper = new Keeper(this, { saver: this.#saver, telemetry: this.#telemetry });
    this.#loop = new MainLoop(host.clock, {
      busyUntil: () => this.network.busyUntil,
      everyQuarter: (phase) => this.#everyQuarter(phase),
      everySecond: () => this.#second(),
    });
    this.network = parts.network(this);
    this.meter = parts.meter(this);
    this.dispatcher = new Dispatcher(this, () => this.#tables());
    this.#tables = commandTables(this);
    this.#powerCycles = new QuickPowerCycles(this);
    if (host.kept === undefined) this.#boot();
    else this.#resume(host.kept);
  }

  get moduleName(): string {
    return moduleName(this.settings.get("module"), this.settings);
  }

  templateJson(): string {
    return templateJson(this.settings);
  }

  get relayCount(): number {
    return this.relays.count;
  }

  get backlogEmpty(): boolean {
    return this.dispatcher.backlogEmpty;
  }

  get restartReason(): string {
    return restartReason(this.host.resetCause);
  }

  get bootCount(): number {
    return this.settings.get("bootcount") + 1;
  }

  get isAtRest(): boolean {
    return !this.#halted && !this.#stopped && this.#keeper.isAtRest;
  }

  keep(): KeptMemory {
    return this.#keeper.keep();
  }

  log(level: LogLevel, text: string): void {
    // It said so when it happened.
    if (!this.#keeper.isResuming) this.#log.add(level, text);
  }

  onLog(listener: (line: LogLine) => void): () => void {
    return this.#log.onLine(listener);
  }

  execute(
    command: string,
    source: CommandSource,
    options: { readonly groupTopic?: boolean; readonly fallbackTopic?: boolean } = {},
  ): void {
    if (this.#halted || this.#stopped) return;
    // Asked by its fallback topic, the device answers there.
    const answerTopic = options.fallbackTopic === true ? `${this.network.mqttClient}_fb` : undefined;
    this.messages.answering(answerTopic, () => this.dispatcher.execute(command, source, options.groupTopic ?? false));
  }

  publish(prefix: TopicPrefix, subtopic: string, payload: string, retained = false): void {
    this.messages.publish(prefix, subtopic, payload, retained);
  }

  topic(prefix: TopicPrefix, subtopic: string, topic: string = this.deviceTopic): string {
    return this.messages.topic(prefix, subtopic, topic);
  }

  relayOn(relay: number): boolean {
    return this.relays.isOn(relay);
  }

  setRelay(relay: number, action: "on" | "off" | "toggle", source: CommandSource): void {
    this.relays.switch(relay, action, source);
  }

  publishPower(): void {
    this.relays.publishAll();
  }

  stateJson(): string {
    return this.#telemetry.stateJson();
  }

  sensorJson(tele: boolean): string {
    return this.#telemetry.sensorJson(tele);
  }

  teleIn(seconds: number): void {
    this.#telemetry.dueIn(seconds);
  }

  restartTelemetry(): void {
    this.#telemetry.restart();
  }

  holdSaving(hold: boolean): void {
    this.#saver.hold(hold);
  }

  saveSettings(done: () => void = () => {}): void {
    this.meter.beforeSave();
    this.#saver.save("next");
    this.store.whenIdle(done);
  }

  restoreSettings(dump: Uint8Array): "ok" | "invalid" {
    return this.#saver.restore(dump);
  }

  dumpSettings(): Uint8Array {
    return this.#saver.dump();
  }

  storeFirmware(image: Uint8Array, done: (error: string | undefined) => void, md5?: string): void {
    this.#saver.save("fixed");
    this.#slot.stage(image, md5, done);
  }

  restartNow(): void {
    this.log(2, "APP: Restarting");
    this.network.beforeRestart?.();
    this.#halt();
    this.store.whenIdle(() => {
      this.#slot.install(() => {
        this.host.clock.at(this.host.clock.now + RESTART_TIME, () => {
          if (!this.#stopped && !this.haltOnRestart) this.host.restart();
        });
      });
    });
  }

  stop(): void {
    this.#halt();
    this.#stopped = true;
    this.store.stop();
  }

  #boot(): void {
    this.serial.begin();
    this.log(2, `HDW: ${this.host.chipName}`);
    if (this.store.load())
      this.log(
        2,
        `CFG: Loaded from flash at ${this.store.sector.toString(16).toUpperCase()}, Count ${this.settings.get("save_flag")}`,
      );
    else {
      this.log(2, "CFG: Use defaults");
      setDefaults(this.settings);
      this.#saver.save("fresh");
      this.store.expectChanges(2);
    }
    this.settings.set("version", versionWord(this.build.number));
    this.serial.configure();
    this.syslogLevel = this.settings.get("syslog_level");
    const restarts = this.build.minimal ? 0 : Math.min(255, this.rtc.get("fastRebootCount") + 1);
    this.rtc.set("fastRebootCount", restarts);
    if (restarts === 1 && this.#powerCycles.count()) {
      this.#halt();
      this.store.whenIdle(() => this.host.clock.at(this.host.clock.now + RESTART_TIME, () => this.host.restart()));
      return;
    }
    if (guardBootLoop(this.settings, restarts)) this.log(2, `FRC: Some settings have been reset (${restarts})`);
    this.deviceTopic = patternWithMac(this.settings.text("Topic"), this.host.mac);
    this.hostname = hostnameOf(this.settings.text("Hostname"), this.deviceTopic, this.host.mac);
    this.#takePins(() => this.relays.start(isFromOutside(this.host.resetCause)));
    if (this.meter.present) this.log(2, "NRG: Init driver 1");
    const { build, settings } = this;
    const version = `Version ${build.version}-${build.core}(${build.built})`;
    this.log(2, `Project ${build.image} - ${settings.text("DeviceName")} ${version}`);
    if (build.minimal) this.log(2, MINIMAL_TEXT);
    this.log(2, `SIM: ${MODEL_NOTICE}`);
    const { clock } = this.host;
    clock.at(clock.now + SETUP_TIME, () => this.#start());
  }

  #start(): void {
    if (this.#stopped || this.#halted) return;
    this.#button.start();
    this.serial.start();
    this.network.start?.();
    this.meter.start?.();
    this.#second();
    this.#loop.start(this.host.clock.now - SETUP_TIME + FIRST_SECOND);
  }

  #takePins(switchRelays: () => void): void {
    this.pins.apply();
    this.meter.configure(this.build.metering ? this.pins : NO_PINS);
    this.leds.start();
    switchRelays();
    this.leds.showPower(this.relays.power);
  }

  #resume(kept: KeptMemory): void {
    this.#keeper.resume(kept, (switchRelays) => this.#takePins(switchRelays));
    this.#button.start();
    this.serial.start();
    this.meter.start?.();
    this.#loop.start(this.host.clock.now + FIRST_SECOND);
  }

  #everyQuarter(phase: Quarter): void {
    this.leds.every250ms();
    if (phase === SAVE_PHASE) this.#saveAndRestart();
    if (this.#halted) return;
    this.network.every250ms?.(phase);
    this.meter.every250ms?.(phase);
  }

  #second(): void {
    this.time.uptime++;
    this.#powerCycles.everySecond(this.time.uptime);
    if (this.time.uptime === STARTED_AFTER_S) {
      this.rtc.set("fastRebootCount", 0);
      this.settings.set("bootcount", this.settings.get("bootcount") + 1);
    }
    this.serial.everySecond();
    this.#telemetry.everySecond();
    this.network.everySecond?.();
    this.meter.everySecond?.();
    if (this.build.minimal) this.ota.propagate();
    const { busyUntil } = this.network;
    if (busyUntil > this.host.clock.now) this.host.clock.at(busyUntil, () => this.serial.drain());
  }

  #saveAndRestart(): void {
    this.#saver.everySecond(this.restartFlag === 0 && this.backlogEmpty);
    if (this.restartFlag === 0 || !this.backlogEmpty) return;
    if (this.restartFlag >= RESET_FLAGS_FROM) this.restartFlag = this.#resetter.reset(this.restartFlag);
    if (this.restartFlag === 2) this.saveSettings();
    if (--this.restartFlag <= 0) this.restartNow();
  }

  #tellSaved({ sector, count }: { readonly sector: number; readonly count: number }): void {
    this.log(3, `CFG: Saved to flash at ${sector.toString(16).toUpperCase()}, Count ${count}, Bytes 4096`);
    this.store.whenIdle(() => this.serial.drain());
  }

  #halt(): void {
    if (this.#halted) return;
    this.#halted = true;
    this.#loop.stop();
    this.dispatcher.stop();
    this.relays.stop();
    this.#button.stop();
    this.ota.stop();
    this.network.stop?.();
    this.meter.stop?.();
  }
}
