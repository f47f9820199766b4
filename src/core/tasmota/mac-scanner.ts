/**
 * Finds the MAC that a plug reports among the bytes of its serial line, no matter who asked for it: `Status 5` in a
 * console, typed by a person or sent by a command.
 * Source: Tasmota tasmota/tasmota_support/support_command.ino (CmndStatus: StatusNET with "Mac").
 */

/** Longer than any StatusNET up to its "Mac" (hostname of 32, addresses of 15, a few names). */
const WINDOW = 1024;

const MAC = /"StatusNET":\{[^\r\n]*?"Mac":"((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})"/;

export class MacScanner {
  readonly #decoder = new TextDecoder("latin1");
  #tail = "";

  /** 12 lower-case hex digits, as soon as these bytes complete them. */
  hear(bytes: Uint8Array): string | undefined {
    const text = this.#tail + this.#decoder.decode(bytes);
    const found = text.includes('"StatusNET"') ? MAC.exec(text) : null;
    if (found === null) {
      this.#tail = text.slice(-WINDOW);
      return undefined;
    }
    this.#tail = text.slice(found.index + found[0].length).slice(-WINDOW);
    return found[1]!.replaceAll(":", "").toLowerCase();
  }

  /** What comes next is from another contact: it completes nothing that was heard before. */
  forget(): void {
    this.#tail = "";
  }
}
