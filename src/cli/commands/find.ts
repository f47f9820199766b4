/** `plugsmith find`: plugs in the network: those seen before, those a broker knows, those a range of addresses holds. */
import { discover, type FoundPlug, probe, scanRange } from "../../engine/tasmota/find.ts";
import { readSecrets, rememberedPlugs, rememberPlug } from "../../engine/tasmota/plug-records.ts";
import { createNodeHttp, nodeClock, nodeFiles } from "../../platform/node/index.ts";
import type { CommandModule, CommandRun } from "../command.ts";
import { printable } from "../render/terminal.ts";
import { connectBroker } from "../tasmota/target.ts";

export const findCommand: CommandModule = {
  name: "find",
  summary: "find plugs in the network",
  declare: (command) => {
    command
      .option("--range <addresses>", "ask every address of 192.168.1.0/24 or 192.168.1.10-192.168.1.50 once")
      .option("--broker <host[:port]>", "ask an MQTT broker for announced plugs")
      .option("--mqtt-user <name>", "user at the broker; its password comes from PLUGSMITH_MQTT_PASSWORD");
  },
  run: async (run) => {
    const home = { files: nodeFiles, path: run.home };
    const http = createNodeHttp(nodeClock);
    const { signal, options } = run;
    const plugs = await askRemembered(run);
    if (typeof options["broker"] === "string") {
      const connection = await connectBroker(run, options["broker"]);
      try {
        plugs.push(...(await discover(connection, nodeClock, { signal })));
      } finally {
        await connection.close();
      }
    }
    if (typeof options["range"] === "string") {
      plugs.push(...(await scanRange({ http, clock: nodeClock, events: run.emit }, options["range"], signal)));
    }
    const unique = [...new Map(plugs.map((plug) => [plug.mac ?? plug.address, plug])).values()];
    const known = new Set(unique.filter((plug) => plug.mac !== undefined).map((plug) => plug.address));
    const found = unique.filter((plug) => plug.mac !== undefined || !known.has(plug.address));
    for (const plug of found) {
      if (plug.mac === undefined) continue;
      await rememberPlug(home, {
        mac: plug.mac,
        address: plug.address,
        name: plug.name ?? plug.hostname,
        lastSeen: new Date().toISOString(),
      });
    }
    const hint = ["No plug found. Give --range 192.168.1.0/24 (your network's) or --broker to look further."];
    return { data: { plugs: found }, answer: found.length === 0 ? hint : found.map(row) };
  },
};

function row(plug: FoundPlug): string {
  const who = plug.mac ?? (plug.minimal ? "minimal build" : "wants its password");
  return [plug.address.padEnd(15), who.padEnd(18), plug.version ?? "", printable(plug.name ?? plug.hostname ?? "")]
    .join("  ")
    .trimEnd();
}

/** Each at the address where it was last; its password is only sent where it was before. */
async function askRemembered(run: CommandRun): Promise<FoundPlug[]> {
  const home = { files: nodeFiles, path: run.home };
  const http = createNodeHttp(nodeClock);
  const found: FoundPlug[] = [];
  for (const seen of await rememberedPlugs(home)) {
    const { webPassword } = await readSecrets(home, seen.mac);
    const plug = await probe(http, seen.address, { password: webPassword, signal: run.signal });
    if (plug?.mac === seen.mac) found.push({ ...plug, name: seen.name });
    else run.emit({ type: "notice", level: "info", text: `${seen.mac} is not at ${seen.address} any more.` });
  }
  return found;
}
