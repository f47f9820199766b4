/** `plugsmith monitor`: what the plug says on its serial line, and lines typed back to it. */

import { createInterface } from "node:readline";
import { isOverNetwork, lineLostMessage, MainsWatch, PlugsmithError, say, visibleLines } from "../../core/index.ts";
import { nodeClock } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { anyPort, parsed, required } from "../options.ts";
import { COUNT, SECONDS } from "../plug/flash-command.ts";
import { openRealtimeLine } from "../plug/realtime-line.ts";

/** Tasmota's console; the boot ROM speaks at 74880. */
const CONSOLE_BAUD = 115_200;
/** Kept for `--json`, UTF-16 units: some six minutes of a console that never pauses. */
const MOST_HEARD = 4 * 1024 * 1024;

export const monitorCommand: CommandModule = defineCommand({
  options: {
    port: required(anyPort()),
    baud: parsed(
      "--baud <rate>",
      say`rate of the serial line; 74880 shows the text of the boot ROM`,
      COUNT,
      CONSOLE_BAUD,
    ),
    seconds: parsed("--seconds <n>", say`stop after this time; by default, at Ctrl-C`, SECONDS),
  },
  run: async (run, { port, baud, seconds }) => {
    const { globals, emit, signal, terminal } = run;
    const { line, close } = await openRealtimeLine(run, port, baud, "start");
    let heard = "";
    const mains = new MainsWatch();
    const stop = new AbortController();
    const decoder = new TextDecoder();
    line.onUnrecordable((error) => stop.abort(error));
    let started = "";
    /** A line's end may come in two chunks. */
    const shown = (text: string): string => {
      const [, whole = "", rest = ""] = /^(.*?)(\r?)$/s.exec(started + text) ?? [];
      started = rest;
      return visibleLines(whole);
    };
    line.listen({
      bytes: (chunk) => {
        if (stop.signal.aborted) return;
        const alarm = mains.hear(chunk);
        if (alarm !== undefined) {
          stop.abort(alarm);
          return;
        }
        const text = decoder.decode(chunk, { stream: true });
        if (!globals.json) terminal.out(shown(text));
        else if (heard.length < MOST_HEARD) heard += text;
      },
      lost: () => {
        const text = say`${lineLostMessage(line.identity.path)} plugsmith waits until it is back.`;
        emit({ type: "notice", level: "warning", text });
      },
      reappeared: ({ path }) => {
        const text = isOverNetwork(path)
          ? say`The connection to ${path} is back.`
          : say`The adapter is back at ${path}.`;
        emit({ type: "notice", level: "info", text });
      },
    });
    const typed = terminal.inIsTty && !globals.json ? createInterface({ input: process.stdin }) : undefined;
    typed?.on("line", (text) => {
      line.write(new TextEncoder().encode(`${text}\r\n`)).catch((error: unknown) => {
        emit({
          type: "notice",
          level: "warning",
          text: error instanceof PlugsmithError ? error.texts.message : say`The line was not sent.`,
        });
      });
    });
    try {
      await untilOver(AbortSignal.any([signal, stop.signal]), seconds);
      if (stop.signal.aborted) throw stop.signal.reason;
      await line.settled();
    } finally {
      typed?.close();
      await close();
    }
    return { data: globals.json ? { heard } : {} };
  },
});

function untilOver(signal: AbortSignal, seconds: number | undefined): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
    if (seconds !== undefined) nodeClock.after(seconds * 1000, resolve);
  });
}
