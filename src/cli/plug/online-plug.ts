/**
 * A virtual plug as it lives after its conversion: closed, in a socket of the virtual home, on the home's Wi-Fi; and the
 * way there for a new one. Brought online in virtual time, so that what is served afterwards is there at once.
 */
import { PlugsmithError, say, tasmotaOf, templateJson } from "../../core/index.ts";
import type { VirtualPlug } from "../../host/index.ts";
import { drain } from "../../platform/node/index.ts";
import { buildModelImage, type Machine, untilServing } from "../../sim/index.ts";
import { DEFAULT_PROFILE, loadProfile } from "../tasmota/device-profile.ts";
import { BROKER_NAME } from "./listen.ts";

const FLASH_BYTES = 0x10_0000;
/** Until a firmware that starts listens to its console, and until it has joined a network it knows, virtual s. */
const BOOT_S = 5;
const JOIN_S = 90;

/** The flash of a plug that somebody has converted: the firmware model's image, no settings yet. */
export function convertedFlash(): Uint8Array {
  const flash = new Uint8Array(FLASH_BYTES).fill(0xff);
  flash.set(buildModelImage());
  return flash;
}

/**
 * Into the mains where the plug is closed, with a heater in it; waits until it is on the network.
 * @throws no-answer where it does not join.
 */
export async function bringOnline(plug: VirtualPlug, place: string): Promise<Machine> {
  const { bench, home } = plug;
  const { chipRx, chipTx, ground, vcc } = bench.wiring;
  if ([chipRx, chipTx, ground, vcc].every((wire) => wire === "open")) {
    home.load.appliance = { watts: home.loadWatts };
    home.plugIntoMains(true);
  }
  const found = await untilServing(home, drain, plug.world.now + JOIN_S * 1e6);
  if (found !== undefined) return found;
  throw new PlugsmithError("no-answer", {
    message: say`The virtual plug in ${place} did not join its virtual Wi-Fi.`,
    plugState: say`untouched`,
    nextStep: say`Convert it first: plugsmith convert --port sim:${place}. Without a folder, plugsmith sim serves a plug that is ready.`,
  });
}

/** Sets a new plug up over its wires, as a person would at the console, then closes it. */
export async function setUp(plug: VirtualPlug, withBroker: boolean): Promise<void> {
  const { bench, home, world } = plug;
  const { template, module } = tasmotaOf(await loadProfile(DEFAULT_PROFILE));
  const pass = (seconds: number): Promise<boolean> => world.run(drain, () => false, world.now + seconds * 1e6);
  const line = bench.openLine();
  await pass(BOOT_S);
  const commands = [
    `Template ${templateJson(template)}`,
    `Module ${module}`,
    ...(withBroker ? [`MqttHost ${BROKER_NAME}`] : []),
    `SSId1 ${home.network.ssid}`,
    `Password1 ${home.network.passphrase}`,
  ];
  await world.complete(drain, line.write(new TextEncoder().encode(`Backlog ${commands.join(";")}\n`)));
  await pass(BOOT_S + BOOT_S);
  await world.complete(drain, line.close());
  bench.actions.pullAdapterOut();
  bench.actions.unsolder();
  await pass(1);
}
