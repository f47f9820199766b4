/** A binary heap whose elements know where they are, so that any of them can be taken out or moved. */

/** What lies in a heap; `index` is the heap's own, negative while it lies in none. */
export interface HeapItem {
  index: number;
}

export class Heap<T extends HeapItem> {
  readonly #items: T[] = [];
  readonly #before: (a: T, b: T) => boolean;

  /** @param before whether `a` comes out before `b`; never both ways round. */
  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  get top(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    item.index = this.#items.length;
    this.#items.push(item);
    this.#up(item.index);
  }

  remove(item: T): void {
    const { index } = item;
    const last = this.#items.pop()!;
    item.index = -1;
    if (last === item) return;
    this.#items[index] = last;
    last.index = index;
    this.moved(last);
  }

  /** What decides an item's place has changed. */
  moved(item: T): void {
    this.#up(item.index);
    this.#down(item.index);
  }

  /** The first of those that count. Looks at no more than the others and their children. */
  first(counts: (item: T) => boolean, from = 0): T | undefined {
    const item = this.#items[from];
    if (item === undefined || counts(item)) return item;
    const left = this.first(counts, 2 * from + 1);
    const right = this.first(counts, 2 * from + 2);
    if (left === undefined || right === undefined) return left ?? right;
    return this.#before(left, right) ? left : right;
  }

  #swap(i: number, j: number): void {
    const items = this.#items;
    const a = items[i]!;
    const b = items[j]!;
    items[i] = b;
    items[j] = a;
    b.index = i;
    a.index = j;
  }

  #up(start: number): void {
    let i = start;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#before(this.#items[i]!, this.#items[parent]!)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #down(start: number): void {
    let i = start;
    const items = this.#items;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= items.length) return;
      const right = left + 1;
      const child = right < items.length && this.#before(items[right]!, items[left]!) ? right : left;
      if (!this.#before(items[child]!, items[i]!)) return;
      this.#swap(i, child);
      i = child;
    }
  }
}
