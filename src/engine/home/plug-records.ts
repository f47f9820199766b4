/**
 * What is kept of a plug between runs: where it was last seen, and its secrets. In the plug's folder, for its owner
 * only; a password is on the medium before the plug gets it, since nobody else will remember it.
 */
import * as v from "valibot";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { Files } from "../ports.ts";
import { lastContact } from "./contacts.ts";
import { plugFolder, plugsOnRecord } from "./folders.ts";
import { changeHomeFile, writeHomeFile } from "./home-files.ts";

export interface Home {
  readonly files: Files;
  readonly path: string;
}

const SECRETS = v.looseObject({
  version: v.literal(1),
  /** In force, as far as is known. */
  webPassword: v.optional(v.string()),
  mqttPassword: v.optional(v.string()),
  /** About to be set: one of the two is in force. */
  nextWebPassword: v.optional(v.string()),
});

export interface PlugSecrets {
  readonly webPassword?: string | undefined;
  readonly nextWebPassword?: string | undefined;
  readonly mqttPassword?: string | undefined;
}

const CLAIM = v.looseObject({ address: v.string(), lastSeen: v.string() });

const SEEN = v.looseObject({
  version: v.literal(1),
  mac: v.string(),
  address: v.string(),
  proven: v.optional(v.boolean()),
  neighbour: v.optional(v.string()),
  claim: v.optional(CLAIM),
  name: v.optional(v.string()),
  topic: v.optional(v.string()),
  lastSeen: v.string(),
  contacts: v.optional(v.number()),
});

export interface SeenPlug {
  /** 12 lower-case hex digits. */
  readonly mac: string;
  readonly address: string;
  /** False: nobody but the network says that the plug is at this address. */
  readonly proven?: boolean | undefined;
  /** The MAC that this computer's neighbour table had for the address when it was proven, 12 hex digits. */
  readonly neighbour?: string | undefined;
  /** Another address that the network gave for the plug since. */
  readonly claim?: { readonly address: string; readonly lastSeen: string } | undefined;
  readonly name?: string | undefined;
  readonly topic?: string | undefined;
  /** UTC, ISO 8601. */
  readonly lastSeen: string;
  /** Number of the last contact over a serial wire before it was seen where it is known to be; see home/contacts.ts. */
  readonly contacts?: number | undefined;
}

const SECRETS_NAME = "secrets.json";
const SEEN_NAME = "network.json";
/** Many times what either holds. */
const RECORD_BYTES = 0x1_0000;

const pathOf = (home: Home, mac: string, name: string): string => `${plugFolder(home.path, mac)}/${name}`;
const encoded = (record: object): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify({ version: 1, ...record }, undefined, 2)}\n`);

async function readRecord(home: Home, mac: string, name: string): Promise<unknown> {
  const path = pathOf(home, mac, name);
  if ((await home.files.stat(path)) === undefined) return undefined;
  const text = new TextDecoder().decode(await home.files.read(path, RECORD_BYTES));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw corrupt(path);
  }
}

function corrupt(path: string): PlugsmithError {
  return new PlugsmithError("file-corrupt", {
    message: say`${path} is damaged: plugsmith cannot read it.`,
    nextStep: say`Check the file: it may have been edited. To continue without it, move it away.`,
    context: { path },
  });
}

/** Errors: file-corrupt, file-*. */
export async function readSecrets(home: Home, mac: string): Promise<PlugSecrets> {
  const record = await readRecord(home, mac, SECRETS_NAME);
  if (record === undefined) return {};
  const parsed = v.safeParse(SECRETS, record);
  if (!parsed.success) throw corrupt(pathOf(home, mac, SECRETS_NAME));
  return parsed.output;
}

/** Puts these in the place of all that is on record. Resolves when they are on the medium. Errors: locked, file-*. */
export async function writeSecrets(home: Home, mac: string, secrets: PlugSecrets): Promise<void> {
  await writeHomeFile(home.files, home.path, pathOf(home, mac, SECRETS_NAME), encoded(secrets));
}

/**
 * Sets what is named in `changes` and forgets what is named there as undefined; the rest stays as it is by then.
 * Resolves when the file is on the medium. Errors: file-corrupt, locked, disk-full, file-*.
 */
export async function changeSecrets(home: Home, mac: string, changes: PlugSecrets): Promise<void> {
  await changeHomeFile(home.files, home.path, pathOf(home, mac, SECRETS_NAME), async () =>
    encoded({ ...(await readSecrets(home, mac)), ...changes }),
  );
}

/**
 * Records where the plug is. See address-proof.ts for who may say so; what the network claims goes to `noteClaim`.
 * Errors: locked, disk-full, file-*.
 */
export async function rememberPlug(home: Home, plug: SeenPlug): Promise<void> {
  await writeHomeFile(home.files, home.path, pathOf(home, plug.mac, SEEN_NAME), encoded(plug));
}

interface AddressClaim {
  readonly mac: string;
  readonly address: string;
  readonly name?: string | undefined;
  readonly at: string;
}

/** Records an address that the network gave for a plug. A proven address stays, with the new one beside it. */
export async function noteClaim(home: Home, claim: AddressClaim): Promise<void> {
  const { mac } = claim;
  const contacts = await lastContact(home.files, home.path);
  await changeHomeFile(home.files, home.path, pathOf(home, mac, SEEN_NAME), async () =>
    encoded(withClaim(await seenPlug(home, mac), claim, contacts)),
  );
}

function withClaim(
  known: SeenPlug | undefined,
  { mac, address, name, at }: AddressClaim,
  contacts: SeenPlug["contacts"],
): SeenPlug {
  if (known === undefined || known.proven === false) return { mac, address, proven: false, name, lastSeen: at };
  if (known.address !== address) return { ...known, claim: { address, lastSeen: at } };
  return { ...known, lastSeen: at, contacts };
}

/** Undefined where the plug was not seen in a network, or its record cannot be read. */
export async function seenPlug(home: Home, mac: string): Promise<SeenPlug | undefined> {
  const parsed = v.safeParse(SEEN, await readRecord(home, mac, SEEN_NAME).catch(() => undefined));
  return parsed.success && parsed.output.mac === mac ? parsed.output : undefined;
}

/** All plugs that were seen in a network, by MAC. Records that cannot be read are left out. */
export async function rememberedPlugs(home: Home): Promise<readonly SeenPlug[]> {
  const plugs: SeenPlug[] = [];
  for (const mac of await plugsOnRecord(home.files, home.path)) {
    const seen = await seenPlug(home, mac);
    if (seen !== undefined) plugs.push(seen);
  }
  return plugs;
}

/** Whether two spellings name the same place. */
export function sameAddress(one: string, other: string): boolean {
  const plain = (host: string): string => host.toLowerCase().replace(/:80$/, "").replace(/\.$/, "");
  return plain(one) === plain(other);
}
