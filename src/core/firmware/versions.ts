/**
 * Tasmota's versions as numbers, and the upgrade path that the documentation prescribes for old ones.
 * Source: Tasmota documentation, Upgrading ("Upgrade Flow", ".gz binaries").
 */

/** Releases that none older may leap over. */
const MILESTONES: readonly string[] = ["1.0.11", "3.9.22", "4.2.0", "5.14.0", "6.7.1", "7.2.0", "8.5.1", "9.1.0"];
/** First version that unpacks a compressed image by itself. */
const UNPACKS_SINCE = "8.2.0";

/** Negative where `a` is older. Missing parts count as 0: 15.2 is 15.2.0.0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number)) as [number[], number[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The release that a plug with this version must be upgraded to first; undefined where there is none. */
export function nextMilestone(version: string): string | undefined {
  return MILESTONES.find((each) => compareVersions(version, each) < 0);
}

export function unpacksItself(version: string): boolean {
  return compareVersions(version, UNPACKS_SINCE) >= 0;
}
