/**
 * What was asked of a wire and is not answered yet. Some drivers and libraries never answer what is asked of them while
 * they are closing (`serialport`: write and drain wait for a next opening), so that nothing waits for an answer alone.
 */
import type { PlugsmithError } from "../core/errors.ts";
import type { Clock } from "../engine/ports.ts";

export class PendingCalls {
  readonly #clock: Clock;
  readonly #calls = new Set<(error: PlugsmithError) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Settles as the call does, or rejects when all calls are broken off.
   * @param limitMs how long the call may take; then `stuck` is called, which is to break off.
   */
  run(limitMs: number, call: () => Promise<void>, stuck: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(limitMs, stuck);
      const end = (): void => {
        cancel();
        this.#calls.delete(broken);
      };
      const broken = (error: PlugsmithError): void => {
        end();
        reject(error);
      };
      this.#calls.add(broken);
      call().then(
        () => {
          end();
          resolve();
        },
        (error: unknown) => {
          end();
          reject(error);
        },
      );
    });
  }

  breakOff(error: PlugsmithError): void {
    for (const broken of [...this.#calls]) broken(error);
  }
}
