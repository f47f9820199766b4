/** Which plug a command means, and a client for it: an address, a serial port, a broker's topic, or a plug seen before. */
import { PlugsmithError, say } from "../../core/index.ts";
import {
  type Clock,
  CONSOLE_BAUD,
  ConsoleClient,
  HttpClient,
  likelyAddress,
  MqttClient,
  PlugConsole,
  type ProofPorts,
  plugClient,
  type SeenPlug,
  seenPlug,
  type TasmotaClient,
} from "../../engine/index.ts";
import { createNodeHttp, createNodeMqtt, nodeClock, nodeFiles, nodeNeighbours } from "../../platform/node/index.ts";
import type { CommandRun } from "../command.ts";
import { type OptionsOf, plug, type SecretSource, secretFile, text } from "../options.ts";
import { onlyPlugInNetwork } from "../plug/named-plug.ts";
import { openRealtimeLine } from "../plug/realtime-line.ts";
import { readSecret } from "./secret-input.ts";

export interface Target<Client extends TasmotaClient = TasmotaClient> {
  readonly client: Client;
  readonly clock: Clock;
  close(): Promise<void>;
}

export const ADDRESS_OPTIONS = {
  address: text("--address <host>", say`address of the plug in the network`),
  plug: plug(
    text("--plug <plug>", say`a plug on record, by name or MAC; with --address, the plug that is now at that address`),
  ),
  webPassword: secretFile(
    "--web-password-file <file>",
    say`file with the plug's web password, - for standard input (or set PLUGSMITH_WEB_PASSWORD)`,
    "PLUGSMITH_WEB_PASSWORD",
  ),
};

export const TARGET_OPTIONS = {
  ...ADDRESS_OPTIONS,
  port: text(
    "--port <port>",
    say`use the serial console at this port instead; sim:FOLDER is a virtual plug (over its network once it is closed)`,
  ),
  broker: text(
    "--broker <host[:port]>",
    say`use MQTT instead, through this broker; PLUGSMITH_MQTT_PASSWORD holds the password`,
  ),
  mqttUser: text("--mqtt-user <name>", say`user name for the broker`),
  topic: text("--topic <topic>", say`MQTT topic of the plug`),
};

export type AddressOptions = OptionsOf<typeof ADDRESS_OPTIONS>;
export type TargetOptions = OptionsOf<typeof TARGET_OPTIONS>;

const MQTT_PASSWORD: SecretSource = { file: undefined, variable: "PLUGSMITH_MQTT_PASSWORD" };

/** What address-proof.ts needs, with the person at the terminal to ask. */
function proofOf(run: CommandRun): ProofPorts {
  const home = { files: nodeFiles, path: run.home };
  const { operator, signal } = run;
  return { http: createNodeHttp(nodeClock), clock: nodeClock, home, operator, neighbours: nodeNeighbours(), signal };
}

async function remembered(run: CommandRun, mac: string): Promise<SeenPlug> {
  const plug = await seenPlug({ files: nodeFiles, path: run.home }, mac);
  if (plug !== undefined) return plug;
  throw new PlugsmithError("bad-argument", {
    message: say`plugsmith has not yet seen the plug ${mac} in a network.`,
    nextStep: say`Look for it with \`plugsmith find\`, or give its address with --address.`,
  });
}

/** A plug in the network; with only one on record it needs no name. Its password: given, else on record for this very plug, else asked for when it is wanted. */
export async function openHttp(run: CommandRun, options: AddressOptions): Promise<Target<HttpClient>> {
  const { address, plug: named } = options;
  if (address !== undefined) return await targetAt(run, options, { mac: named, address, source: "person" });
  const known = named ?? (await onlyPlugInNetwork({ files: nodeFiles, path: run.home }, run.emit));
  const seen = await remembered(run, known);
  return await targetAt(run, options, {
    mac: known,
    address: await likelyAddress(proofOf(run), seen),
    source: "network",
  });
}

type Place = Parameters<typeof plugClient>[1];

async function targetAt(run: CommandRun, options: AddressOptions, place: Place): Promise<Target<HttpClient>> {
  const client = await clientAt(run, options, place, nodeClock);
  return { client, clock: nodeClock, close: () => client.close() };
}

/** A client with the password that was given, else the one on record for the plug, as far as address-proof.ts lets it go. */
export async function clientAt(
  run: CommandRun,
  { webPassword }: Pick<AddressOptions, "webPassword">,
  place: Place,
  clock: Clock,
): Promise<HttpClient> {
  const given = await readSecret(run, webPassword);
  return await plugClient({ ...proofOf(run), clock }, place, given);
}

/** The same for a reference plug, whose password has a variable of its own. */
export async function referenceClient(run: CommandRun, address: string): Promise<HttpClient> {
  const given = run.terminal.env["PLUGSMITH_REFERENCE_PASSWORD"];
  return await plugClient(proofOf(run), { address, source: "person" }, given);
}

/** Asks for the web password once if the plug wants one. */
export async function withPassword<T>(run: CommandRun, target: Target, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { client } = target;
    const wanted = error instanceof PlugsmithError && error.code === "unauthorized" && client instanceof HttpClient;
    if (!wanted || client.password !== undefined || !run.attended) throw error;
    const prompt = { id: "web-password", text: say`Web password of the plug at ${client.where}:`, secret: true };
    client.usePassword(await run.operator.provide(prompt, run.signal));
    return await work();
  }
}

/** A line or a connection that is left open when an error ends the command would keep the process from ending. */
async function orClose<T>(close: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

/** Over whichever transport the options name. */
export async function openTarget(run: CommandRun, options: TargetOptions): Promise<Target> {
  const { port, broker, topic } = options;
  if (port !== undefined) {
    const { line, close } = await openRealtimeLine(run, port, CONSOLE_BAUD, "up");
    const client = await orClose(close, async () => {
      const opened = new ConsoleClient(await PlugConsole.open(line, nodeClock));
      // Before it is given anything: a command may be the last that it answers.
      await opened.identify(run.signal);
      return opened;
    });
    return {
      client,
      clock: nodeClock,
      close: async () => {
        await client.close();
        await close();
      },
    };
  }
  if (broker === undefined) return openHttp(run, options);
  if (topic === undefined)
    throw new PlugsmithError("bad-argument", { message: say`MQTT needs the plug's topic: --topic.` });
  const connection = await connectBroker(run, broker, options.mqttUser);
  const client = await orClose(
    () => connection.close(),
    () => MqttClient.open({ connection, clock: nodeClock, topic }),
  );
  return {
    client,
    clock: nodeClock,
    close: async () => {
      await client.close();
      await connection.close();
    },
  };
}

export async function connectBroker(
  run: CommandRun,
  broker: string,
  user: string | undefined,
): ReturnType<ReturnType<typeof createNodeMqtt>["connect"]> {
  const match = /^(.+?)(?::(\d+))?$/.exec(broker);
  const password = await readSecret(run, MQTT_PASSWORD);
  return await createNodeMqtt(nodeClock).connect({
    host: match![1]!,
    port: Number(match![2] ?? 1883),
    user,
    password,
  });
}
