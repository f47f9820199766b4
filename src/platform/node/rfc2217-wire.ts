/**
 * A serial port served over the network by RFC 2217 (ser2net, esp-link, pyserial's server, `plugsmith sim`): baud rate,
 * DTR and RTS travel with the data.
 */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { busyError } from "../../core/line-lost.ts";
import { say } from "../../core/text/text.ts";
import type { Clock } from "../../engine/ports.ts";
import type { Wire, WireEvents, WireSettings, WireSource } from "../reconnecting-line.ts";
import { type Address, brokenError, closeSocket, openSocket, writeSocket } from "./socket-wire.ts";
import {
  baudOf,
  baudValue,
  COM_PORT_COMMANDS,
  CONTROL,
  comPortCommand,
  SERVER_OFFSET,
  TelnetClientCodec,
  telnetEscape,
} from "./telnet-codec.ts";

/** How long a server may take to answer a command, ms. */
const REPLY_MS = 3_000;
/** ser2net says "Port already in use" before it hangs up (dataxfer.c); others use such words, too. */
const IN_USE = /in use|busy|already|occupied|another (client|connection)/i;
/** Bytes of what a server says first that are looked at. */
const MOST_SAID = 200;
/** 8 data bits, no parity, 1 stop bit (RFC 2217, SET-DATASIZE, SET-PARITY, SET-STOPSIZE). */
const FRAME_8N1 = [
  [COM_PORT_COMMANDS.dataSize, 8],
  [COM_PORT_COMMANDS.parity, 1],
  [COM_PORT_COMMANDS.stopSize, 1],
] as const;

export function rfc2217Source(address: Address, clock: Clock): WireSource {
  return {
    can: { baud: true, controlLines: true },
    open: (identity, settings, events) => openRfc2217(address, identity.path, settings, events, clock),
    find: (identity) => Promise.resolve(identity),
  };
}

async function openRfc2217(
  address: Address,
  name: string,
  settings: WireSettings,
  events: WireEvents,
  clock: Clock,
): Promise<Wire> {
  const codec = new TelnetClientCodec();
  const waiting = new Map<number, Waiter>();
  /** What came before the first answer, and whether there was one: tells a port in use from another protocol. */
  const said: number[] = [];
  let isServed = false;
  const answered = (command: number, value: Uint8Array | undefined): void => {
    const waiter = waiting.get(command);
    waiting.delete(command);
    waiter?.answered(value);
  };
  const socket = await openSocket(address, name, {
    bytes: (chunk) => {
      for (const event of codec.receive(chunk)) {
        if (event.type === "data") {
          if (!isServed && said.length < MOST_SAID) said.push(...event.bytes.subarray(0, MOST_SAID));
          events.bytes(event.bytes);
        } else if (event.type === "send") socket.write(event.bytes);
        else if (event.type === "com-port") answered(OFFER, event.accepted ? Uint8Array.of(1) : undefined);
        else {
          isServed = true;
          answered(event.command - SERVER_OFFSET, event.value);
        }
      }
    },
    gone: () => {
      for (const waiter of [...waiting.values()]) waiter.broken();
      events.gone();
    },
  });

  let last: Promise<unknown> = Promise.resolve();
  /** Sends and waits for the answer; undefined if there is none in time. One after the other: answers carry no tag. */
  const ask = (command: number, bytes: Uint8Array): Promise<Uint8Array | undefined> => {
    const asked = last.then(
      () =>
        new Promise<Uint8Array | undefined>((resolve, reject) => {
          const cancel = clock.after(REPLY_MS, () => answered(command, undefined));
          const fail = (error: unknown): void => {
            cancel();
            waiting.delete(command);
            reject(error);
          };
          waiting.set(command, {
            answered: (value) => {
              cancel();
              resolve(value);
            },
            broken: () => fail(brokenError(name)),
          });
          writeSocket(socket, bytes, name).catch(fail);
        }),
    );
    last = asked.catch(() => undefined);
    return asked;
  };

  let baud = settings.baud;
  /** When the bytes written so far will have left the far end's wire, by the clock. */
  let wireFreeAt = clock.now();

  const setBaud = async (rate: number): Promise<void> => {
    const restMs = wireFreeAt - clock.now();
    if (restMs > 0) await new Promise<void>((resolve) => void clock.after(restMs, resolve));
    const value = await ask(COM_PORT_COMMANDS.baud, comPortCommand(COM_PORT_COMMANDS.baud, baudValue(rate)));
    if (value === undefined || baudOf(value) === 0) {
      throw new PlugsmithError("baud-failed", {
        message: say`${name} did not confirm ${rate} baud.`,
        nextStep: say`Check the server's configuration, or use a rate that it accepts.`,
        context: { port: name, baud: rate },
      });
    }
    // Servers answer with the nearest rate they have; 3 % is what a UART frame forgives.
    if (Math.abs(baudOf(value) - rate) > rate * 0.03) {
      throw new PlugsmithError("baud-failed", {
        message: say`${name} offers ${baudOf(value)} baud instead of ${rate}.`,
        nextStep: say`Choose a rate that the remote adapter supports.`,
        context: { port: name, baud: rate, actualBaud: baudOf(value) },
      });
    }
    baud = rate;
  };

  /** A server without these lines may say nothing at all: then it is sent, but no longer awaited. */
  let controlIsAnswered = true;
  const control = async (value: number): Promise<void> => {
    const bytes = comPortCommand(COM_PORT_COMMANDS.control, Uint8Array.of(value));
    if (!controlIsAnswered) await writeSocket(socket, bytes, name);
    else if ((await ask(COM_PORT_COMMANDS.control, bytes)) === undefined) controlIsAnswered = false;
  };
  const setControlLines = async ({ dtr, rts }: { readonly dtr: boolean; readonly rts: boolean }): Promise<void> => {
    await control(dtr ? CONTROL.dtrOn : CONTROL.dtrOff);
    await control(rts ? CONTROL.rtsOn : CONTROL.rtsOff);
  };

  const notSpoken = (cause?: unknown): PlugsmithError =>
    new PlugsmithError("port-failed", {
      message: say`${name} answers, but not with RFC 2217.`,
      step: "open-port",
      plugState: say`untouched`,
      nextStep: say`Another client may be connected, if the server makes the second one wait. If it is a plain serial socket, use tcp://${address.host}:${address.port}. In ser2net, choose the telnet(rfc2217) accepter.`,
      cause,
      context: { port: name },
    });
  /** Why it did not open: hung up before the first answer, without a word or with one about it, it has another client. */
  const reasonFor = (error: unknown): unknown => {
    const text = String.fromCharCode(...said).trim();
    const hungUp = isPlugsmithError(error, "line-lost");
    if (!hungUp || isServed) return error;
    return text === "" || IN_USE.test(text) ? busyError(name) : notSpoken(error);
  };
  try {
    if ((await ask(OFFER, codec.greeting())) === undefined) throw notSpoken();
    for (const [command, value] of FRAME_8N1)
      await writeSocket(socket, comPortCommand(command, Uint8Array.of(value)), name);
    await control(CONTROL.noFlowControl);
    await setBaud(baud);
    await setControlLines(settings);
  } catch (error) {
    await closeSocket(socket);
    throw reasonFor(error);
  }

  return {
    write: async (bytes) => {
      wireFreeAt = Math.max(wireFreeAt, clock.now()) + (bytes.length * 10_000) / baud;
      await writeSocket(socket, telnetEscape(bytes), name);
    },
    setBaud,
    setControlLines,
    close: () => closeSocket(socket),
  };
}

/** Who waits for the answer to a command. */
interface Waiter {
  /** Undefined: none came in time, or it was no. */
  answered(value: Uint8Array | undefined): void;
  /** The connection broke first. */
  broken(): void;
}

/** Not a command's number: the wait for the server's answer to the offer of the option itself. */
const OFFER = -1;
