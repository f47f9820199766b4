/** How benchmarks tell what they found: aligned tables, and goals met or missed. */

export interface Goal {
  /** What was aimed at. */
  readonly goal: string;
  readonly met: boolean;
  /** The number that decides it. */
  readonly found: string;
}

export interface BenchOptions {
  /** A part of the whole: for a look, not for a statement. */
  readonly quick: boolean;
  /** Scenarios of the flash benchmark to run, by letter. */
  readonly jobs: readonly string[];
}

export type Bench = (options: BenchOptions) => Promise<readonly Goal[]>;

export function heading(text: string): void {
  console.log(`\n${text}\n${"=".repeat(text.length)}`);
}

export function note(text: string): void {
  console.log(text);
}

/** Cells that begin with a digit or a sign are set to the right, others to the left. */
export function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return /^[-+\d]/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  console.log(`\n${title}`);
  console.log(line(head));
  console.log(widths.map((width) => "-".repeat(width)).join("  "));
  for (const row of rows) console.log(line(row));
}

export function goals(found: readonly Goal[]): void {
  heading("Goals");
  for (const { goal, met, found: number } of found) console.log(`${met ? "met   " : "MISSED"}  ${goal}: ${number}`);
}

export const seconds = (us: number): string => (us / 1e6).toFixed(2);
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
export const ratio = (value: number): string => value.toFixed(2);
