/**
 * The firmware model's commands against rules that were written from Tasmota's source and nothing else: each cites file and
 * function, and computes the answer by itself. Ten thousand commands from seeds here, more in `npm run test:long`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RULES, runCampaign } from "./tasmota-rules/campaign.ts";
import type { Rule } from "./tasmota-rules/rule.ts";

const SEEDS: readonly number[] = Array.from({ length: 10 }, (_, i) => i + 1);
const COMMANDS = 1000;
const used = new Set<Rule>();

test.each(SEEDS)("seed %i: every command answers as the source says", (seed) => {
  const { sent, rulesUsed, differences } = runCampaign(seed, COMMANDS);
  process.stdout.write(
    `seed ${seed}: ${sent} commands, ${rulesUsed.size} of ${RULES.length} rules, ${differences.length} differ\n`,
  );
  for (const rule of rulesUsed) used.add(rule);
  expect(differences.slice(0, 5)).toEqual([]);
  expect(sent).toBeGreaterThanOrEqual(COMMANDS);
});

test("there are at least 200 rules, each names a source function, and each is used", () => {
  expect(RULES.length).toBeGreaterThanOrEqual(200);
  for (const { command, source } of RULES) expect(source, command).toMatch(/\.ino \w+|jsmn_parse/);
  expect(RULES.filter((rule) => !used.has(rule)).map(({ command, source }) => `${command}: ${source}`)).toEqual([]);
});

test("no rule imports the firmware model; only the campaign does", () => {
  const folder = new URL("./tasmota-rules/", import.meta.url);
  const importing = readdirSync(folder).filter((file) => readFileSync(new URL(file, folder), "utf8").includes("/src/"));
  expect(importing).toEqual(["campaign.ts"]);
});
