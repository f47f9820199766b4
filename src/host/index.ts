/** Runs jobs for any face, over an environment that a platform makes. */
export type {
  Environment,
  FlashStore,
  OpenPortOptions,
  PortListing,
  PortTrouble,
  SerialPorts,
} from "./environment.ts";
export type { HostEvent, JobContext, JobHandle, JobRequest, JobState } from "./job.ts";
export { JobHost, type JobHostOptions } from "./job-host.ts";
export type { Answer, Asked, OpenQuestion, QuestionEvent } from "./questions.ts";
