/**
 * A serial line that sees what goes over it and spoils it where it is told to: commands with a bit turned that stay
 * good SLIP, replies that never come, bytes held up on their way. What the wire itself can do (a byte dropped, turned,
 * doubled, noise) is done by the virtual bench; this is for faults that aim.
 *
 * Reads its frames by itself, on purpose: nothing of the host's codec is used.
 */
import type { AdapterIdentity, ByteLine, LineListener } from "../../src/engine/ports.ts";
import type { SimClock } from "../../src/sim/world/clock.ts";

const END = 0xc0;
const ESC = 0xdb;
/** Direction, opcode, length, checksum. */
const HEADER = 8;

/** What goes to the chip: a command by its opcode, with its fields as words, or the acknowledgement of a packet. */
export interface Sent {
  readonly opcode: number | "ack";
  readonly words: readonly number[];
}

/** Turns a bit of the byte at this share of the frame (0 to 1), of a command's fields, or of its opcode alone. */
export interface Spoiling {
  readonly what: "opcode" | "fields" | "anything";
  readonly place: number;
  readonly bit: number;
}

export class FaultyLine implements ByteLine {
  readonly #inner: ByteLine;
  readonly #clock: SimClock;
  readonly #say: (text: string) => void;
  readonly #listeners = new Set<LineListener>();
  readonly #spoilings: Spoiling[] = [];
  readonly #spoilingsBack: Spoiling[] = [];
  #framesToLose = 0;
  #inFrame = false;
  #losing = false;
  #heldUntil = 0;
  #held: Uint8Array[] = [];
  /** Told each command before it leaves; what it asks for strikes that command already. */
  onSent: ((sent: Sent) => void) | undefined;

  /** @param say told what was spoiled. */
  constructor(inner: ByteLine, clock: SimClock, say: (text: string) => void) {
    this.#say = say;
    this.#inner = inner;
    this.#clock = clock;
    inner.listen({
      bytes: (chunk) => this.#arrived(chunk),
      lost: () => {
        this.#held = [];
        for (const listener of [...this.#listeners]) listener.lost?.();
      },
      reappeared: (identity) => {
        for (const listener of [...this.#listeners]) listener.reappeared?.(identity);
      },
    });
  }

  get identity(): AdapterIdentity {
    return this.#inner.identity;
  }

  get present(): boolean {
    return this.#inner.present;
  }

  get can(): ByteLine["can"] {
    return this.#inner.can;
  }

  get baud(): number {
    return this.#inner.baud;
  }

  write(bytes: Uint8Array): Promise<void> {
    const sent = readSent(bytes);
    if (sent !== undefined) this.onSent?.(sent);
    const spoiling = sent === undefined ? undefined : this.#spoilings.shift();
    if (spoiling === undefined) return this.#inner.write(bytes);
    const changed = spoiled(bytes, spoiling);
    const at = changed.findIndex((byte, i) => byte !== bytes[i]);
    this.#say(`command ${sent?.opcode} goes out with byte ${at} of ${bytes.length} ${changed[at]} for ${bytes[at]}`);
    return this.#inner.write(changed);
  }

  setBaud(baud: number): Promise<void> {
    return this.#inner.setBaud(baud);
  }

  setControlLines(lines: { dtr?: boolean | undefined; rts?: boolean | undefined }): Promise<void> {
    return this.#inner.setControlLines(lines);
  }

  listen(listener: LineListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  /** The next command goes out with a bit turned. */
  spoilCommand(spoiling: Spoiling): void {
    this.#spoilings.push(spoiling);
  }

  /** The next bytes that arrive have a bit turned. */
  spoilArrival(spoiling: Spoiling): void {
    this.#spoilingsBack.push(spoiling);
  }

  /** The next frame that begins to arrive is not heard. */
  loseFrame(): void {
    this.#framesToLose++;
  }

  /** What arrives waits until then, µs of the clock, and comes all at once: a computer that had better things to do. */
  holdUntil(time: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, time);
  }

  #arrived(chunk: Uint8Array): void {
    const spoiling = this.#spoilingsBack.shift();
    const left = this.#withoutLost(spoiling === undefined ? chunk : spoiled(chunk, spoiling));
    if (left.length === 0) return;
    if (this.#held.length === 0 && this.#clock.now >= this.#heldUntil) this.#deliver(left);
    else if (this.#held.push(left) === 1) this.#clock.hostAt(this.#heldUntil, () => this.#release());
  }

  #release(): void {
    if (this.#clock.now < this.#heldUntil) {
      this.#clock.hostAt(this.#heldUntil, () => this.#release());
      return;
    }
    const held = this.#held;
    this.#held = [];
    for (const chunk of held) this.#deliver(chunk);
  }

  #deliver(chunk: Uint8Array): void {
    const at = this.#clock.now / 1000;
    for (const listener of [...this.#listeners]) listener.bytes(chunk.slice(), at);
  }

  #withoutLost(chunk: Uint8Array): Uint8Array {
    const kept: number[] = [];
    for (const byte of chunk) {
      if (byte === END) {
        this.#inFrame = !this.#inFrame;
        if (this.#inFrame && this.#framesToLose > 0) {
          this.#framesToLose--;
          this.#losing = true;
        }
      }
      if (!this.#losing) kept.push(byte);
      if (byte === END && !this.#inFrame) this.#losing = false;
    }
    return Uint8Array.from(kept);
  }
}

/** Undefined for what is neither: the engine writes one frame at a time, perhaps with bytes before it that mean nothing. */
export function readSent(bytes: Uint8Array): Sent | undefined {
  const payload: number[] = [];
  let escaped = false;
  for (let i = bytes.indexOf(END) + 1; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === END) {
      if (payload.length > 0) break;
    } else if (escaped) {
      payload.push(byte === 0xdc ? END : ESC);
      escaped = false;
    } else if (byte === ESC) escaped = true;
    else payload.push(byte);
  }
  if (payload.length === 4) return { opcode: "ack", words: [] };
  if (payload.length < HEADER || payload[0] !== 0) return undefined;
  const view = new DataView(Uint8Array.from(payload).buffer);
  const words: number[] = [];
  for (let at = HEADER; at + 4 <= Math.min(payload.length, HEADER + 16); at += 4) words.push(view.getUint32(at, true));
  return { opcode: payload[1]!, words };
}

/** With one bit turned, in a byte that means nothing to SLIP before and after; unchanged where there is none. */
function spoiled(bytes: Uint8Array, { what, place, bit }: Spoiling): Uint8Array {
  const payload = bytes.indexOf(END) + 1;
  const [first, last] = {
    opcode: [payload + 1, payload + 2] as const,
    fields: [payload + HEADER, Math.min(bytes.length, payload + HEADER + 16)] as const,
    anything: [0, bytes.length] as const,
  }[what];
  const changed = bytes.slice();
  const span = last - first;
  for (let i = 0; i < span; i++) {
    const at = first + ((Math.floor(place * span) + i) % span);
    const was = bytes[at]!;
    const becomes = was ^ (1 << bit);
    const meaningful = [was, becomes].some((byte) => byte === END || byte === ESC) || bytes[at - 1] === ESC;
    if (meaningful) continue;
    changed[at] = becomes;
    break;
  }
  return changed;
}
