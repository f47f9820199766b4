/** What is known of a USB serial adapter's 3.3 V pin by its USB ids. */
import { say, type Text } from "../text/text.ts";

export interface AdapterName {
  readonly label: string;
  /** Where it is: "COM3", "tcp://host:port". */
  readonly path?: string | undefined;
  /** 4 lower-case hex digits each, as the operating system reports them. */
  readonly vendorId?: string;
  readonly productId?: string;
}

/**
 * mA that the adapter's own regulator gives where the board brings its pin out as 3.3 V. Boards with a regulator of
 * their own give more, which no USB id reveals. Sources: FTDI data sheets FT232R and FT230X/FT231X ("3V3OUT": 50 mA).
 */
const REGULATOR_MA: Readonly<Record<string, number>> = { "0403:6001": 50, "0403:6015": 50 };

/** Peak current of an ESP8266 that sends 802.11b, mA (ESP8266EX data sheet, "Power consumption"). */
const RADIO_MA = 170;

/** mA, where the adapter is one whose 3.3 V pin is too weak for a radio; undefined where nothing is known against it. */
export function weakRegulatorMa(adapter: AdapterName): number | undefined {
  const milliamps = REGULATOR_MA[`${adapter.vendorId}:${adapter.productId}`];
  return milliamps !== undefined && milliamps < RADIO_MA ? milliamps : undefined;
}

/** What a person should know before trusting the adapter's 3.3 V; undefined where there is nothing to say. */
export function supplyNote(adapter: AdapterName): Text | undefined {
  const milliamps = weakRegulatorMa(adapter);
  if (milliamps === undefined) return undefined;
  return say`The adapter is an ${adapter.label}: its own 3.3 V pin gives ${milliamps} mA. That is enough to flash the chip. A firmware with Wi-Fi needs ${RADIO_MA} mA and more: run it from another 3.3 V supply, or set up its Wi-Fi after closing the case.`;
}
