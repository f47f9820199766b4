/**
 * Bringing a plug's settings to what is desired, and proving it: read, send only what differs, wait out the restart,
 * read again. Run twice it sends nothing the second time.
 */

import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { memberOf } from "../../core/tasmota/answer.ts";
import { backlogObstacle, backlogsOf, type Command, isMqttCommand, query } from "../../core/tasmota/command.ts";
import {
  type DesiredSetting,
  isSet,
  isTemplate,
  readCommand,
  shownValue,
  templateCommand,
  templateIn,
  writeCommand,
} from "../../core/tasmota/desired.ts";
import { type Template, templateJson } from "../../core/tasmota/template/template.ts";
import { joined, say } from "../../core/text/text.ts";
import type { Difference } from "../firmware-driver/contract.ts";
import type { Clock } from "../ports.ts";
import { sleep } from "../time.ts";
import type { TasmotaClient } from "./client.ts";
import { awaitRestart, awaitSafeUptime, readMoment } from "./restart.ts";

export interface ApplyContext {
  readonly client: TasmotaClient;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly signal?: AbortSignal | undefined;
}

/** Reads each setting back. Settings that the firmware does not know count as different. */
export async function readDifferences(
  { client, signal }: Pick<ApplyContext, "client" | "signal">,
  desired: readonly DesiredSetting[],
): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const each of desired) {
    const difference = { name: each.name, reason: each.reason, expected: String(each.value) };
    try {
      const answer = await client.send(readCommand(each), { signal });
      if (!isSet(each, answer)) differences.push({ ...difference, actual: shownValue(answer, each.name) });
    } catch (error) {
      if (!(error instanceof PlugsmithError) || error.code !== "command-refused") throw error;
      differences.push({ ...difference, actual: undefined });
    }
  }
  return differences;
}

export async function readTemplateDifference(
  { client, signal }: Pick<ApplyContext, "client" | "signal">,
  template: Template,
): Promise<Difference | undefined> {
  const answer = await client.send(query("Template"), { signal });
  if (isTemplate(template, answer)) return undefined;
  const shown = templateIn(answer);
  return {
    name: "Template",
    reason: "which pin does what",
    expected: templateJson(template),
    actual: shown === undefined ? undefined : templateJson(shown),
  };
}

/** Commands of a Backlog run this far apart (SetOption34), ms. */
export const BACKLOG_STEP_MS = 200;

/**
 * Sends commands that set something: as few Backlogs as possible, what a Backlog would spoil by itself. After
 * restart-causing ones the restart is waited out; before them the plug has been up long enough.
 */
export async function sendAll(context: ApplyContext, commands: readonly Command[]): Promise<void> {
  const { client, clock, signal } = context;
  const single = commands.filter((command) => backlogObstacle(command) !== undefined);
  const together = commands.filter((command) => backlogObstacle(command) === undefined);
  for (const backlog of backlogsOf(together, client.transport)) {
    const before = backlog.restarts ? await awaitSafeUptime(client, clock, signal) : undefined;
    const count = backlog.argument!.split(";").length;
    await client.sendWithoutReply(backlog, { signal });
    await sleep(clock, count * BACKLOG_STEP_MS + 500, signal);
    if (before !== undefined) await awaitRestart(client, clock, before, { signal });
  }
  for (const command of single) {
    const before = command.restarts
      ? await awaitSafeUptime(client, clock, signal)
      : await readMoment(client, clock, signal);
    await client.send(command, { signal });
    if (command.restarts) await awaitRestart(client, clock, before, { signal });
  }
}

const ROUNDS = 2;

/**
 * Errors: not-settled, naming what would not stay; those of `send`.
 * Resolves to the names of what was changed.
 */
export async function apply(
  context: ApplyContext,
  desired: { readonly template?: Template; readonly settings: readonly DesiredSetting[] },
): Promise<readonly string[]> {
  const changed = new Set<string>();
  // A Topic in force changes the topic an MQTT client listens on; last, so that nothing more has to go by the old one.
  const settings = [...desired.settings].sort((a, b) => Number(/topic/i.test(a.name)) - Number(/topic/i.test(b.name)));
  for (let round = 0; ; round++) {
    const template =
      desired.template === undefined ? undefined : await readTemplateDifference(context, desired.template);
    const differences = await readDifferences(context, settings);
    const all = [...(template === undefined ? [] : [template]), ...differences];
    if (all.length === 0) return [...changed];
    await refuseWithoutMqtt(context, differences, round);
    if (round === ROUNDS) throw notSettled(all);
    if (round > 0) {
      context.events({
        type: "retry",
        step: "configure",
        attempt: round + 1,
        reason: say`these settings did not stay: ${all.map((each) => each.name).join(", ")}`,
      });
    }
    const different = new Set(differences.map((each) => each.name));
    const commands = settings.filter((each) => different.has(each.name)).map(writeCommand);
    if (template !== undefined) commands.unshift(templateCommand(desired.template!));
    await sendAll(context, commands);
    for (const each of all) changed.add(each.name);
  }
}

/** A plug whose MQTT is off does not know the commands of it: no text is too long then, and nothing is sent. */
async function refuseWithoutMqtt(
  { client, signal }: ApplyContext,
  differences: readonly Difference[],
  round: number,
): Promise<void> {
  const unknown = differences.filter(({ name, actual }) => actual === undefined && isMqttCommand(name));
  if (unknown.length === 0) return;
  const mqtt = memberOf(await client.send(query("SetOption3"), { signal }), "SetOption3");
  if (mqtt !== "OFF" && mqtt !== 0) return;
  const names = unknown.map(({ name }) => name).join(", ");
  throw new PlugsmithError("not-settled", {
    message: say`MQTT is switched off on this plug (SetOption3 0), so it does not know these commands: ${names}.`,
    step: "configure",
    plugState: round === 0 ? say`unchanged` : say`partly configured`,
    nextStep: say`Send \`SetOption3 1\` (it restarts the plug), then run the same command again. Or leave out these settings.`,
    context: { settings: unknown.map(({ name }) => name) },
  });
}

export function notSettled(differences: readonly Difference[]): PlugsmithError {
  const list = joined(
    differences.map(({ name, expected, actual }) =>
      actual === undefined
        ? say`${name} is missing (expected ${expected})`
        : say`${name} is ${actual} instead of ${expected}`,
    ),
    "; ",
  );
  return new PlugsmithError("not-settled", {
    message: say`The plug did not accept these settings: ${list}.`,
    step: "configure",
    plugState: say`partly configured`,
    nextStep: say`Run the same command again. If the error stays, shorten the names: all texts of the plug share 699 bytes.`,
    context: { settings: differences.map(({ name }) => name) },
  });
}
