/** `plugsmith sim`: the virtual plug in real time, for other people's tools and for watching. */
import { InvalidArgumentError, Option } from "commander";
import { ClientSeat, nodeClock, serveTcp } from "../../platform/node/index.ts";
import { RealTimePacer, serveRaw, serveRfc2217 } from "../../sim/index.ts";
import type { CommandModule } from "../command.ts";
import { openVirtualPlug } from "../plug/virtual-plug.ts";
import { printable } from "../render/terminal.ts";

interface Listen {
  readonly host: string;
  readonly port: number;
}

export const simCommand: CommandModule = {
  name: "sim",
  summary: "serve a virtual plug to other tools",
  declare: (command) =>
    command
      .argument("[folder]", "where the virtual plug lives; without one it is new each time")
      .addOption(
        new Option("--listen <host:port>", "RFC 2217 here, a raw socket at the next port; port 0: any")
          .argParser(parseListen)
          .default({ host: "127.0.0.1", port: 0 }, "127.0.0.1:0"),
      )
      .option("--flash <file>", "flash contents to start from and to save to")
      .option("--reset-wires", "DTR and RTS reach GPIO0 and EN (the story's plug has no such wires)", false)
      .option("--run", "start the firmware instead of download mode: GPIO0 is not held", false),
  run: async ({ args, options, globals, emit, signal, terminal }) => {
    const listen = options["listen"] as Listen;
    const plug = await openVirtualPlug({
      folder: args[0],
      flashFile: options["flash"] as string | undefined,
      start: options["run"] === true ? "run" : "download",
      resetWires: options["resetWires"] === true,
    });
    const pacer = new RealTimePacer({ world: plug.world, clock: nodeClock });
    const seat = new ClientSeat();
    const serve = (port: number, session: typeof serveRaw): ReturnType<typeof serveTcp> =>
      serveTcp(
        { host: listen.host, port },
        (client) => {
          const served = session(plug.bench.openLine(), client);
          return {
            receive: (bytes) => pacer.enter(() => served.receive(bytes)),
            close: () => pacer.enter(() => served.close()),
          };
        },
        seat,
      );
    const rfc2217 = await serve(listen.port, serveRfc2217);
    const raw = await serve(listen.port === 0 ? 0 : listen.port + 1, serveRaw).catch(async (error: unknown) => {
      await rfc2217.close();
      throw error;
    });
    pacer.start();
    const host = listen.host.includes(":") ? `[${listen.host}]` : listen.host;
    const addresses = [`rfc2217://${host}:${rfc2217.port}`, `socket://${host}:${raw.port}`];
    // Programs wait for these lines: they come alone on standard output, and only when clients can connect.
    if (globals.json) for (const address of addresses) emit({ type: "fact", name: "address", value: address });
    else terminal.out(`${addresses.join("\n")}\n`);
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    pacer.stop();
    await Promise.all([rfc2217.close(), raw.close()]);
    await plug.close();
    for (const accident of plug.bench.accidents) {
      emit({ type: "notice", level: "warning", text: `Accident at the bench: ${printable(accident)}` });
    }
    return { data: { addresses, accidents: plug.bench.accidents } };
  },
};

/** "127.0.0.1:4000", "[::1]:0", ":4000". Loopback unless a host is named: a virtual plug is nobody else's business. */
export function parseListen(text: string): Listen {
  const match = /^(.*):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port > 65_534) throw new InvalidArgumentError("Write HOST:PORT.");
  const host = (match[1] ?? "").replace(/^\[|\]$/g, "");
  return { host: host === "" ? "127.0.0.1" : host, port };
}
