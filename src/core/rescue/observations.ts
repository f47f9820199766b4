/**
 * What is known about a plug that is in trouble: what its person sees, what was seen by looking, what the records say.
 * Data only; how it is seen is the engine's affair, what follows from it stands in recovery-options.ts.
 */
import { say, type Text } from "../text/text.ts";

export type Symptom =
  | "wrong-wifi"
  | "lost-password"
  | "access-point-gone"
  | "boot-loop"
  | "lost-address"
  | "settings-gone"
  | "minimal"
  | "half-written"
  | "unknown";

/** What a person may see, with the words they are asked with. The order is that of the question. */
export const SYMPTOMS: Readonly<Record<Symptom, Text>> = {
  "wrong-wifi": say`It was given a wrong Wi-Fi name or password, or the router's were changed`,
  "lost-password": say`Its page asks for a password that is lost`,
  "access-point-gone": say`Its own access point has disappeared`,
  "boot-loop": say`It clicks or flashes every few seconds: it starts again and again`,
  "lost-address": say`It works, but nobody knows its address`,
  "settings-gone": say`It has lost all its settings, for example after many quick power cycles`,
  minimal: say`Its page says that it is a minimal build and asks for an upgrade`,
  "half-written": say`Writing its flash was interrupted`,
  unknown: say`Something else`,
};

/** What came over the wires. `mac` is 12 lower-case hex digits. */
export type SerialObservation =
  /** Tasmota's console answers. `starts`: how often it said that it started while it was listened to. */
  | {
      readonly kind: "tasmota";
      readonly mac: string | undefined;
      readonly version: string | undefined;
      readonly minimal: boolean;
      readonly starts: number;
    }
  /** The boot ROM answers. */
  | { readonly kind: "download-mode"; readonly mac: string }
  /** Boot text or first words, and nothing after them. */
  | { readonly kind: "not-starting" }
  | { readonly kind: "other-firmware" | "noise" | "silent" };

/** An open access point of a plug in the air. */
export interface AccessPointObservation {
  readonly ssid: string;
}

/** A plug that answers in the network. */
export interface NetworkObservation {
  readonly address: string;
  readonly mac: string | undefined;
  readonly version: string | undefined;
  /** `fits`: the password on record lets in. `wanted`: it wants one that is not on record. */
  readonly access: "open" | "fits" | "wanted";
  /** Runs the minimal build, which knows no settings. */
  readonly minimal: boolean;
}

/** What the plug's folder contains. */
export interface RecordObservation {
  readonly passwordOnRecord: boolean;
  readonly calibrated: boolean;
  readonly sealedBackup: boolean;
  /** What was being brought into the flash when it was cut off. */
  readonly halfWritten: "write" | "erase" | "restore" | undefined;
  /** Wires touched the plug since its case was last closed. */
  readonly wiresAttached: boolean;
}

export interface Observations {
  readonly symptom: Symptom;
  /** Undefined where no serial line was given. */
  readonly serial: SerialObservation | undefined;
  /** Access points that may be this plug's; undefined where nobody could look. */
  readonly accessPoints: readonly AccessPointObservation[] | undefined;
  /** What answers for this plug, or may do so. */
  readonly network: readonly NetworkObservation[];
  readonly records: RecordObservation;
  /** An image of Tasmota is at hand. */
  readonly image: boolean;
  /** Something that finishes an upgrade from minimal is at hand. */
  readonly upgrade: boolean;
}
