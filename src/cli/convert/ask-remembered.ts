/** What a single step needs of a person: as `convert` asks it, with the answers for the last plug offered first. */
import type { GivenWifi } from "../../engine/index.ts";
import { askRequest } from "../../host/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import type { CommandRun } from "../command.ts";
import type { FirmwareOptions } from "./conversion-options.ts";
import { withSource } from "./firmware-source.ts";

type Answered = Awaited<ReturnType<typeof askRequest>>;
const NOTHING = { credentials: false, firmware: false, reference: false } as const;

async function ask(run: CommandRun, open: Partial<Parameters<typeof askRequest>[2]>, given: GivenWifi = {}) {
  const home = { files: nodeFiles, path: run.home };
  return await askRequest(run.operator, { home, files: nodeFiles }, { ...NOTHING, ...open }, given, run.signal);
}

/** Undefined where the person gives up. Errors: aborted, needs-input. */
export async function askNetwork(run: CommandRun, given: GivenWifi): Promise<Answered["credentials"]> {
  return (await ask(run, { credentials: true }, given)).credentials;
}

/** The options with the firmware's source, and whether the plug is of the last one's kind. Errors: aborted, needs-input. */
export async function withAskedFirmware<O extends FirmwareOptions>(
  run: CommandRun,
  options: O,
): Promise<{ readonly options: O; readonly sameBatch: boolean }> {
  if (options.firmware !== undefined || options.release !== undefined) return { options, sameBatch: false };
  const { firmware, sameBatch } = await ask(run, { firmware: true });
  return { options: firmware === undefined ? options : withSource(options, firmware), sameBatch };
}
