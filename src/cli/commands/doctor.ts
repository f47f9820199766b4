/** `plugsmith doctor`: what is wrong between the adapter and the plug, reported while it keeps trying. Reads only. */
import { say } from "../../core/index.ts";
import { diagnose } from "../../engine/index.ts";
import { HANDLING } from "../../host/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { anyPort, flag, parsed } from "../options.ts";
import { connectPlug } from "../plug/connection.ts";
import { firstPatienceMs, SECONDS } from "../plug/flash-command.ts";

export const doctorCommand: CommandModule = defineCommand({
  options: {
    port: anyPort(),
    seconds: parsed(
      "--seconds <n>",
      say`give up after this time; by default, at Ctrl-C, or after 30 s with --no-input`,
      SECONDS,
    ),
    resetWires: flag("--no-reset-wires", say`do not use DTR and RTS`),
  },
  run: async (run, { port, seconds: asked, resetWires }) => {
    const { emit, signal } = run;
    const plug = await connectPlug(run, {
      name: port,
      handling: HANDLING.download,
      patienceMs: asked === undefined ? undefined : asked * 1000,
    });
    const patienceMs = asked === undefined ? firstPatienceMs(plug.virtual, run.attended) : asked * 1000;
    const { path, label } = plug.line.identity;
    emit({ type: "fact", name: "port", value: path });
    emit({ type: "fact", name: "adapter", value: label });
    emit({ type: "step-started", step: "connect", title: say`Listen to the chip and call it` });
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
          resetWires,
        }),
      );
      return {
        data: { port: path, adapter: label, ...diagnosed },
        answer: [
          diagnosed.answering === "rom"
            ? say`The chip answers: ${diagnosed.variant}, MAC ${diagnosed.mac}. It is ready for plugsmith convert. Nothing was written.`
            : say`The chip answers: ${diagnosed.variant}, MAC ${diagnosed.mac}. A flasher's stub is running on it. Nothing was written.`,
        ],
      };
    } finally {
      await plug.close();
    }
  },
});
