/** Which plug a command means, and a client for it: an address, a serial port, a broker's topic, or a plug seen before. */
import type { Command } from "commander";
import { PlugsmithError } from "../../core/errors.ts";
import { type SeenPlug, seenPlug } from "../../engine/home/plug-records.ts";
import type { Clock } from "../../engine/ports.ts";
import { likelyAddress, type ProofPorts, plugClient } from "../../engine/tasmota/address-proof.ts";
import type { TasmotaClient } from "../../engine/tasmota/client.ts";
import { ConsoleClient } from "../../engine/tasmota/console-client.ts";
import { HttpClient } from "../../engine/tasmota/http-client.ts";
import { MqttClient } from "../../engine/tasmota/mqtt-client.ts";
import { CONSOLE_BAUD, PlugConsole } from "../../engine/tasmota/plug-console.ts";
import { createNodeHttp, createNodeMqtt, nodeClock, nodeFiles, nodeNeighbours } from "../../platform/node/index.ts";
import type { CommandRun } from "../command.ts";
import { openLiveLine } from "../plug/live-line.ts";
import { readSecret } from "./secret-input.ts";

export interface Target<Client extends TasmotaClient = TasmotaClient> {
  readonly client: Client;
  readonly clock: Clock;
  close(): Promise<void>;
}

export function declareAddress(command: Command): Command {
  return command
    .option("--address <host>", "the plug's address in the network")
    .option("--plug <mac>", "a plug that was seen before, by its MAC; with --address: it is at that address now")
    .option(
      "--web-password-file <file>",
      "file with the plug's web password, - for standard input (or PLUGSMITH_WEB_PASSWORD)",
    );
}

export function declareTarget(command: Command): Command {
  return declareAddress(command)
    .option("--port <port>", "talk over the serial console instead; sim:FOLDER is a virtual plug")
    .option("--broker <host[:port]>", "talk over MQTT instead; the password comes from PLUGSMITH_MQTT_PASSWORD")
    .option("--mqtt-user <name>", "user at the broker")
    .option("--topic <topic>", "the plug's MQTT topic");
}

function text(run: CommandRun, name: string): string | undefined {
  const value = run.options[name];
  return typeof value === "string" ? value : undefined;
}

/** 12 lower-case hex digits of a MAC however written. Errors: bad-argument. */
export function macOf(written: string): string {
  const mac = written.replace(/[^0-9A-Fa-f]/g, "").toLowerCase();
  if (mac.length === 12) return mac;
  throw new PlugsmithError("bad-argument", {
    message: `"${written}" is no MAC.`,
    nextStep: "Write it like 5C:CF:7F:0A:0B:0C.",
  });
}

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
    message: `No plug ${mac} was seen in a network yet.`,
    nextStep: "Look for it with `plugsmith find`, or give its --address.",
  });
}

/** A plug in the network. Its password: given, else on record for this very plug, else asked for when it is wanted. */
export async function openHttp(run: CommandRun): Promise<Target<HttpClient>> {
  const named = text(run, "plug");
  const mac = named === undefined ? undefined : macOf(named);
  const address = text(run, "address");
  if (address !== undefined) return await targetAt(run, { mac, address, source: "person" });
  if (mac === undefined) {
    throw new PlugsmithError("bad-argument", {
      message: "Which plug is not said.",
      nextStep: "Give its --address, or --plug with the MAC of one seen before.",
    });
  }
  const seen = await remembered(run, mac);
  return await targetAt(run, { mac, address: await likelyAddress(proofOf(run), seen), source: "network" });
}

type Place = Parameters<typeof plugClient>[1];

async function targetAt(run: CommandRun, place: Place): Promise<Target<HttpClient>> {
  const client = await clientAt(run, place, nodeClock);
  return { client, clock: nodeClock, close: () => client.close() };
}

/** A client with the password that was given, else the one on record for the plug, as far as address-proof.ts lets it go. */
export async function clientAt(run: CommandRun, place: Place, clock: Clock): Promise<HttpClient> {
  const given = await readSecret(run, {
    file: run.options["webPasswordFile"],
    variable: "PLUGSMITH_WEB_PASSWORD",
    prompt: undefined,
  });
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
    const prompt = { id: "web-password", text: `Web password of the plug at ${client.where}:`, secret: true };
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

/** Over whichever road the options name. */
export async function openTarget(run: CommandRun): Promise<Target> {
  const port = text(run, "port");
  if (port !== undefined) {
    const { line, close } = await openLiveLine(run, port, CONSOLE_BAUD);
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
  const broker = text(run, "broker");
  if (broker === undefined) return openHttp(run);
  const topic = text(run, "topic");
  if (topic === undefined)
    throw new PlugsmithError("bad-argument", { message: "Over MQTT the plug's --topic is needed." });
  const connection = await connectBroker(run, broker);
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
): ReturnType<ReturnType<typeof createNodeMqtt>["connect"]> {
  const match = /^(.+?)(?::(\d+))?$/.exec(broker);
  const user = text(run, "mqttUser");
  const password = await readSecret(run, {
    file: run.options["mqttPasswordFile"],
    variable: "PLUGSMITH_MQTT_PASSWORD",
    prompt: undefined,
  });
  return await createNodeMqtt(nodeClock).connect({
    host: match![1]!,
    port: Number(match![2] ?? 1883),
    user,
    password,
  });
}
