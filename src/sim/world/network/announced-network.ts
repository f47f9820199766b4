/**
 * A computer on the network that a chip's firmware opens: by 802.11, with an address from the firmware's DHCP server, and
 * with its own IP stack between the chip's and the computer's programs.
 */
import type { Ether } from "../../board/ether.ts";
import type { HeardNetwork, JoinEvents } from "../../board/radio.ts";
import { fromHex } from "../../hex.ts";
import type { SimClock } from "../clock.ts";
import type { SeededRandom } from "../seeded-random.ts";
import { WifiStation } from "../wifi/wifi-station.ts";
import { DhcpClient, type Lease } from "./ip/dhcp-client.ts";
import { DHCP_PORT } from "./ip/dhcp-message.ts";
import { dialThrough } from "./ip/dial.ts";
import { IpHost } from "./ip/ip-host.ts";
import { ANY_ADDRESS, BROADCAST_ADDRESS } from "./ip/packets.ts";
import { Lan, type Machine } from "./lan.ts";

export interface AnnouncedJoin {
  readonly clock: SimClock;
  readonly ether: Ether;
  readonly random: SeededRandom;
  readonly network: HeardNetwork;
  readonly hostname: string;
  readonly hostCode: boolean;
  readonly events: JoinEvents;
}

/** Of a computer's Wi-Fi, locally administered. */
const COMPUTER_MAC = fromHex("02005e0053aa");

/** @returns leaves it, or stops trying. */
export function joinAnnounced(join: AnnouncedJoin): () => void {
  const { clock, ether, random, network, hostname, hostCode, events } = join;
  let machine: Machine | undefined;
  let dhcp: DhcpClient | undefined;
  const host: IpHost = new IpHost({
    clock,
    random,
    mac: COMPUTER_MAC,
    holds: (address) => address === machine?.address,
    send: (ethernet) => station.send(ethernet),
    datagram: ({ destinationPort, payload }) => {
      if (destinationPort === DHCP_PORT.client) dhcp?.receive(payload);
    },
    incoming: (connection) => connection.refuse(),
  });
  const leave = (): void => {
    dhcp?.stop();
    machine?.vanish();
    station.leave();
  };
  const leased = (lease: Lease): void => {
    machine = machineOn(join, host, lease);
    host.announce(lease.address);
    const { ssid, bssid, channel, signal } = network;
    events.joined({ machine, ssid, bssid, channel, signal: () => signal });
  };
  const station: WifiStation = new WifiStation({
    clock,
    ether,
    mac: COMPUTER_MAC,
    network: { ssid: network.ssid, bssid: fromHex(network.bssid), channel: network.channel },
    joined: () => {
      dhcp = new DhcpClient({
        clock,
        mac: COMPUTER_MAC,
        hostname,
        transaction: random.bytes(4),
        send: (payload) =>
          host.sendDatagram(
            { source: ANY_ADDRESS, destination: BROADCAST_ADDRESS },
            { sourcePort: DHCP_PORT.client, destinationPort: DHCP_PORT.server, payload },
          ),
        leased,
        failed: () => {
          leave();
          events.failed("no-address");
        },
      });
    },
    failed: () => events.failed("not-associated"),
    lost: () => {
      dhcp?.stop();
      if (machine === undefined) {
        events.failed("not-associated");
        return;
      }
      machine.vanish();
      events.lost();
    },
    receive: (ethernet) => host.receive(ethernet),
  });
  return leave;

  function machineOn({ network: { ssid } }: AnnouncedJoin, by: IpHost, { address, router }: Lease): Machine {
    const subnet = address.split(".").slice(0, 3).join(".");
    const lan = new Lan(clock, { subnet, latencyUs: 100, timeService: "unknown" });
    const plug = router ?? lan.gateway;
    lan.join({ name: ssid, address: plug, dial: dialThrough(by, plug) });
    return lan.join({ name: hostname, address, hostCode });
  }
}
