/**
 * The terms that a person meets in questions, each explained in a sentence or two. `docs/guide/glossary.md` is written
 * from this, and `?` at a question explains the terms in it.
 */
import { say, type Text } from "./text.ts";

export interface Term {
  readonly name: string;
  /** How it occurs in an English sentence. */
  readonly pattern: RegExp;
  readonly explanation: Text;
}

/** In the order of the alphabet. */
export const GLOSSARY: readonly Term[] = [
  {
    name: "access point",
    pattern: /\baccess points?\b/i,
    explanation: say`A Wi-Fi network that a device opens itself. Fresh Tasmota opens one named tasmota-… so that you can give it the name and passphrase of your own network.`,
  },
  {
    name: "boot ROM",
    pattern: /\bboot ROM\b|\bROM\b/,
    explanation: say`The program that the manufacturer built into the chip. It runs first after every start and cannot be erased. It accepts new firmware over the serial line, which is why a chip can always be rescued.`,
  },
  {
    name: "CAT II",
    pattern: /\bCAT II\b/,
    explanation: say`Measurement category of IEC 61010: the instrument withstands the voltage spikes at a wall socket. Measuring there needs at least "CAT II 300 V"; an instrument without it can burst.`,
  },
  {
    name: "continuity",
    pattern: /\bcontinuity\b/i,
    explanation: say`Two points are connected by metal. The multimeter beeps in its continuity setting. Use it only on a board without power.`,
  },
  {
    name: "download mode",
    pattern: /\bdownload mode\b/i,
    explanation: say`The chip waits for firmware over the serial line instead of starting the firmware in its flash. It enters this mode when GPIO0 is connected to ground at power-on.`,
  },
  {
    name: "earth resistance",
    pattern: /\bearth resistance\b/i,
    explanation: say`Resistance of the protective earth from one end of the plug to the other. The limit is 0.3 Ω, because in a fault the earth carries the current that trips the fuse.`,
  },
  {
    name: "expanded uncertainty",
    pattern: /\bexpanded uncertainty\b|±/i,
    explanation: say`How far the true value can be from the stated one. "± 1 %" is stated for k = 2: the true value is within this range in about 95 of 100 cases.`,
  },
  {
    name: "flash",
    pattern: /\bflash\b/i,
    explanation: say`The memory of the chip that keeps its contents without power: firmware and settings. The EP2 has 1 MiB of it, inside the chip.`,
  },
  {
    name: "GND",
    pattern: /\bGND\b|\bground\b/i,
    explanation: say`Ground, the common 0 V of the adapter and the board. Connect it first: without it no signal has a meaning. It is not the protective earth of the mains.`,
  },
  {
    name: "GPIO0",
    pattern: /\bGPIO0\b/,
    explanation: say`A pin of the chip that decides at power-on what starts: download mode when it is connected to ground, the firmware when it is free. Release it before the firmware runs, because the firmware uses the same pin for an LED or a button.`,
  },
  {
    name: "image",
    pattern: /\bimages?\b/i,
    explanation: say`A file that contains firmware exactly as it is written to the flash, such as tasmota.bin.`,
  },
  {
    name: "insulation resistance",
    pattern: /\binsulation\b/i,
    explanation: say`Resistance between the mains pins and everything that you can touch, measured at 500 V with an insulation tester. It must be at least 1 MΩ. A multimeter measures with a few volts and proves nothing here.`,
  },
  {
    name: "k = 2",
    pattern: /\bk ?= ?2\b/,
    explanation: say`Coverage factor of an uncertainty: twice the standard uncertainty, which covers about 95 of 100 cases.`,
  },
  {
    name: "MAC",
    pattern: /\bMAC\b/,
    explanation: say`The chip's own number, 12 hexadecimal digits, set by the manufacturer. It is unique, so every record identifies the plug by it.`,
  },
  {
    name: "MD5",
    pattern: /\bMD5\b/,
    explanation: say`A digest of 128 bits. The chip computes it over its own flash, and plugsmith uses it to prove what the flash contains. It detects transmission errors; SHA-256 also protects against forgery.`,
  },
  {
    name: "pad",
    pattern: /\bpads?\b/i,
    explanation: say`A bare metal area on the board to which you can solder a wire.`,
  },
  {
    name: "passphrase",
    pattern: /\bpassphrase\b/i,
    explanation: say`The password of a Wi-Fi network, 8 to 63 characters.`,
  },
  {
    name: "proven",
    pattern: /\bproven?\b|\bproof\b/i,
    explanation: say`Not only sent: compared with the chip's own digest of its flash, or read back from the plug.`,
  },
  {
    name: "RCD",
    pattern: /\bRCD\b/,
    explanation: say`Residual-current device: it switches off within a fraction of a second when current leaks to earth, for example through a person. To protect people it must be a 30 mA type.`,
  },
  {
    name: "RX and TX",
    pattern: /\b(?:RX|TX)\b/,
    explanation: say`Receive and transmit, the two signals of a serial line. They cross over: TX of one side goes to RX of the other.`,
  },
  {
    name: "sealed",
    pattern: /\bsealed\b/i,
    explanation: say`A backup is sealed when its digest equals the chip's own digest of its flash and it is stored with its manifest. Only then does plugsmith erase the flash.`,
  },
  {
    name: "series bulb",
    pattern: /\bseries bulb\b|\bfilament bulb\b/i,
    explanation: say`A filament bulb of 40 to 100 W between the socket and the plug. If the plug has a short circuit, the bulb lights up and nothing burns.`,
  },
  {
    name: "SHA-256",
    pattern: /\bSHA-256\b/,
    explanation: say`A digest of 256 bits that identifies a file. If one bit changes, the digest changes, and nobody can make a second file with the same digest.`,
  },
  {
    name: "stand-in",
    pattern: /\bstand-in\b/i,
    explanation: say`The part of the virtual plug that answers like Tasmota. It is not Tasmota: the image that you will flash is not executed.`,
  },
  {
    name: "strap",
    pattern: /\bstraps?\b/i,
    explanation: say`A pin that the chip reads once, at power-on, to decide how to start. GPIO0, GPIO2 and GPIO15 are straps.`,
  },
  {
    name: "stub",
    pattern: /\bstub\b/i,
    explanation: say`A small program that plugsmith loads into the chip's working memory. It reads and writes the flash faster than the boot ROM, and disappears at the next restart.`,
  },
  {
    name: "supply",
    pattern: /\b3\.3 V\b|\bsupply\b/i,
    explanation: say`The power source of the chip while the case is open: 3.3 V, never 5 V. The radio briefly needs up to 400 mA. The 3.3 V pin of many adapters supplies 50 mA, which is enough for flashing but not for Wi-Fi.`,
  },
  {
    name: "topic",
    pattern: /\btopic\b/i,
    explanation: say`The plug's name at the MQTT broker. It is part of the address of every message to and from the plug.`,
  },
];

/** The terms that occur in a question. @param english its sentences in English. */
export function termsIn(english: string): readonly Term[] {
  return GLOSSARY.filter(({ pattern }) => pattern.test(english));
}
