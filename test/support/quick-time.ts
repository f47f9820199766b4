/**
 * A virtual plug's world in quick time, its plugs behind ports on loopback: what commands need that go over real
 * sockets. Readings and pauses of a command may be paced by the world's own clock.
 */

import { forwardToSim } from "../../src/platform/node/sim-network.ts";
import { nodeClock } from "../../src/platform/node/system.ts";
import { RealTimePacer } from "../../src/sim/server/real-time-pacer.ts";
import { PlugRig } from "./plug-rig.ts";

export interface QuickTime {
  /** For what else this computer does in that world. */
  readonly pacer: RealTimePacer;
  /** Gives a plug of this world, by its address there, a port on loopback; returns that as an address. */
  readonly expose: (inside: string) => Promise<string>;
}

/**
 * The rig's world runs from now on.
 * @param speed virtual seconds in one of life.
 * @param atEnd undone by the test, the last first.
 */
export function inQuickTime(rig: PlugRig, speed: number, atEnd: (() => unknown)[]): QuickTime {
  const pacer = new RealTimePacer({ world: rig.clock, clock: nodeClock, speed });
  pacer.start();
  atEnd.push(() => pacer.stop());
  const machine = rig.lan.join({ name: "door" });
  const expose = async (inside: string): Promise<string> => {
    const forward = await forwardToSim(pacer, machine, { address: inside, port: 80 });
    atEnd.push(() => forward.close());
    return `127.0.0.1:${forward.port}`;
  };
  return { pacer, expose };
}

/** A plug that was just brought into its network, twenty times as quick as life. */
export async function quickPlug(atEnd: (() => unknown)[]): Promise<{ rig: PlugRig; address: string }> {
  const rig = new PlugRig();
  const inside = await rig.provision();
  rig.board.run(20);
  return { rig, address: await inQuickTime(rig, 20, atEnd).expose(inside) };
}
