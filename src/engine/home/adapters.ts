/** What each adapter was seen to carry, so that a proven rate is gone to at once. A convenience: never worth an error. */
import * as v from "valibot";
import type { AdapterIdentity, Files } from "../ports.ts";
import { makePrivateFolder, writeWholeFile } from "./folders.ts";

const FILE_NAME = "adapters.json";
interface Known {
  readonly label: string;
  readonly baud?: number | undefined;
  readonly limit?: number | undefined;
}

const Baud = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)));
const schema: v.GenericSchema<unknown, Record<string, Known>> = v.record(
  v.string(),
  v.object({ label: v.string(), baud: Baud, limit: Baud }),
);

/** What tells one adapter from another: serial number where there is one, else the USB socket, else its path. */
export function adapterKey(adapter: AdapterIdentity): string {
  const model = `${adapter.vendorId ?? ""}:${adapter.productId ?? ""}`;
  return `${model}/${adapter.serialNumber ?? adapter.usbPath ?? adapter.path}`;
}

export interface AdapterRates {
  /** Highest rate proven. */
  readonly baud: number | undefined;
  /** Not above it: at the next one the chip was lost. A rate proven above it ends it. */
  readonly limit: number | undefined;
}

export async function ratesOf(files: Files, home: string, adapter: AdapterIdentity): Promise<AdapterRates> {
  const known = (await load(files, home))[adapterKey(adapter)];
  return { baud: known?.baud, limit: known?.limit };
}

/** Remembers the highest rate proven, or forgets what turned out too high (`lower` true). */
export async function rememberBaud(
  files: Files,
  home: string,
  adapter: AdapterIdentity,
  baud: number,
  lower = false,
): Promise<void> {
  const { baud: before = 0, limit } = await ratesOf(files, home, adapter);
  if (lower ? before === 0 || before <= baud : before >= baud) return;
  await remember(files, home, adapter, { baud, limit: limit === undefined || limit < baud ? undefined : limit });
}

/** Remembers that the chip was lost above this rate. */
export async function rememberLimit(
  files: Files,
  home: string,
  adapter: AdapterIdentity,
  limit: number,
): Promise<void> {
  const { baud } = await ratesOf(files, home, adapter);
  await remember(files, home, adapter, { baud: baud === undefined ? undefined : Math.min(baud, limit), limit });
}

async function remember(
  files: Files,
  home: string,
  adapter: AdapterIdentity,
  { baud, limit }: AdapterRates,
): Promise<void> {
  const known = await load(files, home);
  known[adapterKey(adapter)] = {
    label: adapter.label,
    ...(baud === undefined ? {} : { baud }),
    ...(limit === undefined ? {} : { limit }),
  };
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

async function load(files: Files, home: string): Promise<Record<string, Known>> {
  const path = `${home}/${FILE_NAME}`;
  try {
    if ((await files.stat(path)) === undefined) return {};
    const parsed = v.safeParse(schema, JSON.parse(new TextDecoder().decode(await files.read(path))));
    return parsed.success ? parsed.output : {};
  } catch {
    return {};
  }
}
