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
    explanation: say`Program that the maker burnt into the chip. It runs first after every start, cannot be erased, and takes a new firmware over the serial line: that is why a chip can be rescued.`,
  },
  {
    name: "CAT II",
    pattern: /\bCAT II\b/,
    explanation: say`Measurement category of IEC 61010: the instrument survives the voltage spikes at a wall socket. "CAT II 300 V" is the least for measuring there; instruments without it may burst.`,
  },
  {
    name: "continuity",
    pattern: /\bcontinuity\b/i,
    explanation: say`Two points are joined by metal. The multimeter's continuity setting beeps; it is used on a board without any power.`,
  },
  {
    name: "download mode",
    pattern: /\bdownload mode\b/i,
    explanation: say`The chip waits for a firmware over the serial line instead of starting the one it holds. It enters this mode when GPIO0 is held to ground while power comes on.`,
  },
  {
    name: "earth resistance",
    pattern: /\bearth resistance\b/i,
    explanation: say`Resistance of the protective earth from one end of the plug to the other. At most 0.3 Ω: in a fault the earth has to carry the current that trips the fuse.`,
  },
  {
    name: "expanded uncertainty",
    pattern: /\bexpanded uncertainty\b|±/i,
    explanation: say`How far the true value may be from the one given. "± 1 %" stands for k = 2: the true value is within it in about 95 of 100 cases.`,
  },
  {
    name: "flash",
    pattern: /\bflash\b/i,
    explanation: say`The chip's memory that keeps its contents without power: firmware and settings. The EP2 has 1 MiB of it, inside the chip.`,
  },
  {
    name: "GND",
    pattern: /\bGND\b|\bground\b/i,
    explanation: say`Ground, the common zero volts of the adapter and the board. It is joined first: no signal means anything without it. It is not the protective earth of the mains.`,
  },
  {
    name: "GPIO0",
    pattern: /\bGPIO0\b/,
    explanation: say`A pin of the chip that decides at power-on what is started: held to ground, download mode; free, the firmware. Release it before the firmware runs, which uses the same pin for an LED or a button.`,
  },
  {
    name: "image",
    pattern: /\bimages?\b/i,
    explanation: say`A file with a firmware as it is written into the flash, such as tasmota.bin.`,
  },
  {
    name: "insulation resistance",
    pattern: /\binsulation\b/i,
    explanation: say`Resistance between the mains pins and everything that a hand can touch, measured with 500 V by an insulation tester. At least 1 MΩ. A multimeter measures with a few volts and proves nothing here.`,
  },
  {
    name: "k = 2",
    pattern: /\bk ?= ?2\b/,
    explanation: say`Coverage factor of an uncertainty: twice the standard uncertainty, which holds in about 95 of 100 cases.`,
  },
  {
    name: "MAC",
    pattern: /\bMAC\b/,
    explanation: say`The chip's own number, 12 hexadecimal digits, burnt in by the maker. No two chips have the same, so it names the plug in every record.`,
  },
  {
    name: "MD5",
    pattern: /\bMD5\b/,
    explanation: say`A digest of 128 bits. The chip computes it over its own flash, which is how plugsmith proves what is in it. It finds every damage on a line; against forgery there is SHA-256.`,
  },
  {
    name: "pad",
    pattern: /\bpads?\b/i,
    explanation: say`A bare metal spot on the board that a wire can be soldered to.`,
  },
  {
    name: "passphrase",
    pattern: /\bpassphrase\b/i,
    explanation: say`The password of a Wi-Fi network, 8 to 63 characters.`,
  },
  {
    name: "proven",
    pattern: /\bproven?\b|\bproof\b/i,
    explanation: say`Compared with the chip's own digest of its flash, or read back from the plug, not merely sent to it.`,
  },
  {
    name: "RCD",
    pattern: /\bRCD\b/,
    explanation: say`Residual-current device: it switches off within a fraction of a second when current leaks to earth, for instance through a person. For people it is one of 30 mA.`,
  },
  {
    name: "RX and TX",
    pattern: /\b(?:RX|TX)\b/,
    explanation: say`Receive and transmit, the two signals of a serial line. They cross over: TX of one side leads to RX of the other.`,
  },
  {
    name: "sealed",
    pattern: /\bsealed\b/i,
    explanation: say`A backup whose digest equals the chip's own digest of its flash, stored with its manifest. Only then may the flash be erased.`,
  },
  {
    name: "series bulb",
    pattern: /\bseries bulb\b|\bfilament bulb\b/i,
    explanation: say`A filament bulb of 40 to 100 W between the socket and the plug. With a short circuit in the plug the bulb lights up, and nothing burns.`,
  },
  {
    name: "SHA-256",
    pattern: /\bSHA-256\b/,
    explanation: say`A digest of 256 bits that names a file: with one bit changed the digest is another one, and nobody can make a second file with the same.`,
  },
  {
    name: "stand-in",
    pattern: /\bstand-in\b/i,
    explanation: say`The part of the virtual plug that answers as Tasmota would. It is not Tasmota: the image that you will flash is not executed.`,
  },
  {
    name: "strap",
    pattern: /\bstraps?\b/i,
    explanation: say`A pin that the chip reads once, at power-on, to decide how it starts. GPIO0, GPIO2 and GPIO15 are straps.`,
  },
  {
    name: "stub",
    pattern: /\bstub\b/i,
    explanation: say`A small program that plugsmith loads into the chip's working memory. It reads and writes the flash faster than the boot ROM can, and is gone after a restart.`,
  },
  {
    name: "supply",
    pattern: /\b3\.3 V\b|\bsupply\b/i,
    explanation: say`What feeds the chip while the case is open: 3.3 V, never 5 V. Its radio takes up to 400 mA for a moment; the 3.3 V pin of many adapters gives 50 mA, which is enough to flash but not for Wi-Fi.`,
  },
  {
    name: "topic",
    pattern: /\btopic\b/i,
    explanation: say`The plug's name at the MQTT broker: part of the address of every message from and to it.`,
  },
];

/** The terms that occur in a question. @param english its sentences in English. */
export function termsIn(english: string): readonly Term[] {
  return GLOSSARY.filter(({ pattern }) => pattern.test(english));
}
