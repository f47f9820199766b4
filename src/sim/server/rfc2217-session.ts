/**
 * The access server's side of RFC 2217 (Telnet Com Port Control Option) over a virtual adapter: options, baud rate,
 * frame format, flow control, BREAK, DTR and RTS, purge, notifications. Each setting is answered with what is in force.
 * No sockets, no clock.
 */
import type { AdapterPort } from "../wire/adapter-line.ts";
import type { FrameFormat } from "../wire/contract.ts";
import { FORMAT_8N1 } from "../wire/frame-format.ts";
import {
  changedFormat,
  type FormatSetting,
  flowNumber,
  flowOf,
  formatNumber,
  inboundFlowNumber,
} from "./line-settings.ts";
import { type ClientPort, LINGER_MS, type ServedSession } from "./session.ts";
import {
  DO,
  DONT,
  escapeData,
  type OptionVerb,
  optionBytes,
  subnegotiationBytes,
  TelnetReader,
  WILL,
  WONT,
} from "./telnet-stream.ts";

/** RFC 856, RFC 858, RFC 2217 section 2. */
const BINARY = 0;
const SUPPRESS_GO_AHEAD = 3;
const COM_PORT = 44;
const WANTED_OPTIONS: readonly number[] = [BINARY, SUPPRESS_GO_AHEAD, COM_PORT];

/** Client to server commands of RFC 2217 section 3; the server answers with the command plus 100. */
const COMMAND = {
  signature: 0,
  setBaudRate: 1,
  setDataSize: 2,
  setParity: 3,
  setStopSize: 4,
  setControl: 5,
  flowControlSuspend: 8,
  flowControlResume: 9,
  setLineStateMask: 10,
  setModemStateMask: 11,
  purgeData: 12,
} as const;
const NOTIFY_MODEM_STATE = 107;
const ANSWER = 100;

/** Values of SET-CONTROL; 1 to 3 are flow controls. */
const CONTROL = {
  flowRequest: 0,
  breakRequest: 4,
  breakOn: 5,
  breakOff: 6,
  dtrRequest: 7,
  dtrOn: 8,
  dtrOff: 9,
  rtsRequest: 10,
  rtsOn: 11,
  rtsOff: 12,
  inboundFlowRequest: 13,
  /** Flow controls towards the client: none, XON/XOFF, hardware. */
  inboundFlowFirst: 14,
  inboundFlowLast: 16,
  outboundByDcd: 17,
  inboundByDtr: 18,
  outboundByDsr: 19,
} as const;
/** PURGE-DATA. */
const PURGE = { received: 1, unsent: 2, both: 3 } as const;

/** NOTIFY-MODEMSTATE: CTS on, as it lies at ground; nothing is wired to DSR, RI and CD. */
const MODEM_STATE = 0x10;
/** What a suspended client may have waiting, bytes: Linux' limit for a port that nobody reads. More is lost. */
const SUSPENDED_BYTES = 65_536;

const SIGNATURE = "plugsmith virtual plug";

/** @param line opened for this client; closed with it: control lines released, 8N1 and no flow control again. */
export function serveRfc2217(line: AdapterPort, client: ClientPort): ServedSession {
  return new Rfc2217Session(line, client);
}

class Rfc2217Session implements ServedSession {
  readonly #line: AdapterPort;
  readonly #client: ClientPort;
  readonly #reader = new TelnetReader();
  readonly #stopListening: () => void;
  /** Options as agreed: ours by our WILL, theirs by our DO. */
  readonly #ours = new Set<number>();
  readonly #theirs = new Set<number>();
  #suspended: Uint8Array[] | undefined;
  #suspendedBytes = 0;
  /** As asked for last, in force or not. */
  #format: FrameFormat | undefined;
  #dtr = false;
  #rts = false;
  #closed = false;

  constructor(line: AdapterPort, client: ClientPort) {
    this.#line = line;
    this.#client = client;
    this.#stopListening = line.listen({ bytes: (chunk) => this.#fromLine(chunk), lost: () => client.end() });
  }

  receive(bytes: Uint8Array): void {
    for (const part of this.#reader.receive(bytes)) {
      switch (part.kind) {
        case "data":
          this.#ignoreLoss(this.#line.write(part.bytes));
          break;
        case "option":
          this.#option(part.verb, part.option);
          break;
        case "subnegotiation":
          if (part.option === COM_PORT && part.body.length > 0) this.#command(part.body[0]!, part.body.subarray(1));
          break;
      }
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopListening();
    this.#ignoreLoss(this.#line.setFlow("none"));
    this.#ignoreLoss(this.#line.setFormat(FORMAT_8N1));
    if (this.#dtr || this.#rts) this.#ignoreLoss(this.#line.setControlLines({ dtr: false, rts: false }));
    this.#ignoreLoss(this.#line.close(LINGER_MS));
  }

  #fromLine(chunk: Uint8Array): void {
    if (this.#suspended !== undefined) {
      this.#suspendedBytes += chunk.length;
      if (this.#suspendedBytes <= SUSPENDED_BYTES) this.#suspended.push(chunk);
    } else this.#client.send(escapeData(chunk));
  }

  /** Agrees to what is wanted, refuses the rest, and answers changes only, so that nobody talks in circles (RFC 854). */
  #option(verb: OptionVerb, option: number): void {
    const wanted = WANTED_OPTIONS.includes(option);
    switch (verb) {
      case DO:
        if (this.#ours.has(option)) return;
        if (wanted) this.#ours.add(option);
        this.#client.send(optionBytes(wanted ? WILL : WONT, option));
        return;
      case WILL:
        if (this.#theirs.has(option)) return;
        if (wanted) this.#theirs.add(option);
        this.#client.send(optionBytes(wanted ? DO : DONT, option));
        return;
      case DONT:
        if (this.#ours.delete(option)) this.#client.send(optionBytes(WONT, option));
        return;
      case WONT:
        if (this.#theirs.delete(option)) this.#client.send(optionBytes(DONT, option));
        return;
    }
  }

  #command(command: number, value: Uint8Array): void {
    switch (command) {
      case COMMAND.signature:
        if (value.length === 0) this.#answer(command, new TextEncoder().encode(SIGNATURE));
        return;
      case COMMAND.setBaudRate:
        this.#setBaud(value);
        return;
      case COMMAND.setDataSize:
        this.#setFormat(command, "dataBits", value[0]);
        return;
      case COMMAND.setParity:
        this.#setFormat(command, "parity", value[0]);
        return;
      case COMMAND.setStopSize:
        this.#setFormat(command, "stopBits", value[0]);
        return;
      case COMMAND.setControl:
        this.#setControl(value[0] ?? CONTROL.flowRequest);
        return;
      case COMMAND.flowControlSuspend:
        this.#suspend();
        return;
      case COMMAND.flowControlResume:
        this.#resume();
        return;
      case COMMAND.setLineStateMask:
        this.#answer(command, value);
        return;
      case COMMAND.setModemStateMask:
        this.#answer(command, value);
        // None of these is wired to anything that moves, so this never changes again.
        this.#send(NOTIFY_MODEM_STATE, Uint8Array.of(MODEM_STATE));
        return;
      case COMMAND.purgeData:
        this.#purge(value[0]);
        this.#answer(command, value);
        return;
    }
  }

  /** Four bytes, most significant first; 0 asks for the present rate. Answered when the new rate is in force. */
  #setBaud(value: Uint8Array): void {
    if (value.length !== 4) return;
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    const wanted = view.getUint32(0);
    const answer = (): void => {
      const rate = new Uint8Array(4);
      new DataView(rate.buffer).setUint32(0, Math.round(this.#line.baud));
      this.#answer(COMMAND.setBaudRate, rate);
    };
    if (wanted === 0) answer();
    else this.#ignoreLoss(this.#line.setBaud(wanted).then(answer));
  }

  /**
   * 0 asks for the present setting; so does what no adapter has. Answered when it is in force, with what then is. Changes
   * that follow each other before the first is in force build on each other.
   */
  #setFormat(command: number, setting: FormatSetting, value = 0): void {
    const answer = (): void => this.#answer(command, Uint8Array.of(formatNumber(this.#line.format, setting)));
    const format = changedFormat(this.#format ?? this.#line.format, setting, value);
    if (format === undefined) {
      answer();
      return;
    }
    this.#format = format;
    this.#ignoreLoss(this.#line.setFormat(format).then(answer));
  }

  #purge(what: number | undefined): void {
    if (what === PURGE.received || what === PURGE.both) {
      if (this.#suspended !== undefined) {
        this.#suspended = [];
        this.#suspendedBytes = 0;
      }
      this.#line.discardReceived();
    }
    if (what === PURGE.unsent || what === PURGE.both) this.#line.discardUnsent();
  }

  #setFlow(control: number): void {
    const answer = (): void => this.#answer(COMMAND.setControl, Uint8Array.of(flowNumber(this.#line.flow)));
    const flow = flowOf(control);
    if (flow === undefined) answer();
    else this.#ignoreLoss(this.#line.setFlow(flow).then(answer));
  }

  #setControl(value: number): void {
    const answer = (actual: number): void => this.#answer(COMMAND.setControl, Uint8Array.of(actual));
    switch (value) {
      case CONTROL.dtrOn:
      case CONTROL.dtrOff:
        this.#dtr = value === CONTROL.dtrOn;
        this.#ignoreLoss(this.#line.setControlLines({ dtr: this.#dtr }).then(() => answer(value)));
        return;
      case CONTROL.rtsOn:
      case CONTROL.rtsOff:
        this.#rts = value === CONTROL.rtsOn;
        this.#ignoreLoss(this.#line.setControlLines({ rts: this.#rts }).then(() => answer(value)));
        return;
      case CONTROL.dtrRequest:
        answer(this.#dtr ? CONTROL.dtrOn : CONTROL.dtrOff);
        return;
      case CONTROL.rtsRequest:
        answer(this.#rts ? CONTROL.rtsOn : CONTROL.rtsOff);
        return;
      case CONTROL.breakOn:
      case CONTROL.breakOff:
        this.#ignoreLoss(this.#line.setBreak(value === CONTROL.breakOn).then(() => answer(value)));
        return;
      case CONTROL.breakRequest:
        answer(this.#line.breaking ? CONTROL.breakOn : CONTROL.breakOff);
        return;
      case CONTROL.inboundFlowRequest:
      case CONTROL.inboundByDtr:
        answer(inboundFlowNumber(this.#line.flow));
        return;
      case CONTROL.outboundByDcd:
      case CONTROL.outboundByDsr:
        answer(flowNumber(this.#line.flow));
        return;
      default:
        // An adapter has one flow control for both directions (termios CRTSCTS; IXON and IXOFF together).
        if (value >= CONTROL.inboundFlowFirst && value <= CONTROL.inboundFlowLast)
          answer(inboundFlowNumber(this.#line.flow));
        else if (value < CONTROL.breakRequest) this.#setFlow(value);
    }
  }

  #suspend(): void {
    if (this.#suspended !== undefined) return;
    this.#suspended = [];
    this.#suspendedBytes = 0;
  }

  #resume(): void {
    const held = this.#suspended ?? [];
    this.#suspended = undefined;
    for (const chunk of held) this.#client.send(escapeData(chunk));
  }

  #answer(command: number, value: Uint8Array): void {
    this.#send(command + ANSWER, value);
  }

  #send(command: number, value: Uint8Array): void {
    if (!this.#closed) this.#client.send(subnegotiationBytes(COM_PORT, Uint8Array.of(command, ...value)));
  }

  /** The line fails only when the adapter is gone, which ends the session by itself. */
  #ignoreLoss(work: Promise<unknown>): void {
    work.catch(() => undefined);
  }
}
