/** A hundred thousand commands from seeds against the rules of Tasmota's source. `RULES_SEED=123` begins elsewhere. */
import { expect, test } from "vitest";
import { runCampaign } from "./tasmota-rules/campaign.ts";

const FIRST = Number(process.env["RULES_SEED"] ?? 1000);
const RUNS = 100;
const COMMANDS = 1000;
const SEEDS: readonly number[] = Array.from({ length: RUNS }, (_, i) => FIRST + i);

test.each(SEEDS)("seed %i: every command answers as the source says", (seed) => {
  const { sent, rulesUsed, differences } = runCampaign(seed, COMMANDS);
  process.stdout.write(`seed ${seed}: ${sent} commands, ${rulesUsed.size} rules, ${differences.length} differ\n`);
  expect(differences.slice(0, 5)).toEqual([]);
});
