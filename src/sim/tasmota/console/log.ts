/**
 * The one sink of log lines: serial, web log and anyone who listens (MQTT log, tests), each by its level.
 * Source: Tasmota tasmota_support/support.ino (AddLogData, HighestLogLevel).
 */
import type { LogLevel, LogLine } from "../contract.ts";
import type { Machine } from "../machine.ts";
import type { LogLevels, WebLogRing } from "./web-log.ts";

export interface LogSinks {
  /** Writes to the console's UART. */
  serial(text: string): void;
  /** Level the UART prints now; 0 while it is muted. */
  serialLevel(): number;
  /** "00:00:01.893", heap suffix included. */
  stamp(): string;
  readonly web: WebLogRing;
}

export class Log {
  readonly #sinks: LogSinks;
  readonly #listeners: Set<(line: LogLine) => void> = new Set();

  constructor(sinks: LogSinks) {
    this.#sinks = sinks;
  }

  add(level: LogLevel, text: string): void {
    const stamp = this.#sinks.stamp();
    if (level <= this.#sinks.serialLevel()) this.#sinks.serial(`${stamp} ${text}\r\n`);
    this.#sinks.web.add(level, stamp, text);
    for (const listener of this.#listeners) listener({ level, text, stamp });
  }

  onLine(listener: (line: LogLine) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** What the settings and the sinks' own states ask of the log in RAM. */
export function logLevels(machine: Pick<Machine, "settings" | "serial" | "syslogLevel">): LogLevels {
  const set = (name: string): number => machine.settings.get(name);
  return {
    web: () => set("weblog_level"),
    highest: () =>
      Math.max(
        ...[set("seriallog_level"), set("mqttlog_level"), set("weblog_level")],
        ...[machine.serial.level, machine.syslogLevel],
      ),
  };
}
