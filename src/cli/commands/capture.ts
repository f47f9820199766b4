/** `plugsmith capture`: what a plug answers and how long it takes, for comparing it with the virtual one. Reads only. */

import { PlugsmithError, say } from "../../core/index.ts";
import { capture, captureLines } from "../../engine/index.ts";
import { HANDLING } from "../../host/index.ts";
import { nodeCodec, nodeFiles } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { anyPort, flag, type Parser, parsed, text } from "../options.ts";
import { connectPlug } from "../plug/connection.ts";
import { COUNT, firstPatienceMs } from "../plug/flash-command.ts";
import { TOOL } from "../version.ts";

const SECTOR = 0x1000;

const READ: Parser<number> = {
  parse: (text) => {
    const bytes = COUNT.parse(text);
    return bytes !== undefined && bytes > 0 && bytes % SECTOR === 0 ? bytes : undefined;
  },
  expected: say`Write a multiple of 4096.`,
};

export const captureCommand: CommandModule = defineCommand({
  options: {
    port: anyPort(),
    out: text("--out <file>", say`file for the recording; it must not exist yet`, "capture.jsonl"),
    read: parsed("--read <bytes>", say`bytes to read at each rate, a multiple of 4096`, READ, 0x40000),
    resetWires: flag("--no-reset-wires", say`do not use DTR and RTS`),
  },
  run: async (run, { port, out, read, resetWires }) => {
    const { emit, signal } = run;
    if ((await nodeFiles.stat(out)) !== undefined) throw taken(out);
    const plug = await connectPlug(run, { name: port, handling: HANDLING.download });
    try {
      const captured = await plug.drive(
        capture({
          line: plug.line,
          clock: plug.clock,
          files: plug.files,
          home: plug.home,
          events: emit,
          signal,
          codec: plug.virtual ? undefined : nodeCodec,
          patienceMs: firstPatienceMs(plug.virtual, run.attended),
          resetWires,
          tool: TOOL,
          host: plug.virtual ? "virtual" : process.platform,
          readBytes: read,
        }),
      );
      const handle = await nodeFiles.open(out, "create", 0o600);
      try {
        await handle.write(new TextEncoder().encode(captureLines(captured)));
        await handle.sync();
      } finally {
        await handle.close();
      }
      return {
        data: { out, exchanges: captured.exchanges.length, timings: captured.timings },
        answer: [
          say`${captured.exchanges.length} exchanges, ${captured.timings.length} times in ${out}. The recording contains no data from the flash, and only the manufacturer's half of the MAC.`,
        ],
      };
    } finally {
      await plug.close();
    }
  },
});

function taken(out: string): PlugsmithError {
  return new PlugsmithError("file-exists", {
    message: say`${out} already exists.`,
    plugState: say`untouched`,
    nextStep: say`Choose another name with --out, or move the file away.`,
  });
}
