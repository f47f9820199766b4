/** `plugsmith doctor`: what is wrong between the adapter and the plug, told while it keeps trying. Reads only. */
import { diagnose } from "../../engine/doctor/diagnose.ts";
import type { CommandModule } from "../command.ts";
import { connectPlug } from "../plug/connection.ts";
import { firstPatienceMs, parseSeconds } from "../plug/flash-command.ts";
import { HANDLING } from "../plug/open-port.ts";

export const doctorCommand: CommandModule = {
  declare: (command) =>
    command
      .option("--port <name>", "device, COM name, tcp://, rfc2217://, sim: or sim:FOLDER")
      .option("--seconds <n>", "give up after so long; default: at Ctrl-C, with --no-input 30", parseSeconds)
      .option("--no-reset-wires", "leave DTR and RTS alone"),
  run: async (run) => {
    const { options, emit, signal } = run;
    const asked = options["seconds"] as number | undefined;
    const plug = await connectPlug(run, {
      name: options["port"] as string | undefined,
      handling: HANDLING.download,
      patienceMs: asked === undefined ? undefined : asked * 1000,
    });
    const patienceMs = asked === undefined ? firstPatienceMs(plug.virtual, run.attended) : asked * 1000;
    const { path, label } = plug.line.identity;
    emit({ type: "fact", name: "port", value: path });
    emit({ type: "fact", name: "adapter", value: label });
    emit({ type: "step-started", step: "connect", title: "Listen and call" });
    try {
      const diagnosed = await plug.drive(
        diagnose({
          line: plug.line,
          clock: plug.clock,
          files: plug.files,
          home: plug.home,
          events: emit,
          signal,
          patienceMs,
          resetWires: options["resetWires"] !== false,
        }),
      );
      const who = diagnosed.answering === "rom" ? "its boot ROM answers" : "a flasher's stub answers";
      return {
        data: { port: path, adapter: label, ...diagnosed },
        answer: [`Well   ${diagnosed.variant}, MAC ${diagnosed.mac}: ${who}. Nothing was written.`],
      };
    } finally {
      await plug.close();
    }
  },
};
