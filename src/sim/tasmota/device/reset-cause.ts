/** Why the chip started, as the firmware words it (Arduino core for ESP8266, Esp.cpp, getResetReason). */

const POWER_ON = 1;
const EXTERNAL = 2;

const REASONS: Readonly<Record<number, string>> = {
  [POWER_ON]: "Power On",
  [EXTERNAL]: "External System",
  3: "Software/System restart",
  4: "Hardware Watchdog",
};

export function restartReason(cause: number): string {
  return REASONS[cause] ?? "";
}

/** The supply or the reset pin, not the firmware itself. */
export function isFromOutside(cause: number): boolean {
  return cause === POWER_ON || cause === EXTERNAL;
}
