/** The pages' files, read once into a table: what is not in it does not exist, however its name is spelled. */
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { PlugsmithError, say, sha256Hex } from "../core/index.ts";

export interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** Names of files under assets/ hold a digest of their contents. */
  readonly immutable: boolean;
  readonly tag: string;
}

export type Assets = ReadonlyMap<string, Asset>;

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/** Which face the page is: the build says "browser", the server's copy of it says so. */
const FACE = /(<meta name="plugsmith-face" content=")browser(")/;

/** @param folder of the built pages. Errors: file-not-found where they were not built. */
export async function loadAssets(folder: string): Promise<Assets> {
  const assets = new Map<string, Asset>();
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of names.map((each) => each.replaceAll("\\", "/"))) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const bytes = new Uint8Array(await readFile(join(folder, name)));
    const shown = name === "index.html" ? forServer(bytes) : bytes;
    const asset = {
      bytes: shown,
      type,
      immutable: name.startsWith("assets/"),
      tag: `"${sha256Hex(shown).slice(0, 32)}"`,
    };
    assets.set(`/${name}`, asset);
    if (name === "index.html") assets.set("/", asset);
    if (name === "start.html") assets.set("/start", asset);
  }
  if (assets.has("/")) return assets;
  throw new PlugsmithError("file-not-found", {
    message: say`The workbench's pages are missing in ${folder}.`,
    plugState: say`untouched`,
    nextStep: say`Build them with npm run build:web, or install plugsmith again.`,
  });
}

function forServer(page: Uint8Array): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(new TextDecoder().decode(page).replace(FACE, "$1server$2"));
}
