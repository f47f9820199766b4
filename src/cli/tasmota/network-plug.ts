/**
 * Work on a plug over its network: a real one by the options, or the practice plug that lives in a folder, closed and at
 * mains in its virtual home, whose time moves while the work goes on.
 */
import { parsePortName } from "../../core/index.ts";
import {
  type Clock,
  type Home,
  type Http,
  type HttpClient,
  type Operator,
  plugClient,
  rememberedPlugs,
} from "../../engine/index.ts";
import { isClosedPlug, openVirtualEnvironment } from "../../host/index.ts";
import { createNodeHttp, nodeClock, nodeFiles } from "../../platform/node/index.ts";
import type { CommandRun } from "../command.ts";
import { virtualOperator } from "../convert/conversion-environment.ts";
import { isForVirtualPlug } from "../convert/single-step.ts";
import { environmentOf } from "../plug/connection.ts";
import { readSecret } from "./secret-input.ts";
import { type AddressOptions, openHttp, openTarget, type Target, type TargetOptions } from "./target.ts";

/** A network with plugs in it. */
export interface PlugNetwork {
  readonly http: Http;
  readonly clock: Clock;
  readonly home: Home;
  /** Who is asked: the person, at a practice plug with virtual hands. */
  readonly operator: Operator;
  /** Has virtual time wait for something outside: a person's answer, a file. */
  readonly hold: <A>(answer: Promise<A>) => Promise<A>;
  /** The same command with its home there. */
  readonly run: CommandRun;
  /** Where plugs have their addresses; undefined in a real network. */
  readonly range: string | undefined;
  /** Of the practice plug. */
  readonly address: string | undefined;
}

type PortOption = { readonly port: string | undefined };

/** @throws bad-argument for a port that is not a practice plug, no-answer for one that is not in a network, and what the work throws */
export async function inNetwork<T>(
  run: CommandRun,
  { port }: PortOption,
  work: (network: PlugNetwork) => Promise<T>,
): Promise<T> {
  if (!isForVirtualPlug({ port })) {
    const home = { files: nodeFiles, path: run.home };
    const { operator } = run;
    const hold = <A>(answer: Promise<A>): Promise<A> => answer;
    const places = { range: undefined, address: undefined };
    return await work({ http: createNodeHttp(nodeClock), clock: nodeClock, home, operator, hold, run, ...places });
  }
  const name = parsePortName(port!);
  const folder = name.kind === "sim" ? name.folder! : "";
  // The simulator comes with it: not for a real plug.
  const { bringOnline } = await import("../plug/online-plug.ts");
  const environment = await openVirtualEnvironment(environmentOf(run), { folder, start: "use" });
  const { http, clock, files, plug, virtualHome } = environment;
  const hold = <A>(answer: Promise<A>): Promise<A> => environment.hold(answer);
  try {
    const { address } = await bringOnline(plug, folder);
    const operator = await virtualOperator(run, virtualHome, run.operator, hold);
    const inside = { ...run, home: environment.home };
    const home = { files, path: environment.home };
    return await environment.drive(
      work({ http, clock, home, operator, hold, run: inside, range: environment.ranges()[0], address }),
    );
  } finally {
    await environment.close();
  }
}

/** Errors: as `openHttp` and `inNetwork`. */
export async function atPlug<T>(
  run: CommandRun,
  options: AddressOptions & PortOption,
  work: (target: Target<HttpClient>, network: PlugNetwork) => Promise<T>,
): Promise<T> {
  return await inNetwork(run, options, async (network) => {
    const target =
      network.address === undefined ? await openHttp(run, options) : await practiceTarget(options, network);
    try {
      return await work(target, network);
    } finally {
      await target.close();
    }
  });
}

/**
 * Over whichever transport the options name. A practice plug that is closed has no wires: it is reached over its network.
 * Errors: as `openTarget` and `atPlug`.
 */
export async function atTarget<T>(
  run: CommandRun,
  options: TargetOptions,
  work: (target: Target) => Promise<T>,
): Promise<T> {
  if (await isClosedPractice(options)) return await atPlug(run, options, work);
  const target = await openTarget(run, options);
  try {
    return await work(target);
  } finally {
    await target.close();
  }
}

async function isClosedPractice({ port }: PortOption): Promise<boolean> {
  const name = port === undefined ? undefined : parsePortName(port);
  return name?.kind === "sim" && name.folder !== undefined && (await isClosedPlug(nodeFiles, name.folder));
}

/** There is one plug: a practice plug in a folder needs no naming. */
async function practiceTarget(options: AddressOptions, network: PlugNetwork): Promise<Target<HttpClient>> {
  const { http, clock, home, operator, run, address } = network;
  const [only] = await rememberedPlugs(home);
  const given = await readSecret(run, options.webPassword);
  const at = { mac: options.plug ?? only?.mac, address: address!, source: "person" } as const;
  const client = await plugClient({ http, clock, home, operator, signal: run.signal }, at, given);
  return { client, clock, close: () => client.close() };
}
