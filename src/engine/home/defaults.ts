/**
 * What was answered for one plug and is offered for the next: the network's name, the firmware, the reference. No secret,
 * and nothing that a test of safety rests on. A convenience: never worth an error.
 */
import * as v from "valibot";
import { isPlugsmithError } from "../../core/errors.ts";
import { changeHomeFile } from "./home-files.ts";
import type { Home } from "./plug-records.ts";

const FILE_NAME = "defaults.json";
const FILE_BYTES = 0x1_0000;

/** Where the image came from. */
export type FirmwareDefault =
  | { readonly kind: "latest"; readonly file?: undefined }
  | { readonly kind: "file"; readonly file: string };

/** What the meter was compared with, as it was typed. */
export type ReferenceDefault =
  | { readonly kind: "load"; readonly voltmeter: string; readonly load: number; readonly loadVoltage: number }
  | { readonly kind: "meter"; readonly powerMeter: string }
  | { readonly kind: "plug"; readonly reference: string }
  | { readonly kind: "later" };

export interface Defaults {
  readonly ssid?: string | undefined;
  readonly firmware?: FirmwareDefault | undefined;
  readonly reference?: ReferenceDefault | undefined;
  /** The network has no passphrase. */
  readonly open?: boolean | undefined;
  /** First three bytes of the last plug's MAC address, 6 lower-case hex digits; empty where it was not looked up. */
  readonly macPrefix?: string | undefined;
}

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const lenient = <T>(schema: v.GenericSchema<unknown, T>) => v.fallback(v.optional(schema), undefined);

const FIRMWARE: v.GenericSchema<unknown, FirmwareDefault> = v.variant("kind", [
  v.object({ kind: v.literal("latest") }),
  v.object({ kind: v.literal("file"), file: v.string() }),
]);

const REFERENCE: v.GenericSchema<unknown, ReferenceDefault> = v.variant("kind", [
  v.object({ kind: v.literal("load"), voltmeter: v.string(), load: positive, loadVoltage: positive }),
  v.object({ kind: v.literal("meter"), powerMeter: v.string() }),
  v.object({ kind: v.literal("plug"), reference: v.string() }),
  v.object({ kind: v.literal("later") }),
]);

const SCHEMA = v.looseObject({
  version: v.literal(1),
  ssid: lenient(v.string()),
  firmware: lenient(FIRMWARE),
  reference: lenient(REFERENCE),
  open: lenient(v.boolean()),
  macPrefix: lenient(v.pipe(v.string(), v.regex(/^([0-9a-f]{6})?$/))),
});

/** Empty where nothing is remembered, or what is there cannot be read. */
export async function readDefaults({ files, path }: Home): Promise<Defaults> {
  return (await stored({ files, path })) ?? {};
}

/** What is undefined stays as it was. What cannot be written is not remembered. */
export async function rememberDefaults(home: Home, change: Defaults): Promise<void> {
  const { files, path } = home;
  try {
    await changeHomeFile(files, path, `${path}/${FILE_NAME}`, async () => {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      const record = { ...(await stored(home)), ...Object.fromEntries(given), version: 1 };
      return new TextEncoder().encode(`${JSON.stringify(record, undefined, 2)}\n`);
    });
  } catch (error) {
    if (!isPlugsmithError(error)) throw error;
  }
}

async function stored({ files, path }: Home): Promise<Defaults | undefined> {
  const file = `${path}/${FILE_NAME}`;
  try {
    if ((await files.stat(file)) === undefined) return undefined;
    const parsed = v.safeParse(SCHEMA, JSON.parse(new TextDecoder().decode(await files.read(file, FILE_BYTES))));
    return parsed.success ? parsed.output : undefined;
  } catch (error) {
    if (isPlugsmithError(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
