/** What a person wants a plug to be, as the jobs get it. */
import type { Profile } from "../../core/profile/profile.ts";
import type { WifiCredentials, WifiTransport } from "../../core/tasmota/credentials.ts";

export interface PlugConfig {
  /** Shown on the plug's pages and in discovery. */
  readonly deviceName?: string | undefined;
  /** Default: the device name. */
  readonly friendlyName?: string | undefined;
  readonly topic?: string | undefined;
  readonly hostname?: string | undefined;
  /** "Europe/Berlin", "+01:00", "UTC". */
  readonly timeZone?: string | undefined;
  /** Its password is a matter of `secure`. */
  readonly mqtt?:
    | { readonly host: string; readonly port?: number | undefined; readonly user?: string | undefined }
    | undefined;
}

export interface SecureOptions {
  /** Given by the person; otherwise the one in force is kept, and where there is none one is generated. */
  readonly webPassword?: string | undefined;
  /** For the broker's user; only where a broker is set. */
  readonly mqttPassword?: string | undefined;
}

/** What a plug is to be given; undefined parts are not given. */
export interface PlugRequest {
  /** Of its device: its own texts take room beside those of the person. */
  readonly profile?: Profile | undefined;
  readonly credentials?: WifiCredentials | undefined;
  /** Undefined while the transport is not chosen. */
  readonly transport?: WifiTransport | undefined;
  readonly config?: PlugConfig | undefined;
  readonly secure?: SecureOptions | undefined;
}
