/**
 * NOR flash parts that are found inside ESP8285s and on their modules, as data. JEDEC ids are (manufacturer, type,
 * capacity); capacity 0x14 is 8 Mbit = 1 MiB.
 *
 * Sources, by field:
 * - ids: GigaDevice GD25Q80C datasheet, "Read Identification"; Puya P25Q80H datasheet, same section; the rest are ids
 *   that esptool users and Tasmota's "Flash Chip Id" have shown for ESP8285 plugs, their makers as flashrom lists them.
 * - typical times: GD25Q80 datasheet, "AC Characteristics": page program 0.7 ms, sector erase 50 ms, block erase
 *   0.2 s / 0.28 s, chip erase 5 s. P25Q80H datasheet: page program 2 ms, every erase 8 ms.
 * - time of the first byte: GD25Q80 datasheet, byte program time 30 µs typical, 50 µs at most (with 2.5 µs for each
 *   further byte); for the P25Q80H an assumption.
 * - slow times: not quoted from a datasheet but chosen by us in the range of the maxima that such datasheets give for
 *   worn and cold parts (about four to six times typical), to see that nothing depends on a fast part.
 * - the parts marked `timesAssumed` have no data sheet known to us and borrow the GD25Q80's times.
 * - `measured` names the times that are not from a data sheet but from lines that people posted of such a part
 *   (test/fixtures/real-chips/timings.jsonl; docs/virtual-plug.md has the table of virtual against real).
 */

/** Busy times in µs. */
export interface FlashTimings {
  /** A whole page of 256 bytes; fewer take less, in proportion, down to `firstByte`. */
  readonly pageProgram: number;
  readonly firstByte: number;
  readonly sectorErase: number;
  readonly block32Erase: number;
  readonly block64Erase: number;
  readonly chipErase: number;
  readonly writeStatus: number;
}

export interface FlashPart {
  readonly maker: string;
  readonly jedec: readonly [number, number, number];
  /** Bytes. */
  readonly size: number;
  readonly typical: FlashTimings;
  readonly slow: FlashTimings;
  readonly timesAssumed: boolean;
  /** Typical times taken from a real part, with the place where they were posted; the others are as said above. */
  readonly measured: Readonly<Partial<Record<keyof FlashTimings, string>>>;
  /** Unique id length in bytes (command 4Bh). */
  readonly uniqueIdLength: 8 | 16;
  /**
   * Puya's habit: programming over what is not erased takes the new word instead of the AND of both. The ESP8266
   * Arduino core works around it (its PUYA_SUPPORT option reads and ANDs before it programs).
   */
  readonly overwrites: boolean;
}

const GD_TYPICAL: FlashTimings = {
  pageProgram: 700,
  firstByte: 30,
  sectorErase: 50_000,
  block32Erase: 200_000,
  block64Erase: 280_000,
  chipErase: 5_000_000,
  writeStatus: 5_000,
};
const GD_SLOW: FlashTimings = {
  pageProgram: 2_400,
  firstByte: 50,
  sectorErase: 300_000,
  block32Erase: 800_000,
  block64Erase: 1_200_000,
  chipErase: 20_000_000,
  writeStatus: 30_000,
};
const PUYA_TYPICAL: FlashTimings = {
  pageProgram: 2_000,
  firstByte: 100,
  sectorErase: 8_000,
  block32Erase: 8_000,
  block64Erase: 8_000,
  chipErase: 8_000,
  writeStatus: 8_000,
};
const PUYA_SLOW: FlashTimings = {
  pageProgram: 3_000,
  firstByte: 150,
  sectorErase: 20_000,
  block32Erase: 20_000,
  block64Erase: 20_000,
  chipErase: 30_000,
  writeStatus: 12_000,
};

const borrowed = (maker: string, jedec: readonly [number, number, number]): FlashPart => ({
  maker,
  jedec,
  size: 0x100000,
  typical: GD_TYPICAL,
  slow: GD_SLOW,
  timesAssumed: true,
  measured: {},
  uniqueIdLength: 16,
  overwrites: false,
});

/** Where 123 timings of ESP8266 modules with known flash and adapters are. */
const NUKET = "github.com/nuket/esptool-test";

/** A part of which some typical times are known from a real one. */
const sampled = (part: FlashPart, times: Partial<FlashTimings>, measured: FlashPart["measured"]): FlashPart => ({
  ...part,
  typical: { ...part.typical, ...times },
  slow: slowerThan(part.slow, times),
  measured,
});

/** Worn and cold, every part is slower than it typically is. */
function slowerThan(slow: FlashTimings, times: Partial<FlashTimings>): FlashTimings {
  const entries = Object.entries(slow).map(([name, us]) => [
    name,
    Math.max(us, 2 * (times[name as keyof FlashTimings] ?? 0)),
  ]);
  return Object.fromEntries(entries) as unknown as FlashTimings;
}

/**
 * Fitted to writes of 512 KiB, 1 MiB and 4 MiB at 1.5 and 3 Mbaud, where the flash and not the wire decides: 64 KiB
 * blocks as by the data sheet, the sectors of the last one slower.
 */
const BERGMICRO_TIMES = { sectorErase: 150_000, block64Erase: 280_000 };
const BERGMICRO_MEASURED = { sectorErase: NUKET };

export type FlashPartName =
  | "GD25Q80"
  | "P25Q80H"
  | "P25Q80H-overwriting"
  | "BG25Q80"
  | "ESP8285"
  | "ESP8285H16"
  | "MD25D80"
  | "ZB25D80"
  | "GD25Q40"
  | "BG25Q32"
  | "ZB25VQ80"
  | "XT25F08"
  | "GD25Q16"
  | "GD25Q20";

export const FLASH_PARTS: Readonly<Record<FlashPartName, FlashPart>> = {
  GD25Q80: {
    maker: "GigaDevice",
    jedec: [0xc8, 0x40, 0x14],
    size: 0x100000,
    typical: GD_TYPICAL,
    slow: GD_SLOW,
    timesAssumed: false,
    measured: {},
    uniqueIdLength: 16,
    overwrites: false,
  },
  P25Q80H: {
    maker: "Puya",
    jedec: [0x85, 0x60, 0x14],
    size: 0x100000,
    typical: PUYA_TYPICAL,
    slow: PUYA_SLOW,
    timesAssumed: false,
    measured: {},
    uniqueIdLength: 16,
    overwrites: false,
  },
  /** The same part with the habit that the Arduino core's PUYA_SUPPORT guards against. */
  "P25Q80H-overwriting": {
    maker: "Puya",
    jedec: [0x85, 0x60, 0x14],
    size: 0x100000,
    typical: PUYA_TYPICAL,
    slow: PUYA_SLOW,
    timesAssumed: false,
    measured: {},
    uniqueIdLength: 16,
    overwrites: true,
  },
  /** E0h 4014h on modules beside an ESP8266EX. */
  BG25Q80: sampled(borrowed("BergMicro", [0xe0, 0x40, 0x14]), BERGMICRO_TIMES, BERGMICRO_MEASURED),
  /** The die that Espressif packages in many ESP8285s. The sample's flash is inside an ESP8285, its id not told. */
  ESP8285: sampled(
    borrowed("BergMicro", [0xe0, 0x40, 0x14]),
    { ...BERGMICRO_TIMES, chipErase: 1_100_000 },
    { ...BERGMICRO_MEASURED, chipErase: "ESP8285 on a Raspberry Pi, esptool 2.6, a public file" },
  ),
  /** 2 MiB inside an ESP8285: 1.9 s and 2.8 s have been posted. */
  ESP8285H16: sampled(
    { ...borrowed("BergMicro", [0xe0, 0x40, 0x15]), size: 0x200000 },
    { ...BERGMICRO_TIMES, chipErase: 2_300_000 },
    { ...BERGMICRO_MEASURED, chipErase: "RavenSystem/esp-homekit-devices issue 1065; 6294HA, a public file" },
  ),
  BG25Q32: sampled(
    { ...borrowed("BergMicro", [0xe0, 0x40, 0x16]), size: 0x400000 },
    BERGMICRO_TIMES,
    BERGMICRO_MEASURED,
  ),
  /** 51h 4014h: in many ESP8285s (espressif/esptool issue 291, a Sonoff bridge). No time of it limits what was posted. */
  MD25D80: borrowed("GigaDevice", [0x51, 0x40, 0x14]),
  /** 5Eh 4014h: one erase of the whole chip has been posted, and it took 52.8 s. */
  ZB25D80: sampled(
    borrowed("Zbit", [0x5e, 0x40, 0x14]),
    { chipErase: 52_800_000 },
    { chipErase: "wiki.hexadust.net, smart switch" },
  ),
  /** Faster than the GD25Q80's data sheet says of that part. */
  GD25Q40: sampled(
    { ...borrowed("GigaDevice", [0xc8, 0x40, 0x13]), size: 0x80000 },
    { sectorErase: 30_000, block64Erase: 100_000 },
    { sectorErase: NUKET, block64Erase: NUKET },
  ),
  ZB25VQ80: borrowed("Zbit", [0x5e, 0x60, 0x14]),
  XT25F08: borrowed("XTX", [0x0b, 0x40, 0x14]),
  GD25Q16: { ...borrowed("GigaDevice", [0xc8, 0x40, 0x15]), size: 0x200000 },
  /** 256 KiB: too small for a plug, small enough for campaigns of hundreds of runs. */
  GD25Q20: { ...borrowed("GigaDevice", [0xc8, 0x40, 0x12]), size: 0x40000 },
};

/** SPI NOR command set (JEDEC JESD216 and the parts' datasheets, "Commands description"). */
export const NOR_COMMAND = {
  writeStatus: 0x01,
  pageProgram: 0x02,
  read: 0x03,
  writeDisable: 0x04,
  readStatus1: 0x05,
  writeEnable: 0x06,
  fastRead: 0x0b,
  sectorErase: 0x20,
  readStatus2: 0x35,
  fastReadDual: 0x3b,
  readUniqueId: 0x4b,
  volatileWriteEnable: 0x50,
  block32Erase: 0x52,
  readSfdp: 0x5a,
  chipEraseAlternative: 0x60,
  fastReadQuad: 0x6b,
  readManufacturer: 0x90,
  readJedec: 0x9f,
  releasePowerDown: 0xab,
  deepPowerDown: 0xb9,
  chipErase: 0xc7,
  block64Erase: 0xd8,
} as const;
