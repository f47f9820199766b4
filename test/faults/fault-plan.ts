/** What strikes a story, and when: chosen by the seed before it begins, as data. */
import type { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import type { Sent } from "./faulty-line.ts";

export type Scenario = "backup" | "write" | "restore" | "refused" | "overridden";

/** Faults that the run they strike has to live through by itself. */
const CURABLE = [
  "drop",
  "flip",
  "double",
  "spoil",
  "misaim",
  "misname",
  "lose-reply",
  "stall",
  "noise",
  "cut-cable",
  "pull-adapter",
  "blackout",
  "sag",
  "weak-program",
  "weak-erase",
] as const;
/** Faults that may end a run; the next one goes on. A power loss leaves the chip hanging, half-fed by the adapter's TX. */
const FATAL = ["power-loss", "disk-full", "crash", "kill"] as const;
/** Between two runs, or before the first. */
const HOME_DAMAGE = ["partial-rot", "partial-cut", "partial-stale"] as const;

export type FaultKind = (typeof CURABLE)[number] | (typeof FATAL)[number] | (typeof HOME_DAMAGE)[number];

export type Moment =
  | { readonly on: "time"; readonly ms: number }
  /** As the n-th such command leaves, or so long after it. */
  | { readonly on: "command"; readonly command: CommandName; readonly number: number; readonly afterMs: number }
  | { readonly on: "disk"; readonly operation: number }
  | { readonly on: "pause"; readonly before: number };

export interface PlannedFault {
  readonly kind: FaultKind;
  readonly when: Moment;
  readonly forMs: number;
}

/** Faults that may turn a command into another, or aim it elsewhere: most of the protocol's commands have no checksum. */
export const MAY_MISAIM: readonly FaultKind[] = ["drop", "flip", "double", "spoil", "misaim", "misname", "noise"];

/** Opcodes as the protocol document has them. A resync is a SYNC after the rate has been stepped up. */
const COMMANDS = {
  flashBegin: 0x02,
  memData: 0x07,
  readReg: 0x0a,
  changeBaud: 0x0f,
  deflBegin: 0x10,
  deflData: 0x11,
  deflEnd: 0x12,
  flashMd5: 0x13,
  eraseRegion: 0xd1,
  readFlash: 0xd2,
  ack: "ack",
  resync: 0x08,
} as const;
type CommandName = keyof typeof COMMANDS;

/** Which commands are aimed at, and how many of them a small story has; the likelier the oftener they are named. */
const AIMS: Readonly<Record<"reading" | "writing", readonly (readonly [CommandName, number])[]>> = {
  reading: [
    ["readFlash", 7],
    ["readFlash", 7],
    ["ack", 14],
    ["ack", 14],
    ["flashMd5", 24],
    ["resync", 5],
    ["changeBaud", 1],
    ["flashBegin", 2],
    ["memData", 3],
    ["readReg", 20],
  ],
  writing: [
    ["deflBegin", 2],
    ["deflBegin", 2],
    ["deflData", 3],
    ["deflData", 3],
    ["deflEnd", 2],
    ["eraseRegion", 2],
    ["flashMd5", 14],
    ["readFlash", 3],
    ["resync", 5],
    ["changeBaud", 1],
    ["flashBegin", 2],
  ],
};

const SHARES: readonly (readonly [FaultKind, number])[] = [
  ["drop", 6],
  ["flip", 6],
  ["double", 4],
  ["spoil", 6],
  ["misaim", 8],
  ["misname", 6],
  ["lose-reply", 6],
  ["stall", 4],
  ["noise", 3],
  ["cut-cable", 3],
  ["pull-adapter", 4],
  ["blackout", 4],
  ["sag", 4],
  ["weak-program", 5],
  ["weak-erase", 3],
  ["power-loss", 5],
  ["disk-full", 3],
  ["crash", 12],
  ["kill", 10],
  ["partial-rot", 2],
  ["partial-cut", 1],
  ["partial-stale", 3],
];

/** Whether the run that this strikes has to come to its end all the same. */
export function isCurable(kind: FaultKind): boolean {
  return !(FATAL as readonly FaultKind[]).includes(kind);
}

/** @param spanMs virtual time in which the job is under way without faults; @param connectedMs how much of it connecting takes. */
export function planFaults(
  random: SeededRandom,
  scenario: Scenario,
  spanMs: number,
  connectedMs: number,
): PlannedFault[] {
  const shares = SHARES.filter(([kind]) => scenario === "backup" || !kind.startsWith("partial"));
  return Array.from({ length: 1 + random.below(3) }, () => {
    const kind = drawn(random, shares);
    const forMs = 20 + random.below(4000);
    return { kind, forMs, when: moment(random, kind, scenario, spanMs, connectedMs) };
  });
}

function moment(
  random: SeededRandom,
  kind: FaultKind,
  scenario: Scenario,
  spanMs: number,
  connectedMs: number,
): Moment {
  if (kind.startsWith("partial")) return { on: "pause", before: random.below(3) };
  if ((kind === "crash" || kind === "kill") && random.chance(0.5)) {
    return { on: "disk", operation: random.below(scenario === "backup" ? 40 : 25) };
  }
  if (kind === "weak-program" || kind === "weak-erase") {
    const command = (["deflBegin", "deflData", "eraseRegion"] as const)[random.below(3)]!;
    return { on: "command", command, number: 1, afterMs: random.unit() * 150 };
  }
  if (random.chance(0.6)) {
    const aims = AIMS[scenario === "backup" || scenario === "refused" ? "reading" : "writing"];
    const [command, most] = aims[random.below(aims.length)]!;
    const afterMs = random.chance(0.5) ? 0 : random.unit() * random.below(200);
    return { on: "command", command, number: 1 + random.below(most), afterMs };
  }
  // Most faults strike behind the connecting, where flash and files are in motion.
  const from = random.chance(0.7) ? connectedMs : 0;
  return { on: "time", ms: from + random.unit() * (spanMs - from) };
}

/** Counts what is sent, over all runs of a story, and says which moments have come. */
export class CommandCounter {
  readonly #counts = new Map<CommandName, number>();

  /** The command's name and how many of them there have been with this one; undefined for what nobody aims at. */
  count({ opcode }: Sent): { command: CommandName; number: number } | undefined {
    const command = (Object.keys(COMMANDS) as CommandName[]).find((name) => COMMANDS[name] === opcode);
    if (command === undefined || (command === "resync" && !this.#counts.has("changeBaud"))) return undefined;
    const number = (this.#counts.get(command) ?? 0) + 1;
    this.#counts.set(command, number);
    return { command, number };
  }
}

export function faultText({ kind, when, forMs }: PlannedFault): string {
  const moments = {
    time: () => (when.on === "time" ? `at ${Math.round(when.ms)} ms` : ""),
    command: () => (when.on === "command" ? `at ${when.command} ${when.number} + ${when.afterMs.toFixed(1)} ms` : ""),
    disk: () => (when.on === "disk" ? `at disk operation ${when.operation}` : ""),
    pause: () => (when.on === "pause" ? `before run ${when.before}` : ""),
  };
  return `${kind} ${moments[when.on]()} for ${forMs} ms`;
}

function drawn(random: SeededRandom, shares: readonly (readonly [FaultKind, number])[]): FaultKind {
  let left = random.below(shares.reduce((sum, [, share]) => sum + share, 0));
  for (const [kind, share] of shares) {
    if (left < share) return kind;
    left -= share;
  }
  return shares[0]![0];
}
