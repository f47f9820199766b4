/**
 * Wi-Fi, MQTT, web and log commands of Tasmota 15.2 in all their forms: without and with an index, without an argument,
 * with signs that clear or mean a default, out of range. Each rule names the function it was read from; the files are
 * tasmota_support/support_command.ino, tasmota_xdrv_driver/xdrv_02_9_mqtt.ino and xdrv_01_9_webserver.ino.
 */
import { describe, expect, test } from "vitest";
import { type CommandRule, checkRule } from "../../../../test/support/command-rules.ts";
import { PlugRig } from "../../../../test/support/plug-rig.ts";

describe("Wi-Fi", () => {
  const rules: readonly CommandRule[] = [
    ["CmndSsid", 'SSId => {"SSId1":"","SSId2":""}', 'SSId1 Net => {"SSId1":"Net"}', 'SSId1 0 => {"SSId1":""}'],
    [
      "CmndSsid",
      'SSId2 "x" => {"SSId2":"\\"x\\""}',
      'SSId x => {"SSId1":"","SSId2":"\\"x\\""}',
      'SSId2 " => {"SSId2":""}',
    ],
    ["CmndSsid", 'SSId0 => {"Command":"Error","Input":"SSID0"}', 'SSId3 x => {"Command":"Error","Input":"SSID3 x"}'],
    ["CmndPassword", 'Password1 12345 => {"Password1":"12345"}', 'Password1 1234 => {"Password1":"****"}'],
    ["CmndPassword", 'Password3 abcdef => {"Password1":"****"}', 'Password4 1 => {"Password2":"****"}'],
    ["CmndPassword", 'Password => {"Password1":"****"}', 'Password 0 => {"Password1":""}'],
    ["CmndPassword", 'Password5 => {"Command":"Error","Input":"PASSWORD5"}'],
    [
      "CmndAp",
      'Ap => {"Ap":{"1":""}}',
      'Ap 2 => {"Ap":{"2":""}}',
      'Ap 0 => {"Ap":{"1":""}}',
      'Ap 3 => {"Ap":{"1":""}}',
    ],
    ["CmndAp", 'SSId2 B"c => {"SSId2":"B\\"c"}', 'Ap 2 => {"Ap":{"2":"B\\"c"}}', 'Ap toggle => {"Ap":{"2":"B\\"c"}}'],
    ["CmndHostname", 'Hostname plug => {"Hostname":"plug"}', 'Hostname 0 => {"Hostname":"0"}'],
    ["CmndHostname", 'Hostname a%d => {"Hostname":"%s-%04d"}', 'Hostname 1 => {"Hostname":"%s-%04d"}'],
    ["CmndWifiConfig", 'WifiConfig 5 => {"WifiConfig":{"5":"Wait"}}', 'WifiConfig 8 => {"WifiConfig":{"5":"Wait"}}'],
    [
      "CmndWifiConfig",
      'WifiConfig 3 => {"WifiConfig":{"2":"WifiManager"}}',
      'WifiConfig -1 => {"WifiConfig":{"2":"WifiManager"}}',
    ],
    [
      "CmndIpAddress",
      'IPAddress1 10.0.0.7 => {"IPAddress1":"10.0.0.7 (0.0.0.0)"}',
      'IPAddress2 1.2.3 => {"IPAddress2":"192.168.1.1"}',
    ],
    [
      "ParseIPv4",
      'IPAddress3 a.b.c.d => {"IPAddress3":"0.0.0.0"}',
      'IPAddress4 300.1.2.3x => {"IPAddress4":"44.1.2.3"}',
    ],
    [
      "ParseIPv4",
      'IPAddress4 1.2.3.4.5 => {"IPAddress4":"192.168.1.1"}',
      'IPAddress4 1.2.3. => {"IPAddress4":"1.2.3.0"}',
    ],
    ["CmndIpAddress", 'IPAddress6 => {"Command":"Error","Input":"IPADDRESS6"}'],
    [
      "CmndWifi",
      'Wifi => {"Wifi":"ON","Mode":"11n"}',
      'Wifi 2 => {"Wifi":"ON","Mode":"11b"}',
      'Wifi 5 => {"Wifi":"ON","Mode":"11b"}',
    ],
    ["CmndWifi", 'Wifi 3 => {"Wifi":"ON","Mode":"11g"}', 'Wifi 4 => {"Wifi":"ON","Mode":"11n"}'],
    [
      "CmndWifiPower",
      'WifiPower => {"WifiPower":17.0}',
      'WifiPower 20.5 => {"WifiPower":20.0}',
      'WifiPower 20.05 => {"WifiPower":20.0}',
    ],
    [
      "CmndWifiPower",
      'WifiPower 1 => {"WifiPower":17.0}',
      'WifiPower 1.1 => {"WifiPower":1.1}',
      'WifiPower x => {"WifiPower":1.1}',
    ],
    ["CmndDnsTimeout", 'DnsTimeout 99 => {"DnsTimeout":1000}', 'DnsTimeout 100 => {"DnsTimeout":100}'],
    [
      "CmndDevicename",
      'DeviceName "x => {"DeviceName":""}',
      'DeviceName 0 => {"DeviceName":"0"}',
      'DeviceName 1 => {"DeviceName":"Tasmota"}',
    ],
    [
      "CmndFriendlyname",
      'FN3 1 => {"FriendlyName3":"Tasmota3"}',
      'FN "y => {"FriendlyName1":""}',
      'FN9 x => {"Command":"Error","Input":"FN9 x"}',
    ],
    [
      "CmndSetoptionBase",
      'WifiNoSleep => {"WifiNoSleep":"OFF"}',
      'WifiNoSleep 1 => {"WifiNoSleep":"ON"}',
      'SO127 => {"SetOption127":"ON"}',
    ],
  ];
  test.each(rules)("%s: %s", (_, ...steps) => checkRule(steps));
});

describe("MQTT", () => {
  const rules: readonly CommandRule[] = [
    [
      "CmndMqttHost",
      'MqttHost x => {"MqttHost":"x"}',
      'MqttHost 0 => {"MqttHost":""}',
      'MqttHost 1 => {"MqttHost":""}',
    ],
    [
      "CmndMqttPort",
      'MqttPort 1 => {"MqttPort":1883}',
      'MqttPort 65536 => {"MqttPort":1883}',
      'MqttPort 8883 => {"MqttPort":8883}',
    ],
    [
      "CmndMqttUser",
      'MqttUser 0 => {"MqttUser":""}',
      'MqttUser 1 => {"MqttUser":"DVES_USER"}',
      'MqttUser => {"MqttUser":"DVES_USER"}',
    ],
    ["CmndMqttPassword", 'MqttPassword ab => {"MqttPassword":"ab"}', 'MqttPassword2 cd => {"MqttPassword":"****"}'],
    ["CmndMqttPassword", 'MqttPassword7 ef => {"MqttPassword":"ef"}', 'MqttPassword => {"MqttPassword":"****"}'],
    ["CmndMqttClient", 'MqttClient 0 => {"MqttClient":"0"}', 'MqttClient 1 => {"MqttClient":"DVES_%06X"}'],
    [
      "CmndMqttRetry",
      'MqttRetry 9 => {"MqttRetry":10}',
      'MqttRetry 32000 => {"MqttRetry":32000}',
      'MqttRetry 32001 => {"MqttRetry":32000}',
    ],
    ["CmndMqttKeepAlive", 'MqttKeepAlive 0 => {"MqttKeepAlive":30}', 'MqttKeepAlive 100 => {"MqttKeepAlive":100}'],
    ["CmndMqttTimeout", 'MqttTimeout 101 => {"MqttTimeout":4}', 'MqttTimeout 1 => {"MqttTimeout":1}'],
    [
      "CmndMqttWifiTimeout",
      'MqttWifiTimeout 99 => {"MqttWifiTimeout":200}',
      'MqttWifiTimeout 1250 => {"MqttWifiTimeout":1200}',
    ],
    ["CmndMqttlog", 'MqttLog 4 => {"MqttLog":4}', 'MqttLog 5 => {"MqttLog":4}', 'MqttLog => {"MqttLog":4}'],
    ["CmndTopic", 'Topic a+b#c d => RSL: LWT =  | {"Topic":"a_b_c_d"}', 'Topic a+b#c d => {"Topic":"a_b_c_d"}'],
    [
      "CmndTopic",
      'Topic => {"Topic":"tasmota_%06X"}',
      'Topic 1 => {"Topic":"tasmota_%06X"}',
      'Topic 0 => RSL: LWT =  | {"Topic":"0"}',
    ],
    ["CmndTopic, SetOption10", 'SO10 1 => {"SetOption10":"ON"}', 'Topic x => RSL: LWT = Offline | {"Topic":"x"}'],
    [
      "CmndFullTopic",
      'FullTopic a#+ /%topic%/ => RSL: LWT =  | {"FullTopic":"a/%topic%/"}',
      'FullTopic 1 => RSL: LWT =  | {"FullTopic":"%prefix%/%topic%/"}',
    ],
    [
      "CmndPrefix",
      'Prefix => {"Prefix1":"cmnd","Prefix2":"stat","Prefix3":"tele"}',
      'Prefix2 a b => {"Prefix2":"a_b"}',
      'Prefix2 1 => {"Prefix2":"stat"}',
    ],
    ["CmndPrefix", 'Prefix4 => {"Command":"Error","Input":"PREFIX4"}', 'Prefix2 0 => {"Prefix2":"0"}'],
    [
      "CmndGroupTopic",
      'GroupTopic2 kitchen => {"GroupTopic1":"tasmotas","GroupTopic2":"kitchen","GroupTopic3":"","GroupTopic4":""}',
      'GroupTopic4 kitchen => {"GroupTopic1":"tasmotas","GroupTopic2":"kitchen","GroupTopic3":"","GroupTopic4":""}',
      'GroupTopic1 0 => {"GroupTopic1":"kitchen","GroupTopic2":"","GroupTopic3":"","GroupTopic4":""}',
      'GroupTopic1 " => {"GroupTopic1":"tasmotas","GroupTopic2":"","GroupTopic3":"","GroupTopic4":""}',
      'GroupTopic3 a b => {"GroupTopic1":"tasmotas","GroupTopic2":"a_b","GroupTopic3":"","GroupTopic4":""}',
      'GroupTopic5 => {"Command":"Error","Input":"GROUPTOPIC5"}',
    ],
    [
      "CmndGroupTopic",
      'GroupTopic2 tasmota_A1B2C3 => MQT: Error: GroupTopic must differ from Topic | {"GroupTopic1":"tasmotas","GroupTopic2":"","GroupTopic3":"","GroupTopic4":""}',
    ],
    [
      "CmndButtonTopic",
      'ButtonTopic 0 => {"ButtonTopic":""}',
      'ButtonTopic 1 => {"ButtonTopic":"tasmota_A1B2C3"}',
      'ButtonTopic 2 => {"ButtonTopic":"0"}',
    ],
    [
      "CmndSwitchTopic",
      'SwitchTopic " => {"SwitchTopic":""}',
      'SwitchTopic a b => {"SwitchTopic":"a_b"}',
      'SwitchTopic => {"SwitchTopic":"a_b"}',
    ],
    [
      "CmndPowerRetain",
      'PowerRetain => {"PowerRetain":"OFF"}',
      'PowerRetain 0 => RSL: POWER =  | {"PowerRetain":"OFF"}',
      'PowerRetain 2 => {"PowerRetain":"OFF"}',
    ],
    [
      "CmndPowerRetain",
      'SO90 1 => {"SetOption90":"ON"}',
      'PowerRetain 1 => {"PowerRetain":"ON"}',
      'SO90 => {"SetOption90":"OFF"}',
    ],
    [
      "CmndSensorRetain",
      'SensorRetain off => RSL: SENSOR =  | RSL: ENERGY =  | {"SensorRetain":"OFF"}',
      'SensorRetain on => {"SensorRetain":"ON"}',
    ],
    [
      "CmndInfoRetain",
      'InfoRetain 0 => RSL: INFO1 =  | RSL: INFO2 =  | RSL: INFO3 =  | {"InfoRetain":"OFF"}',
      'InfoRetain 1 => {"InfoRetain":"ON"}',
    ],
    ["CmndStateRetain", 'StateRetain 0 => RSL: STATE =  | {"StateRetain":"OFF"}'],
    [
      "CmndStatusRetain",
      `StatusRetain 0 => ${["", ...Array(14).keys()].map((i) => `RSL: STATUS${i} =  | `).join("")}{"StatusRetain":"OFF"}`,
    ],
    ["CmndButtonRetain", 'ButtonRetain 0 => {"ButtonRetain":"OFF"}', 'ButtonRetain 1 => {"ButtonRetain":"ON"}'],
    ["CmndPublish", "Publish a/b => RSL: b = ", "Publish a#b c d => RSL: a b = c d", "Publish2 x/y z => RSL: y = z"],
    [
      "CmndPublish",
      'Publish => {"Command":"Error","Input":"PUBLISH"}',
      "Publish3 a/b 0aff => RSL: b = 0AFF",
      "Publish3 a/b xyz => MQT: Invalid hex: xyz",
    ],
    [
      "CmndSetoptionBase",
      'MqttJSONOnly 1 => {"MqttJSONOnly":"ON"}',
      'MqttNoRetain => {"MqttNoRetain":"OFF"}',
      'MqttDetachRelay 1 => {"MqttDetachRelay":"ON"}',
    ],
    [
      "CmndTeleperiod",
      'TelePeriod 9 => {"TelePeriod":10}',
      'TelePeriod 1 => {"TelePeriod":300}',
      'TelePeriod 3601 => {"TelePeriod":300}',
    ],
    [
      "CmndStateText",
      'StateText2 a b => {"StateText2":"a_b"}',
      'StateText => {"StateText1":"OFF","StateText2":"a_b","StateText3":"TOGGLE","StateText4":"HOLD"}',
      'StateText5 => {"Command":"Error","Input":"STATETEXT5"}',
    ],
  ];
  test.each(rules)("%s: %s", (_, ...steps) => checkRule(steps));

  // Xdrv02: with SetOption3 0 nothing of kMqttCommands is known.
  test.each([
    ...["Topic", "FullTopic x", "MqttHost", "MqttPort 1883", "MqttUser", "MqttPassword2 x", "MqttClient", "MqttRetry"],
    ...[
      "MqttKeepAlive",
      "MqttTimeout",
      "MqttWifiTimeout",
      "MqttLog",
      "Prefix2",
      "GroupTopic",
      "ButtonTopic",
      "SwitchTopic",
    ],
    ...["Publish a b", "PowerRetain", "ButtonRetain", "SwitchRetain", "SensorRetain", "InfoRetain", "StateRetain"],
    ...["StatusRetain", "MqttJSONOnly", "MqttNoRetain", "MqttDetachRelay"],
  ])("Xdrv02: %s is unknown while MQTT is off", (command) => {
    const [name = "", ...rest] = command.split(" ");
    const input = [name.toUpperCase(), ...rest].join(" ");
    checkRule(['SO3 0 => {"SetOption3":"OFF"}', `${command} => {"Command":"Unknown","Input":"${input}"}`]);
  });

  test.each([
    ['TelePeriod => {"TelePeriod":300}', "CmndTeleperiod"],
    ['StateText2 => {"StateText2":"ON"}', "CmndStateText"],
    ['Status 6 => {"Command":"Error","Input":"STATUS 6"}', "CmndStatus"],
  ])("%s while MQTT is off (%s)", (step) => checkRule(['SO3 0 => {"SetOption3":"OFF"}', step]));
});

// WifiCheck: only the access point and the console's wait begin at once; CmndWifiConfig: while one is at work it restarts.
test.each([
  [0, false],
  [2, true],
  [5, false],
  [6, true],
  [7, false],
])("WifiConfig %i acts at once: %s", (tool, atOnce) => {
  const rig = new PlugRig();
  rig.board.powerOn();
  rig.board.run(2);
  rig.type("Backlog SSID1 TestNet;Password1 testpass123", 15);
  rig.type(`WifiConfig ${tool}`, 3);
  expect(rig.core.network.configuring).toBe(atOnce);
  expect(rig.core.network.station.connected).toBe(!atOnce);
  const from = rig.board.heard.length;
  rig.type("WifiConfig 4", 3);
  expect(rig.log(from).includes("APP: Restarting")).toBe(atOnce);
});
