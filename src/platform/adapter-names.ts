/** USB serial chips by vendor and product id, for people. Source: the id tables of the Linux drivers named per block. */
const NAMES: Readonly<Record<string, string>> = {
  // ftdi_sio_ids.h
  "0403:6001": "FTDI FT232R",
  "0403:6010": "FTDI FT2232",
  "0403:6011": "FTDI FT4232",
  "0403:6014": "FTDI FT232H",
  "0403:6015": "FTDI FT230X/FT231X",
  // cp210x.c
  "10c4:ea60": "Silicon Labs CP2102/CP2104",
  "10c4:ea70": "Silicon Labs CP2105",
  "10c4:ea71": "Silicon Labs CP2108",
  // ch341.c
  "1a86:7523": "WCH CH340",
  "1a86:7522": "WCH CH340K",
  "1a86:5523": "WCH CH341",
  // usb.ids: CDC ACM devices of the same maker
  "1a86:55d3": "WCH CH343",
  "1a86:55d4": "WCH CH9102",
  // pl2303.h
  "067b:2303": "Prolific PL2303",
  "067b:23a3": "Prolific PL2303GC",
  "067b:23c3": "Prolific PL2303GT",
  "067b:23d3": "Prolific PL2303GL",
};

/** Undefined where the ids are not those of a serial adapter known here. Ids are 4 lower-case hex digits. */
export function adapterName(vendorId: string | undefined, productId: string | undefined): string | undefined {
  return NAMES[`${vendorId}:${productId}`];
}
