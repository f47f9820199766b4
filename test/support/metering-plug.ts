/**
 * A configured virtual EP2 at mains: model Tasmota, meter chip with a manufacturing error, mains and a load. Reached
 * by commands in process, as /cm would carry them out.
 */
import type { CommandLink } from "../../src/engine/tasmota/command-link.ts";
import { sleep } from "../../src/engine/time.ts";
import type { TasmotaCore } from "../../src/sim/tasmota/contract.ts";
import { createMeter } from "../../src/sim/tasmota/meter/meter.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { createTasmotaModel } from "../../src/sim/tasmota/tasmota-model.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { type Appliance, Load } from "../../src/sim/world/load.ts";
import { Mains, type MainsOptions } from "../../src/sim/world/mains.ts";
import { MeterChip, type MeterError } from "../../src/sim/world/meter-chip.ts";
import { scriptedNetwork } from "./scripted-network.ts";
import { TestBoard } from "./tasmota-host.ts";

const TEMPLATE = '{"NAME":"Gosund EP2","GPIO":[320,1,576,1,2656,2720,0,0,2624,32,0,224,0,0],"FLAG":0,"BASE":45}';
const RELAY = 15;
const INFO = 2;

export interface MeteringWorld {
  readonly clock: SimClock;
  readonly mains: Mains;
  readonly load: Load;
}

export function meteringWorld(
  mains: MainsOptions,
  appliance?: Appliance,
  clock: SimClock = new SimClock(),
): MeteringWorld {
  return { clock, mains: new Mains(clock, mains), load: new Load(appliance) };
}

export class MeteringPlug {
  readonly board: TestBoard;
  readonly link: CommandLink;
  /** Every command that reached it. */
  readonly commands: string[] = [];

  constructor(world: MeteringWorld, error: MeterError, flash: Uint8Array = configuredFlash()) {
    const model = createTasmotaModel({
      network: (core) =>
        scriptedNetwork(core, {
          ip: "192.168.1.9",
          ssid: "",
          password: "",
          bssid: "02:11:22:33:44:01",
          signalDbm: -58,
        }),
      meter: createMeter,
    });
    this.board = new TestBoard({ model, clock: world.clock, flash: flash.slice() });
    this.board.meter = new MeterChip(world.clock, world.mains, world.load, () => this.relayClosed, { error });
    const port = world.clock.port();
    this.link = async (command, signal) => {
      await sleep(port, 60, signal);
      return this.execute(command);
    };
  }

  get relayClosed(): boolean {
    return this.board.driven.get(RELAY) === 1;
  }

  /** As /cm does it: the pieces of JSON that the command logged, in one object. */
  execute(command: string): Record<string, unknown> {
    this.commands.push(command);
    const core = this.board.running as unknown as TasmotaCore;
    const from = core.webLog.next;
    core.webLog.holdLevel(INFO);
    core.execute(command, "web");
    const pieces = core.webLog.since(from, INFO).flatMap((line) => {
      const open = line.indexOf("{");
      return open < 0 ? [] : [line.slice(open + 1, line.lastIndexOf("}"))];
    });
    core.webLog.holdLevel(0);
    return JSON.parse(`{${pieces.join(",")}}`) as Record<string, unknown>;
  }
}

let configured: Uint8Array | undefined;

/** Flash of a plug with the EP2's template, relay on; made once. */
function configuredFlash(): Uint8Array {
  if (configured !== undefined) return configured;
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(buildModelImage());
  const plug = new MeteringPlug(meteringWorld({}), { voltage: 1, current: 1, power: 1 }, flash);
  plug.board.powerOn();
  plug.board.run(5);
  plug.execute(`Backlog Template ${TEMPLATE};Module 0`);
  plug.board.run(15);
  plug.execute("Power 1");
  plug.board.run(5);
  plug.board.powerOff();
  configured = plug.board.flash;
  return configured;
}
