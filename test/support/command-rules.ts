/** Rules of the firmware model's commands: what is said, what is answered. */
import { expect } from "vitest";
import { PlugRig } from "./plug-rig.ts";

/** What the device says to each command: its answer, and other lines of the log where there are any. */
function say(commands: readonly string[]): readonly (readonly string[])[] {
  const rig = new PlugRig();
  rig.board.powerOn();
  rig.board.run(4);
  return commands.map((command) => {
    const lines: string[] = [];
    const end = rig.core.onLog(({ level, text }) => {
      if (level <= 2) lines.push(text.replace(/^RSL: RESULT = /, ""));
    });
    rig.core.execute(command, "serial");
    end();
    return lines;
  });
}

/** "command => answer", or with more lines of the log before the answer, " | " between them. "-" is no line at all. */
export type CommandRule = readonly [source: string, ...steps: string[]];

/** The steps of a rule, one after the other on a fresh device. */
export function checkRule(steps: readonly string[]): void {
  const pairs = steps.map((step) => step.split(" => "));
  const reported = say(pairs.map(([command = ""]) => command));
  expect(reported.map((lines) => (lines.length === 0 ? "-" : lines.join(" | ")))).toEqual(
    pairs.map(([, answer]) => answer),
  );
}
