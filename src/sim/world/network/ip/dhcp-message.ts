/** Messages of DHCP (RFC 2131, 2; options: RFC 2132). */
import { concatenated, equal } from "../../wifi/bytes.ts";
import { ANY_ADDRESS, addressBytes, addressText, be32, read32 } from "./packets.ts";

export const DHCP_PORT = { server: 67, client: 68 } as const;
export const DHCP = { discover: 1, offer: 2, request: 3, decline: 4, ack: 5, nak: 6, release: 7, inform: 8 } as const;
const MAGIC = Uint8Array.of(0x63, 0x82, 0x53, 0x63);
const AT = { transaction: 4, client: 12, yours: 16, hardware: 28, magic: 236, options: 240 } as const;
const OPTION = {
  pad: 0,
  netmask: 1,
  router: 3,
  nameServer: 6,
  hostname: 12,
  requested: 50,
  leaseTime: 51,
  type: 53,
  server: 54,
  parameters: 55,
  end: 255,
} as const;
/** BOOTP's shortest message: some implementations drop shorter ones. */
const SHORTEST = 300;

export interface DhcpMessage {
  readonly type: number;
  readonly transaction: Uint8Array;
  readonly mac: Uint8Array;
  /** The address that the client has already. */
  readonly clientAddress?: string | undefined;
  readonly yourAddress?: string | undefined;
  readonly requested?: string | undefined;
  readonly server?: string | undefined;
  readonly hostname?: string | undefined;
  readonly netmask?: string | undefined;
  /** Router and name server. */
  readonly router?: string | undefined;
  readonly leaseSeconds?: number | undefined;
}

export function parseDhcp(bytes: Uint8Array): DhcpMessage | undefined {
  if (bytes.length < AT.options || !equal(bytes.slice(AT.magic, AT.options), MAGIC)) return undefined;
  const options = optionsOf(bytes);
  const type = options.get(OPTION.type)?.[0];
  if (type === undefined) return undefined;
  const addressIn = (option: number): string | undefined => {
    const value = options.get(option);
    return value === undefined || value.length < 4 ? undefined : addressText(value);
  };
  const field = (at: number): string | undefined => {
    const address = addressText(bytes, at);
    return address === ANY_ADDRESS ? undefined : address;
  };
  const hostname = options.get(OPTION.hostname);
  const lease = options.get(OPTION.leaseTime);
  return {
    type,
    transaction: bytes.slice(AT.transaction, AT.transaction + 4),
    mac: bytes.slice(AT.hardware, AT.hardware + 6),
    clientAddress: field(AT.client),
    yourAddress: field(AT.yours),
    requested: addressIn(OPTION.requested),
    server: addressIn(OPTION.server),
    hostname: hostname === undefined ? undefined : new TextDecoder().decode(hostname),
    netmask: addressIn(OPTION.netmask),
    router: addressIn(OPTION.router),
    leaseSeconds: lease === undefined ? undefined : read32(lease, 0),
  };
}

export function dhcpMessage(message: DhcpMessage): Uint8Array {
  const { type, transaction, mac, hostname, leaseSeconds } = message;
  const head = new Uint8Array(AT.options);
  head.set([fromServer(type) ? 2 : 1, 1, 6]);
  head.set(transaction, AT.transaction);
  head.set(addressBytes(message.clientAddress ?? ANY_ADDRESS), AT.client);
  head.set(addressBytes(message.yourAddress ?? ANY_ADDRESS), AT.yours);
  head.set(mac, AT.hardware);
  head.set(MAGIC, AT.magic);
  const address = (option: number, value: string | undefined): readonly number[] =>
    value === undefined ? [] : [option, 4, ...addressBytes(value)];
  const name = new TextEncoder().encode(hostname ?? "");
  const whole = concatenated(
    head,
    [OPTION.type, 1, type],
    address(OPTION.server, message.server),
    address(OPTION.requested, message.requested),
    address(OPTION.netmask, message.netmask),
    address(OPTION.router, message.router),
    address(OPTION.nameServer, message.router),
    leaseSeconds === undefined ? [] : [OPTION.leaseTime, 4, ...be32(leaseSeconds)],
    name.length === 0 ? [] : [OPTION.hostname, name.length],
    name,
    fromServer(type) ? [] : [OPTION.parameters, 3, OPTION.netmask, OPTION.router, OPTION.nameServer],
    [OPTION.end],
  );
  return concatenated(whole, new Uint8Array(Math.max(0, SHORTEST - whole.length)));
}

const fromServer = (type: number): boolean => type === DHCP.offer || type === DHCP.ack || type === DHCP.nak;

function optionsOf(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const options = new Map<number, Uint8Array>();
  for (let at: number = AT.options; at < bytes.length && bytes[at] !== OPTION.end; ) {
    if (bytes[at] === OPTION.pad) {
      at++;
      continue;
    }
    const length = bytes[at + 1] ?? 0;
    options.set(bytes[at]!, bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return options;
}
