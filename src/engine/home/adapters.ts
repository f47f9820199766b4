/** What each adapter was seen to carry, so that a proven rate is gone to at once. A convenience: never worth an error. */
import * as v from "valibot";
import type { AdapterIdentity, Files } from "../ports.ts";
import { changeHomeFile } from "./home-files.ts";

const FILE_NAME = "adapters.json";
/** Thousands of adapters. */
const FILE_BYTES = 0x10_0000;
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

/** What distinguishes adapters: serial number where there is one, else the USB socket, else its path. */
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
  return ratesIn(await load(files, home), adapterKey(adapter));
}

function ratesIn(known: Readonly<Record<string, Known>>, key: string): AdapterRates {
  return { baud: known[key]?.baud, limit: known[key]?.limit };
}

/**
 * Remembers the highest rate proven, or forgets what turned out too high (`lower` true).
 * @param known what was read before, so that a run that learns nothing reads nothing. @returns what is known now.
 */
export async function rememberBaud(
  files: Files,
  home: string,
  adapter: AdapterIdentity,
  baud: number,
  lower = false,
  known?: AdapterRates,
): Promise<AdapterRates> {
  const change = ({ baud: before = 0, limit }: AdapterRates): AdapterRates | undefined => {
    if (lower ? before === 0 || before <= baud : before >= baud) return undefined;
    return { baud, limit: limit === undefined || limit < baud ? undefined : limit };
  };
  return await remember(files, home, adapter, change, known);
}

/** Remembers that the chip was lost above this rate. @returns what is known now. */
export async function rememberLimit(
  files: Files,
  home: string,
  adapter: AdapterIdentity,
  limit: number,
): Promise<AdapterRates> {
  return await remember(files, home, adapter, ({ baud }) => ({
    baud: baud === undefined ? undefined : Math.min(baud, limit),
    limit,
  }));
}

async function remember(
  files: Files,
  home: string,
  adapter: AdapterIdentity,
  change: (before: AdapterRates) => AdapterRates | undefined,
  known?: AdapterRates,
): Promise<AdapterRates> {
  const key = adapterKey(adapter);
  let now = known ?? ratesIn(await load(files, home), key);
  // Most runs learn nothing: they wait for nobody.
  if (change(now) === undefined) return now;
  try {
    await changeHomeFile(files, home, `${home}/${FILE_NAME}`, async () => {
      const all = await load(files, home);
      now = ratesIn(all, key);
      const rates = change(now);
      if (rates === undefined) return undefined;
      now = rates;
      all[key] = { label: adapter.label, ...rates };
      return new TextEncoder().encode(`${JSON.stringify(all, null, 2)}\n`);
    });
  } catch {
    // A full disk stops the work where it matters, not here.
  }
  return now;
}

async function load(files: Files, home: string): Promise<Record<string, Known>> {
  const path = `${home}/${FILE_NAME}`;
  try {
    if ((await files.stat(path)) === undefined) return {};
    const parsed = v.safeParse(schema, JSON.parse(new TextDecoder().decode(await files.read(path, FILE_BYTES))));
    return parsed.success ? parsed.output : {};
  } catch {
    return {};
  }
}
