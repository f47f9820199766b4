/** What a command costs before it does anything: its own CPU time beside that of Node alone, in the same run. */
import { spawnSync } from "node:child_process";
import { COMMANDS } from "../src/cli/registry.ts";
import { type BenchOptions, type Goal, heading, table } from "./support/report.ts";

/** Milliseconds of CPU that a command may take beyond Node's own. */
const LIMIT_MS = 60;

const PROGRAM = "dist/cli/main.js";

/** Each process says at its end what it used, start-up of Node included. */
const SAYS = `data:text/javascript,process.on("exit",()=>process.stderr.write("\\ncpu "+JSON.stringify(process.cpuUsage())))`;

export async function startupBench({ quick }: BenchOptions): Promise<readonly Goal[]> {
  heading("Start-up: CPU time of a command that has nothing to do");
  const rounds = quick ? 3 : 9;
  const calls = [["--version"], ["--help"], ["ports"], ...COMMANDS.map(({ name }) => [name, "--help"])];
  // Taken in turns, so that a busy moment of the computer strikes all alike; the least counts.
  const least = new Map<string, number>();
  const measure = (name: string, args: readonly string[]): void => {
    least.set(name, Math.min(least.get(name) ?? Number.POSITIVE_INFINITY, cpuMs(args)));
  };
  for (let round = 0; round < rounds; round++) {
    measure("node", ["-e", "0"]);
    for (const call of calls) measure(call.join(" "), [PROGRAM, ...call]);
  }
  const node = least.get("node") ?? 0;
  least.delete("node");
  const rows = [...least].sort(([, one], [, other]) => other - one);
  table(
    `node alone ${node.toFixed(0)} ms; the least of ${rounds} runs each`,
    ["plugsmith", "ms", "beyond node", "x node"],
    rows.map(([name, ms]) => [name, ms.toFixed(0), `+${(ms - node).toFixed(0)}`, (ms / node).toFixed(2)]),
  );
  const [slowest, most] = rows[0] ?? ["", 0];
  return [
    {
      goal: `a command takes at most ${LIMIT_MS} ms of CPU beyond Node's own`,
      met: most - node <= LIMIT_MS,
      found: `+${(most - node).toFixed(0)} ms (${slowest})`,
    },
  ];
}

function cpuMs(args: readonly string[]): number {
  const { stderr } = spawnSync(process.execPath, ["--import", SAYS, ...args], { encoding: "utf8" });
  const said = /\ncpu (\{.*\})$/.exec(stderr)?.[1];
  if (said === undefined) throw new Error(`plugsmith ${args.join(" ")} did not say what it used: ${stderr}`);
  const { user, system } = JSON.parse(said) as NodeJS.CpuUsage;
  return (user + system) / 1000;
}
