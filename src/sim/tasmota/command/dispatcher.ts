/**
 * Takes a command line, finds its handler and publishes the answer; keeps the backlog. Knows no command but Backlog.
 * Source: Tasmota tasmota_support/support_command.ino (ExecuteCommand, CommandHandler, CmndBacklog).
 */
import type { CommandCall, CommandHandler, CommandSource, CommandTable, TasmotaCore } from "../contract.ts";
import { answerText, quote } from "./json.ts";
import { payloadOf } from "./payload.ts";

/** SetOption34: ms between the commands of a backlog. */
const BACKLOG_DELAY = 34;
/** SetOption4: answers go to the command's own level. */
const RESULT_BY_COMMAND = 4;
/** Characters of the input that an error repeats. */
const ECHOED_INPUT = 63;
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

  execute(line: string, source: CommandSource, groupTopic: boolean): void {
    const named = SOURCE_NAMES[source];
    if (named !== undefined) this.#core.log(3, `SRC: ${named}`);
    const match = /^\s*([A-Za-z0-9_/]+)/.exec(line);
    if (match === null) return;
    const path = match[1]!;
    const word = path.slice(path.lastIndexOf("/") + 1);
    if (word === "") return;
    this.#handle(word, line.slice(match[0].length), source, groupTopic);
  }

  #handle(word: string, rawData: string, source: CommandSource, groupTopic: boolean): void {
    const { clock } = this.#core.host;
    const upper = word.toUpperCase();
    const silent = upper.startsWith("_");
    const digits = /\d*$/.exec(upper)![0];
    const name = upper.slice(silent ? 1 : 0, upper.length - digits.length);
    const index = digits === "" ? 1 : Number.parseInt(digits, 10);
    const binary = index >= BINARY_INDEX;
    const trimmed = binary ? rawData : rawData.trimStart();
    const data = trimmed === "?" ? "" : trimmed;
    const payload = payloadOf(trimmed, this.#core.settings);
    this.#core.log(
      3,
      `CMD: Grp ${groupTopic ? 1 : 0}, Cmd '${name}', Idx ${index}, Len ${data.length}, Pld ${payload}, Data '${data}'`,
    );
    const echoed = `${name}${digits === "" || index === 1 ? "" : index}${trimmed === "" ? "" : ` ${trimmed}`}`;
    const input = quote(echoed.slice(0, ECHOED_INPUT));
    this.#restUntil(clock.now + this.#core.settings.option(BACKLOG_DELAY) * 1000);
    let answer: string | undefined = `{"Command":"Error","Input":${input}}`;
    const found = name.length > LONGEST_NAME ? undefined : this.#find(name);
    if (found === undefined) answer = `{"Command":"Unknown","Input":${input}}`;
    else {
      const call: CommandCall = {
        name,
        key: found.key,
        index,
        userIndex: digits !== "",
        data,
        payload,
        source,
        groupTopic,
        respond: (json) => {
          answer = json;
        },
      };
      found.handler(call);
    }
    if (answer === undefined || silent) return;
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
    if (call.index === 0) this.#noDelay = true;
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
    const command = this.#backlog.shift();
    if (this.#backlog.length === 0) this.#noDelay = false;
    if (command !== undefined) this.execute(command, "backlog", false);
  }
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
    while (/^backlog/i.test(command)) command = command.replace(/^backlog\d?/i, "").trim();
    return command === "" || /^reset/i.test(command) ? [] : [command];
  });
}
