/**
 * What is said of a serial line that is gone, in one place: over a network there is no adapter to plug in here, and an
 * error is the end of a command, which then has to be run again.
 */
import { PlugsmithError } from "./errors.ts";
import { joined, say, type Text } from "./text/text.ts";

/** What the caller knows of its own work. */
interface Circumstances {
  readonly step?: string | undefined;
  readonly plugState?: Text | undefined;
  readonly cause?: unknown;
  /** The chip is to start in download mode with the adapter. */
  readonly download?: boolean | undefined;
}

/** @param path as in AdapterIdentity: "/dev/ttyUSB0", "COM3", "tcp://host:port", "rfc2217://host:port". */
export function isOverNetwork(path: string): boolean {
  return /^(?:tcp|rfc2217):\/\//.test(path);
}

/** "The adapter at COM3 is gone." */
export function lineLostMessage(path: string): Text {
  if (isOverNetwork(path)) return say`The connection to ${path} broke.`;
  return say`The adapter at ${path} is gone.`;
}

/** What a person can do about it. @param download the chip is to start in download mode. */
export function lineLostRemedy(path: string, download = false): Text {
  if (isOverNetwork(path)) return say`Check the network and the program that serves the port.`;
  return download
    ? say`Plug the adapter in again while you hold the button (GPIO0 to GND).`
    : say`Plug the adapter in again.`;
}

/** @param path where the line was. */
export function lineLost(path: string, { step, plugState, cause, download }: Circumstances = {}): PlugsmithError {
  return new PlugsmithError("line-lost", {
    message: lineLostMessage(path),
    step,
    plugState,
    nextStep: joined([lineLostRemedy(path, download), say`Then run the command again.`]),
    context: { port: path },
    cause,
  });
}

/** How long a peer that has another client takes to hang up, ms: serial servers do it at once. */
export const HANG_UP_MS = 500;

/** The port is there and somebody else has it: the peer hung up before it said anything. */
export function busyError(name: string, cause?: unknown): PlugsmithError {
  return new PlugsmithError("port-busy", {
    message: say`${name} is in use: it hung up at once, as servers do while another client is connected.`,
    step: "open-port",
    plugState: say`untouched`,
    nextStep: say`End the program that uses it, here or on another computer, then run this again.`,
    context: { port: name },
    cause,
  });
}
