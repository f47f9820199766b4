/** The virtual plug as a library. */
export { type Drain, SimClock } from "./world/clock.ts";
