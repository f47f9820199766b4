import { describe, expect, test } from "vitest";
import type { StoredEntry } from "../../core/journal/stored-entry.ts";
import { firstBackup } from "./backup-order.ts";
import type { SealedBackup } from "./backups.ts";

/** A backup by its id, the day of its time stamp, and its number. */
function backup(id: string, day: number, sequence?: number): SealedBackup {
  const time = new Date(Date.UTC(2026, 0, day)).toISOString();
  return { id, folder: id, path: id, manifest: { time, sequence } as SealedBackup["manifest"] };
}

const journal = (...ids: readonly (string | undefined)[]): StoredEntry[] =>
  ids.map((id) => ({ type: "backup-sealed", at: "2026-01-01T00:00:00.000Z", backup: id }) as StoredEntry);

const first = (backups: readonly SealedBackup[], entries: readonly StoredEntry[] = []): string | undefined =>
  firstBackup(backups, entries)?.id;

describe("backups with numbers", () => {
  test("the lowest number is the first, whatever the clock said", () => {
    expect(first([backup("a", 1, 3), backup("b", 9, 1), backup("c", 2, 2)])).toBe("b");
  });

  test("a journal that knows an earlier one contradicts the number: nobody knows", () => {
    const both = [backup("a", 1, 1), backup("b", 2, 2)];
    expect(first(both, journal("b", "a"))).toBeUndefined();
    expect(first(both, journal("a", "b"))).toBe("a");
    expect(first(both, journal("b"))).toBe("a");
    expect(first(both, journal("a"))).toBe("a");
  });

  test("two that share a number are in question: time and journal decide", () => {
    const both = [backup("a", 2, 1), backup("b", 1, 1)];
    expect(first(both)).toBe("b");
    expect(first(both, journal("b", "a"))).toBe("b");
    expect(first(both, journal("a", "b"))).toBeUndefined();
  });
});

describe("backups of older versions", () => {
  test("those without a number are older than those with one", () => {
    expect(first([backup("a", 1, 1), backup("b", 5)])).toBe("b");
    expect(first([backup("a", 1, 1), backup("b", 5), backup("c", 4)])).toBe("c");
  });

  test("without a journal the earliest time is the first, unless two share it", () => {
    expect(first([backup("a", 2), backup("b", 1), backup("c", 3)])).toBe("b");
    expect(first([backup("a", 1), backup("b", 1), backup("c", 3)])).toBeUndefined();
    expect(first([backup("a", 1)])).toBe("a");
  });

  test("journal and time that agree tell the first", () => {
    expect(first([backup("a", 2), backup("b", 1)], journal("b", "a"))).toBe("b");
    expect(first([backup("a", 2), backup("b", 1)], journal("b"))).toBe("b");
  });

  test("journal and time that disagree tell nothing: a clock jumped, or an entry is missing", () => {
    expect(first([backup("a", 2), backup("b", 1)], journal("a", "b"))).toBeUndefined();
    expect(first([backup("a", 2), backup("b", 1)], journal("a"))).toBeUndefined();
  });

  test("a tie in time is broken by a journal that knows them all", () => {
    const tied = [backup("a", 1), backup("b", 1)];
    expect(first(tied, journal("b", "a"))).toBe("b");
    expect(first(tied, journal("b"))).toBeUndefined();
    expect(first([...tied, backup("c", 5)], journal("c", "b", "a"))).toBeUndefined();
  });

  test("the only one is the first, and its first entry is what counts", () => {
    expect(first([backup("a", 1)], journal("a"))).toBe("a");
    expect(first([backup("a", 1), backup("b", 2)], journal("a", "b", "a"))).toBe("a");
    expect(first([backup("a", 1), backup("b", 2)], journal(undefined, "a", "b"))).toBe("a");
  });
});
