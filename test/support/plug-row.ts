/** Configured plugs with meters, one behind the other on one mains, with one load at the end, all in one network. */
import { Load } from "../../src/sim/world/load.ts";
import { Mains } from "../../src/sim/world/mains.ts";
import { MeterChip, type MeterError } from "../../src/sim/world/meter-chip.ts";
import { PlugRig } from "./plug-rig.ts";

export const TEMPLATE = '{"NAME":"Gosund EP2","GPIO":[320,1,576,1,2656,2720,0,0,2624,32,0,224,0,0],"FLAG":0,"BASE":45}';
/** The EP2's relay. */
const RELAY = 15;
/** W that a plug takes itself, before its own meter. */
export const OWN_WATTS = 0.9;

export interface RowPlug {
  readonly rig: PlugRig;
  /** In the virtual network. */
  readonly inside: string;
  readonly mac: string;
  /** What its meter sees: the load, and the supplies of the plugs behind it. */
  readonly load: Load;
}

export interface PlugRow {
  readonly mains: Mains;
  readonly plugs: readonly RowPlug[];
}

/** From the wall to the load. The second has the MAC that stands in docs/calibration.md. */
export async function plugRow(errors: readonly MeterError[], watts: number): Promise<PlugRow> {
  const plugs: RowPlug[] = [];
  let mains: Mains | undefined;
  for (const [index, error] of errors.entries()) {
    const first = plugs[0]?.rig;
    const mac = Uint8Array.from([0x5c, 0xcf, 0x7f, 0xa1, 0xb2, 0xc2 + index]);
    const rig = new PlugRig(first === undefined ? { mac } : { mac, beside: first, image: first.board.flash });
    mains ??= new Mains(rig.clock, { voltage: 231, drift: 0.5, noise: 0.1 });
    const load = new Load({ watts: watts + (errors.length - 1 - index) * OWN_WATTS });
    const closed = (): boolean => rig.board.driven.get(RELAY) === 1;
    rig.board.meter = new MeterChip(rig.clock, mains, load, closed, { error });
    if (first === undefined) await configure(rig);
    else rig.board.powerOn();
    plugs.push({ rig, load, inside: "", mac: Buffer.from(mac).toString("hex") });
  }
  plugs[0]!.rig.board.run(15);
  return { mains: mains!, plugs: plugs.map((plug) => ({ ...plug, inside: plug.rig.core.network.station.ip })) };
}

/** In its network, with the EP2's template, relay on, and all of that saved: the others begin with a copy of its flash. */
async function configure(rig: PlugRig): Promise<void> {
  await rig.provision();
  rig.type(`Template ${TEMPLATE}`);
  rig.type("Module 0", 15);
  rig.type("Power 1", 5);
}

/** Factor by which a plug reads too much with the constants that it has now. */
export function truthOf({ rig }: RowPlug, error: MeterError): MeterError {
  const { settings } = rig.core;
  const factor = (key: string, nominal: number): number => Number(settings.get(key)) / nominal;
  return {
    voltage: error.voltage * factor("energy_voltage_calibration", 1950),
    current: error.current * factor("energy_current_calibration", 3500),
    power: error.power * factor("energy_power_calibration", 12530),
  };
}
