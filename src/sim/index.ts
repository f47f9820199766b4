/** The virtual plug as a library. */
export type {
  AdapterOptions,
  BenchFaults,
  BenchOptions,
  Hands,
  SupplyOptions,
  VirtualBench,
  WireState,
  Wiring,
} from "./bench/contract.ts";
export { createBench } from "./bench/create-bench.ts";
export { type Drain, SimClock } from "./world/clock.ts";
