/**
 * The words that a chip prints before and beside its firmware's own log, as tables: the boot ROM's, the boot loaders',
 * an exception dump's, the SDK's.
 *
 * Sources. Boot ROM: Espressif, "ESP8266 Boot Mode Selection"; Arduino core, doc/boards.rst, "Boot Messages and Modes";
 * texts as posted in esp8266/Arduino issues 2829, 8240 and 8890, espressif/ESP8266_RTOS_SDK issue 1170,
 * windowsair/wireless-esp8266-dap issue 17. eboot: Arduino core, bootloaders/eboot/eboot.c. rBoot: raburton/rboot,
 * rboot.c, and issue 64. Espressif's loaders: ESP8266_RTOS_SDK issues 242 and 1304. Exception dump: Arduino core,
 * cores/esp8266/core_esp8266_postmortem.cpp; the SDK's own form: Links2004/arduinoWebSockets issue 7. Numbers of
 * exceptions: Tensilica, "Xtensa Instruction Set Architecture", EXCCAUSE. SDK: martin-ger/esp_wifi_repeater issue 182.
 */

/** A line that holds one of these comes from the boot ROM, even where some of its letters were lost. */
export const ROM_LINE: RegExp =
  /\bets Jan|rst cause|boot mode|^load 0x|, len \d|room \d|^tail \d+$|^ch?k?sum 0x|^ho \d+ tail|^wdt reset$|^unknown reset$|ets_main\.c|csum err|waiting for host/;

/** The ROM gave up: no image, a wrong checksum, or a reset that it does not know. */
export const NOTHING_TO_START: RegExp = /csum err|ets_main\.c/;
/** GPIO15 is high: the ROM waits for a host on SDIO. */
export const WAITS_FOR_HOST: RegExp = /waiting for host/;
export const BOOT_HEADER: RegExp = /rst cause:([0-7]), boot mode:\(([0-7]),[0-7]\)/;
export const LOAD: RegExp = /load 0x([0-9a-f]{8}), len \d/;

/**
 * Whether an image can have a segment there: data RAM, code RAM, or a register, which some vendors' images set first
 * (as in Tasmota's page on the Xiaomi desk lamp). Erased or zeroed flash yields addresses outside of them.
 */
export function isLoadable(address: number): boolean {
  return LOADABLE.some(([from, to]) => address >= from && address < to);
}

/** Espressif, ESP8266 Technical Reference, memory map. */
const LOADABLE = [
  [0x3ff00000, 0x40000000],
  [0x40100000, 0x40110000],
  [0x60000000, 0x60002000],
] as const;

interface LoaderLines {
  readonly name: string;
  readonly line: RegExp;
  /** It found nothing that it can start. */
  readonly failed: RegExp;
}

export const LOADERS: readonly LoaderLines[] = [
  {
    name: "eboot, the boot loader of the Arduino core (Tasmota, ESPHome),",
    line: /^v[0-9a-f]{8}$|^[@~]?(ld|cp:\d*B?\d*|cmp:\d*)$|^e:\d+$/,
    failed: /^e:\d+$/,
  },
  {
    name: "rBoot",
    line: /^rBoot |^Flash (Size|Mode|Speed): |^(Writing default|Resetting) boot config|^Booting (rom|GPIO)|^Invalid rom|^Rom -?\d+ .*is bad|^(GPIO|Rom) boot failed|^No good rom/,
    failed: /^No good rom|^GPIO boot failed/,
  },
  {
    name: "Espressif's boot loader",
    line: /^2nd boot version|^SPI (Speed|Mode|Flash Size)\b.*:|^jump to run user|^error magic|^backup boot failed|^user code done|^[EWID] \(\d+\) (boot|qio_mode|esp_image|bootloader\w*)\b/,
    failed: /^backup boot failed|^E \(\d+\) boot: .*(not bootable|[Nn]o bootable)/,
  },
];

/** Each line of a dump; the first group is the exception's number. */
export const CRASH_LINES: readonly RegExp[] = [
  /^(?:Fatal exception|Exception) ?\(?(\d+)\b/,
  /\bepc1=0x[0-9a-f]{8}/,
  /^(?:>>>stack>>>|<<<stack<<<|ctx: \w+|sp: [0-9a-f]{8} end: )/,
  /^[34][0-9a-f]{7}: (?: [0-9a-f]{8})+/,
  /^-+ ?CUT HERE FOR EXCEPTION DECODER/,
  /^(?:Soft WDT reset|Abort called|Unhandled C\+\+ exception|User exception \(|Stack (?:smashing|overflow) detected)/,
  /^Panic \S+:\d+/,
  /^last failed alloc call/,
  /^Guru Meditation Error|^abort\(\) was called at PC/,
];

/** The exceptions that people meet on this chip. */
export const EXCEPTIONS: Readonly<Record<number, string>> = {
  0: "illegal instruction",
  2: "code fetched from an address without code",
  3: "load or store error",
  4: "a watchdog's interrupt",
  6: "division by zero",
  9: "unaligned access",
  20: "code fetched from an address without code",
  28: "read from an address without memory",
  29: "write to an address without memory",
};

export const SDK = "Espressif's SDK";

/** What Espressif's SDK prints before any firmware's own line. */
export const SDK_LINE: RegExp =
  /^rf_cal\[\d+\]|^rf cal sector|^rf\[\d+\] ?:|^mem ?:|^phy ver: ?\d|^system param error|^MEM CHECK FAIL/;
