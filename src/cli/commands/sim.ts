/** `plugsmith sim`: the virtual plug in real time, for other people's tools and for watching. */
import { Option } from "commander";
import type { CommandModule } from "../command.ts";
import { BROKER_NAME, LOOPBACK, MQTT_PORT, parseListen } from "../plug/listen.ts";

export const simCommand: CommandModule = {
  declare: (command) =>
    command
      .argument("[folder]", "where the virtual plug lives; without one it is new each time")
      .addOption(
        new Option("--listen <host:port>", "RFC 2217 here, a raw socket at the next port; port 0: any")
          .argParser(parseListen)
          .default({ host: LOOPBACK, port: 0 }, "127.0.0.1:0"),
      )
      .addOption(
        new Option(
          "--http [host:port]",
          "the plug runs its firmware in the virtual home; its web server is here; default: any free port",
        )
          .argParser(parseListen)
          .preset("127.0.0.1:0"),
      )
      .addOption(
        new Option(
          "--mqtt [host:port]",
          `with --http: the plug reaches this MQTT broker as "${BROKER_NAME}"; default: 127.0.0.1:1883`,
        )
          .argParser(parseListen)
          .preset(`127.0.0.1:${MQTT_PORT}`),
      )
      .option("--flash <file>", "flash contents to start from and to save to")
      .option("--reset-wires", "DTR and RTS reach GPIO0 and EN (the story's plug has no such wires)", false)
      .option("--run", "start the firmware instead of download mode: GPIO0 is not held", false),
  run: async (run) => (await import("../plug/serve-virtual-plug.ts")).serveVirtualPlug(run),
};
