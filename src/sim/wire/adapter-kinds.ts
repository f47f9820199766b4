/**
 * USB to serial adapters as people have them: a table. USB ids from the linux-usb id list; how received bytes are
 * gathered into packets from the makers' data sheets (FTDI AN232B-04 "Data Throughput, Latency and Handshaking").
 */
export interface AdapterKind {
  readonly name: string;
  /** For people. */
  readonly label: string;
  readonly manufacturer: string;
  /** 4 lower-case hex digits each. */
  readonly vendorId: string;
  readonly productId: string;
  /** CH340 and PL2303 carry none: two of them differ by where they are plugged in only. */
  readonly hasSerialNumber: boolean;
  /**
   * What the 3.3 V pin of the usual breakout board can give, mA. FT232R: the chip's own regulator, 50 mA by its data
   * sheet. The others' boards mostly carry a regulator of their own; 500 stands for these.
   */
  readonly supplyMa: number;
  /** What a transfer towards the adapter takes, µs. Default: a full-speed USB frame, 1000. */
  readonly transferUs?: number | undefined;
  /** Received bytes wait until a packet is full… */
  readonly packetBytes: number;
  /** …or this long, ms (an FT232's latency timer, 1 to 255, is 16 by default; full-speed polling is 1). */
  readonly latencyMs: number;
}

export const ADAPTER_KINDS: readonly AdapterKind[] = [
  {
    name: "CP2102",
    label: "Silicon Labs CP2102",
    manufacturer: "Silicon Labs",
    vendorId: "10c4",
    productId: "ea60",
    hasSerialNumber: true,
    supplyMa: 500,
    packetBytes: 64,
    latencyMs: 1,
  },
  // Of one maker's chip on two boards one took 10 to 15 ms for a round trip (github.com/nuket/esptool-test, black board).
  {
    name: "CP2102-slow",
    label: "Silicon Labs CP2102",
    manufacturer: "Silicon Labs",
    vendorId: "10c4",
    productId: "ea60",
    hasSerialNumber: true,
    supplyMa: 500,
    packetBytes: 62,
    latencyMs: 16,
  },
  // The same test's fastest: a quarter of a millisecond for 32 bytes and their acknowledgement.
  {
    name: "CP2104",
    label: "Silicon Labs CP2104",
    manufacturer: "Silicon Labs",
    vendorId: "10c4",
    productId: "ea60",
    hasSerialNumber: true,
    supplyMa: 500,
    packetBytes: 64,
    transferUs: 250,
    latencyMs: 0.25,
  },
  {
    name: "CH340",
    label: "WCH CH340",
    manufacturer: "QinHeng Electronics",
    vendorId: "1a86",
    productId: "7523",
    hasSerialNumber: false,
    supplyMa: 500,
    packetBytes: 32,
    latencyMs: 1,
  },
  {
    name: "FT232R",
    label: "FTDI FT232R",
    manufacturer: "FTDI",
    vendorId: "0403",
    productId: "6001",
    hasSerialNumber: true,
    supplyMa: 50,
    packetBytes: 62,
    latencyMs: 16,
  },
  {
    name: "PL2303",
    label: "Prolific PL2303",
    manufacturer: "Prolific Technology Inc.",
    vendorId: "067b",
    productId: "2303",
    hasSerialNumber: false,
    supplyMa: 500,
    packetBytes: 64,
    latencyMs: 1,
  },
];
