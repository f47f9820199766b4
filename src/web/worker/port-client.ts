/** The host at the other end of a port: in a worker of this page. */
import { packed, unpacked } from "../../core/index.ts";
import type { ErrorData, HostEvent, Upload } from "../../host/index.ts";
import { hostCalls } from "../host-calls.ts";
import { type HostClient, HostError } from "../host-client.ts";
import type { FromWorker, Port } from "./protocol.ts";

interface Pending {
  readonly settle: (data: unknown) => void;
  readonly refuse: (error: Error) => void;
}

/** The events of a job as they come, kept until the page takes them. */
class Followed {
  readonly #events: HostEvent[] = [];
  #wake: (() => void) | undefined;
  #end: Error | "end" | undefined;

  add(event: HostEvent): void {
    this.#events.push(event);
    this.#wake?.();
  }

  end(reason: Error | "end"): void {
    this.#end ??= reason;
    this.#wake?.();
  }

  async next(): Promise<HostEvent | undefined> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) return event;
      if (this.#end === "end") return undefined;
      if (this.#end !== undefined) throw this.#end;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

export function createPortClient(port: Port): HostClient {
  const pending = new Map<number, Pending>();
  const followed = new Map<number, Followed>();
  let last = 0;
  port.addEventListener("message", ({ data }) => {
    const message = data as FromWorker;
    const { id } = message;
    const call = pending.get(id);
    const watched = followed.get(id);
    switch (message.kind) {
      case "answer":
        call?.settle(unpacked(message.data));
        break;
      case "refusal": {
        const error = new HostError(unpacked(message.error) as ErrorData);
        call?.refuse(error);
        watched?.end(error);
        break;
      }
      case "event":
        watched?.add(unpacked(message.event) as HostEvent);
        return;
      case "end":
        watched?.end("end");
        break;
    }
    pending.delete(id);
  });
  const send = (name: string, given: unknown): Promise<unknown> =>
    new Promise((settle, refuse) => {
      const id = ++last;
      pending.set(id, { settle, refuse });
      port.postMessage({ kind: "call", id, name, given });
    });
  const call = (name: string, given: object = {}): Promise<unknown> => send(name, packed(given));
  async function* events(job: string, from: number, signal: AbortSignal): AsyncGenerator<HostEvent> {
    const id = ++last;
    const watched = new Followed();
    followed.set(id, watched);
    const leave = (): void => watched.end("end");
    signal.addEventListener("abort", leave, { once: true });
    try {
      port.postMessage({ kind: "follow", id, job, from });
      for (;;) {
        const event = await watched.next();
        if (event === undefined) return;
        yield event;
      }
    } finally {
      signal.removeEventListener("abort", leave);
      followed.delete(id);
      port.postMessage({ kind: "leave", id });
    }
  }
  return {
    face: "browser",
    ...hostCalls(call),
    events,
    certificate: async (plug, virtual) => (await call("certificate", { plug, virtual })) as string,
    upload: async (file) => (await send("upload", new Uint8Array(await file.arrayBuffer()))) as Upload,
  };
}
