/**
 * Compares a capture of a real plug (`plugsmith capture`, `npm run test:hardware`) with the virtual plug, and prints the
 * table of times and whether the answers are the same.
 *
 *   node scripts/compare-capture.mjs capture.jsonl
 */
import { build } from "tsdown";

const OUT = ".cache/compare-capture";

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error("Name the capture: node scripts/compare-capture.mjs capture.jsonl");
  process.exit(2);
}
await build({
  config: false,
  entry: { comparison: "test/support/capture-comparison.ts" },
  outDir: OUT,
  format: "esm",
  platform: "node",
  dts: false,
  clean: true,
  logLevel: "error",
});
const { compareCapture, comparisonText, readCapture } = await import(
  new URL(`../${OUT}/comparison.mjs`, import.meta.url)
);
console.log(comparisonText(await compareCapture(readCapture(file))));
