/**
 * The engine's jobs as a host starts them: a typed request, the place where it happens, and a handle back. What
 * has to be decided on the way is asked through the handle.
 */

import { type FlashStepOptions, flashPlug } from "../engine/jobs/conversion-flash.ts";
import type { ConversionOptions, ConversionPorts, ConversionResult } from "../engine/jobs/convert.ts";
import { convert } from "../engine/jobs/convert.ts";
import type { FlashJob, FlashOutcome, FlashRequest } from "../engine/jobs/flash-contract.ts";
import { flashJob } from "../engine/jobs/flash-job.ts";
import type { SetupResult } from "../engine/jobs/setup.ts";
import { type SetupRequest, setupOnRecord } from "../engine/jobs/setup-on-record.ts";
import {
  type SingleStep,
  type SingleStepRequest,
  type SingleStepResult,
  singleStep,
} from "../engine/jobs/single-step.ts";
import type { RescueOptions, RescueResult } from "../engine/rescue/contract.ts";
import { rescue } from "../engine/rescue/rescue.ts";
import type { Environment } from "./environment.ts";
import type { JobHandle } from "./job.ts";
import type { JobHost } from "./job-host.ts";
import { type JobExtras, jobPorts, rangesIn } from "./job-ports.ts";

/** Where a job happens. */
export interface JobPlace extends JobExtras {
  readonly host: JobHost;
  readonly environment: Environment;
}

/** Errors: locked where the plug has a job already. */
export function startConversion(place: JobPlace, options: ConversionOptions): JobHandle<ConversionResult> {
  const { resume } = options;
  return start(place, "convert", resume === "new" ? undefined : resume, (ports) => convert(ports, options));
}

/** Opens, wires and identifies a plug; the job gives 12 lower-case hex digits. */
export function startPreparation(place: JobPlace, options: FlashStepOptions): JobHandle<string> {
  return start(place, "prepare", options.known?.plug, (ports) => flashPlug(ports, options));
}

/** Errors: locked where the plug has a job already. */
export function startStep<S extends SingleStep>(
  place: JobPlace,
  request: SingleStepRequest<S>,
): JobHandle<SingleStepResult<S>> {
  return start(place, request.step, request.plug, (ports) => singleStep(ports, request));
}

/** Errors: locked where the plug has a job already. */
export function startRescue(place: JobPlace, options: Omit<RescueOptions, "ranges">): JobHandle<RescueResult> {
  const { environment, range } = place;
  const job = (ports: ConversionPorts) => rescue(ports, { ...options, ranges: rangesIn(environment, range) });
  return start(place, "rescue", options.plug, job);
}

/** Brings a plug that just got its firmware into the network, configures, locks and audits it. */
export function startSetup(place: JobPlace, request: SetupRequest): JobHandle<SetupResult> {
  return start(place, "setup", undefined, (ports) => setupOnRecord(ports, request));
}

/** Identifies, backs up, writes, verifies, erases or restores a plug's flash. */
export function startFlash<J extends FlashJob>(place: JobPlace, request: FlashRequest<J>): JobHandle<FlashOutcome<J>> {
  return start(place, request.job, undefined, (ports) => flashJob(ports, request));
}

function start<T>(
  place: JobPlace,
  job: string,
  plug: string | undefined,
  work: (ports: ConversionPorts) => Promise<T>,
): JobHandle<T> {
  const { host, environment } = place;
  const { home } = environment;
  return host.start({
    job,
    plug,
    home,
    run: async (context) => await work(await jobPorts(environment, context, place)),
  });
}
