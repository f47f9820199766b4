/** A plug by its MAC in ranges of addresses, whichever firmware answers for it. */
import type { FirmwareDriver } from "./firmware-driver/contract.ts";
import type { SearchPorts } from "./firmware-driver/finder.ts";
import { FIRMWARE_DRIVERS } from "./firmware-drivers.ts";

/** Its address; the first range that holds it ends the search. Errors: bad-argument, aborted. */
export async function locateIn(
  ports: SearchPorts,
  ranges: readonly string[],
  mac: string,
  signal?: AbortSignal,
  drivers: readonly Pick<FirmwareDriver, "finder">[] = FIRMWARE_DRIVERS,
): Promise<string | undefined> {
  for (const range of ranges) {
    for (const { finder } of drivers) {
      const there = (await finder.scanRange(ports, range, signal)).find((plug) => plug.mac === mac);
      if (there !== undefined) return there.address;
    }
  }
  return undefined;
}
