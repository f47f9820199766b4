/** Who measured, for the certificate: as said, as on the home's newest certificate, or one question. */
import { foldConversion } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { plugFolder, plugsOnRecord } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import type { Files, Operator } from "../ports.ts";
import { askUntil } from "./ask-until.ts";

/** Characters that fit on the certificate's line. */
const LONGEST = 60;

export interface TesterPorts {
  readonly operator: Operator;
  readonly files: Files;
  /** Whose certificates are looked at. */
  readonly home: string;
  readonly signal?: AbortSignal | undefined;
}

export interface TesterOptions {
  readonly tester?: string | undefined;
  /** Somebody is there who can be asked. */
  readonly askTester?: boolean | undefined;
}

/**
 * @param onRecord the name on this plug's own certificate.
 * @returns empty where the line is to be left blank; undefined where nobody said. Errors: aborted.
 */
export async function testerOf(
  { operator, files, home, signal }: TesterPorts,
  { tester, askTester }: TesterOptions,
  onRecord?: string,
): Promise<string | undefined> {
  if (tester !== undefined) return tester;
  const known = onRecord ?? (await newestTester(files, home));
  if (known !== undefined || askTester !== true) return known;
  const question = say`Who measured? The name goes on the certificate (Enter leaves it blank):`;
  return (await askUntil(operator, { id: "tester", text: question, secret: false }, usableTester, signal)).value;
}

/** @throws bad-argument where the line is too short for it. */
export function usableTester(typed: string): string {
  const name = typed.trim();
  if (name.length <= LONGEST) return name;
  throw new PlugsmithError("bad-argument", {
    message: say`The name has ${name.length} characters, but the certificate has room for ${LONGEST}.`,
    plugState: say`untouched`,
    nextStep: say`Give a shorter name.`,
  });
}

/** From the certificate that was written last. A journal that cannot be read is passed over: its own plug will say so. */
async function newestTester(files: Files, home: string): Promise<string | undefined> {
  let newest: { readonly at: string; readonly tester: string } | undefined;
  for (const plug of await plugsOnRecord(files, home)) {
    const entries = await readJournal(files, plugFolder(home, plug)).catch(() => []);
    const report = foldConversion(entries).finished.get("report");
    const tester = report?.data.tester;
    if (report === undefined || tester === undefined) continue;
    if (newest === undefined || report.at > newest.at) newest = { at: report.at, tester };
  }
  return newest?.tester;
}
