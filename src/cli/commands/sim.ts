/** `plugsmith sim`: the virtual plug in real time, for other people's tools and for watching. */
import { say } from "../../core/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { SIM_OPTIONS } from "../plug/listen.ts";

export const simCommand: CommandModule = defineCommand({
  arguments: [["[folder]", say`folder of the virtual plug; without a folder, each start makes a new plug`]],
  options: SIM_OPTIONS,
  run: async (run, options) => (await import("../plug/serve-virtual-plug.ts")).serveVirtualPlug(run, options),
});
