/**
 * What every face of the workbench asks: jobs by name, and what is on record. A server and a browser's worker carry these
 * calls to their pages and add nothing of their own.
 */

import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { plugFolder } from "../../engine/home/folders.ts";
import type { ConversionResult } from "../../engine/jobs/convert.ts";
import type { PortListing } from "../environment.ts";
import type { HostEvent, JobContext, JobHandle } from "../job.ts";
import { JobHost } from "../job-host.ts";
import type { Answer } from "../questions.ts";
import { virtualHome } from "../virtual/virtual-home-folder.ts";
import type { Device, JobOrder, JobSummary, PlugSummary, Upload, WorkbenchPlatform } from "./contract.ts";
import { convertPlug } from "./convert-job.ts";
import { CERTIFICATE, knownPlugs } from "./known-plugs.ts";
import { practise } from "./practice-job.ts";
import { keepUpload } from "./upload.ts";

/** More than any certificate. */
const PAGE_BYTES = 0x40_0000;

interface Started {
  readonly handle: JobHandle;
  readonly order: JobOrder;
  readonly at: string;
}

export class Workbench {
  readonly #platform: WorkbenchPlatform;
  readonly #host: JobHost;
  readonly #started = new Map<string, Started>();

  constructor(platform: WorkbenchPlatform) {
    this.#platform = platform;
    this.#host = new JobHost(platform.environment);
  }

  /** Those that run and the last that ended, in the order in which they were started. */
  jobs(): readonly JobSummary[] {
    return this.#host.jobs.map(({ id }) => this.#summary(id));
  }

  /** Errors: locked, aborted. What goes wrong in the job itself is its `result` event. */
  start(order: JobOrder): JobSummary {
    const { home, clock } = this.#platform.environment;
    const virtual = order.job === "practise";
    const handle = this.#host.start<ConversionResult>({
      job: order.job,
      plug: order.job === "convert" ? order.plug : undefined,
      home: virtual ? virtualHome(home) : home,
      data: ({ plug, address, resumedAfter }) => ({ plug, address, resumedAfter, virtual }),
      run: (context) => this.#run(order, context),
    });
    this.#started.set(handle.id, { handle, order, at: new Date(clock.wallTime()).toISOString() });
    return this.#summary(handle.id);
  }

  /** @param from sequence number of the first event wanted. Errors: bad-argument. */
  events(job: string, from: number): AsyncIterable<HostEvent> {
    return this.#job(job).handle.eventsFrom(from);
  }

  /** Errors: bad-argument, question-closed. */
  answer(job: string, question: string, answer: Answer): void {
    this.#job(job).handle.answer(question, answer);
  }

  /** Errors: bad-argument. */
  abort(job: string): void {
    this.#job(job).handle.abort();
  }

  async plugs(): Promise<readonly PlugSummary[]> {
    const { files, home } = this.#platform.environment;
    const real = await knownPlugs(files, home, false);
    return [...real, ...(await knownPlugs(files, virtualHome(home), true))];
  }

  /** The adapters that are plugged in now. Errors: port-*. */
  adapters(): Promise<PortListing> {
    return this.#platform.environment.ports.list();
  }

  device(): Promise<Device> {
    return this.#platform.device();
  }

  /** The page of a plug. Errors: file-not-found. */
  async certificate(plug: string, virtual: boolean): Promise<string> {
    const { files, home } = this.#platform.environment;
    const folder = plugFolder(virtual ? virtualHome(home) : home, plug);
    return new TextDecoder().decode(await files.read(`${folder}/${CERTIFICATE}`, PAGE_BYTES));
  }

  /**
   * A file of the person's, put down in the home as it comes, for a question that asks for its path.
   * Errors: file-unfit, disk-full, file-*.
   */
  upload(chunks: AsyncIterable<Uint8Array>): Promise<Upload> {
    const { files, home, random } = this.#platform.environment;
    return keepUpload(files, home, random, chunks);
  }

  /** Stops all jobs and resolves when they have ended. */
  close(): Promise<void> {
    return this.#host.close();
  }

  #run(order: JobOrder, context: JobContext): Promise<ConversionResult> {
    switch (order.job) {
      case "practise":
        return practise(this.#platform, order, context);
      case "convert":
        return convertPlug(this.#platform, order, context);
    }
  }

  #job(id: string): Started {
    const started = this.#host.job(id) === undefined ? undefined : this.#started.get(id);
    if (started !== undefined) return started;
    // The host has forgotten it.
    this.#started.delete(id);
    throw new PlugsmithError("bad-argument", {
      message: say`There is no job ${id}.`,
      plugState: say`untouched`,
      nextStep: say`Check the jobs again: it ended long ago, or plugsmith was restarted.`,
    });
  }

  #summary(id: string): JobSummary {
    const { handle, order, at } = this.#job(id);
    const { plug, state, questions } = handle;
    return { id, job: order.job, plug, state, virtual: order.job === "practise", startedAt: at, questions };
  }
}
