/**
 * A bare chip with an ideal host on its serial pins, for the chip's own tests: no adapter, no wires. Encodes and decodes
 * frames by itself, in the smallest way that tests can read.
 */
import { Esp8285 } from "../../src/sim/chip/esp8285.ts";
import type { Esp8285Options } from "../../src/sim/chip/esp8285-options.ts";
import { NorFlash, type NorFlashOptions } from "../../src/sim/chip/nor-flash.ts";
import type { WireByte } from "../../src/sim/wire/contract.ts";
import { SimClock } from "../../src/sim/world/clock.ts";

export const MAC: Uint8Array = Uint8Array.of(0xc4, 0x4f, 0x33, 0xa1, 0xb2, 0x12);

export interface Rig {
  readonly clock: SimClock;
  readonly chip: Esp8285;
  readonly flash: NorFlash;
  /** Sends bytes back to back, beginning now or when the last ones have gone. */
  send(bytes: Iterable<number>, baud?: number): void;
  /** Lets this much time pass, ms. */
  pass(ms: number): void;
  /** Frames the chip has sent since the last call. */
  take(): WireByte[];
  /** The same as text. */
  text(): string;
  /** The same as hex. */
  hex(): string;
}

export interface RigOptions extends Partial<Omit<Esp8285Options, "flash" | "clock">> {
  readonly gpio0?: 0 | undefined;
  readonly flash?: NorFlashOptions;
  /** Host's rate, default 115200. */
  readonly baud?: number;
}

export function chipRig(options: RigOptions = {}): Rig {
  const { gpio0, flash: flashOptions, baud: usual = 115200, ...chipOptions } = options;
  const clock = new SimClock();
  const flash = new NorFlash(flashOptions);
  const chip = new Esp8285({ clock, flash, mac: MAC, ...chipOptions });
  let heard: WireByte[] = [];
  let lineFree = 0;
  chip.onTransmit = (byte) => heard.push(byte);
  if ("gpio0" in options) chip.setGpio0(gpio0);
  chip.setPower(true);
  const take = (): WireByte[] => {
    const bytes = heard;
    heard = [];
    return bytes;
  };
  return {
    clock,
    chip,
    flash,
    take,
    send(bytes, baud = usual) {
      const bitTime = 1e6 / baud;
      for (const value of bytes) {
        const startAt = Math.max(lineFree, clock.now);
        lineFree = startAt + 10 * bitTime;
        clock.at(lineFree, () => chip.receive({ value, startAt, bitTime }));
      }
    },
    pass: (ms) => clock.runInternal(clock.now + ms * 1000),
    text: () => String.fromCharCode(...take().map((byte) => byte.value)),
    hex: () =>
      take()
        .map((byte) => byte.value.toString(16).padStart(2, "0"))
        .join(""),
  };
}

export function slip(bytes: Iterable<number>): number[] {
  const escaped = [...bytes].flatMap((b) => (b === 0xc0 ? [0xdb, 0xdc] : b === 0xdb ? [0xdb, 0xdd] : [b]));
  return [0xc0, ...escaped, 0xc0];
}

export function packet(op: number, data: Iterable<number>, checksum = 0): number[] {
  const bytes = [...data];
  return slip([0, op, bytes.length & 255, bytes.length >> 8, ...words(checksum), ...bytes]);
}

/** 32-bit words, least significant byte first. */
export function words(...values: number[]): number[] {
  return values.flatMap((v) => [v & 255, (v >>> 8) & 255, (v >>> 16) & 255, (v >>> 24) & 255]);
}

/** XOR over the data, from EFh. */
export function checksum(data: Iterable<number>): number {
  let sum = 0xef;
  for (const byte of data) sum ^= byte;
  return sum;
}

export const SYNC: number[] = packet(8, [7, 7, 0x12, 0x20, ...Array.from({ length: 32 }, () => 0x55)]);

/** A rig whose ROM has measured the rate and answered SYNC. */
export function connectedRig(options: RigOptions = {}): Rig {
  const rig = chipRig({ gpio0: 0, ...options });
  callRom(rig);
  return rig;
}

/** After a reset into download mode: the first SYNC goes to the measurement of the rate, the second is answered. */
export function callRom(rig: Rig): void {
  rig.pass(50);
  for (let i = 0; i < 2; i++) {
    rig.send(SYNC);
    rig.pass(30);
  }
  rig.take();
}

/** Sends bytes, lets time pass, and gives what the chip sent meanwhile, in hexadecimal digits. */
export function exchange(rig: Rig, bytes: readonly number[], ms = 60): string {
  rig.send(bytes);
  rig.pass(ms);
  return rig.hex();
}

/** READ_REG, through anyone who serves the line. */
export function readRegister(rig: Rig, address: number): number {
  const reply = exchange(rig, packet(10, words(address)));
  const bytes = Buffer.from(reply.replaceAll("dbdc", "c0").replaceAll("dbdd", "db").slice(2), "hex");
  if (bytes[1] !== 10 || bytes[8] !== 0) throw new Error(`READ_REG was answered with ${reply || "nothing"}`);
  return bytes.readUInt32LE(4);
}

/** WRITE_REG of all 32 bits. */
export function writeRegister(rig: Rig, address: number, value: number): void {
  const reply = exchange(rig, packet(9, words(address, value, 0xffffffff, 0)));
  if (!/^c00109.*0000c0$/.test(reply)) throw new Error(`WRITE_REG was answered with ${reply || "nothing"}`);
}
