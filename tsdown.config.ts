import { defineConfig } from "tsdown";

/** A file of its own for the modules whose path has a part that matches; declarations are left where they are. */
const group = (name: string, part: string, priority = 0): { name: string; test: RegExp; priority: number } => ({
  name,
  test: new RegExp(`(${part})(?!.*\\.d\\.[cm]?ts$)`.replaceAll("/", "[\\\\/]")),
  priority,
});

/** string-width, wrap-ansi and what they need. */
const TERMINAL_WIDTH = /^(string-width|wrap-ansi|strip-ansi|ansi-regex|ansi-styles|get-east-asian-width)$/;

/**
 * Making a segmenter and reading patterns of Unicode properties cost 40 ms of CPU, and text in ASCII needs neither: the
 * two libraries do both when they first need them.
 */
const textLibrariesWhenUsed = {
  name: "text-libraries-when-used",
  transform: (code: string, id: string): string | undefined => {
    if (/[\\/]string-width[\\/]index\.js$/.test(id)) return madeWhenCalled(code, id, "stringWidth");
    if (/[\\/]wrap-ansi[\\/]index\.js$/.test(id)) return madeWhenCalled(code, id, "wrapAnsi");
    return undefined;
  },
};

/** The module's body becomes a function that runs at the first call of its default export. */
function madeWhenCalled(code: string, id: string, name: string): string {
  const importLine = /^import .*;$/gm;
  const exported = `export default function ${name}(`;
  if (code.split(exported).length !== 2) throw new Error(`${id} exports in another way than this build expects.`);
  const body = code.replace(importLine, "").replace(exported, `function ${name}(`);
  const imports = (code.match(importLine) ?? []).join("\n");
  return `${imports}\nlet made;\nconst make = () => {${body}\nreturn ${name};\n};\nexport default (...given) => (made ??= make())(...given);\n`;
}

/** Elsewhere than in dist/ for scripts/build.mjs. */
const place = process.env["PLUGSMITH_BUILD_DIR"] ?? "dist";

export default defineConfig({
  outDir: place,
  entry: {
    index: "src/index.ts",
    "sim/index": "src/sim/index.ts",
    "platform/node/index": "src/platform/node/index.ts",
    "platform/browser/index": "src/platform/browser/index.ts",
    "cli/main": "src/cli/main.ts",
  },
  format: "esm",
  platform: "neutral",
  dts: true,
  clean: true,
  deps: {
    neverBundle: [/^node:/, "serialport", "mqtt"],
    // Of these a small part is used: inside, that part is all that a command has to load.
    alwaysBundle: [/^valibot$/, /^fflate$/, /^qr$/, /^@noble\/hashes\//, TERMINAL_WIDTH],
  },
  // An entry passes on more than a command uses; nothing is loaded for what it does when it is loaded (docs/adr/0012).
  treeshake: { moduleSideEffects: false },
  plugins: [textLibrariesWhenUsed],
  outputOptions: {
    // A comment costs a start as much as code does.
    comments: { legal: true, annotation: true, jsdoc: false },
    // Few files: each costs a start as much as 10 kB of code. The simulator is apart, since few commands need it.
    advancedChunks: {
      includeDependenciesRecursively: false,
      groups: [
        group(
          "base",
          "src/(core/(errors|events|step-id|visible|text/(text|catalogue|glossary)\\.|reading/|guide/limit-text)|engine/time)|src/platform/node/file-error",
          1,
        ),
        group("engine", "src/(core/(?!text/catalogues)|engine/)|node_modules/(valibot|fflate|qr|@noble)/"),
        group("node", "src/platform/node/"),
        // What the program and every command need.
        group("cli", "src/cli/((command|options|language|home|version)|render/(columns|quantity))\\."),
        group(
          "commands-common",
          "src/cli/(calibration|convert|firmware|tasmota|plug/(?!virtual-plug|online-plug|serve-virtual-plug|flash-file))",
        ),
        group("sim", "src/sim/"),
      ],
    },
  },
  // What is in the built files brings its licence along (THIRD_PARTY.md).
  copy: [
    { from: "node_modules/esptool-js/LICENSE", to: place, rename: "LICENSE-esptool-js" },
    { from: "node_modules/valibot/LICENSE.md", to: place, rename: "LICENSE-valibot" },
    { from: "node_modules/fflate/LICENSE", to: place, rename: "LICENSE-fflate" },
    ...["string-width", "wrap-ansi", "strip-ansi", "ansi-regex", "get-east-asian-width"].map((name) => ({
      from: `node_modules/${name}/license`,
      to: place,
      rename: `LICENSE-${name}`,
    })),
    { from: "node_modules/wrap-ansi/node_modules/ansi-styles/license", to: place, rename: "LICENSE-ansi-styles" },
    { from: "node_modules/@noble/hashes/LICENSE", to: place, rename: "LICENSE-noble-hashes" },
    { from: "node_modules/qr/LICENSE-MIT", to: place, rename: "LICENSE-qr" },
  ],
});
