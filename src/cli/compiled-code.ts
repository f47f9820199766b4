/**
 * Loads CommonJS files with the code that V8 compiled for them in an earlier run. To compile the engine takes as much CPU
 * as to start Node; to read compiled code takes a tenth of that.
 *
 * Compiled code is kept beside the file it was compiled from and nowhere else: V8 runs it without checking the source, and
 * a program that can write to that folder can change the source too. It is kept only for files whose names carry a hash of
 * their contents. V8 refuses the code of another version or of other flags; then, and where there is none, the file is
 * compiled.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";

/** "engine-DrgjlpOk.cjs": its name changes with its contents. */
const HASHED = /-[\w-]{8}\.cjs$/;

/** Of the CRC-32 in front of the compiled code: V8 does not notice a file that was cut short or has a turned bit. */
const SUM_BYTES = 4;

export interface CompiledProgram {
  readonly exports: unknown;
  /** Writes what this run had to compile. Where the folder cannot be written, nothing is kept and nothing fails. */
  readonly keep: () => void;
}

type ModuleFunction = (
  exports: unknown,
  require: (id: string) => unknown,
  module: { exports: unknown },
  file: string,
  folder: string,
) => void;

/**
 * Runs a CommonJS file and the files that it requires by relative paths. None of them uses `import()`.
 *
 * @param file absolute path.
 */
export function loadCompiled(file: string): CompiledProgram {
  const requireOutside = createRequire(file);
  const modules = new Map<string, { exports: unknown }>();
  const compiled: [string, Script][] = [];

  const load = (path: string): unknown => {
    const known = modules.get(path);
    if (known !== undefined) return known.exports;
    const module: { exports: unknown } = { exports: {} };
    modules.set(path, module);
    const mayBeKept = HASHED.test(path);
    const script = new Script(
      `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, "utf8")}\n})`,
      {
        filename: path,
        cachedData: mayBeKept ? keptCode(path) : undefined,
      },
    );
    if (mayBeKept && script.cachedDataRejected !== false) compiled.push([path, script]);
    const folder = dirname(path);
    const require = (id: string): unknown => (id.startsWith(".") ? load(join(folder, id)) : requireOutside(id));
    (script.runInThisContext() as ModuleFunction)(module.exports, require, module, path, folder);
    return module.exports;
  };

  return {
    exports: load(file),
    keep: () => {
      for (const [path, script] of compiled) keepCode(path, script.createCachedData());
    },
  };
}

const placeOf = (file: string): string => `${file}.compiled`;

/** Undefined where there is none or it is damaged. */
function keptCode(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(placeOf(file));
    const code = bytes.subarray(SUM_BYTES);
    return bytes.readUInt32LE(0) === crc32(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

function keepCode(file: string, code: Buffer): void {
  const temporary = `${placeOf(file)}.${process.pid}`;
  const sum = Buffer.alloc(SUM_BYTES);
  sum.writeUInt32LE(crc32(code));
  try {
    writeFileSync(temporary, Buffer.concat([sum, code]));
    renameSync(temporary, placeOf(file));
  } catch {
    rmSync(temporary, { force: true });
  }
}
