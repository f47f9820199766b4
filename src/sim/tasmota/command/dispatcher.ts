/**
 * Takes a command line, finds its handler and publishes the answer; keeps the backlog. Knows no command but Backlog.
 * Source: Tasmota tasmota_support/support_command.ino (ExecuteCommand, CommandHandler, CmndBacklog).
 */
import type { CommandCall, CommandHandler, CommandSource, CommandTable, TasmotaCore } from "../contract.ts";
import { answerText, escapeJson, hex } from "./json.ts";
import { atoi, NO_PAYLOAD, payloadOf } from "./payload.ts";

/** SetOption34: ms between the commands of a backlog. */
const BACKLOG_DELAY = 34;
/** SetOption4: answers go to the command's own level. */
const RESULT_BY_COMMAND = 4;
/** Bytes of the escaped input that an error repeats. */
const ECHOED_INPUT = 63;
/** Bytes of binary data that it shows. */
const ECHOED_BINARY = 16;
/** The buffer for their hex digits holds no more. */
const ECHOED_DIGITS = 15;
/** SerialSend from here on keeps its leading blanks. */
const RAW_SERIAL_INDEX = 10;
/** Indices from here on carry binary data: no trimming, no number. */
const BINARY_INDEX = 300;
const LONGEST_NAME = 23;

/** Source names as level 3 of the log prints them ("SRC: Serial"); the web server names who asked, too, by itself. */
const SOURCE_NAMES: Readonly<Partial<Record<CommandSource, string>>> = {
  serial: "Serial",
  mqtt: "MQTT",
  backlog: "Backlog",
  button: "Button",
};

interface Found {
  readonly key: string;
  readonly handler: CommandHandler;
}

export class Dispatcher {
  readonly #core: TasmotaCore;
  readonly #commands: () => readonly CommandTable[];
  readonly #backlog: string[] = [];
  #noDelay = false;
  /** Backlog2 and Backlog3: only errors are answered. */
  #unanswered = false;
  /** Absolute µs before which the backlog rests. */
  #backlogAt = 0;
  #cancel: () => void = () => {};

  /** @param commands tables in the order they are searched; asked at every command since drivers come and go. */
  constructor(core: TasmotaCore, commands: () => readonly CommandTable[]) {
    this.#core = core;
    this.#commands = commands;
  }

  get backlogEmpty(): boolean {
    return this.#backlog.length === 0;
  }

  /** Lets the backlog rest until `seconds` from now. */
  delayBacklog(seconds: number): void {
    this.#restUntil(this.#core.host.clock.now + seconds * 1e6);
  }

  /** 0.1 s the backlog still rests, as `Delay` answers. */
  get backlogRest(): number {
    return Math.max(0, Math.floor((this.#backlogAt - this.#core.host.clock.now) / 100_000));
  }

  clearBacklog(): boolean {
    const empty = this.backlogEmpty;
    this.#backlog.length = 0;
    return empty;
  }

  stop(): void {
    this.#cancel();
  }

  /** @param silent answers are kept back, as for a command that begins with an underscore. */
  execute(line: string, source: CommandSource, groupTopic: boolean, silent = false): void {
    const named = SOURCE_NAMES[source];
    if (named !== undefined) this.#core.log(3, `SRC: ${named}`);
    const match = /^\s*([A-Za-z0-9_/]+)/.exec(line);
    if (match === null) return;
    const path = match[1]!;
    const word = path.slice(path.lastIndexOf("/") + 1);
    if (word === "") return;
    this.#handle(word, line.slice(match[0].length), { source, groupTopic, silent });
  }

  #handle(
    word: string,
    rawData: string,
    { source, groupTopic, silent: quiet }: Pick<CommandCall, "source" | "groupTopic"> & { readonly silent: boolean },
  ): void {
    const { clock } = this.#core.host;
    const upper = word.toUpperCase();
    const digits = /\d*$/.exec(upper)![0];
    const named = upper.slice(0, upper.length - digits.length);
    const underscored = named.length > 1 && named.startsWith("_");
    const silent = quiet || underscored;
    const name = underscored ? named.slice(1) : named;
    const index = digits === "" ? 1 : atoi(digits);
    const binary = index >= BINARY_INDEX;
    const keepsBlanks = binary || (name.includes("SERIALSEND") && index >= RAW_SERIAL_INDEX);
    const trimmed = keepsBlanks ? rawData : rawData.trimStart();
    const data = trimmed === "?" && !binary ? "" : trimmed;
    const payload = binary ? NO_PAYLOAD : payloadOf(trimmed);
    this.#core.log(
      3,
      `CMD: Grp ${groupTopic ? 1 : 0}, Cmd '${name}', Idx ${index}, Len ${byteLength(data)}, Pld ${payload}, Data '${binary ? dump(data) : trimmed}'`,
    );
    const input = echoed(`${name}${index === 1 ? "" : index}`, binary ? dump(trimmed) : escapeJson(trimmed));
    this.#restUntil(clock.now + this.#core.settings.option(BACKLOG_DELAY) * 1000);
    let answer: string | undefined = `{"Command":"Error",${input}}`;
    let failed = true;
    const found = name === "" || name.length > LONGEST_NAME ? undefined : this.#find(name);
    if (found === undefined) answer = `{"Command":"Unknown",${input}}`;
    else {
      const call: CommandCall = {
        name,
        key: found.key,
        index,
        userIndex: digits !== "",
        data,
        typed: trimmed,
        payload,
        source,
        groupTopic,
        respond: (json) => {
          answer = json;
          failed = false;
        },
      };
      found.handler(call);
    }
    if (answer === undefined || (silent && !failed)) return;
    const level = this.#core.settings.option(RESULT_BY_COMMAND) ? (found === undefined ? "COMMAND" : name) : "RESULT";
    this.#core.publish("stat", level, answer);
  }

  #find(name: string): Found | undefined {
    if (name === "BACKLOG") return { key: "Backlog", handler: (call) => this.#queue(call) };
    for (const table of this.#commands()) {
      for (const [key, handler] of Object.entries(table)) if (key.toUpperCase() === name) return { key, handler };
    }
    return undefined;
  }

  #queue(call: CommandCall): void {
    if (call.data === "") {
      call.respond(answerText(call.key, this.clearBacklog() ? "Empty" : "Aborted"));
      return;
    }
    this.#noDelay = (call.index & 1) === 0;
    this.#unanswered = (call.index & 2) === 2;
    for (const part of splitBacklog(call.data)) this.#backlog.push(part);
    call.respond(undefined);
    this.#restUntil(this.#core.host.clock.now);
  }

  #restUntil(at: number): void {
    this.#backlogAt = at;
    this.#cancel();
    if (this.#backlog.length === 0) return;
    const { clock } = this.#core.host;
    this.#cancel = clock.at(this.#noDelay ? clock.now : at, () => this.#next());
  }

  #next(): void {
    const { clock } = this.#core.host;
    const { busyUntil } = this.#core.network;
    if (busyUntil > clock.now) {
      this.#cancel = clock.at(busyUntil, () => this.#next());
      return;
    }
    let command = this.#backlog.shift();
    let atOnce = this.#noDelay;
    while (command !== undefined && /^nodelay/i.test(command)) {
      atOnce = true;
      command = this.#backlog.shift();
    }
    if (this.#backlog.length === 0) this.#noDelay = false;
    if (command === undefined) return;
    this.execute(command, "backlog", false, this.#unanswered);
    if (atOnce) this.#restUntil(clock.now);
  }
}

/** "Input":"…" of an error: what was typed, escaped first and cut after. */
function echoed(name: string, data: string): string {
  const whole = new TextEncoder().encode(`${name}${data === "" ? "" : ` ${data}`}`);
  return `"Input":"${new TextDecoder().decode(whole.subarray(0, ECHOED_INPUT))}"`;
}

/** Binary data as errors and the log show it: hex, then the printable characters. */
function dump(data: string): string {
  const bytes = new TextEncoder().encode(data);
  if (bytes.length === 0) return "";
  const shown = [...bytes.subarray(0, ECHOED_BINARY)];
  const printable = shown.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : " ")).join("");
  const digits = shown
    .slice(0, ECHOED_DIGITS)
    .map((byte) => hex(byte, 2))
    .join("");
  return `${digits} [${printable}]${bytes.length > ECHOED_BINARY ? " ..." : ""}`;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * The commands of a backlog: split at `;` outside braces, blanks around each dropped, nested Backlog words stripped,
 * Reset left out.
 */
export function splitBacklog(data: string): readonly string[] {
  const parts: string[] = [];
  let pending: string | undefined;
  for (const piece of data.split(";")) {
    pending = pending === undefined ? piece : `${pending};${piece}`;
    if (pending.split("{").length !== pending.split("}").length) continue;
    parts.push(pending);
    pending = undefined;
  }
  if (pending !== undefined) parts.push(pending);
  return parts.flatMap((part) => {
    let command = part.trim();
    while (/^backlog/i.test(command)) command = command.slice("backlog".length).trim();
    return command === "" || /^reset/i.test(command) ? [] : [command];
  });
}
