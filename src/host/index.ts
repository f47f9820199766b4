/** Runs jobs for any face, over an environment that a platform makes. */
export { askFirmware } from "./asking/ask-firmware.ts";
export { askRequest } from "./asking/ask-request.ts";
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
export { VIRTUAL_PATIENCE_MS } from "./job-ports.ts";
export { HANDLING, openPort, type PortOptions } from "./line/open-port.ts";
export type { Answer, Asked, OpenQuestion, QuestionEvent } from "./questions.ts";
export {
  type JobPlace,
  startConversion,
  startFlash,
  startPreparation,
  startRescue,
  startSetup,
  startStep,
} from "./start-job.ts";
export { isClosedPlug } from "./virtual/closed-plug.ts";
export { guidedOperator } from "./virtual/guided-operator.ts";
export { loadSim } from "./virtual/load-sim.ts";
export { openVirtualEnvironment, type VirtualEnvironment } from "./virtual/virtual-environment.ts";
export { virtualHome, virtualPlugHome } from "./virtual/virtual-home-folder.ts";
export { openVirtualPlug, type VirtualPlug } from "./virtual/virtual-plug.ts";
export type {
  Device,
  ErrorData,
  JobOrder,
  JobSummary,
  PlugSummary,
  Upload,
  WorkbenchPlatform,
} from "./workbench/contract.ts";
export { Workbench } from "./workbench/workbench.ts";
