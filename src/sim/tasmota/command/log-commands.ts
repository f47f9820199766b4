/** Log levels and the console's UART. Source: Tasmota tasmota_support/support_command.ino (CmndSeriallog …). */
import type { CommandCall, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { answerActive, numberCommand } from "./answers.ts";
import { answerNumber, answerText } from "./json.ts";
import { shortcut, within } from "./payload.ts";

const HIGHEST_LEVEL = 4;
const DEFAULT_LOG_PORT = 514;
/** Baud rates are stored in units of this. */
const BAUD_UNIT = 300;
const SMALLEST_BUFFER = 256;
const LARGEST_BUFFER = 2048;
const INPUT_BUFFER = 800;
const DATA_BITS_FIRST = 5;

/** "8N1" for 3: data bits 5..8 fastest, stop bits 1 and 2, parities N, E, O. */
export function serialConfigText(config: number): string {
  return `${DATA_BITS_FIRST + (config & 3)}${"NEO"[(config >> 3) & 3] ?? "N"}${1 + ((config >> 2) & 1)}`;
}

function parseSerialConfig(text: string): number | undefined {
  const match = /^([5-8])([NEO])([12])/i.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) - DATA_BITS_FIRST + "NEO".indexOf(match[2]!.toUpperCase()) * 8 + (Number(match[3]) - 1) * 4;
}

export function logCommands(machine: Machine): CommandTable {
  const { settings, serial } = machine;

  function serialLog(call: CommandCall): void {
    if (within(call.payload, 0, HIGHEST_LEVEL)) serial.setLog(call.payload);
    call.respond(answerActive(call.key, settings.get("seriallog_level"), serial.level));
  }

  function sysLog(call: CommandCall): void {
    if (within(call.payload, 0, HIGHEST_LEVEL)) {
      settings.set("syslog_level", call.payload);
      machine.syslogLevel = call.payload;
      machine.network.syslogSet();
    }
    call.respond(answerActive(call.key, settings.get("syslog_level"), machine.syslogLevel));
  }

  /** No sign clears it: `0` is a name like any other. */
  function logHost(call: CommandCall): void {
    if (call.data !== "") settings.setText("LogHost", shortcut(call.data) === "default" ? "" : call.data);
    call.respond(answerText(call.key, settings.text("LogHost")));
  }

  /** SetSerialBegin: told before the line changes. */
  function begin(baud: number): void {
    machine.log(2, `SER: Set to ${serialConfigText(settings.get("serial_config"))} ${baud} bit/s`);
    serial.setBaud(baud);
  }

  function baudrate(call: CommandCall): void {
    if (call.payload >= BAUD_UNIT) {
      const units = Math.trunc(call.payload / BAUD_UNIT) & 0xffff;
      settings.set("baudrate", units);
      if (serial.baud !== units * BAUD_UNIT) begin(units * BAUD_UNIT);
    }
    call.respond(answerNumber(call.key, serial.baud));
  }

  /** 0 … 23 as one or two characters, or the like of 8N1, whatever follows. */
  function serialConfig(call: CommandCall): void {
    const short = call.data.length < 3;
    const spelt = short || !within(call.payload, 5, 8) ? undefined : parseSerialConfig(call.data);
    const config = short ? call.payload : spelt;
    if (call.data !== "" && config !== undefined && within(config, 0, 23) && config !== settings.get("serial_config")) {
      settings.set("serial_config", config);
      begin(settings.get("baudrate") * BAUD_UNIT);
    }
    call.respond(answerText(call.key, serialConfigText(settings.get("serial_config"))));
  }

  function serialBuffer(call: CommandCall): void {
    if (call.data !== "") {
      const size = call.payload === 1 ? INPUT_BUFFER : call.payload;
      serial.bufferSize = Math.min(LARGEST_BUFFER, Math.max(SMALLEST_BUFFER, size));
    }
    call.respond(answerNumber(call.key, serial.bufferSize));
  }

  function serialDelimiter(call: CommandCall): void {
    if (call.data !== "" && call.payload < 256) {
      settings.set("serial_delimiter", call.payload > 0 ? call.payload : (unescaped(call.data)[0] ?? 0));
    }
    call.respond(answerNumber(call.key, settings.get("serial_delimiter")));
  }

  /** From 11 on the same with leading blanks kept. */
  function serialSend(call: CommandCall): void {
    const form = call.index > 9 ? call.index - 10 : call.index;
    if (!within(form, 1, 6)) return;
    serial.startBridge(form > 3);
    if (call.data === "") return;
    serial.write(serialBytes(form, call.data));
    call.respond(answerText(call.key, "Done"));
  }

  return {
    SerialLog: serialLog,
    SysLog: sysLog,
    LogHost: logHost,
    LogPort: numberCommand(machine, {
      field: "syslog_port",
      low: 1,
      high: 65535,
      store: (value) => (value === 1 ? DEFAULT_LOG_PORT : value),
    }),
    WebLog: numberCommand(machine, { field: "weblog_level", low: 0, high: HIGHEST_LEVEL }),
    Baudrate: baudrate,
    SerialConfig: serialConfig,
    SerialBuffer: serialBuffer,
    SerialDelimiter: serialDelimiter,
    SerialSend: serialSend,
  };
}

/** SerialSend1 line, 2 and 4 as is, 3 with escapes, 5 hex, 6 decimal. */
function serialBytes(form: number, data: string): Uint8Array {
  if (form === 5)
    return Uint8Array.from(data.replace(/\s/g, "").match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  if (form === 6) return Uint8Array.from(data.split(","), (part) => Number.parseInt(part, 10) & 0xff);
  if (form === 3) {
    const bytes = unescaped(data);
    const end = bytes.indexOf(0);
    return end < 0 ? bytes : bytes.subarray(0, end);
  }
  return new TextEncoder().encode(form === 1 ? `${data}\n` : data);
}

/** Unescape's letters; \x41 apart. */
const ESCAPED: Readonly<Record<string, number>> = {
  "\\": 0x5c,
  '"': 0x22,
  a: 7,
  b: 8,
  e: 0x1b,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  s: 0x20,
  t: 9,
  v: 0x0b,
};

/** Unescape: what it does not know stays with its backslash, one at the end goes. */
function unescaped(text: string): Uint8Array {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const [part, hexDigits, letter] of text.matchAll(/\\x([0-9a-fA-F]*)|\\([^x]?)|[^\\]+/gu)) {
    if (hexDigits !== undefined) bytes.push(Number.parseInt(hexDigits, 16) & 0xff);
    else if (letter === undefined) bytes.push(...encoder.encode(part));
    else if (letter !== "") bytes.push(...(letter in ESCAPED ? [ESCAPED[letter]!] : encoder.encode(part)));
  }
  return Uint8Array.from(bytes);
}
