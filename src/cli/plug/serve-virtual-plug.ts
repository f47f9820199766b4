/** `plugsmith sim` at work: a virtual plug in real time, behind ports of this computer, until it is stopped. */

import { say } from "../../core/index.ts";
import { openVirtualPlug, type VirtualPlug } from "../../host/index.ts";
import { ClientSeat, forwardToHost, forwardToSim, nodeClock, serveTcp } from "../../platform/node/index.ts";
import { RealTimePacer, serveRaw, serveRfc2217 } from "../../sim/index.ts";
import type { CommandOutcome, CommandRun } from "../command.ts";
import { readSecret } from "../tasmota/secret-input.ts";
import { environmentOf } from "./connection.ts";
import { flashToExecute, refuseUsedPlug } from "./executed-firmware.ts";
import { BROKER_NAME, type Listen, LOOPBACK, MQTT_PORT, type SimOptions } from "./listen.ts";
import { bringOnline, convertedFlash, setUp } from "./online-plug.ts";

/** Serves until the run is stopped. Errors: locked, file-*, bad-argument, port-*. */
export async function serveVirtualPlug(run: CommandRun, options: SimOptions): Promise<CommandOutcome> {
  const { args, globals, emit, signal, terminal } = run;
  const { listen, http, mqtt, flash, resetWires } = options;
  const executed = await flashToExecute(options);
  const online = executed === undefined && (http !== undefined || mqtt !== undefined);
  const given = options.ssid === undefined ? undefined : await readSecret(run, options.passphrase);
  const network = options.ssid === undefined ? undefined : { ssid: options.ssid, passphrase: given };
  const plug = await openVirtualPlug(environmentOf(run), {
    folder: args[0],
    flashFile: flash,
    contents: executed ?? (online ? convertedFlash() : undefined),
    start: online ? "use" : options.run || executed !== undefined ? "run" : "download",
    resetWires,
    network,
  });
  if (executed !== undefined && !plug.isNew) {
    await plug.close();
    refuseUsedPlug(args[0]!);
  }
  const pacer = new RealTimePacer({ world: plug.world, clock: nodeClock, speed: options.speed });
  let announced = 0;
  // Told while the client still wonders why nobody answers: looked for whenever it has spoken, or left.
  const reportIncidents = (): void => {
    const { incidents } = plug.bench;
    for (; announced < incidents.length; announced++) {
      emit({ type: "notice", level: "warning", text: say`Accident at the bench: ${incidents[announced]!}` });
    }
  };
  const open: (() => unknown)[] = [];
  const addresses: string[] = [];
  try {
    const serving = await serveWires(plug, pacer, listen, reportIncidents);
    open.push(serving.close);
    addresses.push(...serving.addresses);
    if (online) {
      const web = await serveNetwork(run, options, plug, pacer, http ?? { host: LOOPBACK, port: 0 });
      open.push(web.close);
      addresses.push(web.address);
    }
    if (options.firmware !== undefined) {
      const web = await serveExecuted(plug, pacer, http ?? { host: LOOPBACK, port: 0 }, mqtt);
      open.push(web.close);
      addresses.push(web.address);
      emit({
        type: "notice",
        level: "info",
        text: say`The virtual chip executes ${options.firmware} itself, without a stand-in.`,
      });
    }
    pacer.start();
    // Programs wait for these lines: they come alone on standard output, and only when clients can connect.
    if (globals.json) for (const address of addresses) emit({ type: "fact", name: "address", value: address });
    else terminal.out(`${addresses.join("\n")}\n`);
    if (!signal.aborted) {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    }
  } finally {
    pacer.stop();
    for (const close of open) await close();
    await plug.close();
  }
  reportIncidents();
  return { data: { addresses, accidents: plug.bench.incidents } };
}

/** The serial line, over RFC 2217 and at the next port over a raw socket; one client in all. */
async function serveWires(
  plug: VirtualPlug,
  pacer: RealTimePacer,
  { host, port }: Listen,
  afterEach: () => void,
): Promise<{ readonly addresses: readonly string[]; readonly close: () => Promise<unknown> }> {
  const seat = new ClientSeat();
  const serve = (at: number, session: typeof serveRaw): ReturnType<typeof serveTcp> =>
    serveTcp(
      { host, port: at },
      (client) => {
        const served = session(plug.bench.openLine(), client);
        return {
          receive: (bytes) => {
            pacer.enter(() => served.receive(bytes));
            afterEach();
          },
          close: () => {
            pacer.enter(() => served.close());
            afterEach();
          },
        };
      },
      seat,
    );
  const rfc2217 = await serve(port, serveRfc2217);
  const raw = await serve(port === 0 ? 0 : port + 1, serveRaw).catch(async (error: unknown) => {
    await rfc2217.close();
    throw error;
  });
  const name = inUrl(host);
  return {
    addresses: [`rfc2217://${name}:${rfc2217.port}`, `socket://${name}:${raw.port}`],
    close: () => Promise.all([rfc2217.close(), raw.close()]),
  };
}

/** The web server of a firmware that is executed, wherever it is in the virtual home when somebody calls; and its way to a broker. */
async function serveExecuted(
  plug: VirtualPlug,
  pacer: RealTimePacer,
  at: Listen,
  broker: Listen | undefined,
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const { lan } = plug.home;
  const leave =
    broker === undefined ? undefined : forwardToHost(pacer, lan.join({ name: BROKER_NAME }), MQTT_PORT, broker);
  const door = lan.join({ name: "door", hostCode: true });
  const target = {
    port: 80,
    get address() {
      return lan.machines.find(({ dial }) => dial !== undefined)?.address ?? lan.gateway;
    },
  };
  const forward = await forwardToSim(pacer, door, target, at);
  return {
    address: `http://${inUrl(forward.host)}:${forward.port}`,
    close: async () => {
      leave?.();
      await forward.close();
    },
  };
}

/** The plug's web server, and, where a broker was named, its way to it. Brings the plug onto its network first. */
async function serveNetwork(
  { args, emit }: CommandRun,
  { mqtt: broker, flash }: SimOptions,
  plug: VirtualPlug,
  pacer: RealTimePacer,
  at: Listen,
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const { lan } = plug.home;
  if (plug.isNew) await setUp(plug, broker !== undefined);
  const leave =
    broker === undefined ? undefined : forwardToHost(pacer, lan.join({ name: BROKER_NAME }), MQTT_PORT, broker);
  const { address } = await bringOnline(plug, args[0] ?? flash ?? "the flash");
  const forward = await forwardToSim(pacer, lan.join({ name: "door" }), { address, port: 80 }, at);
  if (broker !== undefined) {
    const at = `${inUrl(broker.host)}:${broker.port}`;
    const text = plug.isNew
      ? say`The plug reaches the MQTT broker ${at} as "${BROKER_NAME}", port ${MQTT_PORT}, and is configured for it.`
      : say`The plug reaches the MQTT broker ${at} as "${BROKER_NAME}", port ${MQTT_PORT}. To set it up, send MqttHost ${BROKER_NAME}.`;
    emit({ type: "notice", level: "info", text });
  }
  return {
    address: `http://${inUrl(forward.host)}:${forward.port}`,
    close: async () => {
      leave?.();
      await forward.close();
    },
  };
}

function inUrl(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
