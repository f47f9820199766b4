import { defineConfig } from "vitest/config";
import { nativeModules } from "./test/native-modules.ts";

/** A test that waits for what never comes ends, ms. Hundreds of times what a test takes: none fails on a slow machine. */
const HANG = 1_800_000;

const native = nativeModules();

const project = (name: string, include: string[], exclude: string[] = [], testTimeout = HANG) => ({
  plugins: [native],
  test: {
    name,
    include,
    setupFiles: ["test/byte-equality.ts", "test/text-equality.ts"],
    exclude: ["**/node_modules/**", ...exclude],
    testTimeout,
    hookTimeout: HANG,
    // Commands answer in the language of the environment; the tests read English.
    env: { LC_ALL: "C" },
    // One process runs many files: what they share is loaded once, and the emulated chip is compiled once. No test leaves
    // anything behind in it.
    isolate: false,
    // Stack traces in the words of the sources.
    execArgv: ["--enable-source-maps"],
    server: { deps: { external: [/\.cache\/native\//] } },
  },
});

export default defineConfig({
  test: {
    projects: [
      project("unit", ["src/**/*.test.ts"], ["**/*.property.test.ts"]),
      project("property", ["src/**/*.property.test.ts", "test/**/*.property.test.ts"]),
      project("conformance", ["test/conformance/**/*.test.ts"], ["**/*.property.test.ts"]),
      project("e2e", ["test/e2e/**/*.test.ts", "test/faults/**/*.test.ts"], ["**/*.property.test.ts"]),
      project("web", ["test/web/**/*.test.ts"]),
      project("hardware", ["test/conformance/**/*.hardware.ts"]),
      project("long", ["src/**/*.long.ts", "test/**/*.long.ts"], [], 0),
    ],
  },
});
