/** The plug that is meant where none is named: the only one on record. */

import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { plugsOnRecord } from "../../engine/home/folders.ts";
import type { Files } from "../../engine/ports.ts";

/** @throws bad-argument where there is none or more than one */
export async function onlyPlug(files: Files, home: string): Promise<string> {
  const plugs = await plugsOnRecord(files, home);
  if (plugs.length === 1) return plugs[0]!;
  throw new PlugsmithError("bad-argument", {
    message: say`Which plug is not said; on record in ${home} are ${plugs.length === 0 ? "none" : plugs.join(", ")}.`,
    plugState: say`untouched`,
    nextStep: say`Give its MAC.`,
  });
}
