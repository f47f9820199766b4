import { expect, test } from "vitest";
import { fromHex, toHex } from "../../../hex.ts";
import {
  checksum,
  echoReply,
  ipv4Packet,
  isUnicast,
  PROTOCOL,
  parseArp,
  parseIpv4,
  parseUdp,
  udpPacket,
} from "./packets.ts";

/** Of the header in Wikipedia's "Internet checksum": UDP from 192.168.0.1 to 192.168.0.199, 115 bytes in all. */
const HEADER = fromHex("45000073000040004011b861c0a80001c0a800c7");
const PACKET = Uint8Array.from([...HEADER, ...new Uint8Array(95)]);

test("the checksum is that of RFC 1071's example, also where a byte is left over", () => {
  expect(checksum(fromHex("0001f203f4f5f6f7"))).toBe(0x220d);
  expect(checksum(fromHex("0001f203f4f5f6f700"))).toBe(0x220d);
  expect(checksum(HEADER)).toBe(0);
});

test("a packet is read with its addresses, and what follows its length is left out", () => {
  const packet = parseIpv4(Uint8Array.from([...PACKET, 1, 2, 3]))!;
  expect(packet).toMatchObject({ source: "192.168.0.1", destination: "192.168.0.199", protocol: PROTOCOL.udp });
  expect(packet.payload).toHaveLength(95);
});

test.each([
  ["one bit turned", 12, 0xc1],
  ["the first fragment of several", 6, 0x20],
  ["IPv6's version", 0, 0x65],
  ["a length beyond its end", 2, 0x70],
])("a packet with %s is dropped", (_, at, value) => {
  const damaged = PACKET.slice();
  damaged[at] = value;
  if (at !== 12) {
    damaged.set([0, 0], 10);
    const sum = checksum(damaged.subarray(0, 20));
    damaged.set([sum >> 8, sum & 0xff], 10);
  }
  expect(parseIpv4(damaged)).toBeUndefined();
});

test("what is built is read again, and a datagram with a turned bit is not", () => {
  const addresses = { source: "10.0.0.1", destination: "10.0.0.2" };
  const datagram = { sourcePort: 40_000, destinationPort: 53, payload: Uint8Array.of(1, 2, 3) };
  const packet = parseIpv4(ipv4Packet(udpPacket(addresses, datagram), 7))!;
  expect(parseUdp(packet)).toEqual(datagram);
  const damaged = packet.payload.slice();
  damaged[9] = 0xff;
  expect(parseUdp({ ...packet, payload: damaged })).toBeUndefined();
  // Without a checksum, damage goes unnoticed.
  damaged.set([0, 0], 6);
  expect(parseUdp({ ...packet, payload: damaged })?.payload).toEqual(Uint8Array.of(1, 0xff, 3));
});

test("an echo request is answered with what it carries, and nothing else is", () => {
  // Type 8, identifier 0x1234, sequence 1, "abcd".
  const request = fromHex("0800" + "0000" + "12340001" + "61626364");
  const sum = checksum(request);
  request.set([sum >> 8, sum & 0xff], 2);
  const packet = { source: "10.0.0.1", destination: "10.0.0.2", protocol: PROTOCOL.icmp, payload: request };
  const reply = echoReply(packet)!;
  expect(reply).toMatchObject({ source: "10.0.0.2", destination: "10.0.0.1" });
  expect(toHex(reply.payload.subarray(4))).toBe("1234000161626364");
  expect([reply.payload[0], checksum(reply.payload)]).toEqual([0, 0]);
  expect(echoReply(reply)).toBeUndefined();
});

test("ARP for another kind of network is not read", () => {
  const request = fromHex("0001080006040001" + "c44f33a1b212" + "0a000002" + "000000000000" + "0a000001");
  expect(parseArp(request)).toMatchObject({
    operation: "request",
    senderAddress: "10.0.0.2",
    targetAddress: "10.0.0.1",
  });
  request[1] = 6;
  expect(parseArp(request)).toBeUndefined();
});

test.each([
  ["192.168.1.50", true],
  ["192.168.1.255", false],
  ["255.255.255.255", false],
  ["224.0.0.251", false],
])("%s is one host's address: %s", (address, is) => {
  expect(isUnicast(address)).toBe(is);
});
