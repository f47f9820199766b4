/** The host behind the pages, and whether it is there. */
import { signal } from "@preact/signals";
import { ConnectionLost, type HostClient } from "../host-client.ts";

export type Connection = "there" | ConnectionLost["reason"];

const connection = signal<Connection>("there");
let client: HostClient | undefined;

export function connectTo(made: HostClient): void {
  client = made;
}

/** Set before the first page is shown. */
export function host(): HostClient {
  if (client === undefined) throw new Error("no host yet");
  return client;
}

export function connectionState(): Connection {
  return connection.value;
}

/** Runs a call; one that nobody answered shows on every page, and gives undefined. */
export async function reaching<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    const result = await work();
    connection.value = "there";
    return result;
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
    connection.value = error.reason;
    return undefined;
  }
}
