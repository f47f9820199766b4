/**
 * Compares a capture of a real plug (`plugsmith capture`, `npm run test:hardware`) with the virtual plug, and prints the
 * table of times and whether the answers are the same.
 *
 *   node scripts/compare-capture.mjs capture.jsonl
 */
import { bundle } from "./bundle.mjs";

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error("Name the capture: node scripts/compare-capture.mjs capture.jsonl");
  process.exit(2);
}
const program = await bundle("compare-capture", "test/support/capture-comparison.ts");
const { compareCapture, comparisonText, readCapture } = await import(new URL(`../${program}`, import.meta.url));
console.log(comparisonText(await compareCapture(readCapture(file))));
