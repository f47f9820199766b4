/**
 * The order of the texts in the settings' text pool, NUL-separated, all in clear. Facts only.
 * Source: Tasmota 15.2 tasmota/include/i18n.h and tasmota/include/tasmota.h (enum SettingsTextIndex) as built for the
 * ESP8266; tasmota/include/tasmota_types.h (settings_text_size) for the size.
 */

/** Bytes of the pool, all NULs included. */
export const TEXT_POOL_SIZE = 699;

export interface PoolText {
  /** Number of NULs to skip. */
  readonly index: number;
  /** The firmware's command for it where there is one, otherwise what it holds. */
  readonly name: string;
  /** Never shown, never logged. */
  readonly secret: boolean;
}

type Run = readonly [firstIndex: number, name: string, count?: number, secret?: "secret"];

const RUNS: readonly Run[] = [
  [0, "OtaUrl"],
  [1, "Prefix", 3],
  [4, "SSID", 2],
  [6, "Password", 2, "secret"],
  [8, "Hostname"],
  [9, "LogHost"],
  [10, "WebPassword", 1, "secret"],
  [11, "Cors"],
  [12, "MqttHost"],
  [13, "MqttClient"],
  [14, "MqttUser"],
  [15, "MqttPassword", 1, "secret"],
  [16, "FullTopic"],
  [17, "Topic"],
  [18, "ButtonTopic"],
  [19, "SwitchTopic"],
  [20, "GroupTopic1"],
  [21, "StateText", 4],
  [25, "NtpServer", 3],
  [28, "Mem", 16],
  [44, "FriendlyName", 8],
  [52, "ButtonText", 16],
  [68, "GroupTopic2"],
  [69, "GroupTopic3"],
  [70, "GroupTopic4"],
  [71, "TemplateName"],
  [72, "DevGroupName", 4],
  [76, "DeviceName"],
  [77, "TelegramToken", 1, "secret"],
  [78, "TelegramChatId"],
  [79, "AdcParam"],
  [80, "SwitchText", 8],
  [88, "ShdParam"],
  [89, "RgxSSId"],
  [90, "RgxPassword", 1, "secret"],
  [91, "InfluxHost"],
  [92, "InfluxPort"],
  [93, "InfluxOrg"],
  [94, "InfluxToken", 1, "secret"],
  [95, "InfluxBucket"],
  [96, "InfluxRetention"],
  [97, "Canvas"],
  [98, "TelegramFingerprint"],
];

/** All 99 texts in order. */
export const POOL_TEXTS: readonly PoolText[] = RUNS.flatMap(([first, name, count = 1, secret]) =>
  Array.from({ length: count }, (_, i) => ({
    index: first + i,
    name: count === 1 ? name : `${name}${i + 1}`,
    secret: secret !== undefined,
  })),
);

/** Indices of the texts that the code names. */
export const TEXT: Readonly<
  Record<"ssid1" | "ssid2" | "password1" | "password2" | "webPassword" | "mqttPassword", number>
> = {
  ssid1: 4,
  ssid2: 5,
  password1: 6,
  password2: 7,
  webPassword: 10,
  mqttPassword: 15,
};

/** What a blank device holds; texts not named are empty. */
export const DEFAULT_TEXTS: Readonly<Record<string, string>> = {
  OtaUrl: "http://ota.tasmota.com/tasmota/release/tasmota.bin.gz",
  Prefix1: "cmnd",
  Prefix2: "stat",
  Prefix3: "tele",
  Hostname: "%s-%04d",
  MqttClient: "DVES_%06X",
  MqttUser: "DVES_USER",
  MqttPassword: "DVES_PASS",
  FullTopic: "%prefix%/%topic%/",
  Topic: "tasmota_%06X",
  ButtonTopic: "0",
  SwitchTopic: "0",
  GroupTopic1: "tasmotas",
  StateText1: "OFF",
  StateText2: "ON",
  StateText3: "TOGGLE",
  StateText4: "HOLD",
  NtpServer1: "2.pool.ntp.org",
  NtpServer2: "2.europe.pool.ntp.org",
  NtpServer3: "2.nl.pool.ntp.org",
  FriendlyName1: "Tasmota",
  FriendlyName2: "Tasmota2",
  FriendlyName3: "Tasmota3",
  FriendlyName4: "Tasmota4",
  TemplateName: "Generic",
  DeviceName: "Tasmota",
};
