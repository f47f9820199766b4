import { describe, expect, test } from "vitest";
import { parseMembers } from "./answer.ts";
import {
  parseDevice,
  parseFirmware,
  parseMemory,
  parseMeter,
  parseMqtt,
  parseNetwork,
  parseWifiLink,
} from "./status.ts";

const answer = (json: string) => ({ members: parseMembers(json)! });

describe("Status as version 15.2 answers", () => {
  test("is read", () => {
    const device =
      '{"Status":{"Module":0,"DeviceName":"Plug","FriendlyName":["Plug"],"Topic":"plug","Power":"1","PowerOnState":3}}';
    expect(parseDevice(answer(device))).toMatchObject({
      module: 0,
      friendlyName: "Plug",
      relayOn: true,
      powerOnState: 3,
    });
    const firmware = '{"StatusFWR":{"Version":"15.2.0.2(tasmota)","Hardware":"ESP8285N08","CR":"384/699"}}';
    expect(parseFirmware(answer(firmware))).toEqual({
      version: "15.2.0.2",
      image: "tasmota",
      hardware: "ESP8285N08",
      texts: { used: 384, size: 699 },
    });
    const network =
      '{"StatusNET":{"Hostname":"plug","IPAddress":"0.0.0.0","Mac":"5C:CF:7F:0A:0B:0C","Webserver":2,"HTTP_API":1,"WifiConfig":4}}';
    expect(parseNetwork(answer(network))).toMatchObject({
      address: undefined,
      mac: "5ccf7f0a0b0c",
      httpApi: true,
      wifiConfig: 4,
    });
    expect(
      parseWifiLink(answer('{"StatusSTS":{"UptimeSec":11,"Hostname":"plug","IPAddress":"0.0.0.0"}}')),
    ).toBeUndefined();
  });
});

describe("Status as versions 9 and 10 answered", () => {
  test("tells the relay as a number and the flash mode as one, and lacks what came later", () => {
    const device =
      '{"Status":{"Module":0,"DeviceName":"Plug","FriendlyName":["Plug"],"Topic":"plug","Power":1,"PowerOnState":3}}';
    expect(parseDevice(answer(device)).relayOn).toBe(true);
    expect(
      parseMemory(
        answer('{"StatusMEM":{"ProgramSize":616,"Free":384,"ProgramFlashSize":1024,"FlashSize":1024,"FlashMode":3}}'),
      ),
    ).toEqual({
      free: 384,
      flashSize: 1024,
      programFlashSize: 1024,
      flashMode: "DOUT",
    });
    const network =
      '{"StatusNET":{"Hostname":"plug","IPAddress":"192.168.1.50","DNSServer":"192.168.1.1","Mac":"5C:CF:7F:0A:0B:0C","Webserver":2,"WifiConfig":4}}';
    expect(parseNetwork(answer(network))).toMatchObject({ address: "192.168.1.50", httpApi: undefined });
    expect(parseFirmware(answer('{"StatusFWR":{"Version":"9.1.0(release-tasmota)"}}'))).toMatchObject({
      version: "9.1.0",
      image: "release-tasmota",
      texts: undefined,
    });
  });
});

/** Shapes of ENERGY: Tasmota tasmota/tasmota_xdrv_driver/xdrv_03_energy.ino (EnergyFmt: a list where channels differ). */
test.each([
  ['{"Power":52,"Voltage":231,"Current":0.24}', { power: 52, voltage: 231, current: 0.24 }],
  ['{"Power":[52,5],"Voltage":231,"Current":[0.240,0.031]}', { power: [52, 5], voltage: 231, current: [0.24, 0.031] }],
  ['{"Power":[0,5,7]}', { power: [0, 5, 7], voltage: undefined, current: undefined }],
  ['{"Power":[52,null],"Voltage":"231"}', { power: undefined, voltage: 231, current: undefined }],
])("the meter of ENERGY %s is read, each channel for itself", (energy, expected) => {
  expect(parseMeter(answer(`{"StatusSNS":{"ENERGY":${energy}}}`))).toEqual(expected);
});

test("a plug without a meter has none", () => {
  expect(parseMeter(answer('{"StatusSNS":{"Time":"2026-11-30T12:00:00"}}'))).toBeUndefined();
});

test("every part of Status 0 that is used is read from the answer's own member", () => {
  const device = '{"Status":{"DeviceName":"Plug","Topic":"plug","FriendlyName":["One","Two"],"Power":"10"}}';
  expect(parseDevice(answer(device))).toMatchObject({
    deviceName: "Plug",
    topic: "plug",
    friendlyName: "One",
    relayOn: false,
  });
  expect(parseDevice(answer('{"Status":{"Power":"01"}}')).relayOn).toBe(true);
  expect(parseDevice(answer('{"Status":{"Power":"off"}}')).relayOn).toBeUndefined();
  expect(parseDevice(answer('{"Status":{"FriendlyName":"Old"}}')).friendlyName).toBe("Old");
  const built = '{"StatusFWR":{"Version":"15.2.0(tasmota)","BuildDateTime":"2025-12-24T15:29:16"}}';
  expect(parseFirmware(answer(built)).built).toBe("2025-12-24T15:29:16");
  const network = '{"StatusNET":{"Hostname":"plug","IPAddress":"","Mac":"5C:CF","Webserver":2,"HTTP_API":0}}';
  expect(parseNetwork(answer(network))).toMatchObject({
    hostname: "plug",
    address: undefined,
    mac: undefined,
    webServer: 2,
    httpApi: false,
  });
  const link = '{"StatusSTS":{"Wifi":{"AP":1,"SSId":"Home","Signal":-55}}}';
  expect(parseWifiLink(answer(link))).toEqual({ ssid: "Home", signal: -55 });
  const mqtt = '{"StatusMQT":{"MqttHost":"broker","MqttPort":1883,"MqttUser":"DVES_USER"}}';
  expect(parseMqtt(answer(mqtt))).toEqual({ host: "broker", port: 1883, user: "DVES_USER" });
});
