/** HTTP for the replay: sends what the bench sent, as bytes through the virtual network, and describes what came back. */
import { readFileSync } from "node:fs";
import type { SimClock } from "../../src/sim/world/clock.ts";
import type { Machine } from "../../src/sim/world/network/lan.ts";

export interface PageFacts {
  readonly title: string | null;
  readonly text: string;
  readonly fields: readonly string[];
}

/** What is known of a recorded exchange beside its request, status and time. */
export interface WebRecord {
  readonly t: number;
  readonly req: string;
  /** Host header, where it was not the address. */
  readonly host?: string;
  readonly send?: Readonly<Record<string, string>>;
  readonly form?: string;
  readonly file?: "dump" | "garbage" | "half dump" | "damaged dump" | "text" | "image";
  readonly headers: readonly string[];
  readonly ms: number;
  /** When the server closed the connection, ms. */
  readonly closed: number;
  readonly error?: string;
  readonly page?: PageFacts;
  readonly body?: string;
  readonly length?: number;
  /** The recording kept only the beginning of the body: it is not compared. */
  readonly cut?: boolean;
}

const FOLDER = new URL("../fixtures/tasmota-recordings/", import.meta.url);

export function loadRows<T>(name: string): readonly T[] {
  const lines = readFileSync(new URL(name, FOLDER), "utf8").trim().split("\n");
  return lines.slice(1).map((line) => JSON.parse(line) as T);
}

const KEPT: Readonly<Record<string, readonly string[]>> = {
  form: ["id", "action", "method", "enctype"],
  input: ["id", "name", "type", "value", "placeholder", "checked", "disabled", "minlength"],
  select: ["id"],
  button: ["id", "name"],
  textarea: ["id", "readonly"],
};
const NOTICE = /<p data-notice>.*?<\/p>/;

function plainText(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&");
}

/** Title, visible text and form fields of a page, without the firmware model's notice. */
export function factsOf(html: string): PageFacts {
  const clean = html.replace(NOTICE, "").replaceAll(/<(script|style|svg)[^>]*>.*?<\/\1>/gs, "");
  const fields = [...clean.matchAll(/<(form|input|select|button|textarea)\b([^>]*)>/g)].map(
    ([, tag = "", rest = ""]) => {
      const attributes = new Map(
        [...rest.matchAll(/([a-z]+)(?:=("[^"]*"|'[^']*'|[^\s>]*))?/g)].map(([, name = "", value]) => [
          name,
          value === undefined ? undefined : plainText(value.replace(/^["']|["']$/g, "")),
        ]),
      );
      const kept = KEPT[tag]!.filter((name) => attributes.has(name));
      return [
        tag,
        ...kept.map((name) => (attributes.get(name) === undefined ? name : `${name}=${attributes.get(name)}`)),
      ].join(" ");
    },
  );
  const text = plainText(clean.replaceAll(/<!--.*?-->/g, "").replaceAll(/<[^>]*>/g, " "))
    .replaceAll("\u00a0", " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  return { title: /<title>(.*?)<\/title>/.exec(html)?.[1] ?? null, text, fields };
}

/** How long something took, as coarse as the bench's stalls of up to a second make it comparable. */
function duration(ms: number): string {
  if (ms < 1500) return "at once";
  if (ms < 4200) return "after 2 s or so";
  if (ms < 6500) return "after 5 s or so";
  return "after 10 s or so";
}

export interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Uint8Array;
  readonly ms: number;
  readonly closed: number;
}

/** The console page's feed counts its lines, the firmware model's notice among them; its lines carry stamps. */
function withoutStamps(body: string): string {
  if (!/^\d+\}1\d\}1/.test(body)) return body;
  return body
    .replace(/^\d+/, "~")
    .replaceAll(/\d\d:\d\d:\d\d\.\d{3}(-\d{3})? /g, "")
    .replaceAll(/SIM: .*\n/g, "");
}

/** One comparable text for an exchange, whichever side it comes from. */
export function describe(status: number, row: Omit<WebRecord, "t" | "req">): string {
  if (status === 0) return row.error === undefined ? `nothing, closed ${duration(row.closed)}` : "nothing";
  const plain = row.body === undefined ? `${row.length ?? 0} bytes` : withoutStamps(row.body);
  const whole = row.page === undefined ? plain : JSON.stringify(row.page);
  const content = row.cut === true ? "(a page)" : whole;
  const waits = row.ms > 4200 ? `answered ${duration(row.ms)}, ` : "";
  return `${status} ${content} [${row.headers.join("; ")}] ${waits}closed ${duration(row.closed)}`;
}

/** Describes an answer in the same words as its recording. */
export function describeAnswer(answer: Answer | undefined, recorded: WebRecord): string {
  if (answer === undefined) return "nothing";
  const { status, headers, body, ms, closed } = answer;
  const text = new TextDecoder().decode(body);
  const known = recorded.length === undefined ? { body: text } : { length: body.length };
  const shown = recorded.page === undefined ? known : { page: factsOf(text) };
  const content = recorded.cut === true ? { cut: true } : shown;
  return describe(status, { headers, ms, closed, ...content });
}

export interface Bench {
  readonly clock: SimClock;
  /** The machine that asks and the address it asks. */
  from(): { readonly machine: Machine; readonly address: string };
}

/** A connection that is opened and left alone, with a beginning of a request or nothing. */
export function leaveOpen(bench: Bench, sent: string): void {
  const { machine, address } = bench.from();
  machine.connect(address, 80, {
    connected: (stream) => {
      stream.listen({ end: () => stream.end() });
      if (sent !== "") stream.write(new TextEncoder().encode(sent));
    },
    failed: () => {},
  });
  bench.clock.runInternal(bench.clock.now + 10_000);
}

/** A request under way. */
export interface Exchanged {
  readonly over: boolean;
  /** What has come of it by now; undefined where there was nobody to talk to. */
  answer(): Answer | undefined;
}

/** Sends a request now. */
export function exchange(bench: Bench, req: string, row: Partial<WebRecord>, file?: Uint8Array): Exchanged {
  const { clock } = bench;
  const { machine, address } = bench.from();
  const start = clock.now;
  const got: number[] = [];
  let answered = start;
  let closed = start;
  let over = false;
  let connected = false;
  const name = row.file === "text" || row.file === "image" ? "fw.bin" : "Config.dmp";
  const body = file === undefined ? new TextEncoder().encode(row.form ?? "") : multipart(file, name);
  const head = [
    `${req} HTTP/1.1`,
    `Host: ${row.host ?? address}`,
    ...Object.entries(row.send ?? {}).map(([header, value]) => `${header}: ${value}`),
    ...(body.length > 0 ? [`Content-Length: ${body.length}`] : []),
  ];
  const finish = (): void => {
    if (!over) closed = clock.now;
    over = true;
  };
  machine.connect(address, 80, {
    connected: (stream) => {
      connected = true;
      stream.listen({
        data: (bytes) => {
          got.push(...bytes);
          answered = clock.now;
        },
        end: () => {
          finish();
          stream.end();
        },
        closed: finish,
      });
      stream.write(new TextEncoder().encode(`${head.join("\r\n")}\r\n\r\n`));
      stream.write(body);
    },
    failed: finish,
  });
  return {
    get over() {
      return over;
    },
    answer: () =>
      connected ? readAnswer(got, { ms: (answered - start) / 1000, closed: (closed - start) / 1000 }) : undefined,
  };
}

function readAnswer(got: readonly number[], times: { readonly ms: number; readonly closed: number }): Answer {
  const text = got.map((byte) => String.fromCharCode(byte)).join("");
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return { status: 0, headers: [], body: new Uint8Array(0), ...times };
  const [line = "", ...headers] = text.slice(0, end).split("\r\n");
  const rest = Uint8Array.from(got.slice(end + 4));
  const chunked = headers.includes("Transfer-Encoding: chunked");
  return { status: Number(line.split(" ")[1]), headers, body: chunked ? unchunk(rest) : rest, ...times };
}

function unchunk(bytes: Uint8Array): Uint8Array {
  const whole: number[] = [];
  let at = 0;
  for (;;) {
    const line = /^([0-9a-f]+)\r\n/.exec(String.fromCharCode(...bytes.subarray(at, at + 12)));
    const size = Number.parseInt(line?.[1] ?? "0", 16);
    if (line === null || size === 0) return Uint8Array.from(whole);
    at += line[0].length;
    whole.push(...bytes.subarray(at, at + size));
    at += size + 2;
  }
}

function multipart(file: Uint8Array, name: string): Uint8Array {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const head = encode(
    `------recb\r\nContent-Disposition: form-data; name="u2"; filename="${name}"\r\n` +
      "Content-Type: application/octet-stream\r\n\r\n",
  );
  const tail = encode("\r\n------recb--\r\n");
  const whole = new Uint8Array(head.length + file.length + tail.length);
  whole.set(head);
  whole.set(file, head.length);
  whole.set(tail, head.length + file.length);
  return whole;
}
