/**
 * What firmware an image or a backup holds, said only as far as its bytes prove it. Compiled firmware keeps its strings
 * but rarely its version: Tasmota's is an integer among others, so it stays "unknown" here.
 */

/** Where something was found, so that a person can look. */
export interface Evidence {
  readonly offset: number;
  readonly text: string;
}

export type FirmwareKind = "tasmota" | "esphome" | "espurna" | "tuya" | "unknown";

export interface FirmwareFacts {
  readonly kind: FirmwareKind;
  readonly evidence: readonly Evidence[];
  /** "Aug 23 2024" as the compiler wrote it (__DATE__), where exactly one candidate is there. */
  readonly buildDate: string | undefined;
  /** Arduino core, e.g. "2_7_4_9", where the string is there. */
  readonly core: string | undefined;
  /** Espressif's SDK, e.g. "2.2.2-dev(38a443e)", where exactly one such text is there. */
  readonly sdk: string | undefined;
  /** Image name out of the compiled-in OTA address ("tasmota", "tasmota-DE"); the address may have been overridden. */
  readonly otaImage: string | undefined;
  /** Whether the commands for metering and calibrating are compiled in; undefined where it is not Tasmota. */
  readonly metering: boolean | undefined;
  /** A Tasmota that only carries the next upgrade over: no settings are kept on it. */
  readonly minimal: boolean | undefined;
  /** plugsmith's own image for virtual plugs: a real chip would do nothing with it. */
  readonly model: boolean;
}

/** A constant that upgrade tools look for (tasmota/include/tasmota_globals.h; absent before version 10). */
const TASMOTA_MARKER = "\xa5\x5a\xa5\x5a\xff\xff\xff\xff\x5a\xa5\x5a\xa5";

/**
 * What no build can change without changing the program: lists of command names, as the parser walks through them, and
 * the foot of every page. One is enough. Sources: Tasmota tasmota/tasmota_support/support_command.ino (kTasmotaCommands),
 * tasmota/tasmota_xdrv_driver/xdrv_02_9_mqtt.ino (kMqttCommands), xdrv_16_tuyamcu.ino (kTuyaCommand),
 * xdrv_01_9_webserver.ino (HTTP_END; compressed since 8.4 in most languages); names as in include/i18n.h.
 */
const TASMOTA_CODE: readonly RegExp[] = [
  /Upgrade\|Upload\|OtaUrl/,
  /SetOption\|TempRes\|HumRes/,
  /Timezone\|TimeStd\|TimeDst/,
  /MqttHost\|MqttPort\|/,
  /TuyaMCU\|TuyaSend/,
  /Tasmota %s(?: %s)? [^<>%]{1,16} Theo Arends/,
];

/**
 * What a build or its person may have changed (my_user_config.h: OTA address, client, full topic), or what others may
 * have as well: any two make it Tasmota, one alone could be a document about it.
 */
const TASMOTA_SIGNS: readonly string[] = [
  "http://ota.tasmota.com/tasmota/",
  "DVES_%06X",
  "%prefix%/%topic%/",
  "Tasmota Version",
  '"mf":"Tasmota"',
];

/**
 * All that a plug is calibrated by, in one list of commands; before 8.1 PowerSet stands between them
 * (xdrv_03_energy.ino, kEnergyCommands; names as in include/i18n.h).
 */
const METERING_COMMANDS: readonly string[] = ["PowerCal", "VoltageCal", "CurrentCal"];

/** The minimal build leaves out the rules, MQTT and everything a plug is for (tasmota/tasmota_globals.h, FIRMWARE_MINIMAL). */
const MINIMAL_SIGN = "does not support persistent settings";

/** Of the virtual plug's image, which is built to be taken for Tasmota (src/sim/tasmota/model-image.ts). */
const MODEL_SIGN = "plugsmith stand-in for Tasmota";

/**
 * Of others, only what those alone have: Tasmota and ESPHome drive Tuya's boards, and name Tuya in their code, too.
 * Sources: ESPurna code/espurna/config/version.h; ESPHome esphome/core/log; for Tuya's SDK what it prints
 * (https://github.com/ct-Open-Source/tuya-convert/issues/380) and the hosts that its plugs call (a1.tuyaeu.com and its
 * like; mq.gw.airtakeapp.com in the SDK's own header).
 */
const SIGNS: readonly {
  readonly kind: Exclude<FirmwareKind, "tasmota" | "unknown">;
  readonly signs: readonly RegExp[];
}[] = [
  { kind: "esphome", signs: [/esphome/i] },
  { kind: "espurna", signs: [/espurna/i] },
  {
    kind: "tuya",
    signs: [/tuya(?=[_ ](?:iot|sdk))/i, /TUYA (?:Debug|Notice|%s)/, /tuya(?:us|eu|cn|in)\.com/, /airtake(?:app)?\.com/],
  },
];

/** Characters; the longest so far has some 400. */
const LONGEST_LIST = 2048;

const MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";

/** Bytes in one-to-one correspondence with characters, for searching text in binaries. */
function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  return parts.join("");
}

export function identifyFirmware(bytes: Uint8Array): FirmwareFacts {
  const text = latin1(bytes);
  const find = (needle: string): Evidence[] => {
    const offset = text.indexOf(needle);
    return offset < 0 ? [] : [{ offset, text: needle }];
  };
  const match = (pattern: RegExp): Evidence[] => {
    const found = pattern.exec(text);
    return found === null ? [] : [{ offset: found.index, text: found[0] }];
  };
  const metering = meteringList(text);
  const marker = find(TASMOTA_MARKER).map(({ offset }) => ({ offset, text: "Tasmota's 12-byte marker" }));
  const code = [...marker, ...TASMOTA_CODE.flatMap(match), ...metering];
  const signs = TASMOTA_SIGNS.flatMap(find);
  const isTasmota = code.length > 0 || signs.length >= 2;
  const others = isTasmota
    ? []
    : SIGNS.map(({ kind, signs: patterns }) => ({ kind, evidence: patterns.flatMap(match) })).filter(
        ({ evidence }) => evidence.length > 0,
      );
  const other = others[0];
  const ota = /http:\/\/ota\.tasmota\.com\/tasmota\/(?:release\/)?(tasmota(?:-[A-Za-z0-9]+)?)\.bin/.exec(text);
  return {
    kind: isTasmota ? "tasmota" : (other?.kind ?? "unknown"),
    evidence: isTasmota ? [...code, ...signs] : (other?.evidence ?? []),
    // The SDK's own date stands after "compiled @" and before a time.
    buildDate: onlyOne(text, new RegExp(`(?<!@ )((?:${MONTHS}) [ 123]\\d 20\\d\\d)(?! \\d\\d:)`, "g")),
    core: onlyOne(text, /(?<![\w])(\d_\d_\d(?:_\d{1,2})?)(?![\w])/g),
    sdk: onlyOne(text, /(?<![\w.])(\d\.\d\.\d(?:-dev)?\([0-9a-f]{6,10}\))/g),
    otaImage: isTasmota ? ota?.[1] : undefined,
    metering: isTasmota ? metering.length > 0 : undefined,
    minimal: isTasmota ? text.includes(MINIMAL_SIGN) && metering.length === 0 : undefined,
    model: text.includes(MODEL_SIGN),
  };
}

/** The list of commands that holds all of a meter's, whatever stands between them. */
function meteringList(text: string): Evidence[] {
  const [first] = METERING_COMMANDS;
  for (let at = text.indexOf(`${first}|`); at >= 0; at = text.indexOf(`${first}|`, at + 1)) {
    const list = /^[A-Za-z0-9|]*/.exec(text.slice(at, at + LONGEST_LIST))![0].split("|");
    if (METERING_COMMANDS.every((name) => list.includes(name))) {
      return [{ offset: at, text: list.slice(0, list.indexOf("CurrentCal") + 1).join("|") }];
    }
  }
  return [];
}

/** The one text that matches; undefined where there is none, or several that differ. */
function onlyOne(text: string, pattern: RegExp): string | undefined {
  const found = new Set<string>();
  for (const match of text.matchAll(pattern)) found.add(match[1]!);
  return found.size === 1 ? [...found][0] : undefined;
}
