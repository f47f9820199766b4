/**
 * The highest rate worth trying behind each kind of USB adapter. A table of facts: the loader proves a rate before it
 * uses it, so an entry costs time where it is too high, and speed where it is too low.
 *
 * Sources, per line: the makers' data sheets for what the chip can do; github.com/nuket/esptool-test for what eight real
 * boards did with an ESP8266, writing and reading whole flashes at 115200 to 3,000,000 baud.
 */

/** For adapters that are not listed, and for serial servers: what nearly all of them carry. */
export const USUAL_CEILING = 460_800;

/** Highest rate by "vendor:product", 4 lower-case hex digits each. The loader's own highest rate is 3,000,000. */
const CEILINGS: Readonly<Record<string, number>> = {
  // FT232R data sheet: 300 baud to 3 Mbaud. esptool-test: an FT232RQ read and wrote at 3,000,000.
  "0403:6001": 3_000_000,
  // FT2232H and FT4232H data sheets: 12 Mbaud; the older FT2232D: 3 Mbaud.
  "0403:6010": 2_000_000,
  "0403:6011": 2_000_000,
  // FT232H data sheet: 12 Mbaud. esptool-test: read and wrote at 3,000,000.
  "0403:6014": 3_000_000,
  // FT230X and FT231X data sheets: 3 Mbaud.
  "0403:6015": 3_000_000,
  // CP2102 (1 Mbaud), CP2104 (2 Mbaud) and CP2102N (3 Mbaud) share one id. esptool-test: two CP2102 and a CP2104 wrote
  // at 1,500,000 and read faster there than at 921,600.
  "10c4:ea60": 1_500_000,
  // CP2105 (2 Mbaud on its enhanced port) and CP2108 (2 Mbaud) data sheets.
  "10c4:ea70": 921_600,
  "10c4:ea71": 921_600,
  // CH343 (6 Mbaud) and CH9102 (4 Mbaud) data sheets.
  "1a86:55d3": 2_000_000,
  "1a86:55d4": 2_000_000,
};

/** Baud. Ids as the operating system gives them; undefined where there are none. */
export function ceilingOf(vendorId: string | undefined, productId: string | undefined): number {
  return CEILINGS[`${vendorId}:${productId}`] ?? USUAL_CEILING;
}
