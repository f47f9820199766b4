/** Commands that keep a text of the pool: what clears it, what puts the default back, what is replaced in it. */
import type { Call } from "./call.ts";
import { keyed, type Model, quoted } from "./model.ts";
import { indexed, plain, type Rule, textArgument } from "./rule.ts";

const SUPPORT = "support_command.ino";
const MQTT = "xdrv_02_9_mqtt.ino";
const OTA = "http://ota.tasmota.com/tasmota/release/tasmota.bin.gz";

interface Row {
  readonly command: string;
  readonly source: string;
  readonly standard: string;
  /** Written in the settings of a blank device; the default where it is the same. */
  readonly blank?: string;
  /** 0 and " alone clear. */
  readonly clears?: boolean;
  /** Everything that begins with a quote clears. */
  readonly quoteClears?: boolean;
  readonly replace?: (text: string) => string;
  readonly restarts?: boolean;
}

// biome-ignore format: a table
const ROWS: readonly Row[] = [
  { command: "OtaUrl", standard: OTA, source: `${SUPPORT} CmndOtaUrl` },
  { command: "LogHost", standard: "", source: `${SUPPORT} CmndLoghost` },
  { command: "MqttHost", standard: "", clears: true, restarts: true, source: `${MQTT} CmndMqttHost` },
  { command: "MqttUser", standard: "DVES_USER", clears: true, restarts: true, source: `${MQTT} CmndMqttUser` },
  { command: "MqttClient", standard: "DVES_%06X", restarts: true, source: `${MQTT} CmndMqttClient` },
];

function one(row: Row): Rule {
  return {
    command: row.command,
    source: row.source,
    sample: (random) => plain(textArgument(random)),
    expect: (call, model) => {
      const blank = row.blank ?? row.standard;
      if (call.data !== "") {
        model.setText(row.command, meant(row, call.data), blank);
        if (row.restarts) model.restart = true;
      }
      return keyed(row.command, model.text(row.command, blank));
    },
  };
}

function meant(row: Row, data: string): string {
  if (row.clears && (data === "0" || data === '"')) return "";
  if (row.quoteClears && data.startsWith('"')) return "";
  if (data === "1") return row.standard;
  return row.replace?.(data) ?? data;
}

/** Texts by number; without one, all of them. */
interface Family {
  readonly command: string;
  readonly key?: string;
  readonly count: number;
  readonly source: string;
  readonly blank: (index: number) => string;
  readonly set: (data: string, index: number) => string;
  /** An argument without a number sets the first. */
  readonly firstWithoutIndex?: boolean;
  readonly restarts?: boolean;
}

const NTP: readonly string[] = ["2.pool.ntp.org", "2.europe.pool.ntp.org", "2.nl.pool.ntp.org"];
const PREFIXES: readonly string[] = ["cmnd", "stat", "tele"];
const STATES: readonly string[] = ["OFF", "ON", "TOGGLE", "HOLD"];
/** settings.ino SettingsDefaultSet2: the first four. */
const friendly = (index: number): string => (index === 1 ? "Tasmota" : index <= 4 ? `Tasmota${index}` : "");
const clearing = (data: string): string => (data.startsWith('"') ? "" : data);

const FAMILIES: readonly Family[] = [
  {
    command: "FriendlyName",
    count: 8,
    source: `${SUPPORT} CmndFriendlyname`,
    blank: friendly,
    firstWithoutIndex: true,
    set: (data, index) => (data === "1" ? `Tasmota${index === 1 ? "" : index}` : clearing(data)),
  },
  {
    command: "FN",
    key: "FriendlyName",
    count: 8,
    source: `${SUPPORT} CmndFriendlyname (FN)`,
    blank: friendly,
    firstWithoutIndex: true,
    set: (data, index) => (data === "1" ? `Tasmota${index === 1 ? "" : index}` : clearing(data)),
  },
  { command: "Mem", count: 16, source: "xdrv_10_rules.ino CmndMemory", blank: () => "", set: clearing },
  {
    command: "SSId",
    count: 2,
    source: `${SUPPORT} CmndSsid`,
    blank: () => "",
    restarts: true,
    set: (data) => (["0", "1", '"'].includes(data) ? "" : data),
  },
  {
    command: "NtpServer",
    count: 3,
    source: `${SUPPORT} CmndNtpServer`,
    blank: (index) => NTP[index - 1]!,
    set: (data, index) =>
      data === "0" || data === '"' ? "" : data === "1" ? NTP[index - 1]! : data.split(",").join("."),
  },
  {
    command: "SwitchText",
    count: 8,
    source: `${SUPPORT} CmndSwitchText`,
    blank: () => "",
    firstWithoutIndex: true,
    set: (data) => clearing(data.split(/\s/).join("")),
  },
  {
    command: "StateText",
    count: 4,
    source: `${SUPPORT} CmndStateText`,
    blank: (index) => STATES[index - 1]!,
    set: (data) => data.split(" ").join("_"),
  },
  {
    command: "Prefix",
    count: 3,
    source: `${MQTT} CmndPrefix`,
    blank: (index) => PREFIXES[index - 1]!,
    restarts: true,

    set: (data, index) => (data === "1" ? PREFIXES[index - 1]! : data.replace(/[#+ ]/g, "_")),
  },
];

function many(row: Family): Rule {
  const key = row.key ?? row.command;
  return {
    command: row.command,
    source: row.source,
    sample: (random) => indexed(random, row.count, textArgument(random)),
    expect: (call, model) => {
      if (call.index < 1 || call.index > row.count) return "error";
      if (!call.userIndex && !(row.firstWithoutIndex && call.data !== "")) return all(key, row, model);
      const name = `${key}${call.index}`;
      const blank = row.blank(call.index);
      if (call.data !== "") {
        model.setText(name, row.set(call.data, call.index), blank);
        if (row.restarts) model.restart = true;
        if (row.command === "SSId") model.numbers.set("active", call.index - 1);
      }
      return keyed(name, model.text(name, blank));
    },
  };
}

function all(key: string, row: Family, model: Model): string {
  const each = Array.from({ length: row.count }, (_, i) => {
    const name = `${key}${i + 1}`;
    return `"${name}":${quoted(model.text(name, row.blank(i + 1)))}`;
  });
  return `{${each.join(",")}}`;
}

function hostname(call: Call, model: Model): string {
  if (call.data !== "") {
    model.setText("Hostname", call.data === "1" ? "%s-%04d" : call.data, "%s-%04d");
    if (model.text("Hostname", "%s-%04d").includes("%")) model.setText("Hostname", "%s-%04d", "%s-%04d");
    model.restart = true;
  }
  return keyed("Hostname", model.text("Hostname", "%s-%04d"));
}

function password(call: Call, model: Model): string {
  if (call.index < 1 || call.index > 4) return "error";
  const index = call.index > 2 ? call.index - 2 : call.index;
  const key = `Password${index}`;
  const cleared = ["0", "1", '"'].includes(call.data);
  if (Buffer.byteLength(call.data) <= 4 && !cleared) return `{"${key}":"****"}`;
  model.setText(key, cleared ? "" : call.data);
  model.numbers.set("active", index - 1);
  model.restart = true;
  return call.index > 2 ? `{"${key}":"****"}` : keyed(key, model.text(key));
}

function deviceName(call: Call, model: Model): string {
  if (call.data !== "") {
    const name = call.data === "1" ? model.text("FriendlyName1", "Tasmota") : clearing(call.data);
    model.setText("DeviceName", name, "Tasmota");
  }
  return keyed("DeviceName", model.text("DeviceName", "Tasmota"));
}

export const TEXT_RULES: readonly Rule[] = [
  ...ROWS.map(one),
  ...FAMILIES.map(many),
  {
    command: "Hostname",
    source: `${SUPPORT} CmndHostname`,
    sample: (random) => plain(textArgument(random)),
    expect: hostname,
  },
  {
    command: "Password",
    source: `${SUPPORT} CmndPassword`,
    sample: (random) => indexed(random, 4, random.chance(50) ? "secret-word" : textArgument(random)),
    expect: password,
  },
  {
    command: "DeviceName",
    source: `${SUPPORT} CmndDevicename`,
    sample: (random) => plain(textArgument(random)),
    expect: deviceName,
  },
  {
    command: "DevGroupName",
    source: `${SUPPORT} CmndDevGroupName`,
    sample: (random) => indexed(random, 4, textArgument(random)),
    expect: (call, model) => {
      if (call.index < 1 || call.index > 4) return "error";
      if (call.data !== "") {
        model.setText(`DevGroupName${call.index}`, call.data === "0" || call.data === '"' ? "" : call.data);
        model.restart = true;
      }
      const names = [1, 2, 3, 4].map((i) => `"DevGroupName${i}":${quoted(model.text(`DevGroupName${i}`))}`);
      return `{${names.join(",")}}`;
    },
  },
];
