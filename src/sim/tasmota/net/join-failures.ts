/** The firmware's words for why a network was not joined. Source: language/en_GB.h (D_CONNECT_FAILED_…), support_wifi.ino (WifiCheckIp). */
import type { JoinFailure } from "../../world/network/radio.ts";

export const FAILURES: Readonly<Record<JoinFailure, string>> = {
  "not-found": "Connect failed as AP cannot be reached",
  "wrong-password": "Connect failed",
  "not-associated": "Connect failed with AP timeout",
  "no-address": "Connect failed as no IP address received",
  refused: "Connect failed with AP timeout",
};
