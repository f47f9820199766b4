/**
 * The local networks that this computer is in, and the operating system's neighbour table: which network card answers
 * for an IPv4 address. Linux shows the table in /proc/net/arp (proc(5)); macOS and Windows through their `arp` program.
 */
import { lookup } from "node:dns/promises";
import { readFile } from "node:fs/promises";
import { isIPv4 } from "node:net";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import type { Neighbours } from "../../engine/ports.ts";
import { type RunProgram, runProgram } from "./program-runner.ts";

export interface NeighbourSources {
  readonly platform: NodeJS.Platform;
  /** Text of /proc/net/arp. */
  readonly table: () => Promise<string>;
  readonly run: RunProgram;
}

const SYSTEM: NeighbourSources = {
  platform: process.platform,
  table: () => readFile("/proc/net/arp", "utf8"),
  run: runProgram,
};

export function nodeNeighbours(sources: NeighbourSources = SYSTEM): Neighbours {
  return {
    macAt: async (host) => {
      const address = await addressOf(host);
      return address === undefined ? undefined : macIn(await tableText(sources, address), address);
    },
  };
}

async function addressOf(host: string): Promise<string | undefined> {
  const name = host.replace(/:\d+$/, "");
  if (isIPv4(name)) return name;
  return (await lookup(name, 4).catch(() => undefined))?.address;
}

async function tableText({ platform, table, run }: NeighbourSources, address: string): Promise<string> {
  if (platform === "linux") return await table().catch(() => "");
  const { status, output } = await run("arp", platform === "win32" ? ["-a", address] : ["-n", address]);
  return status === 0 ? output : "";
}

/** The card on the line of this address. An entry that is being asked for or has expired is all zeros, or no MAC at all. */
export function macIn(text: string, address: string): string | undefined {
  for (const line of text.split("\n")) {
    if (!line.split(/[\s()]+/).includes(address)) continue;
    // macOS leaves leading zeros out: 0:1:2:a:b:c.
    const [written] = /\b[0-9a-f]{1,2}(?:[:-][0-9a-f]{1,2}){5}\b/i.exec(line) ?? [];
    const mac = written
      ?.split(/[:-]/)
      .map((part) => part.padStart(2, "0").toLowerCase())
      .join("");
    if (mac !== undefined && mac !== "000000000000" && mac !== "ffffffffffff") return mac;
  }
  return undefined;
}

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
