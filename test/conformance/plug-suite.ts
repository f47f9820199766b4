/**
 * What every plug must show, real or virtual: one connection and one power-up from the first SYNC to the last digest.
 * Reads only, unless the plug's own MAC was given as leave to write. Each expectation is one that the virtual plug was
 * built on: where a real one differs, the virtual plug is wrong.
 */

import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JobEvent } from "../../src/core/events.ts";
import { crystalOf, flashMakerOf, flashSizeOf, stationMac } from "../../src/core/loader/chip.ts";
import { encodeCommand } from "../../src/core/loader/protocol.ts";
import { ESP8266_MAGIC, REGISTERS, UART_DIVIDER_MASK } from "../../src/core/loader/tables.ts";
import { openSession } from "../../src/engine/flash/session.ts";
import { BASE_BAUD, RATES, returnToBase, stepBaud } from "../../src/engine/link/baud.ts";
import { ChipLink } from "../../src/engine/link/chip-link.ts";
import { connect } from "../../src/engine/link/connect.ts";
import { FramePort } from "../../src/engine/link/frame-port.ts";
import { type CoreIdentity, identifyCore, readFlashId } from "../../src/engine/link/identify.ts";
import { readFlashOnce } from "../../src/engine/link/read-stream.ts";
import { isOurStub, startStub } from "../../src/engine/link/stub.ts";
import { md5Ms } from "../../src/engine/link/timing.ts";
import type { ByteLine, Clock, Files } from "../../src/engine/ports.ts";
import { recordedLine } from "../../src/engine/wires/recorded-line.ts";

export interface PlugUnderTest {
  readonly line: ByteLine;
  readonly clock: Clock;
  /** For the backup that the writing tests need. */
  readonly files: Files;
  readonly home: string;
  /** Runs work to its end, moving virtual time where time is virtual. */
  drive<T>(work: Promise<T>): Promise<T>;
  /** How long to call before giving up, ms. */
  readonly patienceMs: number;
  /** Bytes to read twice; undefined: the whole flash. */
  readonly readBytes: number | undefined;
  /** 12 hex digits of the plug that may be written to; undefined: none. */
  readonly writableMac: string | undefined;
  /** Something measured or found, for the report that a volunteer sends. */
  note(name: string, value: string | number | boolean): void;
  event(event: JobEvent): void;
  close(): Promise<void>;
}

const SECTOR = 0x1000;
/** The reply to SYNC carries the payload's first word back (esptool's serial protocol; as seen on a running ROM). */
const ROM_SYNC_VALUE = 0x20120707;
/** A command that no ESP8266 ROM knows: GET_SECURITY_INFO of later chips. */
const UNKNOWN_COMMAND = Uint8Array.from([0, 0x14, 0, 0, 0, 0, 0, 0]);

/** @param open makes the plug ready; its chip is in download mode, or a person is about to see to it. */
export function plugSuite(name: string, open: () => Promise<PlugUnderTest>): void {
  describe.sequential(name, () => {
    let plug: PlugUnderTest;
    let link: ChipLink;
    let core: CoreIdentity | undefined;
    let flashSize: number | undefined;

    beforeAll(async () => {
      plug = await open();
      const port = new FramePort(recordedLine(plug.line, plug), plug.clock, undefined);
      link = new ChipLink(port, (event) => plug.event(event));
      plug.note("adapter", plug.line.identity.label);
    });
    afterAll(async () => {
      link.port.close();
      await plug.drive(plug.close());
    });

    const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      const began = plug.clock.now();
      const result = await plug.drive(work());
      plug.note(`${what}, ms`, Math.round(plug.clock.now() - began));
      return result;
    };
    /** Every frame that comes within so long of the last. */
    const frames = async (quietMs: number): Promise<Uint8Array[]> => {
      const all: Uint8Array[] = [];
      for (;;) {
        const frame = await link.port.next(quietMs);
        if (frame === undefined) return all;
        all.push(frame);
      }
    };
    const ask = (frame: Uint8Array): Promise<Uint8Array[]> =>
      plug.drive(
        (async () => {
          await frames(50);
          await link.transmit(frame);
          return frames(200);
        })(),
      );

    test("somebody answers SYNC", async () => {
      await timed("connect", () => connect(link, { patienceMs: plug.patienceMs, resetWires: true }));
      plug.note("answering", link.answering);
      core = await plug.drive(identifyCore(link));
      plug.note("variant", core.variant);
      plug.note("crystal, MHz", core.crystalMhz);
      // The maker's half tells the series; the other half is the owner's business.
      plug.note("MAC prefix", core.mac.slice(0, 8));
    });

    test("it is an ESP8266 by its ROM, and its efuses read the same twice", async ({ skip }) => {
      skip(core === undefined, "nobody answered");
      const words = (): Promise<number[]> =>
        plug.drive(
          (async () => {
            const read: number[] = [];
            for (const name of ["chipMagic", "efuse0", "efuse1", "efuse2", "efuse3"] as const) {
              read.push(await link.readReg(REGISTERS[name]));
            }
            return read;
          })(),
        );
      const [magic, ...efuses] = await words();
      expect(magic).toBe(ESP8266_MAGIC);
      expect((await words()).slice(1)).toEqual(efuses);
      expect(stationMac(efuses as [number, number, number, number])).toEqual(core?.macBytes);
      // The first word begins with the last byte of the MAC.
      plug.note("efuse 0 and 2", `${hex(efuses[0]! & 0xffffff)} ${hex(efuses[2]!)}`);
    });

    test("the UART's divider is that of a 26 or 40 MHz crystal at the line's rate, within what a frame forgives", async ({
      skip,
    }) => {
      skip(core === undefined, "nobody answered");
      const divider = (await plug.drive(link.readReg(REGISTERS.uartClockDivider))) & UART_DIVIDER_MASK;
      const baud = plug.line.can.baud ? plug.line.baud : BASE_BAUD;
      const rate = (crystalOf(divider, baud) * 2e6) / divider;
      plug.note("UART divider", divider);
      // A stub or firmware may have raised the clock; the ROM runs the UART at twice the crystal.
      if (link.answering === "rom") expect(Math.abs(rate / baud - 1)).toBeLessThan(0.03);
    });

    test("the ROM answers SYNC eight times with the marker it was sent, and takes an unknown command for the one before", async ({
      skip,
    }) => {
      skip(core === undefined, "nobody answered");
      skip(link.answering !== "rom", "a stub was left running: power the plug up again to test its ROM");
      const answers = (await ask(encodeCommand("sync", {}))).map(bytesToHex);
      expect(answers).toEqual(new Array(8).fill(`01080200${word(ROM_SYNC_VALUE)}0000`));
      const refused = (await ask(UNKNOWN_COMMAND)).map(bytesToHex);
      plug.note("unknown command after SYNC", `${refused.length} × ${refused[0]}`);
      expect(refused).toEqual(new Array(8).fill(`01080200${word(ROM_SYNC_VALUE)}0105`));
    });

    test("a stub is uploaded and runs, and the flash says who made it and how large it is", async ({ skip }) => {
      skip(core === undefined, "nobody answered");
      if (link.answering === "rom") await timed("stub upload", () => startStub(link));
      plug.note("stub is ours", await plug.drive(isOurStub(link)));
      const { flashId } = await plug.drive(readFlashId(link));
      flashSize = flashSizeOf(flashId);
      plug.note("flash id", `${hex(flashId)}, ${flashMakerOf(flashId)}`);
      plug.note("round trip, ms", Number(link.roundTripMs.toFixed(2)));
      expect(flashSize).toBeGreaterThanOrEqual(0x40000);
    });

    test("each rate up to 921600 carries patterns both ways or is left again unharmed, and 460800 carries", async ({
      skip,
    }) => {
      skip(flashSize === undefined, "no stub runs");
      skip(!plug.line.can.baud, "a raw socket has one rate only");
      const carried: number[] = [];
      for (const rate of RATES.filter((one) => one <= 921_600).reverse()) {
        if (await plug.drive(stepBaud(link, rate, core!.crystalMhz))) carried.push(rate);
        expect(await plug.drive(link.readReg(REGISTERS.chipMagic))).toBe(ESP8266_MAGIC);
      }
      plug.note("rates carried", carried.join(" "));
      await plug.drive(returnToBase(link, core!.crystalMhz));
      expect(carried).toEqual(expect.arrayContaining([115_200, 230_400, 460_800]));
    });

    test("the flash reads the same twice, at two rates, and as the chip's own digest says", async ({ skip }) => {
      skip(flashSize === undefined, "no stub runs");
      const length = Math.min(plug.readBytes ?? Number.POSITIVE_INFINITY, flashSize!);
      const slow = await timed(`read ${length} bytes at ${plug.line.baud}`, () => readFlashOnce(link, 0, length));
      if (plug.line.can.baud) await plug.drive(stepBaud(link, 460_800, core!.crystalMhz));
      const fast = await timed(`read ${length} bytes at ${plug.line.baud}`, () => readFlashOnce(link, 0, length));
      expect(bytesToHex(md5(fast))).toBe(bytesToHex(md5(slow)));
      const reported = await timed(`MD5 of ${length} bytes by the chip`, () => link.flashMd5(0, length, md5Ms(length)));
      expect(reported).toBe(bytesToHex(md5(slow)));
      await plug.drive(returnToBase(link, core!.crystalMhz));
    });

    test("a sector is backed up, written, proven and restored, byte for byte; only with the plug's MAC as leave", async ({
      skip,
    }) => {
      skip(flashSize === undefined, "no stub runs");
      const mac = core!.plug;
      skip(plug.writableMac === undefined, "reading only: no leave to write was given");
      expect(plug.writableMac, "the leave to write is for another plug").toBe(mac);
      link.port.close();
      const session = openSession({
        line: plug.line,
        clock: plug.clock,
        files: plug.files,
        home: plug.home,
        tool: "conformance",
        events: (event) => plug.event(event),
        patience: { connectMs: plug.patienceMs, reconnectMs: plug.patienceMs },
      });
      try {
        const sealed = await timed("backup", () => session.backup());
        const original = await plug.drive(plug.files.read(sealed.path));
        const at = flashSize! - SECTOR;
        const pattern = Uint8Array.from({ length: SECTOR }, (_, index) => (index * 167 + (index >> 8) * 59) & 0xff);
        await timed("write a sector", () => session.write(pattern, { at, raw: true }));
        await plug.drive(session.verify(pattern, { at, raw: true }));
        const { md5: proven } = await timed("restore", () =>
          session.restore({ bytes: original, manifest: sealed.manifest }),
        );
        expect(proven).toBe(bytesToHex(md5(original)));
        await plug.drive(session.finish("stay"));
      } finally {
        await plug.drive(session.close());
      }
    });
  });
}

/** 32 bits as the wire has them, hex. */
function word(value: number): string {
  return [0, 8, 16, 24].map((shift) => ((value >>> shift) & 0xff).toString(16).padStart(2, "0")).join("");
}

function hex(value: number): string {
  return `0x${(value >>> 0).toString(16).padStart(8, "0")}`;
}
