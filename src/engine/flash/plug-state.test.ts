import { beforeEach, describe, expect, test } from "vitest";
import { MemoryFiles } from "../../../test/support/memory-files.ts";
import { type ErrorCode, PlugsmithError } from "../../core/errors.ts";
import type { StoredEntry } from "../../core/journal/stored-entry.ts";
import { asText, say } from "../../core/text/text.ts";
import { openJournal } from "../home/journal.ts";
import { type Change, withPlugState } from "./plug-state.ts";

const FOLDER = "/home/plugs/c44f33a1b212";
const AT = "2026-01-01T00:00:00.000Z";
const MD5 = "0123456789abcdef0123456789abcdef";

let files: MemoryFiles;
beforeEach(() => {
  files = new MemoryFiles();
});

async function put(...entries: readonly object[]): Promise<void> {
  const journal = await openJournal(files, FOLDER);
  for (const entry of entries) await journal.append({ at: AT, ...entry } as StoredEntry);
  await journal.close();
}

const error = (code: ErrorCode, plugState?: string): PlugsmithError =>
  new PlugsmithError(code, { message: say`No.`, plugState: plugState === undefined ? undefined : asText(plugState) });

const stated = (
  thrown: PlugsmithError,
  change?: Change,
  folder: string | undefined = FOLDER,
): Promise<PlugsmithError> => withPlugState(thrown, "write", files, folder, change);

const OPEN: Change = { kind: "write", backup: "2026-01-01", proven: false };

test("before anything was announced the plug is untouched, and the same command goes on", async () => {
  for (const state of [undefined, "untouched", "flash untouched"]) {
    const told = await stated(error("no-sync", state));
    expect(told).toMatchObject({
      code: "no-sync",
      step: "write",
      plugState: state ?? "untouched",
      nextStep: "Run the same command again. It continues from what is already verified.",
    });
  }
});

test.each<[ErrorCode, string]>([
  ["line-lost", "Check the adapter and its cable, or the network if the port is on another computer. "],
  ["port-failed", "Unplug the adapter and plug it in again. "],
  ["no-reply", "Check the wires and the supply. "],
  ["bad-reply", "Check the wires and the supply. "],
  ["chip-refused", "Check the wires and the supply. "],
  ["stub-failed", "Check the supply. "],
  ["disk-full", ""],
])("after %s one looks at the right thing before the command is run again", async (code, words) => {
  expect((await stated(error(code))).nextStep).toBe(
    `${words}Run the same command again. It continues from what is already verified.`,
  );
});

test("a change that was announced and not proven may not start, and the way back is named", async () => {
  for (const state of [undefined, "untouched", "flash untouched"]) {
    const told = await stated(error("line-lost", state), OPEN);
    expect(told.plugState).toBe(
      "partly written, so it may not start; the sealed backup of its original firmware is 2026-01-01",
    );
    expect(told.nextStep).toMatch(/already verified\. Or restore the original firmware: plugsmith restore\.$/);
  }
});

test("without a sealed backup there is no way back to name, and a restore is its own way back", async () => {
  const unsealed = await stated(error("line-lost"), { ...OPEN, kind: "erase", backup: undefined });
  expect(unsealed.plugState).toBe("partly erased, so it may not start; there is no sealed backup of what it held");
  expect(unsealed.nextStep).not.toContain("restore");
  const restoring = await stated(error("line-lost"), { ...OPEN, kind: "restore" });
  expect(restoring.plugState).toMatch(/^partly restored/);
  expect(restoring.nextStep).not.toContain("Or put");
});

test.each([
  ["write", "written"],
  ["erase", "erased"],
  ["restore", "restored"],
] as const)(
  "a %s that the chip's digest proved is told as proven, whatever went wrong after it",
  async (kind, word) => {
    const told = await stated(error("no-reply", "untouched"), { ...OPEN, kind, proven: true });
    expect(told.plugState).toBe(`${word}, and verified with the chip's own digest`);
    expect(told.nextStep).not.toContain("restore.");
  },
);

test("what an error says of the plug by itself stays", async () => {
  expect((await stated(error("unsafe", "burnt"), OPEN)).plugState).toBe("burnt");
});

describe("from the journal", () => {
  const begun = { type: "erase-begun", kind: "write", from: 0, md5: MD5, backup: "b" };

  test("a change that an earlier run left open is told as that", async () => {
    await put(begun);
    const told = await stated(error("no-sync", "untouched"));
    expect(told.plugState).toBe(
      "partly written, so it may not start; left by an earlier run; the sealed backup of its original firmware is b",
    );
    expect(told.nextStep).toContain("Or restore the original");
  });

  test.each(["target-proven", "restore-proven"])("a change that was proven since (%s) is none", async (type) => {
    await put(begun, { type, md5: MD5 });
    expect((await stated(error("no-sync"))).plugState).toBe("untouched");
  });

  test("nothing is told where it is not known which plug it is, or the journal cannot be read", async () => {
    await put(begun);
    expect((await withPlugState(error("no-sync"), "write", files, undefined, undefined)).plugState).toBe("untouched");
    const handle = await files.open(`${FOLDER}/journal.jsonl`, "append", 0o600);
    await handle.write(new TextEncoder().encode("garbage\n{}\n"));
    expect((await stated(error("file-corrupt"))).plugState).toBe("untouched");
  });
});
