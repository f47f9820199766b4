/**
 * IPv4 addresses of a local network, written plainly. Other spellings that programs accept (0x7f.1, 2130706433, 0177.0.0.1,
 * 127.1, ::ffff:10.0.0.1, a trailing dot; inet_aton(3)) are refused: what is checked must be what is contacted.
 */

const PART = "(0|[1-9]\\d{0,2})";
const PLAIN = new RegExp(`^${PART}\\.${PART}\\.${PART}\\.${PART}$`);

/** First address, prefix length. */
const LOCAL: readonly (readonly [first: string, bits: number])[] = [
  ["10.0.0.0", 8], // RFC 1918
  ["172.16.0.0", 12], // RFC 1918
  ["192.168.0.0", 16], // RFC 1918
  ["169.254.0.0", 16], // link-local, RFC 3927
  ["100.64.0.0", 10], // shared address space, RFC 6598
  ["127.0.0.0", 8], // this computer, RFC 1122, section 3.2.1.3
];

/** The address as a number; undefined unless it is four decimal numbers without leading zeros. */
export function plainAddress(text: string): number | undefined {
  const parts = PLAIN.exec(text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** Whether every address from `first` to `last` is in one local network. */
export function allLocal(first: number, last: number): boolean {
  return LOCAL.some(([network, bits]) => {
    const start = plainAddress(network)!;
    return first >= start && last < start + 2 ** (32 - bits);
  });
}

/** Whether a plug may be at this address, with or without a port. */
export function isLocalAddress(text: string): boolean {
  const [, host = "", port] = /^([^:]*)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = plainAddress(host);
  return address !== undefined && allLocal(address, address) && Number(port ?? 80) >= 1 && Number(port ?? 80) <= 65_535;
}
