import { expect, test } from "vitest";
import { MacScanner } from "./mac-scanner.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Answers to `Status 5` as Tasmota words them (support_command.ino, CmndStatus; support.ino, AddLogData). */
const TELLING = [
  '00:00:10.123 RSL: STATUS5 = {"StatusNET":{"Hostname":"tasmota-A1B212-0530","IPAddress":"192.168.1.51","Gateway":"192.168.1.1","Subnetmask":"255.255.255.0","DNSServer1":"192.168.1.1","DNSServer2":"0.0.0.0","Mac":"C4:4F:33:A1:B2:12","Webserver":2,"HTTP_API":1,"WifiConfig":4,"WifiPower":17.0}}\r\n',
  '10:22:31 MQT: stat/kettle/STATUS5 = {"StatusNET":{"Hostname":"kettle","IPAddress":"0.0.0.0","Mac":"c4:4f:33:a1:b2:12"}}\r\n',
  'stat/STATUS5 = {"StatusNET":{"Mac":"C4:4F:33:A1:B2:12"}}',
];

test.each(TELLING)("a plug that answers Status 5 tells its MAC: %s", (text) => {
  expect(new MacScanner().hear(bytes(text))).toBe("c44f33a1b212");
});

test("the answer may come a byte at a time, between noise that is no text", () => {
  for (const text of TELLING) {
    const spoken = new MacScanner();
    spoken.hear(Uint8Array.from({ length: 5000 }, (_, i) => (i * 37) & 0xff));
    const reported = [...bytes(text)].map((byte) => spoken.hear(Uint8Array.of(byte)));
    expect(reported.filter((each) => each !== undefined)).toEqual(["c44f33a1b212"]);
  }
});

test.each([
  '00:00:10 RSL: RESULT = {"WiFiScan":{"NET1":{"SSId":"x","BSSId":"C4:4F:33:A1:B2:12"}}}\r\n',
  '00:00:10 RSL: STATUS11 = {"StatusSTS":{"Wifi":{"BSSId":"C4:4F:33:A1:B2:12"}}}\r\n',
  '00:00:10 RSL: STATUS5 = {"StatusNET":{"Hostname":"x"\r\n"Mac":"C4:4F:33:A1:B2:12"}}\r\n',
  "00:00:00.001 Project tasmota - Tasmota Version 15.2.0(tasmota)-3_1_2(2025-12-24T15:29:16)\r\n",
])("other words tell none: %s", (text) => {
  expect(new MacScanner().hear(bytes(text))).toBeUndefined();
});

test("half an answer is not completed by what another contact says", () => {
  const spoken = new MacScanner();
  spoken.hear(bytes('RSL: STATUS5 = {"StatusNET":{"Hostname":"x",'));
  spoken.forget();
  expect(spoken.hear(bytes('"Mac":"C4:4F:33:A1:B2:12"}}'))).toBeUndefined();
});
