/** The recordings as the replay reads them: one file a scenario, one event a line, in the order of their times. */
import { readFileSync } from "node:fs";

interface Timed {
  /** Seconds since the bench's process started. */
  readonly t: number;
}
/** A line the console printed, escapes as Python's repr writes them. */
export interface Heard extends Timed {
  readonly rx: string;
}
export interface Sent extends Timed {
  readonly tx: string;
}
export interface Note extends Timed {
  readonly note: string;
}
export interface Exchange extends Timed {
  /** "GET /cm?cmnd=Status". */
  readonly req: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly reqBody?: string;
  /** 0 where the plug sent nothing. */
  readonly status: number;
  readonly chunks?: number;
  /** Missing for HTML and binary bodies. */
  readonly body?: string;
  /** How long the answer took, ms. */
  readonly ms?: number;
}
/** A request the bench sent on a bare socket: only its traces on the console can be compared. */
export interface Bare extends Timed {
  readonly raw: string;
}
/** A path the plug asked the bench's update server for. */
export interface Update extends Timed {
  readonly ota: string;
}
export type RecordedEvent = Heard | Sent | Note | Exchange | Bare | Update;

const FOLDER = new URL("../fixtures/tasmota-recordings/", import.meta.url);

export function loadRecording(number: string): readonly RecordedEvent[] {
  const lines = readFileSync(new URL(`${number}.jsonl`, FOLDER), "utf8")
    .trim()
    .split("\n");
  return lines
    .slice(1)
    .map((line) => JSON.parse(line) as RecordedEvent)
    .filter(
      (event) =>
        "rx" in event || "tx" in event || "note" in event || "req" in event || "raw" in event || "ota" in event,
    );
}

/** Bytes of a recorded line, its escapes undone. */
export function bytesOf(text: string): Uint8Array {
  const plain = text.replace(/\\(x[0-9a-f]{2}|r|n|t|\\)/g, (_, code: string) => {
    if (code.startsWith("x")) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return { r: "\r", n: "\n", t: "\t", "\\": "\\" }[code] ?? code;
  });
  return Uint8Array.from(plain, (character) => character.charCodeAt(0) & 0xff);
}
