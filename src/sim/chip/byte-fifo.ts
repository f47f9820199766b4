/** A hardware FIFO of bytes. Depth of the ESP8266's UART FIFOs: 128 (Technical Reference, "UART"). */
export class ByteFifo {
  readonly depth: number;
  readonly #bytes: Uint8Array;
  #head = 0;
  #count = 0;

  constructor(depth = 128) {
    this.depth = depth;
    this.#bytes = new Uint8Array(depth);
  }

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count === this.depth;
  }

  /** @returns false if it was full: the byte is lost. */
  push(byte: number): boolean {
    if (this.#count === this.depth) return false;
    this.#bytes[(this.#head + this.#count) % this.depth] = byte;
    this.#count++;
    return true;
  }

  /** @returns the oldest byte, or undefined if empty. */
  pop(): number | undefined {
    if (this.#count === 0) return undefined;
    const byte = this.#bytes[this.#head]!;
    this.#head = (this.#head + 1) % this.depth;
    this.#count--;
    return byte;
  }

  clear(): void {
    this.#count = 0;
  }
}
