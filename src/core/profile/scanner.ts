/** Walks a text once, from left to right, and counts what it looks at: what it takes is in proportion to the text. */
export class Scanner {
  readonly text: string;
  at = 0;
  /** Characters looked at so far. */
  examined = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** @param pattern sticky. @returns what matches here, which is passed over; undefined where nothing does. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.examined += (found?.length ?? 0) + 1;
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Whether this text stands here; it is passed over then. */
  skip(wanted: string): boolean {
    this.examined += wanted.length;
    if (!this.text.startsWith(wanted, this.at)) return false;
    this.at += wanted.length;
    return true;
  }

  /** Everything up to this text, which is passed over as well; undefined where it does not come. */
  upTo(end: string): string | undefined {
    const found = this.text.indexOf(end, this.at);
    const stop = found < 0 ? this.text.length : found;
    this.examined += stop - this.at + end.length;
    const before = this.text.slice(this.at, stop);
    this.at = stop + (found < 0 ? 0 : end.length);
    return found < 0 ? undefined : before;
  }
}
