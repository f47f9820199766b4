/**
 * Listens on a serial line for a meter's reading that only mains can cause: then mains is on the wires and on anyone who
 * touches them. An extra, never a protection: with the relay off the plug's meter reads 0 V.
 */
import { PlugsmithError } from "../errors.ts";
import { say } from "../text/text.ts";

/** V. A bench supply cannot make a mains divider read so much; mains reads 100 V and more. */
const MAINS_ABOVE_V = 30;
/** A longer run without a line end is not Tasmota's. */
const LONGEST_LINE = 16_384;

/** Voltage of the energy group, one number or one for each phase (xdrv_03_energy.ino, ResponseAppend "Voltage"). */
const VOLTAGE = /"ENERGY":.*?"Voltage":\[?([\d.,]+)/;

export class MainsWatch {
  #line = "";

  /** The error to stop with, as soon as these bytes complete such a reading. */
  hear(bytes: Uint8Array): PlugsmithError | undefined {
    for (const byte of bytes) {
      const letter = String.fromCharCode(byte);
      // The reading is over where its number ends, long before the line does.
      const volts = letter === "," || letter === "}" || letter === "]" || letter === "\n" ? this.#volts() : 0;
      if (volts > MAINS_ABOVE_V) return mainsOnWires(volts);
      this.#line = letter === "\n" || this.#line.length > LONGEST_LINE ? "" : this.#line + letter;
    }
    return undefined;
  }

  #volts(): number {
    const reported = VOLTAGE.exec(this.#line)?.[1];
    return reported === undefined ? 0 : Math.max(...reported.split(",").map(Number).filter(Number.isFinite));
  }
}

function mainsOnWires(volts: number): PlugsmithError {
  return new PlugsmithError("mains-on-wires", {
    message: say`MAINS ON THE WIRES (${Math.round(volts)} V): touch nothing, switch the mains off.`,
    plugState: say`its meter reads mains while a serial line is open: every wire and the computer may be live`,
    nextStep: say`Touch neither plug nor wires nor computer. Switch the socket off at its breaker, then pull the plug out. Mains and wires never meet: close the case first.`,
    context: { voltage: volts },
  });
}
