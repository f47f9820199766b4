/** Who measured, for the certificate: an option, the name on the home's newest certificate, or one question. */

import { foldConversion, PlugsmithError, say } from "../../core/index.ts";
import { plugFolder, plugsOnRecord, readJournal } from "../../engine/index.ts";
import { askUntil } from "../../host/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import type { CommandRun } from "../command.ts";
import { checked, text } from "../options.ts";

/** Characters that fit on the certificate's line. */
const LONGEST = 60;

export const TESTER = checked(
  text("--tester <name>", say`name of the person who measured, for the certificate; "" leaves it blank`),
  (name) => (name === undefined ? undefined : usable(name)),
);

/**
 * @param given with the option. @param home whose certificates are looked at. @param onRecord the name on this plug's own certificate.
 * @returns empty where the line is to be left blank; undefined where nobody said.
 */
export async function testerOf(
  run: CommandRun,
  given: string | undefined,
  home: string,
  onRecord?: string,
): Promise<string | undefined> {
  if (given !== undefined) return given;
  const known = onRecord ?? (await newestTester(home));
  if (known !== undefined || !run.attended) return known;
  const question = say`Who measured? The name goes on the certificate (Enter leaves it blank):`;
  const { value } = await askUntil(run.operator, { id: "tester", text: question, secret: false }, usable, run.signal);
  return value;
}

function usable(typed: string): string {
  const name = typed.trim();
  if (name.length <= LONGEST) return name;
  throw new PlugsmithError("bad-argument", {
    message: say`The name has ${name.length} characters, but the certificate has room for ${LONGEST}.`,
    plugState: say`untouched`,
    nextStep: say`Give a shorter name.`,
  });
}

/** From the certificate that was written last. A journal that cannot be read is passed over: its own plug will say so. */
async function newestTester(home: string): Promise<string | undefined> {
  let newest: { readonly at: string; readonly tester: string } | undefined;
  for (const plug of await plugsOnRecord(nodeFiles, home)) {
    const entries = await readJournal(nodeFiles, plugFolder(home, plug)).catch(() => []);
    const report = foldConversion(entries).finished.get("report");
    const tester = report?.data.tester;
    if (report === undefined || tester === undefined) continue;
    if (newest === undefined || report.at > newest.at) newest = { at: report.at, tester };
  }
  return newest?.tester;
}
