/**
 * A capture of a plug in download mode: what it answers to questions, to the byte, and how long it takes for what only
 * reads. Made for comparing real plugs with the virtual one. Nothing is erased or written, and nothing of the flash's
 * contents is kept.
 *
 * The two kinds of lines: an exchange as an esptool trace shows it, and a timing as esptool prints one.
 */
import { toHex } from "../../core/bytes.ts";
import type { EventSink } from "../../core/events.ts";
import { encodeCommand } from "../../core/loader/protocol.ts";
import { REGISTERS } from "../../core/loader/tables.ts";
import { slipEncode } from "../../core/slip.ts";
import { say } from "../../core/text/text.ts";
import { BASE_BAUD, returnToBase, stepBaud } from "../link/baud.ts";
import { ChipLink } from "../link/chip-link.ts";
import { connect } from "../link/connect.ts";
import { FramePort } from "../link/frame-port.ts";
import { readCoreIdentity, readFlashId } from "../link/identify.ts";
import { readFlashOnce } from "../link/read-stream.ts";
import { startStub } from "../link/stub.ts";
import { md5Ms } from "../link/timing.ts";
import type { ByteLine, Clock, Codec, Files } from "../ports.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import { redactAnswer } from "./redact.ts";

export interface CaptureOptions {
  readonly line: ByteLine;
  readonly clock: Clock;
  /** Whatever hears a plug over wires puts them on record there. */
  readonly files: Files;
  /** Root of the home. */
  readonly home: string;
  readonly codec?: Codec | undefined;
  readonly events: EventSink;
  readonly signal?: AbortSignal | undefined;
  /** How long to call, ms; undefined: until `signal`. */
  readonly patienceMs: number | undefined;
  readonly resetWires: boolean;
  /** Name and version of the program. */
  readonly tool: string;
  /** The computer's system, without its name. */
  readonly host: string;
  /** Bytes to read at each rate, a multiple of 4096. */
  readonly readBytes: number;
  /** Ends before the stub is uploaded, for a plug whose ROM is wanted afterwards. Default false. */
  readonly romOnly?: boolean | undefined;
}

export interface CapturedExchange {
  readonly id: string;
  readonly source: string;
  readonly tool: string;
  readonly what: string;
  /** Of the host's side and of the chip's. */
  readonly baud: number;
  readonly wire_baud: number;
  readonly chip: string;
  readonly loader: "rom" | "stub";
  readonly needs: string | null;
  readonly partial: boolean;
  /** Where something of the owner's was replaced. */
  readonly altered: readonly string[];
  readonly note: string | null;
  /** `hex`: with SLIP's framing; `dt_s`: s since the entry before. */
  readonly sequence: readonly { readonly dir: "host" | "chip"; readonly hex: string; readonly dt_s: number }[];
}

export interface CapturedTiming {
  readonly source: string;
  readonly operation: "read" | "flash-md5";
  readonly bytes: number;
  readonly compressed: null;
  readonly baud: number;
  readonly baud_told: true;
  readonly seconds: number;
  readonly loader: string;
  readonly adapter: string;
  /** Maker and device, as esptool prints them. */
  readonly flash_id: string;
  readonly chip: string;
  readonly tool: string;
  readonly host: string;
  readonly notes: string | null;
}

export interface Capture {
  readonly exchanges: readonly CapturedExchange[];
  readonly timings: readonly CapturedTiming[];
}

const SOURCE = "plugsmith capture";
/** A chip that has said all: nothing for so long, ms. Longer than the slowest adapter keeps a byte. */
const QUIET_MS = 60;
/** The rates at which reading is timed. */
const TIMED_RATES = [BASE_BAUD, 460_800] as const;
const MD5_SIZES = [0x1000, 0x10000] as const;
const ASKED = ["chipMagic", "efuse0", "efuse1", "efuse2", "efuse3", "uartClockDivider"] as const;

/** Errors: no-sync, wrong-chip, stub-failed, no-reply, bad-reply, line-lost, aborted, port-*. */
export async function capture(options: CaptureOptions): Promise<Capture> {
  const { clock, events, signal, tool, host, readBytes } = options;
  const port = new FramePort(recordedLine(options.line, options), clock, signal);
  const link = new ChipLink(port, events, options.codec);
  const exchanges: CapturedExchange[] = [];
  const timings: CapturedTiming[] = [];
  try {
    await connect(link, { patienceMs: options.patienceMs, resetWires: options.resetWires });
    const core = await readCoreIdentity(link);
    const chip = core.variant;
    const keep = async (what: string, questions: readonly Question[]): Promise<void> => {
      const loader = link.answering === "rom" ? "rom" : "stub";
      const { sequence, altered } = await exchange(link, questions);
      const baud = port.line.baud;
      const id = `${loader}-${exchanges.length + 1}`;
      exchanges.push({
        id,
        source: SOURCE,
        tool,
        what,
        baud,
        wire_baud: baud,
        chip,
        loader,
        needs: null,
        partial: false,
        altered,
        note: null,
        sequence,
      });
    };
    if (link.answering === "rom") {
      await keep("SYNC", [{ frame: encodeCommand("sync", {}) }]);
      await keep("READ_REG of the chip's word, the efuses and the UART divider", ASKED.map(readRegister));
      if (options.romOnly === true) return { exchanges, timings };
      await startStub(link);
    }
    await keep("READ_REG of the chip's word, the efuses and the UART divider", ASKED.map(readRegister));
    const { flashId } = await readFlashId(link);
    const flash_id = idText(flashId);

    const timed = async (operation: CapturedTiming["operation"], bytes: number, work: () => Promise<unknown>) => {
      const began = clock.now();
      await work();
      const seconds = Number(((clock.now() - began) / 1000).toFixed(4));
      timings.push({
        source: SOURCE,
        operation,
        bytes,
        compressed: null,
        baud: port.line.baud,
        baud_told: true,
        seconds,
        loader: "plugsmith stub",
        adapter: port.line.identity.label,
        flash_id,
        chip,
        tool,
        host,
        notes: null,
      });
      events({
        type: "fact",
        name: `${operation}, ${bytes} bytes at ${port.line.baud} baud`,
        value: say`${seconds} s`,
      });
    };
    for (const size of MD5_SIZES) await timed("flash-md5", size, () => link.flashMd5(0, size, md5Ms(size)));
    const rates = port.line.can.baud ? TIMED_RATES : [port.line.baud];
    for (const rate of rates) {
      if (port.line.baud !== rate && !(await stepBaud(link, rate, core.crystalMhz))) continue;
      await timed("read", readBytes, () => readFlashOnce(link, 0, readBytes));
    }
    if (port.line.can.baud) await returnToBase(link, core.crystalMhz);
    return { exchanges, timings };
  } finally {
    port.close();
  }
}

interface Question {
  readonly frame: Uint8Array;
  /** The register that is asked for. */
  readonly address?: number | undefined;
}

function readRegister(name: (typeof ASKED)[number]): Question {
  const address = REGISTERS[name];
  return { frame: encodeCommand("readReg", { address }), address };
}

/** Sends one after the other and keeps all that comes back, as it came. */
async function exchange(
  link: ChipLink,
  questions: readonly Question[],
): Promise<Pick<CapturedExchange, "sequence" | "altered">> {
  const { clock, line } = link.port;
  const sequence: CapturedExchange["sequence"][number][] = [];
  const altered: string[] = [];
  let last = clock.now();
  const entry = (dir: "host" | "chip", bytes: Uint8Array, at: number): void => {
    sequence.push({ dir, hex: toHex(bytes), dt_s: Number(((at - last) / 1000).toFixed(4)) });
    last = at;
  };
  for (const { frame, address } of questions) {
    link.port.discard();
    const chunks: number[] = [];
    let heardAt = clock.now();
    const stop = line.listen({
      bytes: (chunk, at) => {
        chunks.push(...chunk);
        heardAt = at;
      },
    });
    const sentAt = clock.now();
    try {
      await link.transmit(frame);
      while ((await link.port.next(QUIET_MS)) !== undefined);
    } finally {
      stop();
    }
    entry("host", slipEncode(frame), sentAt);
    const answer = Uint8Array.from(chunks);
    const { bytes, where } =
      address === undefined ? { bytes: answer, where: undefined } : redactAnswer(address, answer);
    if (where !== undefined) altered.push(where);
    entry("chip", bytes, heardAt);
  }
  return { sequence, altered };
}

/** Maker, and type and capacity: "c8 4014". */
function idText(flashId: number): string {
  const [maker, type, capacity] = [0, 8, 16].map((shift) => ((flashId >>> shift) & 0xff).toString(16).padStart(2, "0"));
  return `${maker} ${type}${capacity}`;
}

/** One line for each exchange and each timing. */
export function captureLines({ exchanges, timings }: Capture): string {
  return [...exchanges, ...timings].map((line) => `${JSON.stringify(line)}\n`).join("");
}
