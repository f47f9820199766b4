/** `plugsmith import`: places what `export` made in this computer's home, whole or not at all. */

import { rm } from "node:fs/promises";
import { ARCHIVE_BYTES, asText, foldConversion, nextStep, PlugsmithError, say, unpackPlug } from "../../core/index.ts";
import { IMPORT_FOLDER, placePlug, readJournal } from "../../engine/index.ts";
import { nodeClock, nodeFiles, nodeRandom } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { recordLocationOf } from "../convert/conversion-environment.ts";
import { isForVirtualPlug, SIM_PORT } from "../convert/single-step.ts";
import { plug as plugField, text } from "../options.ts";

export const importCommand: CommandModule = defineCommand({
  arguments: [["<file>", say`file that plugsmith export made`]],
  options: {
    port: SIM_PORT,
    plug: plugField(text("--plug <plug>", say`only accept the archive of this plug`)),
  },
  run: async (run, options) => {
    const virtual = isForVirtualPlug(options);
    const { home } = recordLocationOf(run, options.port);
    const archive = unpackPlug(await nodeFiles.read(run.args[0]!, ARCHIVE_BYTES));
    const { plug } = archive;
    if (archive.virtual !== virtual) throw otherKind(archive.virtual);
    if (options.plug !== undefined && options.plug !== plug) {
      throw new PlugsmithError("wrong-plug", {
        message: say`The archive belongs to the plug ${plug}, not to ${options.plug}.`,
        plugState: say`untouched; nothing was imported`,
        nextStep: say`Give the archive of the right plug.`,
      });
    }
    await removeLeftOvers(home);
    try {
      const folder = await placePlug({ files: nodeFiles, home, clock: nodeClock, random: nodeRandom }, archive);
      const state = foldConversion(await readJournal(nodeFiles, folder));
      const next = state.startedAt === undefined ? undefined : nextStep(state);
      return {
        data: { plug, folder, files: archive.files.map(({ path }) => path), next },
        answer: [
          asText(folder),
          next === undefined ? say`The conversion has no steps left.` : say`Next: plugsmith convert --resume ${plug}`,
        ],
      };
    } finally {
      await removeLeftOvers(home);
    }
  },
});

/** What an import that crashed left beside the plugs. */
async function removeLeftOvers(home: string): Promise<void> {
  for (const name of await nodeFiles.list(home)) {
    if (IMPORT_FOLDER.test(name)) await rm(`${home}/${name}`, { recursive: true, force: true });
  }
}

function otherKind(virtual: boolean): PlugsmithError {
  return new PlugsmithError("wrong-plug", {
    message: virtual
      ? say`The archive belongs to a virtual plug and cannot be used for a real one.`
      : say`The archive belongs to a real plug and cannot be used for a virtual one.`,
    plugState: say`untouched; nothing was imported`,
    nextStep: virtual ? say`Name the virtual plug's folder with --port sim:FOLDER.` : say`Leave out --port.`,
  });
}
