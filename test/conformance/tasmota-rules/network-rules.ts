/** Topics, the serial line, logs and Wi-Fi's choices. */
import { type Call, float } from "./call.ts";
import { keyed, type Model, quoted } from "./model.ts";
import type { Random } from "./random.ts";
import { numberArgument, plain, type Rule, textArgument } from "./rule.ts";

const MQTT = "xdrv_02_9_mqtt.ino";
const SUPPORT = "support_command.ino";
const TOPIC = "tasmota_%06X";
const FULL_TOPIC = "%prefix%/%topic%/";
/** TOPSZ without its NUL. */
const LONGEST = 150;
const WIFI_TOOLS: readonly string[] = ["Restart", "", "WifiManager", "", "Retry", "Wait", "Serial", "ManagerRst"];
const LEVELS = 4;

/** MakeValidMqtt(0) and (1). */
const underscored = (text: string): string => text.replace(/[+# ]/g, "_");
const without = (text: string): string => text.replace(/[+# ]/g, "");

function topicArgument(random: Random): string {
  return random.chance(50)
    ? textArgument(random)
    : random.pick(["a/b", "a+b", "plug#1", "%prefix%/x/%topic%", "1", '"']);
}

/** A changed topic says goodbye under the old one. */
function leaving(command: string, standard: string, valid: (text: string) => string, source: string): Rule {
  return {
    command,
    source: `${MQTT} ${source}, MakeValidMqtt`,
    sample: (random) => plain(topicArgument(random)),
    expect: (call, model) => {
      const now = model.text(command, standard);
      const asked = call.data === "" ? now : valid(call.data) === "1" ? standard : valid(call.data).slice(0, LONGEST);
      if (asked !== now) {
        model.reported.push(model.option(10) ? "LWT = Offline" : "LWT = ");
        model.setText(command, asked, standard);
        model.restart = true;
      }
      return keyed(command, model.text(command, standard));
    },
  };
}

/** The plug's own topic behind 1 holds its address; the rule does not ask for it. */
function keyTopic(command: string): Rule {
  return {
    command,
    source: `${MQTT} Cmnd${command}`,
    sample: (random) => {
      const argument = topicArgument(random);
      return plain(argument.trim() === "1" ? "" : argument);
    },
    expect: (call, model) => {
      if (call.data === "1") return "skip";
      if (call.data !== "") {
        const asked = call.data === "2" ? "0" : call.data === '"' || call.data === "0" ? "" : underscored(call.data);
        model.setText(command, asked, "0");
      }
      return keyed(command, model.text(command, "0"));
    },
  };
}

/** Doubles go, what is left moves to the front, and at least one stays. */
function groupTopic(call: Call, model: Model): string {
  const standard = ["tasmotas", "", "", ""];
  const names = standard.map((_, i) => `GroupTopic${i + 1}`);
  if (call.index < 1 || call.index > names.length) return "error";
  if (call.data !== "") {
    const asked = call.data === "1" ? "tasmotas" : call.data === '"' || call.data === "0" ? "" : underscored(call.data);
    model.setText(names[call.index - 1]!, asked, standard[call.index - 1]);
    const set = names.map((name, i) => model.text(name, standard[i]));
    const kept = [...new Set(set.filter((text) => text !== ""))];
    if (kept.length === 0) kept.push("tasmotas");
    for (const [i, name] of names.entries()) model.setText(name, kept[i] ?? "", standard[i]);
    model.restart = true;
  }
  return `{${names.map((name, i) => `"${name}":${quoted(model.text(name, standard[i]))}`).join(",")}}`;
}

function mqttPassword(call: Call, model: Model): string {
  if (call.data === "") return keyed("MqttPassword", "****");
  const asked = call.data === "1" ? "DVES_PASS" : call.data === '"' || call.data === "0" ? "" : call.data;
  model.setText("MqttPassword", asked, "DVES_PASS");
  model.restart = true;
  return keyed("MqttPassword", call.index === 2 ? "****" : model.text("MqttPassword", "DVES_PASS"));
}

const serialShown = (config: number): string => `${5 + (config & 3)}${"NEO"[config >> 3]}${config & 4 ? 2 : 1}`;

/** 0 to 23: data bits 5 to 8, then two stop bits, then even and odd parity. */
function serialConfig(call: Call, model: Model): string {
  const before = model.number("serialConfig", 3);
  let kept = before;
  if (Buffer.byteLength(call.data) < 3) {
    if (call.data !== "" && call.payload >= 0 && call.payload <= 23) kept = call.payload;
  } else if (call.payload >= 5 && call.payload <= 8) {
    const [, bits, parity, stop] = /^([5-8])([NEOneo])([12])/.exec(call.data) ?? [];
    if (bits !== undefined) kept = Number(bits) - 5 + (stop === "2" ? 4 : 0) + 8 * "NEO".indexOf(parity!.toUpperCase());
  }
  model.numbers.set("serialConfig", kept);
  const shown = serialShown(kept);
  if (kept !== before) model.reported.push(`SER: Set to ${shown} ${model.number("baudrate", 115_200)} bit/s`);
  return keyed("SerialConfig", shown);
}

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  f: 12,
  n: 10,
  r: 13,
  s: 32,
  t: 9,
  v: 11,
  "\\": 92,
};

/** A number, or the first byte of a text with escapes. */
function serialDelimiter(call: Call, model: Model): string {
  if (call.data !== "" && call.payload < 256) {
    const [, hex, letter] = /^\\(?:x([0-9a-f]{2})|(.))/i.exec(call.data) ?? [];
    const first = letter === undefined ? Buffer.from(call.data)[0]! : ESCAPES[letter]!;
    const text = hex === undefined ? first : Number.parseInt(hex, 16);
    model.numbers.set("serialDelimiter", call.payload > 0 ? call.payload : text);
  }
  return keyed("SerialDelimiter", model.number("serialDelimiter", 255));
}

/** The harness hears its access point at -58 dBm: 84 %. */
const QUALITY_IN_TENTHS = 8;

function domoticzSend(call: Call, model: Model): string {
  const [index = "", ...rest] = call.data.split(",");
  if (call.index < 1 || call.index > 5 || rest.length === 0 || !(Number.parseInt(index, 10) > 0)) return "error";
  const values = rest.join(",").replaceAll(":", ";");
  const ending = `"Battery":100,"RSSI":${QUALITY_IN_TENTHS}}`;
  if (call.index > 3) {
    const state = { 0: "Off", 2: "Toggle" }[Number.parseInt(values, 10) || 0] ?? "On";
    const command = call.index === 4 ? "switchlight" : "switchscene";
    model.reported.push(`in = {"command":"${command}","idx":${index},"switchcmd":"${state}"}`);
  } else if (call.index === 3) model.reported.push(`in = {"idx":${index},"nvalue":${values},${ending}`);
  else model.reported.push(`in = {"idx":${index},"nvalue":0,"svalue":"${values}",${ending}`);
  return keyed("DzSend", "Done");
}

/** Kept in tenths of a dBm in a byte; 1 is 17 dBm, and more than 20 is 20. */
function wifiPower(call: Call, model: Model): string {
  if (call.data !== "") {
    const tenths = Math.trunc(Math.fround(float(call.data) * 10)) & 0xff;
    const kept = tenths === 10 ? 170 : Math.min(tenths, 200);
    model.numbers.set("wifiPower", kept);
    if (kept > 0) model.numbers.set("wifiPowerShown", kept);
  }
  return `{"WifiPower":${(model.number("wifiPowerShown", 170) / 10).toFixed(1)}}`;
}

function wifiConfig(call: Call, model: Model): string {
  if (call.payload >= 0 && call.payload < WIFI_TOOLS.length) {
    // SmartConfig and WPS are no more.
    const tool = call.payload === 1 || call.payload === 3 ? 2 : call.payload;
    model.numbers.set("wifiConfig", tool);
    if (tool > 0) model.restart = true;
  }
  const kept = model.number("wifiConfig", 4);
  return `{"WifiConfig":{"${kept}":"${WIFI_TOOLS[kept]}"}}`;
}

export const NETWORK_RULES: readonly Rule[] = [
  leaving("Topic", TOPIC, underscored, "CmndTopic"),
  leaving("FullTopic", FULL_TOPIC, without, "CmndFullTopic"),
  keyTopic("ButtonTopic"),
  keyTopic("SwitchTopic"),
  {
    command: "GroupTopic",
    source: `${MQTT} CmndGroupTopic`,
    sample: (random) =>
      `${random.pick(["", "0", "1", "2", "3", "4", "5"])}${plain(random.pick(["", "grp1", "grp2", "grp 1", "tasmotas", "0", "1", '"', "grp1"]))}`,
    expect: groupTopic,
  },
  {
    command: "MqttPassword",
    source: `${MQTT} CmndMqttPassword`,
    sample: (random) => `${random.pick(["", "", "1", "2", "3", "0"])}${plain(textArgument(random))}`,
    expect: mqttPassword,
  },
  {
    command: "SerialLog",
    source: `${SUPPORT} CmndSeriallog, support.ino SetTasConlog`,
    sample: (random) => plain(numberArgument(random, 0, LEVELS)),
    expect: (call, model) => {
      if (call.payload >= 0 && call.payload <= LEVELS) model.numbers.set("serialLog", call.payload);
      const level = model.number("serialLog", 2);
      return `{"SerialLog":{"${level}":{"Active":"${level}"}}}`;
    },
  },
  {
    command: "SysLog",
    source: `${SUPPORT} CmndSyslog, support.ino SetSyslog`,
    sample: (random) => plain(numberArgument(random, 0, LEVELS)),
    expect: (call, model) => {
      if (call.payload >= 0 && call.payload <= LEVELS) model.numbers.set("sysLog", call.payload);
      const level = model.number("sysLog", 0);
      return `{"SysLog":{"${level}":{"Active":"${level}"}}}`;
    },
  },
  {
    command: "Baudrate",
    source: `${SUPPORT} CmndBaudrate`,
    sample: (random) =>
      plain(random.pick(["", "0", "299", "300", "301", "9600", "115200", "115499", "0x2580", "abc", "-9600", "all"])),
    expect: (call, model) => {
      if (call.payload >= 300) {
        const baud = (Math.floor(call.payload / 300) & 0xffff) * 300;
        if (baud !== model.number("baudrate", 115_200)) {
          model.reported.push(`SER: Set to ${serialShown(model.number("serialConfig", 3))} ${baud} bit/s`);
        }
        model.numbers.set("baudrate", baud);
      }
      return keyed("Baudrate", model.number("baudrate", 115_200));
    },
  },
  {
    command: "SerialConfig",
    source: `${SUPPORT} CmndSerialConfig, support.ino ParseSerialConfig`,
    sample: (random) =>
      plain(
        random.pick([
          "",
          "0",
          "3",
          "23",
          "24",
          "on",
          "5n1",
          "8E2",
          "7o1",
          "8N1x",
          "9N1",
          "8X1",
          "8N3",
          "8 N1",
          "-1",
          "0x3",
          "abc",
        ]),
      ),
    expect: serialConfig,
  },
  {
    command: "SerialDelimiter",
    source: `${SUPPORT} CmndSerialDelimiter, support.ino Unescape`,
    sample: (random) =>
      plain(
        random.pick(["", "0", "1", "10", "255", "256", "abc", "\\n", "\\s", "\\x41", "\\\\", "-1", "é", '"', "0x0A"]),
      ),
    expect: serialDelimiter,
  },
  {
    command: "DzSend",
    source: "xdrv_07_domoticz.ino CmndDomoticzSend, DomoticzSendData, DomoticzSendSwitch",
    sample: (random) =>
      `${random.pick(["", "1", "2", "3", "4", "5", "6", "0"])}${plain(random.pick(["", "1", "5,6", "5,6,7", "5,a:b", "0,1", "x,1", "7,0", "8,1", "9,2", "3,9"]))}`,
    expect: domoticzSend,
  },
  {
    command: "DzSensorIdx",
    source: "xdrv_07_domoticz.ino CmndDomoticzSensorIdx, tasmota.h DomoticzSensors",
    sample: (random) => `${random.int(0, 13)}${plain(numberArgument(random, 0, 40_000))}`,
    expect: (call, model) => {
      if (call.index < 1 || call.index > 11) return "error";
      const name = `DzSensorIdx${call.index}`;
      if (call.payload >= 0) model.numbers.set(name, call.payload & 0xffff);
      return keyed(name, model.number(name, 0));
    },
  },
  {
    command: "Publish",
    source: `${MQTT} CmndPublish, MqttPublishPayload`,
    sample: (random) =>
      `${random.pick(["", "1", "2", "4"])}${plain(random.pick(["", "a", "a/b c d", "a/b", "x  y", 'x "q"']))}`,
    expect: (call) => {
      if (call.data === "") return "error";
      const [topic = "", ...payload] = call.data.split(" ");
      return [`${topic.slice(topic.lastIndexOf("/") + 1)} = ${payload.join(" ")}`];
    },
  },
  {
    command: "WifiPower",
    source: `${SUPPORT} CmndWifiPower, support_wifi.ino WifiGetOutputPower`,
    sample: (random) =>
      plain(random.pick(["", "0", "1", "1.0", "17", "20.5", "21", "10.55", "0.9", "abc", "3", "25.5"])),
    expect: wifiPower,
  },
  {
    command: "WifiConfig",
    source: `${SUPPORT} CmndWifiConfig`,
    // 2, 6 and 7 take the plug off its network; 0 is carried out at once.
    sample: (random) => plain(random.pick(["", "4", "5", "8", "-1", "abc", "0x4"])),
    expect: wifiConfig,
  },
];
