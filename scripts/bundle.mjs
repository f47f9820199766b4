/** Bundles a program written in TypeScript for plain Node: a test runner's transforms would be measured along. */
import { build } from "tsdown";

/**
 * @param name folder in .cache, two below the root so that paths relative to the sources' own folders stay right.
 * @param entry path from the root.
 * @returns path of the bundle from the root. esptool-js stays outside: it loads its stubs relative to its own files.
 */
export async function bundle(name, entry) {
  const outDir = `.cache/${name}`;
  await build({
    config: false,
    entry: { main: entry },
    outDir,
    format: "esm",
    platform: "node",
    dts: false,
    clean: true,
    logLevel: "error",
    deps: { neverBundle: [/^esptool-js/] },
  });
  return `${outDir}/main.mjs`;
}
