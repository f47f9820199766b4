/**
 * The client's half of Telnet (RFC 854) with the Com Port Control option (RFC 2217): bytes in, data and replies out.
 * No I/O, no time.
 */
const IAC = 255;
const SE = 240;
const SB = 250;
const WILL = 251;
const WONT = 252;
const DO = 253;
const DONT = 254;

/** Telnet options: RFC 856, RFC 857, RFC 858, RFC 2217. */
const BINARY = 0;
const ECHO = 1;
const SUPPRESS_GO_AHEAD = 3;
const COM_PORT = 44;

/** Commands from the client; the server answers each with its number + 100 (RFC 2217, section 2). */
export const COM_PORT_COMMANDS = { baud: 1, dataSize: 2, parity: 3, stopSize: 4, control: 5, purge: 12 } as const;
export const SERVER_OFFSET = 100;

/** Values of the `control` command (RFC 2217, section 2, SET-CONTROL). */
export const CONTROL = { noFlowControl: 1, dtrOn: 8, dtrOff: 9, rtsOn: 11, rtsOff: 12 } as const;

export type TelnetEvent =
  | { readonly type: "data"; readonly bytes: Uint8Array }
  /** The server answered the offer of RFC 2217. */
  | { readonly type: "com-port"; readonly accepted: boolean }
  | { readonly type: "reply"; readonly command: number; readonly value: Uint8Array }
  /** To be sent to the server. */
  | { readonly type: "send"; readonly bytes: Uint8Array };

/** A subnegotiation longer than this is not one; the longest defined is a signature text. */
const MAX_SUBNEGOTIATION = 1024;

export class TelnetClientCodec {
  #state: "data" | "iac" | "option" | "sub" | "sub-iac" = "data";
  #verb = 0;
  #sub: number[] = [];
  /** Answered once each, so that two polite ends do not negotiate for ever (RFC 854). */
  readonly #settled = new Set<number>();

  /** The first thing a client says. */
  greeting(): Uint8Array {
    const words = [
      [WILL, COM_PORT],
      [WILL, BINARY],
      [DO, BINARY],
      [WILL, SUPPRESS_GO_AHEAD],
      [DO, SUPPRESS_GO_AHEAD],
    ];
    for (const [verb, option] of words) this.#settled.add((verb ?? 0) * 256 + (option ?? 0));
    return Uint8Array.from(words.flatMap((word) => [IAC, ...word]));
  }

  receive(chunk: Uint8Array): TelnetEvent[] {
    const events: TelnetEvent[] = [];
    let data: number[] = [];
    const flush = (): void => {
      if (data.length > 0) events.push({ type: "data", bytes: Uint8Array.from(data) });
      data = [];
    };
    for (const byte of chunk) {
      switch (this.#state) {
        case "data":
          if (byte === IAC) this.#state = "iac";
          else data.push(byte);
          break;
        case "iac":
          this.#state = "data";
          if (byte === IAC) data.push(byte);
          else if (byte === SB) {
            this.#sub = [];
            this.#state = "sub";
          } else if (byte >= WILL) {
            this.#verb = byte;
            this.#state = "option";
          }
          break;
        case "option":
          this.#state = "data";
          flush();
          events.push(...this.#negotiate(this.#verb, byte));
          break;
        case "sub":
          if (byte === IAC) this.#state = "sub-iac";
          else if (this.#sub.length < MAX_SUBNEGOTIATION) this.#sub.push(byte);
          break;
        case "sub-iac":
          if (byte === IAC) {
            this.#sub.push(byte);
            this.#state = "sub";
            break;
          }
          this.#state = "data";
          if (byte !== SE) break;
          flush();
          events.push(...this.#subnegotiation());
          break;
      }
    }
    flush();
    return events;
  }

  #negotiate(verb: number, option: number): TelnetEvent[] {
    if (option === COM_PORT && (verb === DO || verb === DONT)) return [{ type: "com-port", accepted: verb === DO }];
    const wanted = option === BINARY || option === SUPPRESS_GO_AHEAD || option === COM_PORT;
    const answer = ANSWERS[verb]?.[wanted || (option === ECHO && verb === WILL) ? 0 : 1];
    // WONT and DONT are only ever agreed to, and only if the matter is new.
    const key = answer === undefined ? -1 : answer * 256 + option;
    if (answer === undefined || this.#settled.has(key)) return [];
    this.#settled.add(key);
    return [{ type: "send", bytes: Uint8Array.of(IAC, answer, option) }];
  }

  #subnegotiation(): TelnetEvent[] {
    const [option, command, ...value] = this.#sub;
    if (option !== COM_PORT || command === undefined) return [];
    return [{ type: "reply", command, value: Uint8Array.from(value) }];
  }
}

/** What a verb is answered with: [wanted, not wanted]. Our side offers at once, so WONT and DONT need no word. */
const ANSWERS: Readonly<Record<number, readonly [number, number]>> = { [WILL]: [DO, DONT], [DO]: [WILL, WONT] };

/** Data as it travels: the byte 255 doubled. */
export function telnetEscape(bytes: Uint8Array): Uint8Array {
  let extra = 0;
  for (const byte of bytes) if (byte === IAC) extra++;
  if (extra === 0) return bytes;
  const out = new Uint8Array(bytes.length + extra);
  let at = 0;
  for (const byte of bytes) {
    out[at++] = byte;
    if (byte === IAC) out[at++] = IAC;
  }
  return out;
}

export function comPortCommand(command: number, value: Uint8Array): Uint8Array {
  return Uint8Array.of(IAC, SB, COM_PORT, command, ...telnetEscape(value), IAC, SE);
}

/** Rates are 32 bits, most significant byte first (RFC 2217, SET-BAUDRATE). */
export function baudValue(baud: number): Uint8Array {
  return Uint8Array.of(baud >>> 24, (baud >>> 16) & 0xff, (baud >>> 8) & 0xff, baud & 0xff);
}

export function baudOf(value: Uint8Array): number {
  return value.length === 4 ? new DataView(value.buffer, value.byteOffset).getUint32(0) : 0;
}
