/** A firmware image that the virtual chip executes, at mains with a load, and its console as text. */

import { Esp8285 } from "../../src/sim/chip/esp8285.ts";
import { FLASH_PARTS } from "../../src/sim/chip/flash-parts.ts";
import { NorFlash } from "../../src/sim/chip/nor-flash.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { Load } from "../../src/sim/world/load.ts";
import { Mains } from "../../src/sim/world/mains.ts";
import { MeterChip } from "../../src/sim/world/meter-chip.ts";
import { SharedEther } from "../../src/sim/world/network/shared-ether.ts";
import { MAC } from "./chip-rig.ts";

/** The console's rate in every build of Tasmota that has not been told another. */
const BAUD = 115_200;
const RELAY = 15;
const BEACON = 0x80;
/** In a beacon: after header, timestamp, interval and capabilities comes the SSID's element. */
const SSID_LENGTH_AT = 24 + 12 + 1;

export class ExecutedFirmware {
  readonly clock: SimClock = new SimClock();
  readonly ether: SharedEther = new SharedEther();
  readonly chip: Esp8285;
  /** Names of the networks that it has announced. */
  readonly networks: Set<string> = new Set();
  text = "";

  constructor(image: Uint8Array, watts = 0) {
    const contents = new Uint8Array(0x100000).fill(0xff);
    contents.set(image);
    this.ether.join({
      hear: ({ bytes }) => {
        if (bytes[0] === BEACON) {
          const name = bytes.subarray(SSID_LENGTH_AT + 1, SSID_LENGTH_AT + 1 + bytes[SSID_LENGTH_AT]!);
          this.networks.add(new TextDecoder().decode(name));
        }
        return false;
      },
    });
    const mains = new Mains(this.clock, { drift: 0, noise: 0 });
    const meter = new MeterChip(
      this.clock,
      mains,
      new Load({ watts }),
      (): boolean => this.chip.pins.level(RELAY) === 1,
    );
    const flash = new NorFlash({ part: FLASH_PARTS.GD25Q80, contents });
    this.chip = new Esp8285({ clock: this.clock, flash, mac: MAC, ether: this.ether, meter });
    this.chip.onTransmit = ({ value }) => {
      this.text += String.fromCharCode(value);
    };
    this.chip.setPower(true);
  }

  pass(seconds: number): void {
    this.clock.runInternal(this.clock.now + seconds * 1e6);
  }

  /** Types a line and waits. @returns what was printed meanwhile. */
  command(line: string, seconds: number): string {
    const before = this.text.length;
    const bitTime = 1e6 / BAUD;
    let at = this.clock.now;
    for (const character of `${line}\n`) {
      const startAt = at;
      at += 10 * bitTime;
      this.clock.at(at, () => this.chip.receive({ value: character.charCodeAt(0), startAt, bitTime }));
    }
    this.pass(seconds);
    return this.text.slice(before);
  }
}
