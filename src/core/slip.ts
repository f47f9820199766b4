/**
 * SLIP framing (RFC 1055) as the ESP8266's boot ROM and stubs use it: a frame is C0 … C0, with C0 as DB DC and DB as
 * DB DD inside. Bytes in, frames out; any chunking, bounded memory. Knows nothing of what frames mean.
 *
 * Source: Espressif, "Serial Protocol" (esptool documentation), and RFC 1055.
 */
const END = 0xc0;
const ESC = 0xdb;
const ESC_END = 0xdc;
const ESC_ESC = 0xdd;

/** One frame with both delimiters. */
export function slipEncode(payload: Uint8Array): Uint8Array {
  let extra = 2;
  for (const byte of payload) if (byte === END || byte === ESC) extra++;
  const frame = new Uint8Array(payload.length + extra);
  let at = 0;
  frame[at++] = END;
  for (const byte of payload) {
    if (byte === END || byte === ESC) {
      frame[at++] = ESC;
      frame[at++] = byte === END ? ESC_END : ESC_ESC;
    } else {
      frame[at++] = byte;
    }
  }
  frame[at] = END;
  return frame;
}

export interface SlipSink {
  /** A whole frame; the array is the sink's. Empty frames are not reported. */
  frame(payload: Uint8Array): void;
  /** Something between frames, or a frame that had to be given up: boot text, noise, an overlong or broken frame. */
  junk?(bytes: Uint8Array, why: "between-frames" | "bad-escape" | "too-long"): void;
  /** Called when a frame begins to carry bytes; lets a reader acknowledge before the frame is complete. */
  started?(): void;
}

/**
 * Decodes frames from chunks. A frame that was cut is ended by the next delimiter, so after damage the decoder finds
 * its feet at the next frame at the latest: a delimiter ends a frame that has bytes and otherwise begins one.
 */
export class SlipDecoder {
  readonly #sink: SlipSink;
  readonly #limit: number;
  #buffer: Uint8Array;
  #length = 0;
  #inFrame = false;
  #escaped = false;

  /** @param limit longest frame accepted, bytes; longer ones are reported as junk up to the limit. */
  constructor(sink: SlipSink, limit: number) {
    this.#sink = sink;
    this.#limit = limit;
    this.#buffer = new Uint8Array(Math.min(limit, 64));
  }

  /** Bytes of the frame that is on its way, 0 between frames. */
  get pending(): number {
    return this.#inFrame ? this.#length : 0;
  }

  push(chunk: Uint8Array): void {
    let outside = -1;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (!this.#inFrame) {
        if (byte === END) {
          if (outside >= 0) this.#sink.junk?.(chunk.slice(outside, i), "between-frames");
          outside = -1;
          this.#inFrame = true;
          this.#length = 0;
          this.#escaped = false;
        } else if (outside < 0) {
          outside = i;
        }
        continue;
      }
      if (byte === END) this.#delimiter();
      else if (this.#escaped) this.#unescape(byte);
      else if (byte === ESC) this.#escaped = true;
      else this.#put(byte);
    }
    if (outside >= 0) this.#sink.junk?.(chunk.slice(outside), "between-frames");
  }

  /** Forgets a frame under way. */
  reset(): void {
    this.#inFrame = false;
    this.#length = 0;
    this.#escaped = false;
  }

  #delimiter(): void {
    // Two delimiters in a row: the first ended or lost a frame, the second begins the next.
    if (this.#length === 0 && !this.#escaped) return;
    if (this.#escaped) this.#giveUp("bad-escape");
    else {
      const frame = this.#buffer.slice(0, this.#length);
      this.reset();
      this.#sink.frame(frame);
    }
  }

  #unescape(byte: number): void {
    this.#escaped = false;
    if (byte === ESC_END) this.#put(END);
    else if (byte === ESC_ESC) this.#put(ESC);
    else this.#giveUp("bad-escape");
  }

  #put(byte: number): void {
    if (this.#length === this.#limit) {
      this.#giveUp("too-long");
      return;
    }
    if (this.#length === this.#buffer.length) {
      const larger = new Uint8Array(Math.min(this.#limit, this.#buffer.length * 4));
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
    this.#buffer[this.#length++] = byte;
    if (this.#length === 1) this.#sink.started?.();
  }

  #giveUp(why: "bad-escape" | "too-long"): void {
    const junk = this.#buffer.slice(0, this.#length);
    this.reset();
    this.#sink.junk?.(junk, why);
  }
}
