/** What the plug tells of itself for others to find it, retained. Source: xdrv_12_discovery.ino; recordings of the messages. */
import type { TasmotaCore } from "../contract.ts";
import { macHex } from "./names.ts";

interface Publisher {
  publish(topic: string, payload: string, retained: boolean): boolean;
}

const FRIENDLY_NAMES = 8;
/** Places for relays, switches and buttons in the lists. */
const PLACES = 32;
/** SetOptions that tell others how to read and command the device. */
const ANNOUNCED_OPTIONS = [4, 11, 13, 17, 20, 30, 68, 73, 82, 114, 117] as const;

function repeated(value: string, count: number): string {
  return `[${Array.from({ length: count }, () => value).join(",")}]`;
}

function configuration(core: TasmotaCore): string {
  const { settings, network } = core;
  const text = (value: string): string => JSON.stringify(value);
  const friendly = Array.from({ length: FRIENDLY_NAMES }, (_, i) =>
    i < Math.max(1, core.relayCount) ? text(settings.text(`FriendlyName${i + 1}`)) : "null",
  );
  const states = [1, 2, 3, 4].map((i) => text(settings.text(`StateText${i}`)));
  const relays = Array.from({ length: PLACES }, (_, i) => (i < core.relayCount ? 1 : 0));
  const options = ANNOUNCED_OPTIONS.map((number) => `"${number}":${settings.option(number)}`);
  const prefixes = [1, 2, 3].map((i) => text(settings.text(`Prefix${i}`)));
  return `{${[
    `"ip":"${network.station.ip}"`,
    `"dn":${text(settings.text("DeviceName"))}`,
    `"fn":[${friendly.join(",")}]`,
    `"hn":"${network.hostname}"`,
    `"mac":"${macHex(core.host.mac)}"`,
    `"md":${text(core.moduleName)}`,
    '"ty":0,"if":0,"cam":0,"ofln":"Offline","onln":"Online"',
    `"state":[${states.join(",")}]`,
    `"sw":"${core.build.number}"`,
    `"t":${text(core.deviceTopic)}`,
    `"ft":${text(settings.text("FullTopic"))}`,
    `"tp":[${prefixes.join(",")}]`,
    `"rl":[${relays.join(",")}]`,
    `"swc":${repeated("-1", PLACES)}`,
    `"swn":${repeated("null", PLACES)}`,
    `"btn":${repeated("0", PLACES)}`,
    `"so":{${options.join(",")}}`,
    '"lk":0,"lt_st":0,"bat":0,"dslp":0,"sho":[],"sht":[],"ver":1',
  ].join(",")}}`;
}

function topic(core: TasmotaCore, part: "config" | "sensors"): string {
  return `tasmota/discovery/${macHex(core.host.mac)}/${part}`;
}

export function publishDiscovery(core: TasmotaCore, publisher: Publisher): void {
  publisher.publish(topic(core, "config"), configuration(core), true);
  publisher.publish(topic(core, "sensors"), `{"sn":${core.sensorJson(false)},"ver":1}`, true);
}

export function clearDiscovery(core: TasmotaCore, publisher: Publisher): void {
  publisher.publish(topic(core, "config"), "", true);
  publisher.publish(topic(core, "sensors"), "", true);
}
