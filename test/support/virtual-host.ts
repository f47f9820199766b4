/**
 * Runs code that nobody here wrote in virtual time: while it works, the process's timers, Date and performance.now are
 * those of the virtual world. setImmediate and MessageChannel stay real: the drain lives on them. Console output is
 * kept for the failure message instead of printed.
 */
import { format } from "node:util";
import { drain } from "../../src/platform/node/system.ts";
import type { SimClock } from "../../src/sim/world/clock.ts";

type Globals = Record<string, unknown>;

/** @param work gets what console.log would be: lines that a failure's message ends with. */
export async function inVirtualTime<T>(
  clock: SimClock,
  work: (note: (...words: unknown[]) => void) => Promise<T>,
): Promise<T> {
  const port = clock.port();
  const log: string[] = [];
  const note = (...words: unknown[]): void => {
    log.push(`${(clock.now / 1e6).toFixed(4)} ${format(...words)}`);
  };
  const RealDate = Date;
  class VirtualDate extends RealDate {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [port.wallTime()] : given) as [number]));
    }
    static override now(): number {
      return port.wallTime();
    }
  }
  const restore = replace(globalThis as unknown as Globals, { ...timers(clock), Date: VirtualDate });
  const restorePerformance = replace(performance as unknown as Globals, { now: () => port.now() });
  const restoreConsole = replace(console as unknown as Globals, {
    log: note,
    info: note,
    warn: note,
    error: note,
    debug: note,
  });
  try {
    return await clock.complete(drain, work(note));
  } catch (error) {
    const last = log.slice(-30).join("\n");
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${last}`, { cause: error });
  } finally {
    restoreConsole();
    restorePerformance();
    restore();
  }
}

function timers(clock: SimClock): Globals {
  const pending = new Map<number, () => void>();
  let next = 1;
  const port = clock.port();
  const start = (action: () => void, delayMs: number, again: boolean): number => {
    const id = next++;
    const arm = (): void => {
      pending.set(
        id,
        port.after(Math.max(1, delayMs || 0), () => {
          pending.delete(id);
          if (again) arm();
          action();
        }),
      );
    };
    arm();
    return id;
  };
  const stop = (id: unknown): void => {
    if (typeof id !== "number") return;
    pending.get(id)?.();
    pending.delete(id);
  };
  return {
    setTimeout: (action: (...given: unknown[]) => void, delayMs: number, ...given: unknown[]) =>
      start(() => action(...given), delayMs, false),
    setInterval: (action: (...given: unknown[]) => void, delayMs: number, ...given: unknown[]) =>
      start(() => action(...given), delayMs, true),
    clearTimeout: stop,
    clearInterval: stop,
  };
}

/** Puts values in place of an object's own; returns what puts the old ones back. */
function replace(target: Globals, values: Globals): () => void {
  const before = Object.keys(values).map((name) => [name, Object.getOwnPropertyDescriptor(target, name)] as const);
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) delete target[name];
      else Object.defineProperty(target, name, descriptor);
    }
  };
}
