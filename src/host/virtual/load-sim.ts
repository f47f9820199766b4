/**
 * The simulator, loaded when a virtual plug is named and not before: it is half of the program's code. A virtual world
 * that runs does not wait for a file to be read, so the simulator is kept once it is loaded, which it is before there
 * can be a world.
 */
type Sim = typeof import("../../sim/index.ts");

let loaded: Sim | undefined;

export async function loadSim(): Promise<Sim> {
  loaded ??= await import("../../sim/index.ts");
  return loaded;
}
