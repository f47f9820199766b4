/** A question of yes or no at the terminal, before something is changed. */
import type { Text } from "../../core/index.ts";
import { confirm as confirmBy } from "../../engine/index.ts";
import type { CommandRun } from "../command.ts";

/** True where the person agrees; `--yes` agrees at once. @throws needs-input where nobody is there to agree, aborted */
export async function confirm({ operator, signal, globals, attended }: CommandRun, question: Text): Promise<boolean> {
  return await confirmBy({ operator, signal }, { agreed: globals.yes, attended }, question);
}
