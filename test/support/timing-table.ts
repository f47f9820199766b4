/**
 * The table of virtual against real times in docs/virtual-plug.md: made by scripts/timing-table.mjs, compared by
 * test/conformance/timings.test.ts. One line for the rows of the fixture that ask the same of the virtual plug.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { measure, partOf, type TimingRow } from "./timing-bench.ts";

const FIXTURE = "test/fixtures/real-chips/timings.jsonl";
const PAGE = "docs/virtual-plug.md";
const BEGIN = "<!-- begin of the table that scripts/timing-table.mjs makes -->";
const END = "<!-- end of the table -->";
const HEAD = [
  "operation",
  "bytes",
  "baud",
  "flash",
  "adapter",
  "real, s",
  "virtual, s",
  "virtual/real",
  "source",
] as const;

export interface TimingGroup {
  readonly rows: readonly TimingRow[];
  /** What identifies it in the table: operation to real seconds, and source. */
  readonly cells: readonly string[];
  readonly realMean: number;
}

export interface TableLine {
  readonly cells: readonly string[];
  readonly virtual: string;
  readonly ratio: string;
}

/** Writing and erasing wait for wire and flash; reading by small packets waits for the adapter. */
const dependsOnAdapter = (row: TimingRow): boolean => row.operation === "read" && row.loader.startsWith("cesanta");

export function timingGroups(): readonly TimingGroup[] {
  const rows = readFileSync(FIXTURE, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as TimingRow);
  const groups = new Map<string, TimingRow[]>();
  for (const row of rows) {
    const key = groupKey(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((members) => groupOf(members)).sort((a, b) => compare(a.rows[0]!, b.rows[0]!));
}

const ORDER = ["erase-chip", "erase-region-rom", "flash-md5", "write", "read"];

function compare(a: TimingRow, b: TimingRow): number {
  return (
    ORDER.indexOf(a.operation) - ORDER.indexOf(b.operation) ||
    sourceOf(a).localeCompare(sourceOf(b), "en") ||
    (a.flash ?? "").localeCompare(b.flash ?? "", "en") ||
    (a.bytes ?? 0) - (b.bytes ?? 0) ||
    (dependsOnAdapter(a) ? (a.adapter ?? "").localeCompare(b.adapter ?? "", "en") : 0) ||
    a.baud - b.baud
  );
}

function groupKey(row: TimingRow): string {
  const adapter = dependsOnAdapter(row) ? row.adapter : "";
  return [
    row.operation,
    row.bytes,
    row.compressed,
    row.baud,
    row.loader,
    row.flash,
    isInside(row),
    adapter,
    sourceOf(row),
  ].join("|");
}

const isInside = ({ chip }: TimingRow): boolean => chip.startsWith("ESP8285");

/** Modules of one source are told apart by flash and chip. */
const sourceOf = ({ source }: TimingRow): string => source.replace(/^(nuket\/esptool-test).*/, "$1");

function groupOf(rows: readonly TimingRow[]): TimingGroup {
  const [row] = rows as [TimingRow];
  const seconds = rows.map((each) => each.seconds);
  const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
  const inside = isInside(row) ? "inside an ESP8285" : "not told";
  return {
    rows,
    cells: [
      row.operation,
      row.bytes === null ? "not told" : `${row.bytes}${row.compressed === undefined ? "" : ` (${row.compressed})`}`,
      String(row.baud),
      row.flash ?? inside,
      dependsOnAdapter(row) ? (row.adapter ?? "") : "any",
      least === most ? String(least) : `${least} to ${most}`,
      sourceOf(row),
    ],
    realMean: seconds.reduce((sum, each) => sum + each, 0) / seconds.length,
  };
}

export async function measureGroup({
  rows: [row],
  realMean,
}: TimingGroup): Promise<{ virtual: string; ratio: string }> {
  const seconds = await measure(row!);
  return { virtual: seconds.toFixed(2), ratio: realMean === 0 ? "" : (seconds / realMean).toFixed(2) };
}

/** Whether the real flash is known well enough for the times to be expected to agree. */
export function isComparable({ rows: [row], realMean }: TimingGroup): boolean {
  return realMean > 0 && (row!.operation === "read" || row!.operation === "write" || partOf(row!) !== undefined);
}

/** Measures all and writes the page. Takes minutes. */
export async function writeTimingTable(progress: (line: string) => void): Promise<void> {
  const lines: string[][] = [];
  for (const group of timingGroups()) {
    const { virtual, ratio } = await measureGroup(group);
    lines.push([...group.cells.slice(0, -1), virtual, ratio, group.cells.at(-1)!]);
    progress(lines.at(-1)!.join(" | "));
  }
  const page = readFileSync(PAGE, "utf8");
  const [before, after] = [page.slice(0, page.indexOf(BEGIN) + BEGIN.length), page.slice(page.indexOf(END))];
  writeFileSync(PAGE, `${before}\n\n${markdownTable(HEAD, lines)}\n\n${after}`);
}

export function markdownTable(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]!.length)));
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [row(head), rule, ...lines.map(row)].join("\n");
}

/** The table as it is in the page. */
export function readTimingTable(): readonly TableLine[] {
  const page = readFileSync(PAGE, "utf8");
  const table = page
    .slice(page.indexOf(BEGIN), page.indexOf(END))
    .split("\n")
    .filter((line) => line.startsWith("|"));
  return table.slice(2).map((line) => {
    const cells = line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim());
    const [virtual, ratio] = cells.splice(-3, 2) as [string, string];
    return { cells, virtual, ratio };
  });
}
