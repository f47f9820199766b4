/** Whether a practice plug in a folder is closed: no wire is on its board, so that it is reached over its network. */
import type { Files } from "../../engine/ports.ts";
import { loadSim } from "./load-sim.ts";

/** Many times what the record of a plug has. */
const RECORD_BYTES = 0x1_0000;

/** False for a folder without a plug. Errors: file-*, record-newer. */
export async function isClosedPlug(files: Files, folder: string): Promise<boolean> {
  const { PLUG_FILES, parsePlug } = await loadSim();
  const path = `${folder}/${PLUG_FILES.record}`;
  if ((await files.stat(path)) === undefined) return false;
  const { wiring } = parsePlug(new TextDecoder().decode(await files.read(path, RECORD_BYTES)));
  return [wiring.chipRx, wiring.chipTx, wiring.ground, wiring.vcc].every((wire) => wire === "open");
}
