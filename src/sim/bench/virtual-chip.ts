/** The chip for a bench, made from the bench's options. */

import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { Esp8285 } from "../chip/esp8285.ts";
import { FLASH_PARTS, type FlashPart, type FlashPartName } from "../chip/flash-parts.ts";
import { NorFlash } from "../chip/nor-flash.ts";
import type { SeededRandom } from "../world/seeded-random.ts";
import type { BenchOptions } from "./contract.ts";
import { vendorImage } from "./vendor-image.ts";

/** An Espressif vendor prefix (IEEE OUI list), as the EP2 of the story may have it. */
const MAC_PREFIX = [0xc4, 0x4f, 0x33];

/** The EP2's relay (its published template). Pulled low until a firmware drives it. */
const RELAY_GPIO = 15;

/** Errors: bad-argument for an unknown flash part or a flash that no part has the size of. */
export function virtualChip(options: BenchOptions, random: SeededRandom): Esp8285 {
  const part = flashPart(options.flashPart ?? "GD25Q80", options.flash?.length);
  const contents = options.flash ?? vendorImage(random.fork("vendor"), part.size);
  const seed = random.fork("chip").uint32();
  const mac = options.mac ?? Uint8Array.from([...MAC_PREFIX, ...random.fork("mac").bytes(3)]);
  const relayClosed = (): boolean => chip.pins.level(RELAY_GPIO) === 1;
  const { firmwares, meter, radio, ether, variant, costScale, romDump, flashChanged, kept } = options;
  const chip: Esp8285 = new Esp8285({
    clock: options.clock,
    flash: new NorFlash({ part, contents, timings: options.flashTimings ?? "typical", seed }),
    mac,
    seed,
    firmwares,
    meter: meter?.(relayClosed),
    radio: radio?.(mac),
    ether,
    variant,
    costScale,
    romDump,
    flashChanged,
    kept,
  });
  return chip;
}

/** The named part; with contents of another size, a part of that size that is like it otherwise. */
function flashPart(name: string, size: number | undefined): FlashPart {
  if (!(name in FLASH_PARTS)) {
    throw new PlugsmithError("bad-argument", {
      message: say`There is no virtual flash part "${name}".`,
      nextStep: say`Use one of ${Object.keys(FLASH_PARTS).join(", ")}.`,
    });
  }
  const part = FLASH_PARTS[name as FlashPartName];
  if (size === undefined || size === part.size) return part;
  const capacity = Math.log2(size);
  if (!Number.isInteger(capacity) || size < 0x10000) {
    throw new PlugsmithError("bad-argument", {
      message: say`${size} bytes is not the size of a flash part.`,
      nextStep: say`Give a power of two, 64 KiB or more.`,
    });
  }
  return { ...part, size, jedec: [part.jedec[0], part.jedec[1], capacity] };
}
