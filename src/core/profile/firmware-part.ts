/** How one firmware's part of a device's profile is read and checked. Each firmware that plugsmith can put on a plug has one. */
import type { Guide } from "../guide/guide.ts";
import type { DeviceFacts, PlaceProblem } from "./device.ts";

export interface ReadPart<T = unknown> {
  /** Undefined where it cannot be used. */
  readonly part?: T | undefined;
  /** Places are within the part. */
  readonly problems: readonly PlaceProblem[];
}

export interface FirmwarePart<T = unknown> {
  /** Its key under "firmware". */
  readonly id: string;
  /** @param device undefined where the profile's device is itself unusable. */
  read(json: unknown, device: DeviceFacts | undefined): ReadPart<T>;
  /** What the part as read would do wrong on the plug, for people who write a profile. Places are within the part. */
  review(json: unknown): readonly PlaceProblem[];
  /** Where the part and the device's guide disagree. Places are within the guide. */
  compare(part: T, guide: Guide): readonly PlaceProblem[];
}
