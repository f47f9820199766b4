/**
 * Registers of the Wi-Fi MAC ("WDEV", 0x3ff20000 to 0x3ff21fff) by offset. INT_ENA_WDEV, WDEV_COUNT_REG and the TSF bit are
 * named in eagle_soc.h of ESP8266_RTOS_SDK, RANDOM_REG32 in the NONOS SDK's; the rest follows from how the functions of
 * libpp.a of NONOS SDK 2.2.x use them, which have kept their names (wDev_*, lmac*, RxControl in its debug sections).
 */

export const WDEV_PAGES = 0x20;

export const WDEV = {
  /** First descriptor of the receive ring. */
  rxHead: 0x0008,
  /** The descriptor filled last, and the one to be filled next. */
  rxLast: 0x0014,
  rxNext: 0x0018,
  rxLastAgain: 0x001c,
  keyValid: 0x080c,
  counter: 0x0c00,
  intEna: 0x0c18,
  intSt: 0x0c20,
  intClr: 0x0c24,
  /** Two BSSIDs and two own addresses (station, access point), each followed by the same pair of masks. */
  bssid: 0x0c28,
  bssidMask: 0x0c38,
  address: 0x0c48,
  addressMask: 0x0c58,
  /** [15:12] slot, [31:28] outcome of the frame sent last. */
  txStatus: 0x0c84,
  /** Slot 0; the others lie below it, 0x18 bytes apart. */
  txSlot: 0x0dc0,
  ackStatus: 0x0e04,
  random: 0x0e44,
  tsfLow: 0x1048,
  tsfHigh: 0x104c,
  tsfLoadLow: 0x105c,
  tsfLoadHigh: 0x1060,
  timerControl: 0x10c8,
  timerLow: 0x10cc,
  timerHigh: 0x10d0,
  keys: 0x1400,
} as const;

/** Bits of intEna, intSt and intClr. */
export const WDEV_INT = {
  rxData: 0x0000_0100,
  txStart: 0x0004_0000,
  txDone: 0x0008_0000,
  macTimer: 0x0400_0000,
} as const;

export const TX_SLOT_BYTES = 0x18;
export const TX_SLOTS = 12;
/** Offsets in a slot. */
export const TX_SLOT = { plcp0: 0x04, plcp1: 0x08 } as const;

/** Outcomes in txStatus. */
export const TX_OUTCOME = { sent: 0, noAck: 5 } as const;

/**
 * Rates by the code that descriptors carry, Mbit/s. 0 to 7: DSSS with long and (from 5) short preamble; 8 to 15: the
 * SIGNAL field's codes of OFDM (IEEE 802.11-2016, table 17-6).
 */
export const RATES: readonly number[] = [1, 2, 5.5, 11, 1, 2, 5.5, 11, 48, 24, 12, 6, 54, 36, 18, 9];
export const FIRST_OFDM_RATE = 8;
