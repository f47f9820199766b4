/**
 * What a firmware's Wi-Fi hardware offers it: look around, join a network as a station, open an access point of its own.
 * What a firmware gets as FirmwareHost.radio; world/network/air.ts provides it. Knows nothing of any firmware.
 */
import type { Machine } from "../world/network/lan.ts";

export interface HeardNetwork {
  readonly ssid: string;
  /** Lower-case hex with colons. */
  readonly bssid: string;
  readonly channel: number;
  /** dBm. */
  readonly signal: number;
  readonly security: "open" | "wpa2";
}

/** Why a station did not get onto a network. */
export type JoinFailure =
  /** No beacon with that name (or a protected name tried on an open network, which the SDK treats alike). */
  | "not-found"
  /** The four-way handshake failed. */
  | "wrong-password"
  /** The access point is heard but does not let the station in (weak signal, full, still starting). */
  | "not-associated"
  /** Associated, but no DHCP answer. The station stays associated. */
  | "no-address"
  /** Name over 32 bytes or passphrase over 64: the SDK refuses to try. */
  | "refused";

export interface JoinRequest {
  readonly ssid: string;
  /** Empty for an open network. 64 hex digits are the key itself. */
  readonly passphrase: string;
  readonly hostname: string;
  /** Fixed address instead of DHCP. */
  readonly address?: string | undefined;
}

export interface JoinEvents {
  joined(link: StationLink): void;
  failed(why: JoinFailure): void;
  /** The network went away after `joined`. */
  lost(): void;
}

export interface StationLink {
  readonly machine: Machine;
  readonly ssid: string;
  readonly bssid: string;
  readonly channel: number;
  /** dBm now. */
  signal(): number;
}

export interface OwnAccessPoint {
  /** The plug itself on its own network: 192.168.4.1 (ESP8266 SDK default). */
  readonly machine: Machine;
  readonly stations: number;
  stop(): void;
}

export interface Radio {
  readonly mac: Uint8Array;
  /** Returns its cancellation. */
  scan(done: (heard: readonly HeardNetwork[]) => void): () => void;
  /** Leaves any network joined before. The returned function cancels or leaves. */
  join(request: JoinRequest, events: JoinEvents): () => void;
  /** Opens a network without password for at most one station, every name resolving to the plug. */
  openAccessPoint(options: { readonly ssid: string; readonly channel: number }): OwnAccessPoint;
  /** Power lost or reset: gone from the air without a word. */
  silence(): void;
}
