/** `plugsmith status`: how a plug is, in a few lines. */

import {
  type Answer,
  asText,
  list,
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
import { type CommandModule, type CommandOutcome, type CommandRun, defineCommand } from "../command.ts";
import { row } from "../render/answer.ts";
import { atTarget } from "../tasmota/network-plug.ts";
import { TARGET_OPTIONS, type Target, withPassword } from "../tasmota/target.ts";

export const statusCommand: CommandModule = defineCommand({
  options: TARGET_OPTIONS,
  run: (run, options) => atTarget(run, options, (target) => status(run, target)),
});

async function status(run: CommandRun, target: Target): Promise<CommandOutcome> {
  const damaged: string[] = [];
  const ask = async (name: string): Promise<Answer> => {
    const answer = await target.client.send(query(name), { signal: run.signal });
    damaged.push(...(answer.damaged ?? []));
    return answer;
  };
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
        row(say`Name`, say`${known(device.deviceName)}, topic ${known(device.topic)}`),
        row("MAC", known(network.mac)),
        row(
          say`Firmware`,
          say`${known(firmware.version)} (${known(firmware.image)}) on ${known(firmware.hardware)}, running for ${uptime} s`,
        ),
        row(
          say`Network`,
          link === undefined
            ? say`${known(network.address)}, not on Wi-Fi`
            : say`${known(network.address)}, Wi-Fi ${link.ssid}, ${known(link.signal)} dBm`,
        ),
        row(say`Relay`, device.relayOn === undefined ? say`not reported` : device.relayOn ? say`on` : say`off`),
        ...(meter === undefined
          ? []
          : [row(say`Meter`, say`${known(meter.voltage)} V, ${known(meter.current)} A, ${known(meter.power)} W`)]),
        ...(damaged.length === 0
          ? []
          : [row(say`Damaged`, say`${list(damaged)}: this part of the plug's answer could not be read`)]),
      ],
    };
  });
}
