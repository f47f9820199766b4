/** What people write after `--port`, taken apart. */

import { PlugsmithError } from "./errors.ts";
import { say } from "./text/text.ts";

export type PortName =
  | { readonly kind: "serial"; readonly path: string }
  | { readonly kind: "tcp" | "rfc2217"; readonly host: string; readonly port: number }
  /** The virtual plug: a fresh one, or the one that lives in a folder. */
  | { readonly kind: "sim"; readonly folder: string | undefined };

/** Where the scheme names no port: Telnet's (RFC 854), which esp-link and ser2net examples use. */
const TELNET_PORT = 23;

export function parsePortName(text: string): PortName {
  if (text === "sim:" || text === "sim") return { kind: "sim", folder: undefined };
  if (text.startsWith("sim:")) return { kind: "sim", folder: text.slice(4) };
  // pyserial calls a raw socket socket://.
  const url = /^(tcp|socket|rfc2217):\/\/(\[[0-9a-f:.]+(?:%[^\]\s]+)?\]|[^/?#:@\s]+)(?::(\d{1,5}))?\/?(?:\?.*)?$/i.exec(
    text,
  );
  if (url !== null) {
    const [, scheme, host, port] = url;
    const number = port === undefined ? TELNET_PORT : Number(port);
    if (number >= 1 && number <= 65_535) {
      const kind = scheme?.toLowerCase() === "rfc2217" ? "rfc2217" : "tcp";
      return { kind, host: (host ?? "").replace(/^\[|\]$/g, ""), port: number };
    }
  }
  if (url !== null || text.includes("://") || text.trim() === "") {
    throw new PlugsmithError("bad-argument", {
      message: say`"${text}" is not a port.`,
      nextStep: say`Use a device (/dev/ttyUSB0, COM3), tcp://HOST:PORT, rfc2217://HOST:PORT, sim: or sim:FOLDER.`,
    });
  }
  return { kind: "serial", path: text };
}
