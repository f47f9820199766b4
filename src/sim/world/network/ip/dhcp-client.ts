/** A computer that asks a network for its address (RFC 2131, 3.1): discover, offer, request, acknowledgement. */

import type { SimClock } from "../../clock.ts";
import { equal } from "../../wifi/bytes.ts";
import { DHCP, type DhcpMessage, dhcpMessage, parseDhcp } from "./dhcp-message.ts";

const TRIES = 4;
const RETRY_US = 2_000_000;

export interface Lease {
  readonly address: string;
  readonly router: string | undefined;
}

export interface DhcpClientPorts {
  readonly clock: SimClock;
  readonly mac: Uint8Array;
  readonly hostname: string;
  /** Identifies this exchange, four bytes. */
  readonly transaction: Uint8Array;
  readonly send: (message: Uint8Array) => void;
  readonly leased: (lease: Lease) => void;
  readonly failed: () => void;
}

export class DhcpClient {
  readonly #ports: DhcpClientPorts;
  #last: Pick<DhcpMessage, "type" | "requested" | "server"> = { type: DHCP.discover };
  #tries = 0;
  #cancel: (() => void) | undefined;

  constructor(ports: DhcpClientPorts) {
    this.#ports = ports;
    this.#send();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  receive(bytes: Uint8Array): void {
    const { transaction, mac, leased } = this.#ports;
    const message = parseDhcp(bytes);
    if (this.#cancel === undefined || message === undefined) return;
    if (!equal(message.transaction, transaction) || !equal(message.mac, mac)) return;
    const { type, yourAddress, server, router } = message;
    if (yourAddress === undefined) return;
    if (type === DHCP.offer && this.#last.type === DHCP.discover) {
      this.#last = { type: DHCP.request, requested: yourAddress, server };
      this.#tries = 0;
      this.#send();
    }
    if (type === DHCP.ack && this.#last.type === DHCP.request) {
      this.stop();
      leased({ address: yourAddress, router });
    }
  }

  #send(): void {
    const { clock, mac, hostname, transaction, send, failed } = this.#ports;
    this.stop();
    if (this.#tries++ === TRIES) {
      failed();
      return;
    }
    this.#cancel = clock.at(clock.now + RETRY_US, () => this.#send());
    send(dhcpMessage({ ...this.#last, transaction, mac, hostname }));
  }
}
