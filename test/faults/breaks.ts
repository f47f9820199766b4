/**
 * Deliberate breaks of the engine, each of which the campaign has to find: what proves that a green campaign means
 * something. Texts are replaced on the way into a bundle; the sources stay as they are.
 */
import type { Replacement } from "./bundle.ts";

export interface Break extends Replacement {
  readonly what: string;
}

const flash = "src/engine/flash";
const home = "src/engine/home";
const link = "src/engine/link";

export const BREAKS: readonly Break[] = [
  {
    what: "a whole file is not flushed before it gets its final name",
    file: `${home}/folders.ts`,
    from: "      await handle.write(bytes);\n      await handle.sync();\n",
    to: "      await handle.write(bytes);\n",
  },
  {
    what: "the directory is not flushed after a file got its final name",
    file: `${home}/folders.ts`,
    from: "  await files.rename(beside, path);\n  await files.syncDirectory(parentOf(path));\n",
    to: "  await files.rename(beside, path);\n",
  },
  {
    what: "what a crash left of a file is in the way of the next run",
    file: `${home}/folders.ts`,
    from: '    if (!isPlugsmithError(error, "file-exists")) throw error;\n',
    to: "    throw error;\n",
  },
  {
    what: "the manifest is written before the image",
    file: `${home}/backups.ts`,
    from: `  await writeWholeFile(files, \`\${folder}/\${IMAGE_NAME}\`, image);\n  await writeWholeFile(files, \`\${folder}/\${MANIFEST_NAME}\`, formatManifest(manifest));\n`,
    to: `  await writeWholeFile(files, \`\${folder}/\${MANIFEST_NAME}\`, formatManifest(manifest));\n  await writeWholeFile(files, \`\${folder}/\${IMAGE_NAME}\`, image);\n`,
  },
  {
    what: "a journal entry is not flushed",
    file: `${home}/journal.ts`,
    from: "    await this.#handle.write(line);\n    await this.#handle.sync();\n",
    to: "    await this.#handle.write(line);\n",
  },
  {
    what: "the gate forgets that erasing had started",
    file: `${flash}/gate.ts`,
    from: '    if (entry.type === "erase-begun") backup = entry.backup ?? backup;\n',
    to: "",
  },
  {
    what: "the gate remembers erasing though the original was put back since",
    file: `${flash}/gate.ts`,
    from: '    if (entry.type === "restore-proven") backup = undefined;\n',
    to: "",
  },
  {
    what: "the gate counts on a backup without reading it again",
    file: `${flash}/gate.ts`,
    from: "    return await readSealedImage(files, backup, codec);\n",
    to: "    return await files.read(backup.path);\n",
  },
  {
    what: "erasing is announced after it was done",
    file: `${flash}/change.ts`,
    from: "            await announce(operation, identity, found);\n",
    to: "            await program(operation, found.expected, tally, first);\n            await announce(operation, identity, found);\n",
  },
  {
    what: "a backup is sealed without the chip's final digest",
    file: `${flash}/backup-reader.ts`,
    from: "    if (codec.md5(image) === md5) return;\n",
    to: "    if (md5.length > 0) return;\n",
  },
  {
    what: "a write is done without the chip's final digest",
    file: `${flash}/program.ts`,
    from: "    if (digest === wanted) {\n",
    to: "    if (digest !== undefined) {\n",
  },
  {
    what: "what lies around an image in its first and last sector is not kept",
    file: `${flash}/prepare.ts`,
    from: "    bytes.set(sector, at - from);\n",
    to: "    bytes.set(sector.slice().fill(0xff), at - from);\n",
  },
  {
    what: "what an interrupted backup had read is read again",
    file: `${flash}/backup.ts`,
    from: "  if (partial !== undefined && sealed === undefined) {",
    to: "  if (partial !== undefined && sealed !== undefined) {",
  },
  {
    what: "a damaged exchange is not tried again",
    file: `${link}/timing.ts`,
    from: "export const RETRIES = 4;",
    to: "export const RETRIES = 0;",
  },
  {
    what: "a lost line ends the work",
    file: `${flash}/connection.ts`,
    from: 'isPlugsmithError(error, "line-lost") || isPlugsmithError(error, "stub-failed")',
    to: 'isPlugsmithError(error, "stub-failed")',
  },
];
