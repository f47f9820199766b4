/** The benchmarks by name; see docs/benchmarks.md. */
import { adapterBench } from "./adapters.ts";
import { calibrationBench } from "./calibration.ts";
import { conversionBench } from "./conversion.ts";
import { cpuBench } from "./cpu.ts";
import { flashBench } from "./flash.ts";
import { setupBench } from "./setup.ts";
import { startupBench } from "./startup.ts";
import { type Bench, type Goal, goals, note } from "./support/report.ts";

const BENCHES: Readonly<Record<string, Bench>> = {
  startup: startupBench,
  conversion: conversionBench,
  cpu: cpuBench,
  flash: flashBench,
  adapters: adapterBench,
  setup: setupBench,
  calibration: calibrationBench,
};

const args = process.argv.slice(2);
const quick = args.includes("--quick");
const jobs = args.find((arg) => arg.startsWith("--jobs="))?.slice("--jobs=".length) ?? (quick ? "bc" : "abc");
const names = args.filter((arg) => !arg.startsWith("-"));
const unknown = names.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no benchmark "${unknown.join('", "')}"; there are ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(2);
}
note(`Node ${process.versions.node} on ${process.platform} ${process.arch}${quick ? ", a quick part" : ""}`);
const found: Goal[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (names.length === 0 || names.includes(name)) found.push(...(await bench({ quick, jobs: Array.from(jobs) })));
}
goals(found);
