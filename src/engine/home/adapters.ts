/** What each adapter was seen to carry, so that a proven rate is gone to at once. A convenience: never worth an error. */
import * as v from "valibot";
import type { AdapterIdentity, Files } from "../ports.ts";
import { makePrivateFolder, writeWholeFile } from "./folders.ts";

const FILE_NAME = "adapters.json";
const schema: v.GenericSchema<unknown, Record<string, { label: string; baud: number }>> = v.record(
  v.string(),
  v.object({ label: v.string(), baud: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
);

/** Serial number where there is one, else the place it is plugged in, else its path. */
function keyOf(adapter: AdapterIdentity): string {
  const model = `${adapter.vendorId ?? ""}:${adapter.productId ?? ""}`;
  return `${model}/${adapter.serialNumber ?? adapter.usbPath ?? adapter.path}`;
}

/** Highest rate this adapter was proven to carry, baud; undefined where nothing is known. */
export async function provenBaud(files: Files, home: string, adapter: AdapterIdentity): Promise<number | undefined> {
  return (await load(files, home))[keyOf(adapter)]?.baud;
}

/** Remembers the highest rate proven, or forgets what turned out too high (`lower` true). */
export async function rememberBaud(
  files: Files,
  home: string,
  adapter: AdapterIdentity,
  baud: number,
  lower = false,
): Promise<void> {
  const known = await load(files, home);
  const before = known[keyOf(adapter)]?.baud ?? 0;
  if (lower ? before === 0 || before <= baud : before >= baud) return;
  known[keyOf(adapter)] = { label: adapter.label, baud };
  try {
    await makePrivateFolder(files, home, home);
    await writeWholeFile(
      files,
      `${home}/${FILE_NAME}`,
      new TextEncoder().encode(`${JSON.stringify(known, null, 2)}\n`),
    );
  } catch {
    // A full disk stops the work where it matters, not here.
  }
}

async function load(files: Files, home: string): Promise<Record<string, { label: string; baud: number }>> {
  const path = `${home}/${FILE_NAME}`;
  try {
    if ((await files.stat(path)) === undefined) return {};
    const parsed = v.safeParse(schema, JSON.parse(new TextDecoder().decode(await files.read(path))));
    return parsed.success ? parsed.output : {};
  } catch {
    return {};
  }
}
