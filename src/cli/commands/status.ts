/** `plugsmith status`: how a plug is, in a few lines. */
import { field, memberOf, numberField } from "../../core/tasmota/answer.ts";
import { query } from "../../core/tasmota/command.ts";
import { parseDevice, parseFirmware, parseNetwork, parseWifiLink } from "../../core/tasmota/status.ts";
import { readMoment } from "../../engine/tasmota/restart.ts";
import type { CommandModule } from "../command.ts";
import { declareTarget, openTarget, withPassword } from "../tasmota/target.ts";

export const statusCommand: CommandModule = {
  declare: (command) => void declareTarget(command),
  run: async (run) => {
    const target = await openTarget(run);
    const ask = (name: string) => target.client.send(query(name), { signal: run.signal });
    try {
      return await withPassword(run, target, async () => {
        const device = parseDevice(await ask("Status"));
        const firmware = parseFirmware(await ask("Status 2"));
        const network = parseNetwork(await ask("Status 5"));
        const link = parseWifiLink(await ask("Status 11"));
        const energy = field(memberOf(await ask("Status 8"), "StatusSNS"), "ENERGY");
        const { uptime } = await readMoment(target.client, target.clock, run.signal);
        const meter = ["Voltage", "Current", "Power"].map((key) => numberField(energy, key));
        const known = (value: string | number | undefined): string =>
          value === undefined ? "not told" : String(value);
        return {
          data: {
            ...device,
            ...firmware,
            ...network,
            ...link,
            uptime,
            voltage: meter[0],
            current: meter[1],
            power: meter[2],
          },
          answer: [
            `Name      ${known(device.deviceName)}, topic ${known(device.topic)}`,
            `MAC       ${known(network.mac)}`,
            `Firmware  ${known(firmware.version)} (${known(firmware.image)}) on ${known(firmware.hardware)}, up ${uptime} s`,
            `Network   ${known(network.address)}, ${link === undefined ? "in no Wi-Fi" : `Wi-Fi ${link.ssid}, ${known(link.signal)} dBm`}`,
            `Relay     ${device.relayOn === undefined ? "not told" : device.relayOn ? "on" : "off"}, as the plug reports it`,
            ...(energy === undefined
              ? []
              : [`Meter     ${known(meter[0])} V, ${known(meter[1])} A, ${known(meter[2])} W`]),
          ],
        };
      });
    } finally {
      await target.close();
    }
  },
};
