/** The worker's end of the port: passes each call to the host's workbench, and the events of a job to the page that follows it. */
import { isPlugsmithError, PlugsmithError, packed, say, unpacked } from "../../core/index.ts";
import type { Answer, ErrorData, JobOrder, Workbench } from "../../host/index.ts";
import type { Port, ToWorker } from "./protocol.ts";

type Calls = Readonly<Record<string, (given: never) => unknown>>;

export function servePort(port: Port, workbench: Workbench): void {
  const following = new Map<number, AsyncIterator<unknown>>();
  const calls: Calls = {
    jobs: () => workbench.jobs(),
    start: ({ order }: { order: JobOrder }) => {
      if (order.job !== "practise") throw practiceOnly();
      return workbench.start(order);
    },
    answer: ({ job, question, answer }: { job: string; question: string; answer: Answer }) =>
      workbench.answer(job, question, answer),
    abort: ({ job }: { job: string }) => workbench.abort(job),
    plugs: () => workbench.plugs(),
    adapters: () => workbench.adapters(),
    device: () => workbench.device(),
    certificate: ({ plug, virtual }: { plug: string; virtual: boolean }) => workbench.certificate(plug, virtual),
  };
  const answer = async (id: number, work: () => unknown): Promise<void> => {
    try {
      port.postMessage({ kind: "answer", id, data: packed((await work()) ?? null) });
    } catch (error) {
      port.postMessage({ kind: "refusal", id, error: packed(errorData(error)) });
    }
  };
  const follow = async (id: number, job: string, from: number): Promise<void> => {
    try {
      const iterator = workbench.events(job, from)[Symbol.asyncIterator]();
      following.set(id, iterator);
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
        port.postMessage({ kind: "event", id, event: packed(next.value) });
      }
      port.postMessage({ kind: "end", id });
    } catch (error) {
      port.postMessage({ kind: "refusal", id, error: packed(errorData(error)) });
    } finally {
      following.delete(id);
    }
  };
  port.addEventListener("message", ({ data }) => {
    const message = data as ToWorker;
    switch (message.kind) {
      case "call": {
        const { id, name, given } = message;
        // An upload's bytes are no JSON.
        if (name === "upload") void answer(id, () => workbench.upload(once(given as Uint8Array)));
        else void answer(id, () => calls[name]?.(unpacked(given) as never));
        return;
      }
      case "follow":
        void follow(message.id, message.job, message.from);
        return;
      case "leave":
        void following.get(message.id)?.return?.();
        return;
    }
  });
}

/** A browser may delete a page's files at any time, and nothing here checks that the backup is also saved elsewhere. */
export function practiceOnly(): PlugsmithError {
  return new PlugsmithError("not-supported", {
    message: say`This page cannot convert a real plug: it cannot make sure that the backup is saved outside the browser.`,
    plugState: say`untouched`,
    nextStep: say`To convert a real plug, run this on your computer: npx plugsmith ui`,
  });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Anything but a PlugsmithError is a bug: its own words are for the report. */
function errorData(error: unknown): ErrorData {
  if (isPlugsmithError(error)) {
    const { code, step, texts, context } = error;
    return { code, step, ...texts, context };
  }
  return {
    code: "internal",
    step: undefined,
    message: say`This is a bug in plugsmith: ${String(error)}`,
    plugState: undefined,
    nextStep: say`Reload the page. Recorded steps are not repeated. Then report the bug.`,
    context: undefined,
  };
}
