/** The simulator, loaded when a virtual plug is named and not before: it is half of the program's code. */
export const loadSim = (): Promise<typeof import("../../sim/index.ts")> => import("../../sim/index.ts");

/** The virtual plug in its folder, which brings the simulator with it. */
export const loadVirtualPlug = (): Promise<typeof import("./virtual-plug.ts")> => import("./virtual-plug.ts");
