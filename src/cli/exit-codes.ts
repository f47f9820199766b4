/** The process's exit code for every outcome. Scripts rely on them: a number is never given another meaning. */
import { ERROR_CODES, type ErrorCode } from "../core/index.ts";

export const EXIT_OK = 0;
/** Conventional for a process ended by SIGINT: 128 + 2. */
export const EXIT_INTERRUPTED = 130;

/** Grouped by tens: 2-9 how it was called, 10s port, 20s chip, 30s flash, 40s files, 50s firmware and network, 60s people. */
const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  "bad-argument": 2,
  "needs-input": 3,
  "not-supported": 4,
  "program-failed": 5,
  "question-closed": 6,
  "port-not-found": 10,
  "port-permission": 11,
  "port-busy": 12,
  "port-driver": 13,
  "port-failed": 14,
  "line-lost": 15,
  "no-sync": 20,
  "no-reply": 21,
  "bad-reply": 22,
  "chip-refused": 23,
  "wrong-chip": 24,
  "stub-failed": 25,
  "baud-failed": 26,
  "bad-image": 30,
  "image-too-big": 31,
  "verify-failed": 32,
  "backup-unproven": 33,
  "erase-gate": 34,
  "wrong-plug": 35,
  "flash-protected": 36,
  "file-not-found": 40,
  "file-exists": 41,
  "file-permission": 42,
  "disk-full": 43,
  "file-corrupt": 44,
  "record-newer": 45,
  locked: 46,
  "file-failed": 47,
  "file-unfit": 48,
  "no-answer": 50,
  "bad-answer": 51,
  "command-refused": 52,
  unauthorized: 53,
  "network-failed": 54,
  "wifi-failed": 55,
  "not-settled": 56,
  "audit-failed": 57,
  "text-too-long": 58,
  "unsupported-transport": 59,
  unsafe: 60,
  "not-measurable": 61,
  "mains-on-wires": 62,
  // EX_SOFTWARE of sysexits.h
  internal: 70,
  aborted: EXIT_INTERRUPTED,
};

export function exitCodeOf(code: ErrorCode): number {
  return EXIT_CODES[code];
}

/** The page docs/exit-codes.md, whole, in the form the formatter leaves alone. */
export function exitCodePage(): string {
  const rows = Object.entries(EXIT_CODES)
    .sort(([, a], [, b]) => a - b)
    .map(([code, exit]) => [String(exit), `\`${code}\``, ERROR_CODES[code as ErrorCode]]);
  const done = [String(EXIT_OK), "", "done, and proven where there is something to prove"];
  const table = [["exit", "code", "meaning"], done, ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  return [
    "# Exit codes",
    "",
    "Every error has a code, and every code an exit status of its own. With `--json` the code is in the last line's",
    "`error.code`. This page is written from the table in the code; a test keeps the two equal.",
    "",
    line(table[0] ?? []),
    rule,
    ...table.slice(1).map(line),
    "",
  ].join("\n");
}
