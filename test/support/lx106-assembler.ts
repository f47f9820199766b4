/**
 * The few LX106 instructions that test programs are written in, with labels and literals. Encodings: Xtensa Instruction
 * Set Architecture reference.
 */
type Label = string;

export class Assembler {
  readonly #base: number;
  readonly #literals: number[] = [];
  readonly #words: ((here: number) => number)[] = [];
  readonly #labels = new Map<Label, number>();

  /** @param base where the program goes: its literals first, code behind them. */
  constructor(base: number) {
    this.#base = base;
  }

  label(name: Label): this {
    this.#labels.set(name, this.#words.length * 3);
    return this;
  }

  /** Loads a 32-bit constant. */
  l32r(t: number, value: number): this {
    const index = this.#literals.push(value) - 1;
    return this.#emit((here) => {
      const offset = (this.#base + index * 4 - ((here + 3) & ~3)) >> 2;
      return ((offset & 0xffff) << 8) | (t << 4) | 1;
    });
  }

  move = (r: number, s: number): this => this.#plain(0x200000 | (r << 12) | (s << 8) | (s << 4));
  add = (r: number, s: number, t: number): this => this.#plain(0x800000 | (r << 12) | (s << 8) | (t << 4));
  addi = (t: number, s: number, value: number): this =>
    this.#plain(((value & 0xff) << 16) | 0xc002 | (s << 8) | (t << 4));
  movi = (t: number, value: number): this =>
    this.#plain(((value & 0xff) << 16) | 0xa002 | (((value >> 8) & 15) << 8) | (t << 4));
  l8ui = (t: number, s: number, offset: number): this => this.#plain((offset << 16) | 0x0002 | (s << 8) | (t << 4));
  l32i = (t: number, s: number, offset: number): this =>
    this.#plain(((offset >> 2) << 16) | 0x2002 | (s << 8) | (t << 4));
  s32i = (t: number, s: number, offset: number): this =>
    this.#plain(((offset >> 2) << 16) | 0x6002 | (s << 8) | (t << 4));
  /** Special registers by number. */
  rsr = (t: number, register: number): this => this.#plain(0x030000 | (register << 8) | (t << 4));
  wsr = (t: number, register: number): this => this.#plain(0x130000 | (register << 8) | (t << 4));
  rfi = (level: number): this => this.#plain(0x003010 | (level << 8));
  callx0 = (s: number): this => this.#plain(0x0000c0 | (s << 8));
  jx = (s: number): this => this.#plain(0x0000a0 | (s << 8));
  beqz = (s: number, to: Label): this => this.#branch12(0x16 | (s << 8), to);
  bnez = (s: number, to: Label): this => this.#branch12(0x56 | (s << 8), to);
  bltu = (s: number, t: number, to: Label): this => this.#branch8(0x3007 | (s << 8) | (t << 4), to);
  bgeu = (s: number, t: number, to: Label): this => this.#branch8(0xb007 | (s << 8) | (t << 4), to);
  jump = (to: Label): this => this.#emit((here) => (((this.#address(to) - here - 4) & 0x3ffff) << 6) | 6);

  get entry(): number {
    return this.#base + this.#literals.length * 4;
  }

  /** Whole words. */
  get bytes(): Uint8Array {
    const code = this.#words.flatMap((word, i) => {
      const value = word(this.entry + i * 3);
      return [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff];
    });
    const bytes = new Uint8Array((this.#literals.length * 4 + code.length + 3) & ~3);
    const view = new DataView(bytes.buffer);
    for (const [i, literal] of this.#literals.entries()) view.setUint32(i * 4, literal, true);
    bytes.set(code, this.#literals.length * 4);
    return bytes;
  }

  #address(to: Label): number {
    return this.entry + this.#labels.get(to)!;
  }

  #plain(word: number): this {
    return this.#emit(() => word);
  }

  #branch12(word: number, to: Label): this {
    return this.#emit((here) => (((this.#address(to) - here - 4) & 0xfff) << 12) | word);
  }

  #branch8(word: number, to: Label): this {
    return this.#emit((here) => (((this.#address(to) - here - 4) & 0xff) << 16) | word);
  }

  #emit(word: (here: number) => number): this {
    this.#words.push(word);
    return this;
  }
}
