/**
 * The events of one job, kept so that watchers can follow from any of them. What is superseded by the next of its kind
 * (progress, meter readings) and the output of other programs is kept in a bounded number; everything else stays for as
 * long as the job is known. A watcher that falls behind therefore loses ticks and nothing else.
 */

/** Kept at most: enough for a watcher that is a second behind at ten ticks a second, several times over. */
const MOST_TICKS = 64;
/** A firmware build prints some thousand lines; the last of them say why it failed. */
const MOST_OUTPUT = 1000;

interface Numbered {
  readonly type: string;
  /** 1, 2, 3 … in the order in which they happened. */
  readonly seq: number;
}

interface Kind {
  readonly types: readonly string[];
  readonly most: number;
}

const BOUNDED: readonly Kind[] = [
  { types: ["progress", "meter"], most: MOST_TICKS },
  { types: ["output"], most: MOST_OUTPUT },
];

export class EventLog<E extends Numbered> {
  readonly #kept: E[] = [];
  /** How many of each bounded kind are kept. */
  readonly #counts = new Map<Kind, number>();
  readonly #waiting = new Set<() => void>();
  #last = 0;
  #ended = false;

  /** Number of the last event; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** @param event made with the number that it is to have. */
  add(event: (seq: number) => E): void {
    if (this.#ended) return;
    const added = event(++this.#last);
    this.#kept.push(added);
    const kind = kindOf(added);
    if (kind !== undefined) this.#bound(kind);
    this.#wake();
  }

  /** No event follows. Watchers get what is left and then end. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** @param first number of the first event wanted; those that are dropped are passed over. */
  from(first: number): AsyncIterable<E> {
    return { [Symbol.asyncIterator]: () => this.#follow(first) };
  }

  /** Not a generator: closing one that waits for an event would wait for that event. */
  #follow(first: number): AsyncIterator<E> {
    let next = first;
    let wake: (() => void) | undefined;
    let closed = false;
    const pull = async (): Promise<IteratorResult<E>> => {
      for (;;) {
        if (closed) return { done: true, value: undefined };
        const event = this.#kept[this.#indexOf(next)];
        if (event !== undefined) {
          next = event.seq + 1;
          return { done: false, value: event };
        }
        if (this.#ended) return { done: true, value: undefined };
        await new Promise<void>((resolve) => {
          wake = resolve;
          this.#waiting.add(resolve);
        });
      }
    };
    return {
      next: pull,
      return: () => {
        closed = true;
        if (wake !== undefined) {
          this.#waiting.delete(wake);
          wake();
        }
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  /** Of the first kept event with that number or a later one. */
  #indexOf(seq: number): number {
    let low = 0;
    let high = this.#kept.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#kept[middle]!.seq < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #bound(kind: Kind): void {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    if (count > kind.most) {
      const oldest = this.#kept.findIndex((event) => kindOf(event) === kind);
      this.#kept.splice(oldest, 1);
    }
    this.#counts.set(kind, Math.min(count, kind.most));
  }

  #wake(): void {
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of woken) wake();
  }
}

function kindOf({ type }: Numbered): Kind | undefined {
  return BOUNDED.find(({ types }) => types.includes(type));
}
