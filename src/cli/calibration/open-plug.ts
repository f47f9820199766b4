/** A plug in the network whose meter is worked on: reached, its journal open and locked. */
import {
  type CalibrationParts,
  type CalibrationRecords,
  type Clock,
  commandLink,
  type HttpClient,
  macOfPlug,
  openCalibrationRecords,
  tasmotaMeter,
} from "../../engine/index.ts";
import type { CommandRun } from "../command.ts";
import { atPlug } from "../tasmota/network-plug.ts";
import { type AddressOptions, withPassword } from "../tasmota/target.ts";

/**
 * Runs `work` on the plug that the options name.
 * @param clock paces the readings.
 */
export async function withPlug<T, O>(
  run: CommandRun,
  options: AddressOptions & { readonly port: string | undefined },
  clock: Clock,
  work: (parts: CalibrationParts, mac: string) => Promise<T>,
  outcome: (result: T, mac: string) => O,
): Promise<O> {
  return await atPlug(run, options, async (target, { home, operator, address }) => {
    const mac = await withPassword(run, target, () => macOfPlug(target.client, run.signal));
    const records = await openCalibrationRecords(home.files, home.path, mac);
    try {
      const parts = partsFor(run, address === undefined ? clock : target.clock, target.client, records);
      return outcome(await work({ ...parts, operator }, mac), mac);
    } finally {
      await records.close();
    }
  });
}

export function partsFor(
  run: CommandRun,
  clock: Clock,
  client: HttpClient,
  records: CalibrationRecords,
): CalibrationParts {
  return {
    clock,
    meter: tasmotaMeter(commandLink(client)),
    operator: run.operator,
    events: run.emit,
    records,
    signal: run.signal,
  };
}
