/** A file that a person hands over: written as it comes, whole under its name or not at all. */
import { toHex } from "../../core/bytes.ts";
import { sha256Hex } from "../../core/digest.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { LARGEST_FLASH } from "../../core/image/header.ts";
import { say } from "../../core/text/text.ts";
import { makePrivateFolder } from "../../engine/home/folders.ts";
import type { Files, Random } from "../../engine/ports.ts";
import type { Upload } from "./contract.ts";

const NAME_BYTES = 8;
const PRIVATE = 0o600;

/** Errors: file-unfit, disk-full, file-*, and what the chunks end with. Nothing is left of a file that did not come whole. */
export async function keepUpload(
  files: Files,
  home: string,
  random: Random,
  chunks: AsyncIterable<Uint8Array>,
): Promise<Upload> {
  const folder = `${home}/uploads`;
  await makePrivateFolder(files, home, folder);
  const path = `${folder}/${toHex(random.bytes(NAME_BYTES))}.bin`;
  const beside = `${path}.part`;
  const handle = await files.open(beside, "create", PRIVATE);
  let size = 0;
  try {
    try {
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > LARGEST_FLASH) throw tooLong();
        await handle.write(chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    await files.remove(beside).catch(() => undefined);
    throw error;
  }
  await files.rename(beside, path);
  await files.syncDirectory(folder);
  return { path, size, sha256: sha256Hex(await files.read(path, LARGEST_FLASH)) };
}

function tooLong(): PlugsmithError {
  return new PlugsmithError("file-unfit", {
    message: say`The file is longer than the largest flash of an ESP8266, ${LARGEST_FLASH} bytes.`,
    plugState: say`untouched`,
    nextStep: say`Choose the firmware image itself: the .bin file, not an archive.`,
  });
}
