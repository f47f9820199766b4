/**
 * Telnet as a stream of parts (RFC 854, RFC 855): data, option requests, subnegotiations. Knows no option's meaning.
 * Split anywhere, the bytes give the same parts.
 */
export const IAC = 255;
const SE = 240;
const SB = 250;
export const WILL = 251;
export const WONT = 252;
export const DO = 253;
export const DONT = 254;

export type OptionVerb = typeof WILL | typeof WONT | typeof DO | typeof DONT;

export type TelnetPart =
  | { readonly kind: "data"; readonly bytes: Uint8Array }
  | { readonly kind: "option"; readonly verb: OptionVerb; readonly option: number }
  | { readonly kind: "subnegotiation"; readonly option: number; readonly body: Uint8Array };

/** Longer subnegotiations are cut off: no COM port command needs more than a few bytes. */
const MAX_SUBNEGOTIATION = 1024;

type State = "data" | "command" | "option" | "subnegotiation" | "subnegotiation-command";

export class TelnetReader {
  #state: State = "data";
  #verb: OptionVerb = WILL;
  #body: number[] = [];

  receive(bytes: Uint8Array): TelnetPart[] {
    const parts: TelnetPart[] = [];
    let data: number[] = [];
    const flush = (): void => {
      if (data.length > 0) parts.push({ kind: "data", bytes: Uint8Array.from(data) });
      data = [];
    };
    for (const byte of bytes) {
      switch (this.#state) {
        case "data":
          if (byte === IAC) this.#state = "command";
          else data.push(byte);
          break;
        case "command":
          if (byte === IAC) data.push(byte);
          this.#state = this.#afterCommand(byte);
          break;
        case "option":
          flush();
          parts.push({ kind: "option", verb: this.#verb, option: byte });
          this.#state = "data";
          break;
        case "subnegotiation":
          if (byte === IAC) this.#state = "subnegotiation-command";
          else this.#collect(byte);
          break;
        case "subnegotiation-command":
          if (byte === IAC) {
            this.#collect(byte);
            this.#state = "subnegotiation";
            break;
          }
          if (byte === SE && this.#body.length > 0) {
            flush();
            const body = Uint8Array.from(this.#body.slice(1));
            parts.push({ kind: "subnegotiation", option: this.#body[0]!, body });
          }
          this.#state = "data";
          break;
      }
    }
    flush();
    return parts;
  }

  #afterCommand(byte: number): State {
    switch (byte) {
      case WILL:
      case WONT:
      case DO:
      case DONT:
        this.#verb = byte;
        return "option";
      case SB:
        this.#body = [];
        return "subnegotiation";
      default:
        return "data";
    }
  }

  #collect(byte: number): void {
    if (this.#body.length < MAX_SUBNEGOTIATION) this.#body.push(byte);
  }
}

/** Data as it travels: 255 doubled. */
export function escapeData(bytes: Uint8Array): Uint8Array {
  let extra = 0;
  for (const byte of bytes) if (byte === IAC) extra++;
  if (extra === 0) return bytes;
  const escaped = new Uint8Array(bytes.length + extra);
  let at = 0;
  for (const byte of bytes) {
    escaped[at++] = byte;
    if (byte === IAC) escaped[at++] = IAC;
  }
  return escaped;
}

export function optionBytes(verb: OptionVerb, option: number): Uint8Array {
  return Uint8Array.of(IAC, verb, option);
}

export function subnegotiationBytes(option: number, body: Uint8Array): Uint8Array {
  const escaped = escapeData(body);
  const bytes = new Uint8Array(escaped.length + 5);
  bytes.set([IAC, SB, option]);
  bytes.set(escaped, 3);
  bytes.set([IAC, SE], escaped.length + 3);
  return bytes;
}
