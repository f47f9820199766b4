/**
 * Log, console and web server commands of Tasmota 15.2 in all their forms. Each rule names the function it was read from:
 * tasmota_support/support_command.ino, support.ino and tasmota_xdrv_driver/xdrv_01_9_webserver.ino.
 */
import { describe, test } from "vitest";
import { type CommandRule, checkRule } from "../../../../test/support/command-rules.ts";

describe("log and console", () => {
  const rules: readonly CommandRule[] = [
    [
      "CmndSeriallog",
      'SerialLog 3 => {"SerialLog":{"3":{"Active":"3"}}}',
      'SerialLog 5 => {"SerialLog":{"3":{"Active":"3"}}}',
    ],
    ["CmndSyslog", 'SysLog 2 => {"SysLog":{"2":{"Active":"2"}}}', 'SysLog -1 => {"SysLog":{"2":{"Active":"2"}}}'],
    ["CmndWeblog", 'WebLog 4 => {"WebLog":4}', 'WebLog 5 => {"WebLog":4}', 'WebLog off => {"WebLog":0}'],
    [
      "CmndLoghost",
      'LogHost x => {"LogHost":"x"}',
      'LogHost 0 => {"LogHost":"0"}',
      'LogHost " => {"LogHost":"\\""}',
      'LogHost 1 => {"LogHost":""}',
    ],
    [
      "CmndLogport",
      'LogPort 0 => {"LogPort":514}',
      'LogPort 65535 => {"LogPort":65535}',
      'LogPort 1 => {"LogPort":514}',
    ],
    [
      "CmndSerialBuffer",
      'SerialBuffer => {"SerialBuffer":256}',
      'SerialBuffer 1 => {"SerialBuffer":800}',
      'SerialBuffer 2 => {"SerialBuffer":256}',
    ],
    ["CmndSerialBuffer", 'SerialBuffer 3000 => {"SerialBuffer":2048}', 'SerialBuffer 300 => {"SerialBuffer":300}'],
    [
      "CmndSerialConfig",
      'SerialConfig => {"SerialConfig":"8N1"}',
      'SerialConfig 7E2x => SER: Set to 7E2 115200 bit/s | {"SerialConfig":"7E2"}',
      'SerialConfig 9N1 => {"SerialConfig":"7E2"}',
    ],
    [
      "CmndSerialConfig",
      'SerialConfig 23 => SER: Set to 8O2 115200 bit/s | {"SerialConfig":"8O2"}',
      'SerialConfig 24 => {"SerialConfig":"8O2"}',
      'SerialConfig 0 => SER: Set to 5N1 115200 bit/s | {"SerialConfig":"5N1"}',
    ],
    [
      "CmndSerialSend",
      'SerialSend => {"Command":"Error","Input":"SERIALSEND"}',
      'SerialSend7 x => {"Command":"Error","Input":"SERIALSEND7 x"}',
      'SerialSend12 x => {"SerialSend":"Done"}',
    ],
    [
      "CmndBaudrate",
      'Baudrate 299 => {"Baudrate":115200}',
      'Baudrate 9700 => SER: Set to 8N1 9600 bit/s | {"Baudrate":9600}',
    ],
  ];
  test.each(rules)("%s: %s", (_, ...steps) => checkRule(steps));
});

const COLOURS =
  '"#eaeaea","#252525","#4f4f4f","#000000","#dddddd","#65c115","#1f1f1f","#ff5661","#008000","#faffff","#1fa3ec","#0e70a4","#d43535","#931f1f","#47c266","#5aaf6f","#faffff","#999999","#eaeaea","#08405e"';

describe("web server", () => {
  const rules: readonly CommandRule[] = [
    [
      "CmndWebPassword",
      'WebPassword x => {"WebPassword":"x"}',
      'WebPassword2 y => {"WebPassword":"****"}',
      'WebPassword => {"WebPassword":"****"}',
    ],
    [
      "CmndWebPassword",
      'WebPassword3 z => {"WebPassword":"z"}',
      'WebPassword 0 => {"WebPassword":""}',
      'WebPassword 1 => {"WebPassword":""}',
    ],
    [
      "CmndWebRefresh",
      'WebRefresh 399 => {"WebRefresh":2345}',
      'WebRefresh 400 => {"WebRefresh":400}',
      'WebRefresh 65001 => {"WebRefresh":400}',
    ],
    [
      "CmndWebServer",
      'WebServer 3 => {"Webserver":"Active for Admin on tasmota-A1B2C3-4803 with IP address 0.0.0.0"}',
      'WebServer 0 => {"Webserver":"OFF"}',
    ],
    ["CmndEmulation", 'Emulation 3 => {"Emulation":0}', 'Emulation 2 => {"Emulation":2}'],
    ["CmndWebColor", `WebColor => {"WebColor":[${COLOURS}]}`, `WebColor1 #a1 => {"WebColor":[${COLOURS}]}`],
    [
      "WebHexCode",
      `WebColor1 #a1b => {"WebColor":[${COLOURS.replace("eaeaea", "aa11bb")}]}`,
      `WebColor 0 => {"WebColor":[${COLOURS}]}`,
    ],
    [
      "WebHexCode",
      `WebColor20 123456 => {"WebColor":[${COLOURS.replace("08405e", "123456")}]}`,
      `WebColor21 123456 => {"WebColor":[${COLOURS.replace("08405e", "123456")}]}`,
    ],
    ["JsonWebColor", `WebColor {"webcolor":["#fff"]} => {"WebColor":[${COLOURS.replace("eaeaea", "ffffff")}]}`],
    [
      "CmndWebTime",
      'WebTime => {"WebTime":[0,0],"Time":""}',
      'WebTime 0,4 => {"WebTime":[0,4],"Time":"1970"}',
      'WebTime 9 => {"WebTime":[0,4],"Time":"1970"}',
    ],
    [
      "CmndWebTime",
      'WebTime 8 4 => {"WebTime":[0,4],"Time":"1970"}',
      'WebTime 11,99 => {"WebTime":[11,19],"Time":"00:00:04"}',
    ],
    [
      "CmndWebButton",
      'WebButton2 Lamp => {"WebButton2":"Lamp"}',
      'WebButton17 RAM => {"WebButton17":"RAM"}',
      'WebButton2 "x => {"WebButton2":""}',
      'WebButton33 => {"Command":"Error","Input":"WEBBUTTON33"}',
    ],
    [
      "CmndWebCanvas",
      'WebCanvas red => {"WebCanvas":"red"}',
      'WebCanvas 1 => {"WebCanvas":"1"}',
      'WebCanvas 0 => {"WebCanvas":""}',
    ],
    [
      "CmndWebSensor",
      'WebSensor3 0 => {"WebSensor":"1,2,!3,4,5,6"}',
      'WebSensor3 1 => {"WebSensor":"1,2,3,4,5,6"}',
      'WebSensor200 0 => {"WebSensor":"1,2,3,4,5,6"}',
    ],
    [
      "CmndWebSend",
      'WebSend => {"Command":"Error","Input":"WEBSEND"}',
      'WebSend [10.0.0.9] Power => {"WebSend":"Connect failed"}',
      'WebSend ] => {"WebSend":"Wrong parameters"}',
    ],
    [
      "WebQuery",
      'WebQuery host => {"WebQuery":"Host not found"}',
      'WebQuery http://h/ DELETE => {"WebQuery":"Wrong parameters"}',
      'WebQuery http://h/ => {"WebQuery":"Connect failed"}',
    ],
  ];
  test.each(rules)("%s: %s", (_, ...steps) => checkRule(steps));
});
