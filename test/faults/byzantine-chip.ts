/**
 * A chip that lies: at the other end of the line sits something that answers like a boot ROM or a stub, mostly, and
 * otherwise with anything: silence, noise, half a reply, ten replies, a flood. Whatever it says, the work has to end,
 * with a result or a named error, in bounded time and memory.
 */
import { asError, PlugsmithError } from "../../src/core/errors.ts";
import { openSession } from "../../src/engine/flash/session.ts";
import { drain } from "../../src/platform/node/system.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { SimpleLine } from "../support/simple-line.ts";
import { readSent } from "./faulty-line.ts";

const END = 0xc0;
const ESC = 0xdb;
/** Longer in virtual time is a hang: a chip that answers enough to be believed is asked again and again, but not for ever. */
const HANG_US = 3600e6;
const REPLY_LATENCY_US = 2000;
const FLOOD_CHUNKS = 200;
const FLOOD_CHUNK = 2048;
/** Garbage is for ever: small frames of no meaning, so often that no watch for silence ends by itself. */
const CHATTER_US = 300_000;

/** Registers as an ESP8285 has them, so that it is believed: magic, efuses, UART divider for 74880, flash id. */
const REGISTERS: Readonly<Record<number, number>> = {
  1073745920: 0xfff0c101,
  1072693328: 0x00a1b210,
  1072693332: 0x02000000,
  1072693336: 0x00008000,
  1072693340: 0x00c44f33,
  1610612756: 0x000002b6,
  1610613312: 0x001240c8,
};

export interface ByzantineReport {
  readonly outcome: string;
  readonly virtualMs: number;
}

/** One session with a byzantine chip, of this seed. Rejects with what is not a named error; hangs are errors too. */
export async function runByzantineChip(seed: number): Promise<ByzantineReport> {
  const random = new SeededRandom(`liar/${seed}`);
  const clock = new SimClock();
  const line = new LyingLine(clock, random);
  const session = openSession({
    line,
    clock: clock.port(),
    files: new VirtualDisk({ seed }).files,
    home: "/home",
    tool: "byzantine",
    patience: { connectMs: 3000, reconnectMs: 3000 },
  });
  let outcome: string | undefined;
  let wrong: Error | undefined;
  const acts = [
    () => session.identify(),
    () => session.backup(),
    () => session.write(new Uint8Array(9000).fill(7), { raw: true, typedMac: "c4:4f:33:00:00:00" }),
    () => session.verify(new Uint8Array(9000).fill(7), { raw: true }),
  ];
  acts[random.below(acts.length)]!().then(
    () => {
      outcome = "believed";
    },
    (error: unknown) => {
      outcome = error instanceof PlugsmithError ? error.code : "unnamed";
      if (outcome === "unnamed" || outcome === "internal") wrong = asError(error);
    },
  );
  await clock.run(drain, () => outcome !== undefined, HANG_US);
  if (wrong !== undefined) throw wrong;
  if (outcome === undefined) throw new Error(`seed ${seed}: the work hangs`);
  line.mute = true;
  await clock.complete(drain, session.close());
  return { outcome, virtualMs: clock.now / 1000 };
}

class LyingLine extends SimpleLine {
  mute = false;
  #chatters = false;
  readonly #clock: SimClock;
  readonly #random: SeededRandom;
  /** How often it tells the truth: some liars are believed for long. */
  readonly #honesty: number;
  readonly #stub: boolean;

  constructor(clock: SimClock, random: SeededRandom) {
    super("byzantine");
    this.#clock = clock;
    this.#random = random;
    this.#honesty = 1 - random.unit() ** 2;
    this.#stub = random.chance(0.7);
  }

  write(bytes: Uint8Array): Promise<void> {
    const sent = readSent(bytes);
    if (sent !== undefined && !this.mute) this.#answer(sent.opcode, sent.words);
    return Promise.resolve();
  }

  #answer(opcode: number | "ack", words: readonly number[]): void {
    if (opcode === "ack") {
      this.#packet();
      return;
    }
    const random = this.#random;
    const good = frame(this.#reply(opcode, words));
    if (random.chance(this.#honesty)) {
      this.#say(good);
      if (opcode === 0x06) this.#say(frame([0x4f, 0x48, 0x41, 0x49]));
      if (opcode === 0xd2) this.#packet();
      return;
    }
    const lies: (() => void)[] = [
      () => undefined,
      () => this.#say(random.bytes(1 + random.below(200))),
      () => this.#say(good.subarray(0, random.below(good.length))),
      () => this.#say(this.#bent(good)),
      () => {
        for (let i = random.below(100); i > 0; i--) this.#say(good);
      },
      () => this.#say(frame([...this.#reply(random.below(256), words)])),
      () => this.#flood(),
      () => this.#chatter(),
    ];
    lies[random.below(lies.length)]!();
  }

  #reply(opcode: number, words: readonly number[]): number[] {
    const random = this.#random;
    const value =
      opcode === 0x0a ? (REGISTERS[words[0] ?? 0] ?? 0) : opcode === 0x08 && this.#stub ? 0 : random.uint32();
    const body = opcode === 0x13 ? [...random.bytes(16)] : [];
    const status = random.chance(0.03) ? [random.below(256), random.below(256)] : [0, 0];
    const data = [...body, ...status];
    const bytes = [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
    return [1, opcode, data.length, 0, ...bytes, ...data];
  }

  /** Of flash, or the digest behind the last: of any length it likes. */
  #packet(): void {
    const random = this.#random;
    const lengths = [0x1000, 0x1000, 0x400, 16, 1 + random.below(5000)];
    this.#say(frame([...random.bytes(lengths[random.below(lengths.length)]!)]));
  }

  #bent(bytes: Uint8Array): Uint8Array {
    const copy = bytes.slice();
    const at = this.#random.below(copy.length);
    copy[at] = copy[at]! ^ (1 << this.#random.below(8));
    return copy;
  }

  #flood(): void {
    for (let i = 0; i < FLOOD_CHUNKS; i++) {
      this.#clock.hostAt(this.#clock.now + i * 1000, () => this.#deliver(this.#random.bytes(FLOOD_CHUNK)));
    }
  }

  #chatter(): void {
    if (this.#chatters) return;
    this.#chatters = true;
    const again = (): void => {
      if (this.mute) return;
      this.#deliver(frame([...this.#random.bytes(2)]));
      this.#clock.hostAt(this.#clock.now + CHATTER_US, again);
    };
    again();
  }

  #say(bytes: Uint8Array): void {
    this.#clock.hostAt(this.#clock.now + REPLY_LATENCY_US, () => this.#deliver(bytes.slice()));
  }

  #deliver(chunk: Uint8Array): void {
    if (this.mute) return;
    this.arrive(chunk.slice(), this.#clock.now / 1000);
  }
}

function frame(payload: readonly number[]): Uint8Array {
  const bytes: number[] = [END];
  for (const byte of payload) {
    if (byte === END) bytes.push(ESC, 0xdc);
    else if (byte === ESC) bytes.push(ESC, 0xdd);
    else bytes.push(byte);
  }
  return Uint8Array.from([...bytes, END]);
}
