/**
 * What is by nature different between the recording bench and the stand-in. Each exception has a name, a reason, and
 * replaces no more than it must; the replay counts how often each was needed.
 */

export interface FieldException {
  readonly name: string;
  readonly reason: string;
  /** What is looked for; its groups are kept, the rest is replaced by the name. */
  readonly pattern: RegExp;
  readonly replacement: string;
}

export const FIELD_EXCEPTIONS: readonly FieldException[] = [
  {
    name: "uptime",
    reason: "the bench's loop stalls about a second every five seconds for want of a time server",
    pattern: /"Uptime":"\d+T\d\d:\d\d:\d\d"(,"UptimeSec":\d+)?/g,
    replacement: '"Uptime":~',
  },
  {
    name: "clock",
    reason: "both count from 1970 since boot, and the bench's stalls shift them by a second or two",
    pattern: /"(Time|UTC|Local)":"1970-01-01T[0-9:]+Z?"/g,
    replacement: '"$1":~',
  },
  {
    name: "heap",
    reason: "free memory of a process on a computer",
    pattern: /"Heap":\d+/g,
    replacement: '"Heap":~',
  },
  {
    name: "load",
    reason: "how busy the computer was",
    pattern: /"LoadAvg":\d+/g,
    replacement: '"LoadAvg":~',
  },
  {
    name: "build date",
    reason: "the bench's program was compiled on another day, twice",
    pattern: /2026-11-22T\d\d:\d\d:\d\d|2025-12-24T15:29:16/g,
    replacement: "~built",
  },
  {
    name: "program size",
    reason: "size of the bench's program, not of the image in the stand-in's flash",
    pattern: /"ProgramSize":\d+,"Free":\d+/g,
    replacement: '"ProgramSize":~',
  },
  {
    name: "sun",
    reason: "with the clock in 1970 the firmware computes sunrise from a date it does not have",
    pattern: /"Sunrise":"\d\d:\d\d","Sunset":"\d\d:\d\d"/g,
    replacement: '"Sunrise":~',
  },
];

export interface LineException {
  readonly name: string;
  readonly reason: string;
  /** A line that only one side has, or that differs: this says whether it is meant. */
  readonly pattern: RegExp;
  readonly side: "recorded" | "given";
}

export const LINE_EXCEPTIONS: readonly LineException[] = [
  {
    name: "notice",
    reason: "the stand-in says in every boot log that it is one",
    pattern: /^SIM: /,
    side: "given",
  },
  {
    name: "multicast",
    reason: "the bench's computer has no multicast for the Hue emulation",
    pattern: /^UPP: Multicast join failed/,
    side: "recorded",
  },
  {
    name: "rule compression",
    reason: "rules are stored as they are; how well they would compress is not computed",
    pattern: /^RUL: (Stored uncompressed|Compressed from|Rule\d [+O])/,
    side: "recorded",
  },
];

/** @param used counts of the exceptions applied, by name. */
export function normalise(text: string, used: Map<string, number>): string {
  let result = text;
  for (const { name, pattern, replacement } of FIELD_EXCEPTIONS) {
    const next = result.replace(pattern, replacement);
    if (next !== result) used.set(name, (used.get(name) ?? 0) + 1);
    result = next;
  }
  return result;
}
