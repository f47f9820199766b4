/** Whether the plug of a virtual home serves its page there: a stand-in, or a firmware that is executed. */
import type { Drain } from "../world/clock.ts";
import type { Machine } from "../world/network/lan.ts";
import type { VirtualHome } from "./virtual-home.ts";

const HTTP_PORT = 80;
/** Between two tries to connect, µs. */
const AGAIN_US = 500_000;

/** Waits until a plug answers at port 80 of its address. @returns undefined where none does so until `limit`, µs of world time. */
export async function untilServing(home: VirtualHome, drain: Drain, limit: number): Promise<Machine | undefined> {
  const { clock, lan } = home;
  const candidate = (): Machine | undefined =>
    lan.machines.find((machine) => machine.dial !== undefined || machine.acceptor(HTTP_PORT) !== undefined);
  while (await clock.run(drain, () => candidate() !== undefined, limit)) {
    const machine = candidate()!;
    if (machine.dial === undefined || (await accepts(home, drain, machine, limit))) return machine;
    if (clock.now >= limit) return undefined;
    await clock.run(drain, () => false, Math.min(limit, clock.now + AGAIN_US));
  }
  return undefined;
}

/** By a connection from the computer, which ends it at once. */
async function accepts({ clock, lan }: VirtualHome, drain: Drain, machine: Machine, limit: number): Promise<boolean> {
  const computer = lan.machines.find(({ hostCode }) => hostCode);
  if (computer === undefined) return false;
  let outcome: "accepted" | "failed" | undefined;
  const cancel = computer.connect(machine.address, HTTP_PORT, {
    connected: (stream) => {
      outcome = "accepted";
      stream.end();
    },
    failed: () => {
      outcome = "failed";
    },
  });
  await clock.run(drain, () => outcome !== undefined, limit);
  cancel();
  return outcome === "accepted";
}
