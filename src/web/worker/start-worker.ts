/** Starts the worker that the host runs in, and gives the page's end of the port to it. */
import type { HostClient } from "../host-client.ts";
import { createPortClient } from "./port-client.ts";
import type { Port } from "./protocol.ts";
import address from "./worker.ts?worker&url";

/** Under the policy of the pages no string is a worker's address but what this makes of the one above. */
interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

export function startWorker(): HostClient {
  const policies = (globalThis as { readonly trustedTypes?: Policies }).trustedTypes;
  const policy = policies?.createPolicy("plugsmith", { createScriptURL: () => address });
  const worker = new Worker(policy?.createScriptURL(address) ?? address, { type: "module" });
  const { port1, port2 } = new MessageChannel();
  const client = createPortClient(port1 as Port);
  port1.start();
  worker.postMessage(undefined, [port2]);
  return client;
}
