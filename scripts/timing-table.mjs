/**
 * Measures on the virtual plug what people timed on real ones, and writes the table of both into docs/virtual-plug.md.
 * Takes some minutes.
 *
 *   node scripts/timing-table.mjs
 */
import { bundle } from "./bundle.mjs";

const program = await bundle("timing-table", "test/support/timing-table.ts");
const { writeTimingTable } = await import(new URL(`../${program}`, import.meta.url));
await writeTimingTable((line) => console.log(line));
