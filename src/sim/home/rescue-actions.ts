/**
 * What hands do at a plug that is in trouble: its button, its power. A closed plug gets its power from its socket, one
 * with wires on it from the adapter. Knows the questions by their ids and nothing of the engine.
 */
import { sleep } from "../../engine/time.ts";
import type { VirtualHome } from "./virtual-home.ts";

type RescueActions = Readonly<Record<string, (signal?: AbortSignal) => Promise<void>>>;

/** ms. Tasmota takes no notice of its button in its first four seconds. */
const AWAKE = 6000;
const PRESS = 150;

export function rescueActions(home: VirtualHome): RescueActions {
  const { bench } = home;
  const port = home.clock.port();
  const closed = (): boolean => Object.values(bench.wiring).filter((wire) => wire === "open").length === 4;
  const powered = (): boolean => (closed() ? home.atMains : bench.pluggedIn);
  const power = (on: boolean): void => {
    if (closed()) {
      home.load.appliance = { watts: 0 };
      home.plugIntoMains(on);
    } else if (on) bench.actions.plugAdapterIn();
    else bench.actions.pullAdapterOut();
  };
  const awake = async (signal?: AbortSignal): Promise<void> => {
    if (powered()) return;
    power(true);
    await sleep(port, AWAKE, signal);
  };
  const press = async (ms: number, signal?: AbortSignal): Promise<void> => {
    bench.actions.pressButton(true);
    try {
      await sleep(port, ms, signal);
    } finally {
      bench.actions.pressButton(false);
    }
  };
  return {
    "power-cycle": async (signal) => {
      power(false);
      await sleep(port, 10_000, signal);
      power(true);
    },
    "six-presses": async (signal) => {
      await awake(signal);
      for (let i = 0; i < 6; i++) {
        await press(PRESS, signal);
        await sleep(port, PRESS, signal);
      }
    },
    "hold-button": async (signal) => {
      await awake(signal);
      await press(45_000, signal);
    },
    "seven-power-cycles": async (signal) => {
      power(false);
      await sleep(port, 30_000, signal);
      for (let cycle = 1; cycle < 7; cycle++) {
        power(true);
        await sleep(port, 2000, signal);
        power(false);
        await sleep(port, 2000, signal);
      }
      power(true);
    },
  };
}
