/** The networks this computer is in, as address ranges to look for a plug in. */
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";

/** Private networks (RFC 1918), at most 254 addresses of each around this computer's own. */
export function ownRanges(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces()): readonly string[] {
  const addresses = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ family, internal, address }) => family === "IPv4" && !internal && isPrivate(address))
    .map(({ address }) => `${address.split(".").slice(0, 3).join(".")}.0/24`);
  return [...new Set(addresses)];
}

function isPrivate(address: string): boolean {
  return /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(address);
}
