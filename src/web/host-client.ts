/**
 * What the pages know of the rest of plugsmith: one interface, whether the host runs in a server on this computer
 * (http-client.ts) or in a worker of this browser (worker/port-client.ts). Its calls are those of the host's workbench.
 */
import type {
  Answer,
  Device,
  ErrorData,
  HostEvent,
  JobOrder,
  JobSummary,
  PlugSummary,
  PortListing,
  Upload,
} from "../host/index.ts";

export interface HostClient {
  /** "browser": everything runs in this page, and there is no local network. */
  readonly face: "server" | "browser";
  jobs(): Promise<readonly JobSummary[]>;
  start(order: JobOrder): Promise<JobSummary>;
  /** Ends after the job's `result`. @param from number of the first event wanted. Errors: ConnectionLost; then ask again from the last one + 1. */
  events(job: string, from: number, signal: AbortSignal): AsyncIterable<HostEvent>;
  answer(job: string, question: string, answer: Answer): Promise<void>;
  abort(job: string): Promise<void>;
  plugs(): Promise<readonly PlugSummary[]>;
  adapters(): Promise<PortListing>;
  device(): Promise<Device>;
  /** The plug's page for life, as HTML for a file. */
  certificate(plug: string, virtual: boolean): Promise<string>;
  upload(file: Blob): Promise<Upload>;
}

/** Every call: the host's own error, for the person. */
export class HostError extends Error {
  readonly data: ErrorData;

  constructor(data: ErrorData) {
    super(String(data.message));
    this.name = "HostError";
    this.data = data;
  }
}

/**
 * Every call over HTTP: `gone`, where no server answers; `stranger`, where the server does not know this page, and a new start code lets it in.
 */
export class ConnectionLost extends Error {
  readonly reason: "gone" | "stranger";

  constructor(reason: "gone" | "stranger") {
    super(`the connection to plugsmith: ${reason}`);
    this.name = "ConnectionLost";
    this.reason = reason;
  }
}
