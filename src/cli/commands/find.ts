/** `plugsmith find`: plugs in the network: those seen before, those a broker knows, those a range of addresses holds. */
import { isPlugsmithError, say } from "../../core/index.ts";
import {
  discover,
  type FoundPlug,
  type Home,
  noteClaim,
  passwordsFor,
  probe,
  rememberedPlugs,
  sameAddress,
  scanRange,
} from "../../engine/index.ts";
import { nodeNeighbours } from "../../platform/node/index.ts";
import { type CommandModule, type CommandOutcome, type CommandRun, defineCommand } from "../command.ts";
import { SIM_PORT } from "../convert/single-step.ts";
import { type OptionsOf, text } from "../options.ts";
import { type Row, row } from "../render/answer.ts";
import { inNetwork, type PlugNetwork } from "../tasmota/network-plug.ts";
import { connectBroker } from "../tasmota/target.ts";

const OPTIONS = {
  range: text(
    "--range <addresses>",
    say`query every address of a range once, such as 192.168.1.0/24 or 192.168.1.10-192.168.1.50`,
  ),
  broker: text("--broker <host[:port]>", say`query an MQTT broker for announced plugs`),
  mqttUser: text("--mqtt-user <name>", say`user name for the broker; PLUGSMITH_MQTT_PASSWORD holds the password`),
  port: SIM_PORT,
};

type FindOptions = OptionsOf<typeof OPTIONS>;

export const findCommand: CommandModule = defineCommand({
  options: OPTIONS,
  run: (run, options) => inNetwork(run, options, (network) => find(run, options, network)),
});

async function find(run: CommandRun, options: FindOptions, network: PlugNetwork): Promise<CommandOutcome> {
  const { http, clock, home } = network;
  const { broker, mqttUser, range = network.range } = options;
  const { signal } = run;
  const plugs = await askRemembered(run, network);
  if (broker !== undefined) {
    const connection = await connectBroker(run, broker, mqttUser);
    try {
      plugs.push(...(await discover(connection, clock, { signal })));
    } finally {
      await connection.close();
    }
  }
  if (range !== undefined) {
    plugs.push(...(await scanRange({ http, clock, events: run.emit }, range, signal)));
  }
  // Two hosts that claim to be one plug are both shown.
  const unique = [...new Map(plugs.map((plug) => [`${plug.mac ?? ""}@${plug.address}`, plug])).values()];
  const known = new Set(unique.filter((plug) => plug.mac !== undefined).map((plug) => plug.address));
  const found = unique.filter((plug) => plug.mac !== undefined || !known.has(plug.address));
  await tellClaims(run, home, found);
  for (const plug of found) {
    if (plug.mac === undefined) continue;
    const at = new Date().toISOString();
    await noteClaim(home, { mac: plug.mac, address: plug.address, name: plug.name ?? plug.hostname, at });
  }
  const hint = [
    say`No plug found. To look further, give your network's range, such as --range 192.168.1.0/24, or --broker.`,
  ];
  return { data: { plugs: found }, answer: found.length === 0 ? hint : found.map((plug) => foundRow(plug)) };
}

function foundRow(plug: FoundPlug): Row {
  const who = plug.mac ?? (plug.minimal ? say`minimal build` : say`needs its password`);
  return row(plug.address, who, plug.version ?? "", plug.name ?? plug.hostname ?? "");
}

/** Each at the address where it was last. One that wants its password is sent it only where it was confirmed. */
async function askRemembered(
  run: CommandRun,
  { http, clock, home, address: virtual }: PlugNetwork,
): Promise<FoundPlug[]> {
  const { signal } = run;
  const neighbours = virtual === undefined ? nodeNeighbours() : undefined;
  const found: FoundPlug[] = [];
  for (const seen of await rememberedPlugs(home)) {
    const { mac, address } = seen;
    let plug = await probe(http, address, { signal });
    if (plug?.needsPassword === true) {
      // A list asks no question: an address in doubt is reported.
      const ports = { http, clock, home, neighbours, signal };
      const kept = await passwordsFor(ports, { mac, address, source: "network" }).catch((error: unknown) => {
        if (!isPlugsmithError(error) || error.code === "aborted") throw error;
        run.emit({ type: "notice", level: "warning", text: error.texts.message });
        return [];
      });
      for (const password of kept) if (plug?.mac === undefined) plug = await probe(http, address, { password, signal });
    }
    if (plug?.mac === mac) found.push({ ...plug, name: seen.name });
    else run.emit({ type: "notice", level: "info", text: say`${mac} does not answer at ${address}.` });
  }
  return found;
}

/** An address that differs from the confirmed one is only a claim: a person is asked before it is used. */
async function tellClaims(run: CommandRun, home: Home, found: readonly FoundPlug[]): Promise<void> {
  for (const seen of await rememberedPlugs(home)) {
    if (seen.proven === false) continue;
    const claimed = found.find((plug) => plug.mac === seen.mac && !sameAddress(plug.address, seen.address));
    if (claimed === undefined) continue;
    const text = say`${seen.mac} was last confirmed at ${seen.address}, but now ${claimed.address} claims to be this plug. plugsmith sends no password there until you agree.`;
    run.emit({ type: "notice", level: "warning", text });
  }
}
