/** The ways into the network that end at an address: over the console, through the access point, and the first start after writing. */
import { foldConversion } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { Symptom } from "../../core/rescue/observations.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import { say } from "../../core/text/text.ts";
import type { PlugAt } from "../firmware-driver/contract.ts";
import { plugFolder } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { readSecrets } from "../home/plug-records.ts";
import { coldStart } from "../jobs/boot-proof.ts";
import { leaveUnstarted } from "../jobs/operator-actions.ts";
import { locatePatiently } from "../jobs/setup.ts";
import { correction } from "../jobs/wifi-credentials.ts";
import { locateIn } from "../locate-plug.ts";
import type { ByteLine } from "../ports.ts";
import { plugIntoMains } from "../safety/mains.ts";
import { classifySupply } from "../safety/supply.ts";
import { sleep } from "../time.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import { recoverByConsole } from "./by-console.ts";
import type { RescuableFirmware, RescueOptions, RescuePorts } from "./contract.ts";
import { closeAndRecord } from "./safety.ts";

export interface Rejoining {
  readonly ports: RescuePorts;
  readonly options: RescueOptions;
  readonly firmware: RescuableFirmware;
  /** 12 lower-case hex digits. */
  readonly plug: string | undefined;
  /** The network to join; asked once. */
  readonly wifi: () => Promise<WifiCredentials>;
  /** Awaited once it is known which plug it is. */
  readonly met: (plug: string) => Promise<void>;
}

/** Where a plug was met that is in its network again. */
export type Rejoined = Pick<PlugAt, "address" | "source"> & { readonly plug: string };

/** Errors: those of `recoverByConsole`. */
export async function overConsole(at: Rejoining, line: ByteLine, symptom: Symptom): Promise<Rejoined> {
  const { ports, firmware, plug, wifi } = at;
  const option = { plug: plug!, firmware, symptom, credentials: wifi, correct: correctionOf(at) };
  return { address: await recoverByConsole({ ...ports, line }, option), source: "plug", plug: plug! };
}

/** Errors: those of provisioning; no-answer where the plug is not found afterwards. */
export async function throughAccessPoint(at: Rejoining): Promise<Rejoined> {
  const { ports, firmware, plug } = at;
  const { http, clock, random, operator, events, signal, files, home, wifi } = ports;
  const secrets = plug === undefined ? {} : await readSecrets({ files, path: home }, plug);
  const done = await firmware.provision(
    { http, random, operator, home: { files, path: home }, wifi },
    {
      transport: "access-point",
      credentials: await at.wifi(),
      mac: plug,
      password: secrets.webPassword ?? secrets.nextWebPassword,
    },
    { clock, events, signal, correct: correctionOf(at), met: at.met },
  );
  // The page that reports success restarts the plug (xdrv_01_9_webserver.ino); until then every page of it is open.
  await sleep(clock, RESTART_MS, signal);
  if (done.address !== undefined) return { address: done.address, source: "plug", plug: done.mac };
  return { address: await locate(at, done.mac), source: "network", plug: done.mac };
}

/** The first start after writing: as in a conversion, and where the supply is too weak for a radio closed and at mains. */
export async function bringUp(at: Rejoining, line: ByteLine): Promise<Rejoined> {
  const { ports, options, firmware } = at;
  const { clock, operator, signal } = ports;
  const plug = at.plug!;
  const { finished } = foldConversion(await readJournal(ports.files, plugFolder(ports.home, plug)));
  const recorded = finished.get("prepare")?.data.supply;
  if ((recorded ?? (await classifySupply(line, operator, signal))) === "strong") {
    await coldStart(recordedLine(line, ports), { clock, operator, firmware, plug, signal });
    return await overConsole(at, line, "wrong-wifi");
  }
  await leaveUnstarted(ports);
  await plugIntoMains(await closeAndRecord(ports, options, plug), operator, signal);
  return await throughAccessPoint(at);
}

async function locate({ ports, options, firmware }: Rejoining, plug: string): Promise<string> {
  const { http, clock, events, signal } = ports;
  const find = (mac: string) => locateIn({ http, clock, events }, options.ranges, mac, signal, [firmware]);
  const address = await locatePatiently(find, plug, { clock, signal });
  if (address !== undefined) return address;
  throw new PlugsmithError("no-answer", {
    message: say`Plug ${plug} joined the network, but plugsmith cannot find it there.`,
    step: "find",
    plugState: say`in the network, as it reported itself`,
    nextStep: say`Find its address in the router's device list, then run setup --address.`,
    context: { plug },
  });
}

/** Undefined where nobody is there to correct the credentials. */
function correctionOf({ ports, options }: Rejoining): ReturnType<typeof correction> | undefined {
  return options.askAgain === true ? correction(ports, options.wifi?.ssid) : undefined;
}

/** restart_flag 2: 1.25 to 2.25 s (support_tasmota.ino), ms, and a little. */
const RESTART_MS = 4000;
