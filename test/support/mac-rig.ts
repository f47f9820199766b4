/** The Wi-Fi MAC alone: its registers, a piece of data RAM, and an ether that remembers what was sent. */
import type { EtherFrame } from "../../src/sim/board/ether.ts";
import { Bus } from "../../src/sim/chip/bus.ts";
import { TX_SLOT, TX_SLOT_BYTES, WDEV } from "../../src/sim/chip/wdev/registers.ts";
import { Wdev } from "../../src/sim/chip/wdev/wdev.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { BlockTime } from "./chip-time.ts";

const BASE = 0x3ff20000;
const RAM = 0x3ffe8000;
export const RING = RAM;
export const RX_BUFFERS = RAM + 0x1000;
const TX_DESCRIPTOR = RAM + 0x8000;
export const STATION = "c44f33a1b212";
export const ACCESS_POINT = "c64f33a1b212";
export const ROUTER = "020000aabb01";

export const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

export class MacRig {
  readonly time: BlockTime = new BlockTime();
  readonly mac: Wdev;
  readonly sent: EtherFrame[] = [];
  readonly #bus: Bus = new Bus(() => {});
  readonly #ram: Uint8Array = new Uint8Array(0x10000);
  interrupt = false;
  joined = 0;
  /** What the ether's other stations answer. */
  acknowledged = true;

  constructor() {
    this.mac = new Wdev({
      time: this.time,
      random: new SeededRandom(1),
      ether: {
        send: (_, frame) => {
          this.sent.push(frame);
          return this.acknowledged;
        },
        join: () => {
          this.joined++;
          return () => this.joined--;
        },
      },
      memory: () => ({
        read32: (address) => this.#view.getInt32(address - RAM, true),
        write32: (address, value) => this.#view.setInt32(address - RAM, value, true),
        readBlock: (address, length) => this.#ram.slice(address - RAM, address - RAM + length),
        writeBlock: (address, bytes) => this.#ram.set(bytes, address - RAM),
      }),
      interrupt: (on) => {
        this.interrupt = on;
      },
    });
    this.mac.connect(this.#bus);
    this.address(WDEV.address, STATION);
    this.address(WDEV.address + 8, ACCESS_POINT);
    this.address(WDEV.bssid, ROUTER);
    this.address(WDEV.bssid + 8, ACCESS_POINT);
    this.write(WDEV.intEna, 0xffffffff);
  }

  get #view(): DataView {
    return new DataView(this.#ram.buffer);
  }

  read(offset: number): number {
    return this.#bus.read32(BASE + offset) >>> 0;
  }

  write(offset: number, value: number): void {
    this.#bus.write32(BASE + offset, value >>> 0);
  }

  word(address: number): number {
    return this.#view.getUint32(address - RAM, true);
  }

  ram(address: number, length: number): string {
    return hexOf(this.#ram.subarray(address - RAM, address - RAM + length));
  }

  address(register: number, hex: string): void {
    const bytes = bytesOf(hex);
    const view = new DataView(bytes.buffer);
    this.write(register, view.getUint32(0, true));
    this.write(register + 4, view.getUint16(4, true));
  }

  /** A chain of so many descriptors that can be filled and a last one, with a buffer each, as lldesc_build_chain leaves it. */
  ring(usable: number, size = 256): void {
    const count = usable + 1;
    for (let i = 0; i < count; i++) {
      this.#view.setUint32(12 * i, (0x8000_0000 | (size << 12) | size) >>> 0, true);
      this.#view.setUint32(12 * i + 4, RX_BUFFERS + size * i, true);
      this.#view.setUint32(12 * i + 8, i + 1 < count ? RING + 12 * (i + 1) : 0, true);
    }
    this.write(WDEV.rxHead, RING);
  }

  /** Whose descriptor it is: the hardware's or the driver's. */
  own(index: number, byHardware: boolean): void {
    const flags = this.#view.getUint32(12 * index, true);
    this.#view.setUint32(12 * index, byHardware ? (flags | 0x8000_0000) >>> 0 : flags & 0x7fff_ffff, true);
  }

  link(from: number, to: number): void {
    this.#view.setUint32(12 * from + 8, RING + 12 * to, true);
  }

  hear(hex: string, { signal = -46, channel = 1 as number | undefined, rate = 6 } = {}): boolean {
    return this.mac.hear({ bytes: bytesOf(hex), channel, rate }, signal);
  }

  /**
   * Puts a frame (with room for MIC and FCS) into a slot, in parts as given, and lets it go. Where the chain ends says the
   * last descriptor's flag; what stands behind it is left over.
   */
  transmit(slot: number, parts: readonly string[], { expects = 1, rate = 0xb, key = 0 } = {}): void {
    let length = 0;
    for (const [i, part] of parts.entries()) {
      const descriptor = TX_DESCRIPTOR + 0x1000 * slot + 12 * i;
      const buffer = TX_DESCRIPTOR + 0x1000 * slot + 0x100 + 0x400 * i;
      const bytes = bytesOf(part);
      length += bytes.length;
      const last = i + 1 === parts.length;
      this.#view.setUint32(descriptor - RAM, ((last ? 0xc0000000 : 0x80000000) | (bytes.length << 12)) >>> 0, true);
      this.#view.setUint32(descriptor - RAM + 4, buffer, true);
      this.#view.setUint32(descriptor - RAM + 8, last ? TX_DESCRIPTOR + 0x1000 * slot : descriptor + 12, true);
      this.#ram.set(bytes, buffer - RAM);
    }
    const at = WDEV.txSlot - TX_SLOT_BYTES * slot;
    this.write(at + TX_SLOT.plcp1, (key << 16) | (rate << 12) | length);
    const descriptor = (TX_DESCRIPTOR + 0x1000 * slot) & 0x3ffff;
    this.write(at + TX_SLOT.plcp0, 0xc0200000 + expects * 0x1000000 + descriptor);
  }

  /** An entry of the key memory as wDev_Insert_KeyEntry fills it. */
  key(
    entry: number,
    key: string,
    options: { address?: string; keyId?: number; type?: 2 | 6; algorithm?: number },
  ): void {
    const { address = ROUTER, keyId = 0, type = 2, algorithm = 3 } = options;
    const at = WDEV.keys + 40 * entry;
    this.address(at, address);
    this.write(at + 4, this.read(at + 4) | (keyId << 30) | (type << 21) | (algorithm << 18));
    const view = new DataView(bytesOf(key).buffer);
    for (let i = 0; i < view.byteLength; i += 4) this.write(at + 8 + i, view.getUint32(i, true));
    this.write(WDEV.keyValid, this.read(WDEV.keyValid) | (1 << entry));
  }
}
