import { defineConfig } from "vitest/config";
import { nativeModules } from "./test/native-modules.ts";

/** Real processes, a packed package, an emulated chip: slow machines get time, a hang still ends. Milliseconds. */
const HANG = 120_000;

const native = nativeModules();

const project = (name: string, include: string[], exclude: string[] = [], timeout = HANG) => ({
  plugins: [native],
  test: {
    name,
    include,
    setupFiles: ["test/byte-equality.ts", "test/text-equality.ts"],
    exclude: ["**/node_modules/**", ...exclude],
    testTimeout: timeout,
    hookTimeout: HANG,
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
      project("hardware", ["test/conformance/**/*.hardware.ts"], [], 600_000),
      project("long", ["src/**/*.long.ts", "test/**/*.long.ts"], [], 3_600_000),
    ],
  },
});
