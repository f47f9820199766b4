/**
 * Register addresses and bits of the ESP8266/ESP8285, as published in the ESP8266 Technical Reference (v1.7) and the
 * headers of Espressif's NONOS SDK: eagle_soc.h, uart_register.h, spi_register.h, timer_register.h, gpio_register.h.
 * Tables only.
 */

/** eagle_soc.h, "peripheral base address". */
export const BASE = {
  dport: 0x3ff00000,
  wdev: 0x3ff20000,
  uart0: 0x60000000,
  spi1: 0x60000100,
  spi0: 0x60000200,
  gpio: 0x60000300,
  timer: 0x60000600,
  rtc: 0x60000700,
  iomux: 0x60000800,
  wdt: 0x60000900,
  i2c: 0x60000d00,
  uart1: 0x60000f00,
  rtcMemory: 0x60001000,
} as const;

/** uart_register.h: offsets from the UART's base. */
export const UART = {
  fifo: 0x00,
  intRaw: 0x04,
  intSt: 0x08,
  intEna: 0x0c,
  intClr: 0x10,
  clkdiv: 0x14,
  autobaud: 0x18,
  status: 0x1c,
  conf0: 0x20,
  conf1: 0x24,
  lowpulse: 0x28,
  highpulse: 0x2c,
  pulseNum: 0x30,
  date: 0x78,
  id: 0x7c,
} as const;

/** uart_register.h: interrupt bits. */
export const UART_INT = {
  rxFull: 0x0001,
  txEmpty: 0x0002,
  parity: 0x0004,
  frame: 0x0008,
  overflow: 0x0010,
  breakDetected: 0x0080,
  timeout: 0x0100,
} as const;

/** spi_register.h: offsets from the controller's base. */
export const SPI = {
  cmd: 0x00,
  addr: 0x04,
  ctrl: 0x08,
  ctrl1: 0x0c,
  rdStatus: 0x10,
  ctrl2: 0x14,
  clock: 0x18,
  user: 0x1c,
  user1: 0x20,
  user2: 0x24,
  wrStatus: 0x28,
  w0: 0x40,
  w15: 0x7c,
  ext2: 0xf8,
} as const;

/** spi_register.h: the bits of SPI_CMD, each of which starts one flash command and reads back 0 when it is done. */
export const SPI_CMD = {
  read: 0x8000_0000,
  writeEnable: 0x4000_0000,
  writeDisable: 0x2000_0000,
  readId: 0x1000_0000,
  readStatus: 0x0800_0000,
  writeStatus: 0x0400_0000,
  pageProgram: 0x0200_0000,
  sectorErase: 0x0100_0000,
  blockErase: 0x0080_0000,
  chipErase: 0x0040_0000,
  deepPowerDown: 0x0020_0000,
  releasePowerDown: 0x0010_0000,
  highPerformance: 0x0008_0000,
  user: 0x0004_0000,
} as const;

/** gpio_register.h: offsets from the GPIO base; GPIO16 lives in the RTC block. */
export const GPIO = {
  out: 0x00,
  outSet: 0x04,
  outClear: 0x08,
  enable: 0x0c,
  enableSet: 0x10,
  enableClear: 0x14,
  in: 0x18,
  status: 0x1c,
  statusSet: 0x20,
  statusClear: 0x24,
  pin0: 0x28,
  /** RTC_CALIB_SYNC and RTC_CALIB_VALUE: the slow clock measured with the crystal. */
  calibrate: 0x6c,
  calibration: 0x70,
} as const;

/** Offsets from the RTC's base: eagle_soc.h; esp/rtc_regs.h of esp-open-rtos; rtc_dtm.c of pvvx/esp8266web. */
export const RTC = {
  control: 0x00,
  /** The counter's value at which a sleep ends. */
  alarm: 0x04,
  sleep: 0x08,
  resetCause: 0x14,
  wakeSource: 0x18,
  counter: 0x1c,
  intEna: 0x20,
  intClr: 0x24,
  intSt: 0x28,
  /** What is switched off in sleep. */
  powerDown: 0x44,
} as const;

/** timer_register.h: offsets from the timer base. */
export const TIMER = {
  frc1Load: 0x00,
  frc1Count: 0x04,
  frc1Ctrl: 0x08,
  frc1Int: 0x0c,
  frc2Load: 0x20,
  frc2Count: 0x24,
  frc2Ctrl: 0x28,
  frc2Int: 0x2c,
  frc2Alarm: 0x30,
} as const;

/** Interrupt lines of the core that the chip's blocks are wired to (ets_sys.h, ETS_*_INUM). */
export const INTERRUPT = {
  wdev: 0,
  spi: 2,
  rtc: 3,
  gpio: 4,
  uart: 5,
  coreTimer: 6,
  watchdog: 8,
  frc1: 9,
  frc2: 10,
  nmi: 14,
} as const;
