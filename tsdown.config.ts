import { defineConfig } from "tsdown";

export default defineConfig({
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
  deps: { neverBundle: [/^node:/, "serialport", "mqtt"] },
  // The stub that esptool-js carries is in the built files (THIRD_PARTY.md): its licence goes with it.
  copy: { from: "node_modules/esptool-js/LICENSE", to: "dist", rename: "LICENSE-esptool-js" },
});
