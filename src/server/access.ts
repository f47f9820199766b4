/**
 * Who has been let in. A start code is a file in a private folder of the home, so only this user can make one; the page exchanges it once, within
 * a minute, for a token. Of both the server keeps digests: reading its files lets nobody in.
 */
import { sha256Hex, toHex } from "../core/index.ts";
import { type Clock, type Files, makePrivateFolder, writeWholeFile } from "../engine/index.ts";

/** How long a start code can be exchanged, ms. */
const CODE_MS = 60_000;
/** How long a page that was let in stays so, ms: an evening and the night after. */
const TOKEN_MS = 16 * 3_600_000;
/** Pages that are let in at the same time. */
const MOST_TOKENS = 32;
const SECRET_BYTES = 32;
const TOKEN_FILE_BYTES = 0x1_0000;

const START_FILE = /^start-(\d{1,16})-([0-9a-f]{64})\.html$/;

export interface AccessOptions {
  readonly files: Files;
  /** The home's root and the folder in it that start codes and tokens are in. */
  readonly home: string;
  readonly folder: string;
  readonly clock: Pick<Clock, "wallTime">;
  readonly random: { bytes(count: number): Uint8Array };
}

interface Token {
  /** SHA-256 of the token, hex. */
  readonly digest: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Makes a start file, which any process of this user can do, beside the server or in it. Returns its path and its code. */
export async function writeStartFile(
  { files, home, folder, clock, random }: AccessOptions,
  address: string,
): Promise<{ readonly path: string; readonly code: string }> {
  const code = toHex(random.bytes(SECRET_BYTES));
  const path = `${folder}/start-${clock.wallTime()}-${sha256Hex(encode(code))}.html`;
  await makePrivateFolder(files, home, folder);
  await writeWholeFile(files, path, encode(startPage(`${address}start#${code}`)));
  return { path, code };
}

/** Leads to the server with the code in the fragment, which no server and no process list sees. */
function startPage(target: string): string {
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>plugsmith</title>
<meta http-equiv="refresh" content="0;url=${target}"><p><a href="${target}">plugsmith</a></p>
`;
}

export class Access {
  readonly #options: AccessOptions;
  readonly #tokenFile: string;
  #tokens: Token[] | undefined;
  /** One exchange at a time: only so is a code that is there not yet used. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#tokenFile = `${options.folder}/tokens.json`;
  }

  /** A token for a start code; undefined where the code was never made, was used, or is older than a minute. */
  exchange(code: string): Promise<string | undefined> {
    const exchanged = this.#turn.then(() => this.#exchangeNow(code));
    this.#turn = exchanged.catch(() => undefined);
    return exchanged;
  }

  async #exchangeNow(code: string): Promise<string | undefined> {
    if (!(await this.#redeem(sha256Hex(encode(code))))) return undefined;
    const { clock, random } = this.#options;
    const token = toHex(random.bytes(SECRET_BYTES));
    const fresh = { digest: sha256Hex(encode(token)), until: clock.wallTime() + TOKEN_MS };
    this.#tokens = [...(await this.#valid()), fresh].slice(-MOST_TOKENS);
    await this.#keep();
    return token;
  }

  async admits(token: string): Promise<boolean> {
    const digest = sha256Hex(encode(token));
    return (await this.#valid()).some((each) => each.digest === digest);
  }

  /** A code whose file cannot be removed lets nobody in: it could be used again. */
  async #redeem(digest: string): Promise<boolean> {
    const { files, folder, clock } = this.#options;
    let valid = false;
    for (const name of await files.list(folder)) {
      const [, made, digestOfFile] = START_FILE.exec(name) ?? [];
      if (made === undefined) continue;
      const age = clock.wallTime() - Number(made);
      const isFresh = age >= 0 && age <= CODE_MS;
      if (isFresh && digestOfFile !== digest) continue;
      const removed = await files.remove(`${folder}/${name}`).then(
        () => true,
        () => false,
      );
      valid ||= removed && isFresh;
    }
    return valid;
  }

  /** From the file, so that a page that was let in before a restart of the server still is. */
  async #valid(): Promise<readonly Token[]> {
    this.#tokens ??= await this.#stored();
    const now = this.#options.clock.wallTime();
    return this.#tokens.filter(({ until }) => until > now && until <= now + TOKEN_MS);
  }

  async #stored(): Promise<Token[]> {
    const { files } = this.#options;
    try {
      if ((await files.stat(this.#tokenFile)) === undefined) return [];
      const text = new TextDecoder().decode(await files.read(this.#tokenFile, TOKEN_FILE_BYTES));
      const stored: unknown = JSON.parse(text);
      return Array.isArray(stored) ? stored.filter(isToken) : [];
    } catch {
      // Unreadable: everybody has to be let in again.
      return [];
    }
  }

  async #keep(): Promise<void> {
    await writeWholeFile(this.#options.files, this.#tokenFile, encode(`${JSON.stringify(this.#tokens)}\n`));
  }
}

function isToken(value: unknown): value is Token {
  if (typeof value !== "object" || value === null) return false;
  const { digest, until } = value as Partial<Record<keyof Token, unknown>>;
  return typeof digest === "string" && /^[0-9a-f]{64}$/.test(digest) && typeof until === "number";
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
