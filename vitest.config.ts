import { defineConfig } from "vitest/config";

/** Real processes, a packed package, an emulated chip: slow machines get time, a hang still ends. Milliseconds. */
const HANG = 120_000;

const project = (name: string, include: string[], exclude: string[] = []) => ({
  test: { name, include, exclude: ["**/node_modules/**", ...exclude], testTimeout: HANG, hookTimeout: HANG },
});

export default defineConfig({
  test: {
    projects: [
      project("unit", ["src/**/*.test.ts"], ["**/*.property.test.ts"]),
      project("property", ["src/**/*.property.test.ts", "test/**/*.property.test.ts"]),
      project("conformance", ["test/conformance/**/*.test.ts"], ["**/*.property.test.ts"]),
      project("e2e", ["test/e2e/**/*.test.ts", "test/faults/**/*.test.ts"], ["**/*.property.test.ts"]),
      { test: { name: "long", include: ["src/**/*.long.ts", "test/**/*.long.ts"], testTimeout: 3_600_000 } },
    ],
  },
});
