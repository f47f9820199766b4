/**
 * One process around the engine: its ports as long as it lives. Once dead it hears, does and is told nothing any more,
 * while what it asked for in its last moment (a request on the air, a hand on the wire) takes its course in the world.
 */
import type {
  ByteLine,
  Clock,
  ComputerWifi,
  Http,
  HttpRequest,
  LineListener,
  Operator,
} from "../../src/engine/ports.ts";

export interface Watched {
  /** A request leaves the computer. */
  readonly request?: (request: HttpRequest) => void;
  /** A question reaches the person. */
  readonly question?: (id: string) => void;
}

export class KillableProcess {
  #alive = true;
  readonly #death = new AbortController();
  readonly #watched: Watched;

  constructor(watched: Watched = {}) {
    this.#watched = watched;
  }

  get alive(): boolean {
    return this.#alive;
  }

  die(): void {
    this.#alive = false;
    this.#death.abort();
  }

  clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      wallTime: () => clock.wallTime(),
      after: (delayMs, action) =>
        clock.after(delayMs, () => {
          if (this.#alive) action();
        }),
    };
  }

  line(line: ByteLine): ByteLine {
    const alive = (): boolean => this.#alive;
    return {
      get identity() {
        return line.identity;
      },
      get present() {
        return line.present;
      },
      get can() {
        return line.can;
      },
      get baud() {
        return line.baud;
      },
      write: (bytes) => this.#asLongAsAlive(() => line.write(bytes)),
      setBaud: (baud) => this.#asLongAsAlive(() => line.setBaud(baud)),
      setControlLines: (lines) => this.#asLongAsAlive(() => line.setControlLines(lines)),
      listen: (listener: LineListener) =>
        line.listen({
          bytes: (chunk, at) => {
            if (alive()) listener.bytes(chunk, at);
          },
          lost: () => {
            if (alive()) listener.lost?.();
          },
          reappeared: (identity) => {
            if (alive()) listener.reappeared?.(identity);
          },
        }),
      close: () => this.#asLongAsAlive(() => line.close()),
    };
  }

  http(http: Http): Http {
    return {
      request: (request) =>
        this.#asLongAsAlive(() => {
          this.#watched.request?.(request);
          return http.request(request);
        }),
    };
  }

  wifi(wifi: ComputerWifi): ComputerWifi {
    return {
      scan: () => this.#asLongAsAlive(() => wifi.scan()),
      joinOpen: async (ssid, signal) => {
        const leave = await this.#asLongAsAlive(() => wifi.joinOpen(ssid, signal));
        return () => this.#asLongAsAlive(leave);
      },
    };
  }

  /** The person stops where they are when the screen goes dark. */
  operator(operator: Operator): Operator {
    const until = (signal: AbortSignal | undefined): AbortSignal =>
      signal === undefined ? this.#death.signal : AbortSignal.any([signal, this.#death.signal]);
    const ask = <T>(id: string, work: () => Promise<T>): Promise<T> =>
      this.#asLongAsAlive(() => {
        this.#watched.question?.(id);
        return work();
      });
    return {
      act: (action, signal) => ask(action.id, () => operator.act(action, until(signal))),
      measure: (quantity, signal) => ask(quantity.id, () => operator.measure(quantity, until(signal))),
      read: (readings, signal) => ask(readings.id, () => operator.read(readings, until(signal))),
      check: (list, signal) => {
        for (const { id } of list.items) this.#watched.question?.(id);
        return ask(list.id, () => operator.check(list, until(signal)));
      },
      choose: (choice, signal) => ask(choice.id, () => operator.choose(choice, until(signal))),
      provide: (what, signal) => ask(what.id, () => operator.provide(what, until(signal))),
    };
  }

  /** Never settles for the dead. */
  #asLongAsAlive<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (!this.#alive) return;
      work().then(
        (value) => {
          if (this.#alive) resolve(value);
        },
        (error: unknown) => {
          if (this.#alive) reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }
}
