import { defineConfig, type UserConfig } from "tsdown";

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

const shared = {
  platform: "neutral",
  clean: false,
  deps: {
    neverBundle: [/^node:/, "serialport", "mqtt"],
    // Of these a small part is used: inside, that part is all that a command has to load.
    alwaysBundle: [
      /^valibot$/,
      /^hono$/,
      /^@hono\/node-server$/,
      /^fflate$/,
      /^qr$/,
      /^@noble\/hashes\//,
      /^commander$/,
      TERMINAL_WIDTH,
    ],
  },
  // An entry passes on more than a command uses; nothing is loaded for what it does when it is loaded (docs/adr/0012).
  treeshake: { moduleSideEffects: false },
} satisfies UserConfig;

// A comment costs a start as much as code does.
const COMMENTS = { legal: true, annotation: true, jsdoc: false };

/** The library, and the file that starts the program. */
const library: UserConfig = {
  ...shared,
  outDir: place,
  entry: {
    index: "src/index.ts",
    "sim/index": "src/sim/index.ts",
    "platform/node/index": "src/platform/node/index.ts",
    "platform/browser/index": "src/platform/browser/index.ts",
    "cli/main": "src/cli/main.ts",
  },
  format: "esm",
  dts: true,
  outputOptions: { comments: COMMENTS },
  // What is in the built files brings its licence along (THIRD_PARTY.md).
  copy: [
    { from: "node_modules/esptool-js/LICENSE", to: place, rename: "LICENSE-esptool-js" },
    { from: "node_modules/commander/LICENSE", to: place, rename: "LICENSE-commander" },
    { from: "node_modules/valibot/LICENSE.md", to: place, rename: "LICENSE-valibot" },
    { from: "node_modules/fflate/LICENSE", to: place, rename: "LICENSE-fflate" },
    ...["string-width", "wrap-ansi", "strip-ansi", "ansi-regex", "get-east-asian-width"].map((name) => ({
      from: `node_modules/${name}/license`,
      to: place,
      rename: `LICENSE-${name}`,
    })),
    { from: "node_modules/wrap-ansi/node_modules/ansi-styles/license", to: place, rename: "LICENSE-ansi-styles" },
    { from: "node_modules/@noble/hashes/LICENSE", to: place, rename: "LICENSE-noble-hashes" },
    { from: "node_modules/hono/LICENSE", to: place, rename: "LICENSE-hono" },
    { from: "node_modules/@hono/node-server/LICENSE", to: place, rename: "LICENSE-hono-node-server" },
    { from: "node_modules/preact/LICENSE", to: place, rename: "LICENSE-preact" },
    { from: "node_modules/@preact/signals/LICENSE", to: place, rename: "LICENSE-preact-signals" },
    { from: "node_modules/qr/LICENSE-MIT", to: place, rename: "LICENSE-qr" },
  ],
};

/** The command line: CommonJS, since only of that Node keeps compiled code (docs/adr/0013). */
const program: UserConfig = {
  ...shared,
  outDir: `${place}/program`,
  entry: { "run-process": "src/cli/run-process.ts" },
  format: "cjs",
  dts: false,
  plugins: [textLibrariesWhenUsed],
  outputOptions: {
    comments: COMMENTS,
    // In a script with compiled code, import() is experimental, and Node warns of it on the screen.
    dynamicImportInCjs: false,
    // Few files: each costs a start as much as 10 kB of code. The simulator is apart, since few commands need it.
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        group(
          "base",
          "src/(core/(errors|events|step-id|visible|text/(text|catalogue|glossary)\\.|reading/|guide/limit-text)|engine/time)|src/platform/(node/file-error|file-failure)",
          1,
        ),
        group("engine", "src/(core/(?!text/catalogues)|engine/)|node_modules/(valibot|fflate|qr|@noble)/"),
        group("host", "src/host/((asking|line)/|[\\w-]+\\.ts)"),
        group("node", "src/platform/"),
        // What the program and every command need.
        group(
          "cli",
          "src/cli/((?!output-file|run-process)[\\w-]+\\.ts|ask/(?!watch-job|confirm)|render/)|node_modules/commander/",
          1,
        ),
        group(
          "commands-common",
          "src/cli/(ask/(watch-job|confirm)|output-file|calibration|convert|firmware|tasmota|plug/(?!virtual-plug|online-plug|serve-virtual-plug|flash-file))",
        ),
        group("sim", "src/sim/"),
        group("server", "src/server/|src/web/content-security-policy|node_modules/(hono|@hono)/"),
      ],
    },
  },
};

export default defineConfig([library, program]);
