/**
 * Measures on the virtual plug what people timed on real ones, and writes the table of both into docs/virtual-plug.md.
 * Takes some minutes.
 *
 *   node scripts/timing-table.mjs
 */
import { build } from "tsdown";

const OUT = ".cache/timing-table";

await build({
  config: false,
  entry: { table: "test/support/timing-table.ts" },
  outDir: OUT,
  format: "esm",
  platform: "node",
  dts: false,
  clean: true,
  logLevel: "error",
  deps: { neverBundle: [/^esptool-js/] },
});
const { writeTimingTable } = await import(new URL(`../${OUT}/table.mjs`, import.meta.url));
await writeTimingTable((line) => console.log(line));
