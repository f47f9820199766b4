import { beforeEach, describe, expect, test } from "vitest";
import { recorded } from "../../../test/support/recorded.ts";
import { SimpleLine } from "../../../test/support/simple-line.ts";
import { slipEncode } from "../../core/slip.ts";
import { drain } from "../../platform/node/system.ts";
import { SimClock } from "../../sim/world/clock.ts";
import type { LineListener } from "../ports.ts";
import { FramePort } from "./frame-port.ts";

class Line extends SimpleLine {
  readonly written: number[][] = [];
  /** What a write does after the bytes are taken. */
  after: () => Promise<void> = () => Promise.resolve();

  write(bytes: Uint8Array): Promise<void> {
    this.written.push([...bytes]);
    return this.after();
  }

  readonly #listeners = new Set<LineListener>();

  get listening(): number {
    return this.#listeners.size;
  }

  override listen(listener: LineListener): () => void {
    this.#listeners.add(listener);
    const unlisten = super.listen(listener);
    return () => {
      this.#listeners.delete(listener);
      unlisten();
    };
  }

  hear(...bytes: number[]): void {
    this.arrive(slipEncode(Uint8Array.from(bytes)), 0);
  }

  appear(): void {
    this.present = true;
    for (const listener of this.#listeners) listener.reappeared?.(this.identity);
  }
}

/** A signal that shows how many wait for it. */
function countedAbort(): { controller: AbortController; waiting: () => number } {
  const controller = new AbortController();
  let waiting = 0;
  const { signal } = controller;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.assign(signal, {
    addEventListener: (...args: Parameters<typeof add>) => {
      waiting++;
      add(...args);
    },
    removeEventListener: (...args: Parameters<typeof remove>) => {
      waiting--;
      remove(...args);
    },
  });
  return { controller, waiting: () => waiting };
}

let line: Line;
let clock: SimClock;
let port: FramePort;
let abort: ReturnType<typeof countedAbort>;

beforeEach(async () => {
  line = new Line("frames");
  clock = new SimClock();
  abort = countedAbort();
  port = await portWith(abort);
});

const run = <T>(work: Promise<T>): Promise<T> => clock.complete(drain, work);

/** What is heard first waits until the contact is on record; from then on bytes pass at once. */
async function portWith({ controller }: { readonly controller: AbortController }): Promise<FramePort> {
  const made = new FramePort(recorded(line, clock), clock.port(), controller.signal);
  line.hear(0);
  await run(made.next(1));
  return made;
}
const code = (expected: string) => expect.objectContaining({ code: expected });
const frame = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);

describe("what arrives", () => {
  test("frames wait in order for their reader", async () => {
    line.hear(1);
    line.hear(2);
    expect([await run(port.next(10)), await run(port.next(10))]).toEqual([frame(1), frame(2)]);
    expect(await run(port.next(10))).toBeUndefined();
    expect(clock.now / 1000).toBe(10);
  });

  test("a reader gets the frame that comes while it waits, and leaves nothing behind", async () => {
    clock.hostAt(5000, () => line.hear(7));
    expect(await run(port.next(10))).toEqual(frame(7));
    expect(clock.now / 1000).toBe(5);
    expect(abort.waiting()).toBe(0);
  });

  test("of more than 64 unread frames the oldest are dropped", async () => {
    for (let n = 0; n < 66; n++) line.hear(n);
    for (let n = 2; n < 66; n++) expect(await run(port.next(1))).toEqual(frame(n));
    expect(await run(port.next(1))).toBeUndefined();
  });

  test("a frame may be 64 bytes longer than a packet of flash, and no longer", async () => {
    const longest = new Uint8Array(0x200 + 64).fill(1);
    line.arrive(slipEncode(longest), 0);
    line.arrive(slipEncode(new Uint8Array(longest.length + 1).fill(2)), 0);
    line.hear(3);
    expect(await run(port.next(1))).toEqual(longest);
    // Of the one that was too long the rest is read as what lies between frames.
    const rest = [await run(port.next(1)), await run(port.next(1))];
    expect(rest).toContainEqual(frame(3));
    expect(rest).not.toContainEqual(expect.objectContaining({ length: longest.length + 1 }));
  });

  test("discarding forgets what arrived and the frame that is under way", async () => {
    line.hear(1);
    line.arrive(Uint8Array.of(0xc0, 5, 6), 0);
    port.discard();
    line.arrive(Uint8Array.of(7, 0xc0, 8, 0xc0), 0);
    expect(await run(port.next(1))).toEqual(frame(8));
    expect(await run(port.next(1))).toBeUndefined();
  });

  test("whoever interprets what is heard sees the bytes as they came", () => {
    const seen: Uint8Array[] = [];
    port.onRaw = (chunk) => seen.push(chunk);
    line.arrive(Uint8Array.of(0xc0, 1, 0xc0), 0);
    expect(seen).toEqual([frame(0xc0, 1, 0xc0)]);
  });
});

describe("a line that is lost", () => {
  test("a reader that waits learns it at once", async () => {
    const waiting = port.next(1000);
    clock.hostAt(5000, () => line.lose());
    await expect(run(waiting)).rejects.toThrowError(code("line-lost"));
    expect(clock.now / 1000).toBe(5);
    expect(port.generation).toBe(1);
  });

  test("what had arrived is forgotten", async () => {
    line.hear(1);
    line.lose();
    expect(await run(port.next(1))).toBeUndefined();
  });

  test("nothing is sent to a line that is not there, nor read from it", async () => {
    line.present = false;
    await expect(run(port.send(frame(1)))).rejects.toThrowError(code("line-lost"));
    await expect(run(port.next(10))).rejects.toThrowError(code("line-lost"));
    expect(line.written).toEqual([]);
  });
});

describe("what is sent", () => {
  test.each([
    [{}, [0xc0, 9, 0xc0]],
    [{ extraDelimiter: true }, [0xc0, 0xc0, 9, 0xc0]],
    [{ lead: 2 }, [0, 0, 0xc0, 9, 0xc0]],
    [{ lead: 1, extraDelimiter: true }, [0, 0xc0, 0xc0, 9, 0xc0]],
  ])("with %j the frame goes out as %j", async (options, bytes) => {
    await run(port.send(frame(9), options));
    expect(line.written).toEqual([bytes]);
    expect(abort.waiting()).toBe(0);
  });

  test("a write that fails is reported", async () => {
    line.after = () => Promise.reject(new Error("no power"));
    await expect(run(port.send(frame(9)))).rejects.toThrowError("no power");
  });

  test("a port without a signal sends as well", async () => {
    const plain = new FramePort(recorded(line, clock), clock.port(), undefined);
    await run(plain.send(frame(9)));
    expect(line.written).toHaveLength(1);
  });
});

describe("a person stops the program", () => {
  test("a driver that does not answer keeps nobody waiting", async () => {
    line.after = () => new Promise(() => {});
    clock.hostAt(5000, () => abort.controller.abort());
    await expect(run(port.send(frame(9)))).rejects.toThrowError(code("aborted"));
  });

  test("a reader that waits ends, and afterwards nothing is read or sent", async () => {
    clock.hostAt(5000, () => abort.controller.abort());
    await expect(run(port.next(1000))).rejects.toThrowError(code("aborted"));
    expect(clock.now / 1000).toBe(5);
    await expect(run(port.next(1000))).rejects.toThrowError(code("aborted"));
    await expect(run(port.send(frame(1)))).rejects.toThrowError(code("aborted"));
    expect(line.written).toEqual([]);
  });

  test("waiting for the adapter ends, also where it had been stopped before", async () => {
    line.present = false;
    clock.hostAt(5000, () => abort.controller.abort());
    await expect(run(port.whenPresent(Number.POSITIVE_INFINITY))).rejects.toThrowError(code("aborted"));
    await expect(run(port.whenPresent(1000))).rejects.toThrowError(code("aborted"));
    expect(line.listening).toBe(1);
  });
});

describe("a consumer in place of the queue", () => {
  function consumer(): { heard: unknown[] } & Parameters<FramePort["attach"]>[0] {
    const heard: unknown[] = [];
    return {
      heard,
      frame: (bytes) => void heard.push([...bytes]),
      started: () => void heard.push("started"),
      broken: (error) => void heard.push(error.code),
    };
  }

  test("a consumer hears of each frame that it begins, what it was, and that the line is lost", async () => {
    const attached = consumer();
    port.attach(attached);
    line.hear(4, 5);
    line.lose();
    expect(attached.heard).toEqual(["started", [4, 5], "line-lost"]);
    expect(await run(port.next(1))).toBeUndefined();
  });

  test("a consumer hears of a stop once, and of nothing after it was detached", async () => {
    const attached = consumer();
    port.attach(attached);
    abort.controller.abort();
    expect(attached.heard).toEqual(["aborted"]);
    const left = consumer();
    const other = countedAbort();
    const second = await portWith(other);
    second.attach(left);
    second.detach();
    expect(other.waiting()).toBe(0);
    line.hear(1);
    other.controller.abort();
    expect(left.heard).toEqual([]);
  });
});

describe("an adapter that is awaited", () => {
  const reappear = (): void => line.appear();

  test("an adapter that is there needs no waiting", async () => {
    expect(await run(port.whenPresent(0))).toBe(true);
    expect(clock.now).toBe(0);
  });

  test("its return ends the wait, and nothing is left of it", async () => {
    line.present = false;
    clock.hostAt(7000, reappear);
    expect(await run(port.whenPresent(1000))).toBe(true);
    expect(clock.now / 1000).toBe(7);
    expect([line.listening, abort.waiting()]).toEqual([1, 0]);
    // The wait's own end does not come any more.
    await clock.run(drain, () => false, 2_000_000);
  });

  test("patience ends the wait", async () => {
    line.present = false;
    expect(await run(port.whenPresent(1000))).toBe(false);
    expect(clock.now / 1000).toBe(1000);
    expect([line.listening, abort.waiting()]).toEqual([1, 0]);
  });

  test("without a limit it is awaited for as long as it takes", async () => {
    line.present = false;
    clock.hostAt(3_600_000_000, reappear);
    expect(await run(port.whenPresent(Number.POSITIVE_INFINITY))).toBe(true);
  });
});

test("a closed port ends its reader and listens no longer", async () => {
  const waiting = port.next(1000);
  port.close();
  await expect(run(waiting)).rejects.toThrowError(code("aborted"));
  expect(line.listening).toBe(0);
});
