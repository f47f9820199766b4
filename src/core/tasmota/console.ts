/**
 * Tasmota's serial console: a byte stream becomes log lines, answers and Improv frames. Tolerates boot ROM garbage,
 * versions back to 9.x and translated builds. Knows nothing of time or of what was asked.
 * Source: Tasmota tasmota/tasmota_support/support.ino (AddLogData), tasmota/tasmota_support/support_command.ino
 * (ResponseCmnd…, MqttPublish: "RSL:" without, "MQT:" with a broker), tasmota/include/i18n.h (log tags).
 */
import type { Answer } from "./answer.ts";
import { type ImprovFrame, matchImprov } from "./improv.ts";
import { readAnswer } from "./read-answer.ts";
import { wordsFor } from "./tables/log-words.ts";

export interface LogLine {
  /** "HH:MM:SS" or "HH:MM:SS.mmm", by the plug's clock; undefined for lines without a stamp. */
  readonly time: string | undefined;
  /** "CMD", "RSL", "MQT", "WIF", …; undefined where the line has none. */
  readonly tag: string | undefined;
  readonly text: string;
}

export interface AnswerLine {
  /** Last topic level, upper case: RESULT, STATUS5, POWER, STATE, SENSOR, INFO1, … */
  readonly level: string;
  readonly payload: string;
  readonly answer: Answer | undefined;
}

export type ConsoleOutput =
  | { readonly kind: "line"; readonly line: LogLine; readonly answer: AnswerLine | undefined }
  | { readonly kind: "improv"; readonly frame: ImprovFrame };

const STAMP = /(\d\d:\d\d:\d\d(?:\.\d{3})?)(?:-\d{3}(?:\/\d\d)?)? /;
const TAG = /^([A-Z0-9]{3}): ?/;

/** One line of the console without its line end. A stamp in the middle of garbage starts the line. */
export function parseLogLine(raw: string): LogLine {
  const stamp = STAMP.exec(raw);
  const rest = stamp === null ? raw : raw.slice(stamp.index + stamp[0].length);
  const tag = TAG.exec(rest);
  return {
    time: stamp?.[1],
    tag: tag?.[1],
    text: tag === null ? rest : rest.slice(tag[0].length),
  };
}

/** What a log line says behind a retained message. */
const RETAINED = new RegExp(` \\((?:${wordsFor("retained").join("|").replaceAll(".", "\\.")})\\)$`, "u");

/** The answer in a line tagged RSL or MQT. */
export function answerOfLine(line: LogLine): AnswerLine | undefined {
  if (line.tag !== "RSL" && line.tag !== "MQT") return undefined;
  const match = /^(\S+) = (.*)$/s.exec(line.text);
  if (match === null) return undefined;
  const payload = line.tag === "MQT" ? match[2]!.replace(RETAINED, "") : match[2]!;
  return {
    level: match[1]!.split("/").at(-1)!.toUpperCase(),
    payload,
    answer: payload.startsWith("{") ? readAnswer(payload) : undefined,
  };
}

/** Longer runs without a line end are not Tasmota: thrown away. */
const MAX_LINE = 16_384;

const MAGIC_END = 0x56;

/** Splits the stream. `push` returns what the new bytes completed. */
export class ConsoleStream {
  #pending: number[] = [];
  /** Where in `#pending` an Improv frame seems to start. */
  #frameAt: number | undefined;
  readonly #decoder = new TextDecoder();

  push(bytes: Uint8Array): readonly ConsoleOutput[] {
    const outputs: ConsoleOutput[] = [];
    for (const byte of bytes) {
      this.#pending.push(byte);
      if (this.#pending.length > MAX_LINE) this.#reset();
      if (this.#frameAt === undefined && byte === MAGIC_END) this.#frameAt = this.#magicAt();
      if (this.#frameAt !== undefined) {
        const match = matchImprov(Uint8Array.from(this.#pending.slice(this.#frameAt)));
        if (match === "more") continue;
        if (match === "no") this.#frameAt = undefined;
        else {
          this.#pending.splice(this.#frameAt, match.length);
          this.#frameAt = undefined;
          outputs.push({ kind: "improv", frame: match.frame });
          continue;
        }
      }
      if (this.#pending.at(-1) === 0x0a) outputs.push(...this.#lines());
    }
    return outputs;
  }

  #reset(): void {
    this.#pending = [];
    this.#frameAt = undefined;
  }

  #magicAt(): number | undefined {
    const start = this.#pending.length - 6;
    return start >= 0 && String.fromCharCode(...this.#pending.slice(start)) === "IMPROV" ? start : undefined;
  }

  /** Everything pending, which ends with a line end. A frame that proved to be none may have hidden more line ends. */
  #lines(): readonly ConsoleOutput[] {
    const text = this.#decoder.decode(Uint8Array.from(this.#pending));
    this.#pending = [];
    return text
      .split("\n")
      .map((raw) => raw.replace(/\r+$/, ""))
      .filter((raw) => raw !== "")
      .map((raw) => {
        const line = parseLogLine(raw);
        return { kind: "line", line, answer: answerOfLine(line) };
      });
  }
}
