/** The engine's ports on Node. */
export { drain } from "./drain.ts";
