/** The steps of a conversion, in their order. */
export const CONVERSION_STEPS = [
  "prepare",
  "connect",
  "identify",
  "back up",
  "write",
  "boot",
  "provision",
  "configure",
  "secure",
  "audit",
  "close the case",
  "calibrate",
  "report",
] as const;

export type ConversionStep = (typeof CONVERSION_STEPS)[number];
