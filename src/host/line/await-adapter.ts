/**
 * Waiting for an adapter that is not plugged in yet. People start the tool first and plug in when they are asked to: where
 * somebody sits there, what is missing is said and waited for, until Ctrl-C. Knows nothing of what is done with the line.
 */
import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { joined, say } from "../../core/text/text.ts";
import type { AdapterIdentity, ByteLine, Clock } from "../../engine/ports.ts";
import { sleep } from "../../engine/time.ts";
import type { PortListing, SerialPorts } from "../environment.ts";

export interface Waiting {
  readonly ports: Pick<SerialPorts, "list" | "has">;
  readonly clock: Clock;
  readonly emit: EventSink;
  readonly signal: AbortSignal;
  /** What the person is to do now for what follows, a sentence. */
  readonly handling: string;
  /** ms; without it, until the signal. */
  readonly patienceMs: number | undefined;
}

/** How often the ports are looked at, ms: below what a person notices, light where asking the system is work. */
export const POLL_MS = 500;
/** After so long without anything the usual reasons are shown, ms: by then anyone who meant to plug in has done it. */
export const REMIND_MS = 30_000;
/** A device file is there before udev has given it its group and rights, ms; generous, since drivers may be loaded first. */
export const SETTLING_MS = 3000;
/** ModemManager probes each new port for some seconds; the port's own error speaks of 30, ms. */
export const PROBING_MS = 30_000;

const STEP = "open-port";

/** Every adapter that may be taken without being named: one on USB. */
export function usbAdapters({ adapters }: PortListing): readonly AdapterIdentity[] {
  return adapters.filter(({ vendorId }) => vendorId !== undefined);
}

export function adapterList(adapters: readonly AdapterIdentity[]): string {
  return adapters.map(({ path, label }) => `${path} (${label})`).join(", ");
}

/**
 * Resolves once USB adapters are there, and the same ones twice: a hub's come one after the other. Returns when the
 * waiting began. Errors: aborted; port-not-found after patience.
 */
export async function awaitUsbAdapter(waiting: Waiting): Promise<number> {
  const { ports, emit } = waiting;
  const { adapters } = await ports.list();
  const others =
    adapters.length === 0
      ? []
      : [say`These ports are only used if you name them with --port: ${adapterList(adapters)}.`];
  emit({
    type: "notice",
    level: "info",
    text: joined([
      say`No USB serial adapter is connected (FTDI, Silicon Labs CP210x, WCH CH340, Prolific or similar).`,
      ...others,
    ]),
  });
  let before = "";
  return await checkAgain(waiting, undefined, async (listing) => {
    const now = adapterList(usbAdapters(listing));
    const steady = now !== "" && now === before;
    before = now;
    return steady;
  });
}

/** Resolves once the port of that name is there. A port with another name is reported, not used. Returns and errors as above. */
export async function awaitNamedPort(path: string, waiting: Waiting): Promise<number> {
  const { ports, emit } = waiting;
  const { adapters } = await ports.list();
  const instead =
    adapters.length === 0 ? say`There are no other ports.` : say`These ports exist: ${adapterList(adapters)}.`;
  emit({ type: "notice", level: "info", text: joined([say`There is no serial port ${path} yet.`, instead]) });
  const known = new Set(adapters.map((adapter) => adapter.path));
  return await checkAgain(waiting, path, async (listing) => {
    if (await ports.has(path)) return true;
    for (const newcomer of usbAdapters(listing)) {
      if (known.has(newcomer.path)) continue;
      known.add(newcomer.path);
      emit({
        type: "notice",
        level: "warning",
        text: say`${newcomer.label} appeared as ${newcomer.path}, not as ${path}. If it is the right adapter, press Ctrl-C and run the command again with --port ${newcomer.path}.`,
      });
    }
    return false;
  });
}

async function checkAgain(
  waiting: Waiting,
  port: string | undefined,
  found: (listing: PortListing) => Promise<boolean>,
): Promise<number> {
  const { ports, clock, emit, signal, handling, patienceMs } = waiting;
  const end =
    patienceMs === undefined
      ? say`Press Ctrl-C to stop waiting.`
      : say`plugsmith waits for ${patienceMs / 1000} s. Press Ctrl-C to stop waiting.`;
  emit({ type: "notice", level: "info", text: joined([handling, end]) });
  emit({ type: "step-started", step: STEP, title: say`Wait for the adapter` });
  const started = clock.now();
  const announced = new Set<string>();
  let reminded = false;
  for (;;) {
    const listing = await ports.list();
    for (const { text } of listing.troubles) {
      if (announced.has(text.toString())) continue;
      announced.add(text.toString());
      emit({ type: "notice", level: "warning", text });
    }
    if (await found(listing)) return started;
    const waited = clock.now() - started;
    if (patienceMs !== undefined && waited >= patienceMs) throw notCome(port, patienceMs);
    if (!reminded && waited >= REMIND_MS) {
      reminded = true;
      emit({
        type: "notice",
        level: "info",
        text: say`Still waiting for the adapter. Is its LED on? Many cables only charge and carry no data. Try another cable and another USB socket.`,
      });
    }
    await sleep(clock, POLL_MS, signal).catch(() => {
      throw gaveUp();
    });
  }
}

/**
 * Opens a port that has just come: its rights and its driver may need a moment, and programs that look at every new port
 * hold it for a while. What stays after that is the port's own error.
 * @param began when the waiting for it did.
 */
export async function openNewAdapter(
  open: () => Promise<ByteLine>,
  waiting: Waiting,
  began: number,
): Promise<ByteLine> {
  const { clock, emit, signal } = waiting;
  const started = clock.now();
  let announced = false;
  for (;;) {
    try {
      const line = await open();
      const { path, label } = line.identity;
      emit({
        type: "step-finished",
        step: STEP,
        durationMs: clock.now() - began,
        summary: say`${label} at ${path}`,
      });
      return line;
    } catch (error) {
      if (!(error instanceof PlugsmithError) || !error.code.startsWith("port-")) throw error;
      const busy = error.code === "port-busy";
      if (clock.now() - started >= (busy ? PROBING_MS : SETTLING_MS)) throw error;
      if (busy && !announced) {
        announced = true;
        emit({
          type: "notice",
          level: "info",
          text: joined([
            error.texts.message,
            say`Some programs check every new port for a while. plugsmith tries again for ${PROBING_MS / 1000} s.`,
          ]),
        });
      }
    }
    await sleep(clock, POLL_MS, signal).catch(() => {
      throw gaveUp();
    });
  }
}

function gaveUp(): PlugsmithError {
  return new PlugsmithError("aborted", {
    message: say`Stopped while waiting for an adapter.`,
    step: STEP,
    plugState: say`untouched`,
    nextStep: say`Run the command again when you have the adapter. plugsmith ports lists the ports.`,
  });
}

function notCome(port: string | undefined, patienceMs: number): PlugsmithError {
  return new PlugsmithError("port-not-found", {
    message:
      port === undefined
        ? say`No USB serial adapter was connected within ${patienceMs / 1000} s.`
        : say`The serial port ${port} did not appear within ${patienceMs / 1000} s.`,
    step: STEP,
    plugState: say`untouched`,
    nextStep: say`Check the cable (many only charge) and the adapter's driver. plugsmith ports lists the ports.`,
    context: { port, timeoutMs: patienceMs },
  });
}
