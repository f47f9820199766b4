/** `plugsmith status`: how a plug is, in a few lines. */

import {
  type Answer,
  asText,
  parseDevice,
  parseFirmware,
  parseMeter,
  parseNetwork,
  parseWifiLink,
  query,
  say,
  type Text,
} from "../../core/index.ts";
import { readMoment } from "../../engine/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { openTarget, TARGET_OPTIONS, withPassword } from "../tasmota/target.ts";

export const statusCommand: CommandModule = defineCommand({
  options: TARGET_OPTIONS,
  run: async (run, options) => {
    const target = await openTarget(run, options);
    const damaged: string[] = [];
    const ask = async (name: string): Promise<Answer> => {
      const answer = await target.client.send(query(name), { signal: run.signal });
      damaged.push(...(answer.damaged ?? []));
      return answer;
    };
    try {
      return await withPassword(run, target, async () => {
        const device = parseDevice(await ask("Status"));
        const firmware = parseFirmware(await ask("Status 2"));
        const network = parseNetwork(await ask("Status 5"));
        const link = parseWifiLink(await ask("Status 11"));
        const meter = parseMeter(await ask("Status 8"));
        const { uptime } = await readMoment(target.client, target.clock, run.signal);
        const known = (value: string | number | readonly number[] | undefined): Text =>
          value === undefined ? say`not reported` : asText([value].flat().join(" / "));
        return {
          data: {
            ...device,
            ...firmware,
            ...network,
            ...link,
            uptime,
            voltage: meter?.voltage,
            current: meter?.current,
            power: meter?.power,
            damaged,
          },
          answer: [
            say`Name      ${known(device.deviceName)}, topic ${known(device.topic)}`,
            say`MAC       ${known(network.mac)}`,
            say`Firmware  ${known(firmware.version)} (${known(firmware.image)}) on ${known(firmware.hardware)}, up ${uptime} s`,
            say`Network   ${known(network.address)}, ${link === undefined ? say`not on Wi-Fi` : say`Wi-Fi ${link.ssid}, ${known(link.signal)} dBm`}`,
            say`Relay     ${device.relayOn === undefined ? say`not reported` : device.relayOn ? say`on` : say`off`}, as the plug reports it`,
            ...(meter === undefined
              ? []
              : [say`Meter     ${known(meter.voltage)} V, ${known(meter.current)} A, ${known(meter.power)} W`]),
            ...(damaged.length === 0
              ? []
              : [say`Damaged   ${damaged.join(", ")}: the plug's answer could not be read there; the rest is whole`]),
          ],
        };
      });
    } finally {
      await target.close();
    }
  },
});
