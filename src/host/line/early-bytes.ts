/** A line that keeps what comes before anybody listens, for the first listener: a boot text, or the alarm of mains. */
import type { ByteLine, LineListener } from "../../engine/ports.ts";
import { ForwardingLine } from "../../engine/wires/forwarding-line.ts";

/** Bytes. Half a second at 2,000,000 baud is less. */
const MOST_KEPT = 0x2_0000;

export class EarlyBytes extends ForwardingLine {
  #kept: { readonly chunk: Uint8Array; readonly at: number }[] = [];
  #size = 0;
  #stop: (() => void) | undefined;

  constructor(line: ByteLine) {
    super(line);
    this.#stop = line.listen({ bytes: (chunk, at) => this.#keep(chunk, at) });
  }

  override listen(listener: LineListener): () => void {
    this.#stop?.();
    this.#stop = undefined;
    const kept = this.#kept.splice(0);
    let listening = true;
    // After the caller has what it gets from here, and before anything new can come.
    void Promise.resolve().then(() => {
      for (const { chunk, at } of kept) if (listening) listener.bytes(chunk, at);
    });
    const stop = this.line.listen(listener);
    return () => {
      listening = false;
      stop();
    };
  }

  override async close(): Promise<void> {
    this.#stop?.();
    await super.close();
  }

  #keep(chunk: Uint8Array, at: number): void {
    if (this.#size + chunk.length > MOST_KEPT) return;
    this.#size += chunk.length;
    this.#kept.push({ chunk, at });
  }
}
