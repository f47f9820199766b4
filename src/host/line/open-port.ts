/** Opens a serial port of this computer or of the network by the name after `--port`, or the one USB adapter there is. */
import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { busyError, HANG_UP_MS } from "../../core/line-lost.ts";
import { parsePortName } from "../../core/port-name.ts";
import { say } from "../../core/text/text.ts";
import type { ByteLine, Clock } from "../../engine/ports.ts";
import { sleep } from "../../engine/time.ts";
import type { PortListing, SerialPorts } from "../environment.ts";
import {
  adapterList,
  awaitNamedPort,
  awaitUsbAdapter,
  openNewAdapter,
  usbAdapters,
  type Waiting,
} from "./await-adapter.ts";
import { EarlyBytes } from "./early-bytes.ts";

/** What is to be done with an adapter that is not there yet, by what follows. */
export const HANDLING = {
  /** A plug that nothing was done to: the adapter is measured alone first. */
  alone: "Plug the adapter in now, with no wire on it.",
  /** The chip is to start in download mode. */
  download:
    "First the smart plug out of its mains socket; then plug the adapter in, holding GPIO0 to ground while you do.",
  /** The firmware is to run. */
  running: "First the smart plug out of its mains socket; then plug the adapter in, with the GPIO0 wire hanging free.",
  /** What the plug is to do is not known here. */
  wired: "First the smart plug out of its mains socket; then plug the adapter in.",
} as const;

/** A port that was hung up is tried for this long, ms: another program's last command may just be ending. */
const BUSY_MS = 3000;
const SETTLE_LOOK_MS = 100;

export interface PortOptions {
  /** As written after `--port`; undefined: the one USB adapter there is. Not a virtual plug. */
  readonly name: string | undefined;
  readonly handling: string;
  /** bits per second; default 115200. */
  readonly baud?: number | undefined;
  /** How long an adapter is waited for, ms; default: until Ctrl-C. */
  readonly patienceMs?: number | undefined;
}

/** Who opens a port. */
export interface PortUser {
  readonly emit: EventSink;
  readonly signal: AbortSignal;
  /** Somebody is there who can plug an adapter in. */
  readonly attended: boolean;
}

export interface PortWorld extends SerialPorts {
  readonly clock: Clock;
}

/**
 * Where a person sits at the terminal, a missing adapter is waited for; one that is named, too: the name is kept for the
 * adapter while it lies beside the computer. Else it is an error at once.
 * Errors: port-*, bad-argument, aborted, needs-input where several adapters could be meant.
 */
export async function openPort(user: PortUser, options: PortOptions, world: PortWorld): Promise<ByteLine> {
  const { emit, signal, attended } = user;
  const { name, baud, handling, patienceMs } = options;
  const open = async (path: string): Promise<ByteLine> => {
    const line = await world.open(path, {
      baud,
      notice: (notice) => emit({ type: "notice", ...notice }),
    });
    if (parsePortName(path).kind !== "tcp") return line;
    const kept = new EarlyBytes(line);
    await settle(line, world.clock);
    return kept;
  };
  const waiting: Waiting = { ports: world, clock: world.clock, emit, signal, handling, patienceMs };
  if (name === undefined) {
    const listing = await world.list();
    if (!attended || usbAdapters(listing).length > 0) return await open(onlyAdapter(listing));
    const began = await awaitUsbAdapter(waiting);
    const path = onlyAdapter(await world.list());
    return await openNewAdapter(() => open(path), waiting, began);
  }
  // What is behind a network's name is somebody else's to plug in.
  if (!attended || parsePortName(name).kind !== "serial" || (await world.has(name))) return await open(name);
  const began = await awaitNamedPort(name, waiting);
  return await openNewAdapter(() => open(name), waiting, began);
}

/**
 * A socket is open before its server has decided whom to serve. Resolves once it has been open for long enough.
 * @throws port-busy where it is hung up, and again whenever it is opened.
 */
async function settle(line: ByteLine, clock: Clock): Promise<void> {
  const started = clock.now();
  let presentSince = line.present ? started : undefined;
  const stop = line.listen({
    bytes: () => {},
    lost: () => {
      presentSince = undefined;
    },
    reappeared: () => {
      presentSince = clock.now();
    },
  });
  try {
    while (presentSince === undefined || clock.now() - presentSince < HANG_UP_MS) {
      if (presentSince === undefined && clock.now() - started >= BUSY_MS) {
        await line.close();
        throw busyError(line.identity.path);
      }
      await sleep(clock, SETTLE_LOOK_MS);
    }
  } finally {
    stop();
  }
}

function onlyAdapter(listing: PortListing): string {
  const usb = usbAdapters(listing);
  const [only] = usb;
  if (only !== undefined && usb.length === 1) return only.path;
  const [trouble] = listing.troubles;
  const where = { step: "open-port", plugState: say`untouched` };
  if (usb.length > 0) {
    throw new PlugsmithError("needs-input", {
      message: say`Several adapters are connected: ${adapterList(usb)}.`,
      ...where,
      nextStep: say`Choose one with --port.`,
      context: { ports: usb.map(({ path }) => path) },
    });
  }
  if (trouble !== undefined) {
    throw new PlugsmithError("port-driver", {
      message: trouble.text,
      ...where,
      nextStep: say`Follow that advice, then try again.`,
    });
  }
  throw new PlugsmithError("port-not-found", {
    message: say`No USB serial adapter is connected.`,
    ...where,
    nextStep: say`Connect one, or try the virtual plug: --port sim:`,
  });
}
