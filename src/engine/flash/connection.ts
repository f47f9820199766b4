/**
 * One connection to one plug, kept up: connect, identify, stub, rate; and all of it again when the line or the chip
 * was lost in the middle, as long as it is the same plug that comes back.
 */

import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import type { StepId } from "../../core/step-id.ts";
import { say } from "../../core/text/text.ts";
import { BASE_BAUD, returnToBase } from "../link/baud.ts";
import { ChipLink, isTransient } from "../link/chip-link.ts";
import { connect } from "../link/connect.ts";
import { FlashDigest } from "../link/flash-digest.ts";
import { FramePort } from "../link/frame-port.ts";
import { type CoreIdentity, readCoreIdentity, readFlashId } from "../link/identify.ts";
import { moveRom, stepRom } from "../link/rom-baud.ts";
import { startFirmware } from "../link/run-firmware.ts";
import { startStub } from "../link/stub.ts";
import { abortedError } from "../time.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import type { SessionOptions } from "./contract.ts";
import { LineRate } from "./line-rate.ts";

/** Highest rate the stub is uploaded at: the ROM takes it in steps of its own. */
const ROM_CEILING = 921_600;
const DEFAULT_RECONNECT_MS = 120_000;
/** Losses in a row, without any progress between them, or in the same words while connecting, before giving up. */
const FRUITLESS = 5;

export class Connection {
  readonly link: ChipLink;
  readonly flashDigest: FlashDigest;
  readonly #options: SessionOptions;
  readonly #events: EventSink;
  #identity: ChipIdentity | undefined;
  readonly #rate: LineRate;
  #up = false;
  #progress = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#events = options.events ?? (() => {});
    const port = new FramePort(recordedLine(options.line, options), options.clock, options.signal);
    this.link = new ChipLink(port, this.#events, options.codec);
    this.flashDigest = new FlashDigest(this.link);
    this.#rate = new LineRate(this.link, options, this.#events);
  }

  /** Connects if need be. Errors: no-sync, wrong-chip, wrong-plug, stub-failed, baud-failed, aborted, port-*. */
  async ready(): Promise<ChipIdentity> {
    if (!this.#up) await this.#bringUp(this.#identity === undefined);
    return this.#identity!;
  }

  /** Undefined until it was connected for the first time. */
  get identity(): ChipIdentity | undefined {
    return this.#identity;
  }

  /** Called by an operation when something was done that will not have to be done again. */
  advanced(): void {
    this.#progress++;
  }

  /**
   * Runs work that finds out by digests what is left to do, again and again while the line or the chip is lost and
   * comes back. Errors: those of the work and of connecting; the loss itself once it repeats without progress.
   */
  async withReconnect<T>(step: StepId, work: (identity: ChipIdentity) => Promise<T>): Promise<T> {
    let fruitless = 0;
    let before = this.#progress;
    for (;;) {
      // Connecting has its own patience: what it gives up is given up.
      const identity = await this.ready();
      this.link.step = step;
      try {
        return await work(identity);
      } catch (error) {
        if (this.#options.signal?.aborted) throw abortedError(step);
        if (!isLoss(error)) throw error;
        fruitless = this.#progress === before ? fruitless + 1 : 0;
        before = this.#progress;
        if (fruitless >= FRUITLESS) throw error;
        this.#events({ type: "retry", step, attempt: fruitless + 1, reason: error.texts.message });
        this.#up = false;
        // What fails again and again at a rate may be the rate.
        if (isTransient(error) && fruitless >= 2) await this.#rate.distrust();
      }
    }
  }

  /** Leaves the chip as asked; the connection is down afterwards. */
  async finish(after: "stay" | "run"): Promise<void> {
    const identity = await this.ready();
    this.link.step = "finish";
    await returnToBase(this.link, identity.crystalMhz);
    if (after === "run") await startFirmware(this.link, this.#options.resetWires ?? true);
    this.#up = false;
  }

  close(): void {
    this.link.port.close();
  }

  async #bringUp(first: boolean): Promise<void> {
    const { patience, resetWires } = this.#options;
    this.link.step = "connect";
    this.link.invalidateDigest();
    const patienceMs = first ? patience?.connectMs : (patience?.reconnectMs ?? DEFAULT_RECONNECT_MS);
    const { clock } = this.link.port;
    const deadline = clock.now() + (patienceMs ?? Number.POSITIVE_INFINITY);
    let before: string | undefined;
    let alike = 0;
    for (let attempt = 1; ; attempt++) {
      try {
        await connect(this.link, {
          patienceMs: patienceMs === undefined ? undefined : Math.max(0, deadline - clock.now()),
          resetWires: resetWires ?? true,
          heardBefore: this.#identity !== undefined,
        });
        await this.#greet();
        this.#up = true;
        return;
      } catch (error) {
        if (this.#options.signal?.aborted) throw abortedError("connect");
        // Wires are being moved, the adapter is pulled again: that is what patience is for. What comes again and
        // again in the same words is not one, and is reported.
        if (!isLoss(error)) throw error;
        alike = error.message === before ? alike + 1 : 1;
        before = error.message;
        if (alike >= FRUITLESS || clock.now() >= deadline) throw error;
        this.#events({ type: "retry", step: "connect", attempt, reason: error.texts.message });
      }
    }
  }

  async #greet(): Promise<void> {
    this.link.step = "identify";
    const core = await readCoreIdentity(this.link);
    if (this.#identity !== undefined && this.#identity.plug !== core.plug) throw anotherPlug(this.#identity, core);
    this.#options.met?.(core.plug);
    this.link.step = "connect";
    await this.#rate.measureAdapter();
    if (this.link.answering === "rom") await this.#startStub(core.crystalMhz);
    if (this.#identity === undefined) {
      const flash = await readFlashId(this.link);
      this.#identity = {
        chip: core.chip,
        variant: core.variant,
        mac: core.mac,
        plug: core.plug,
        crystalMhz: core.crystalMhz,
        ...flash,
      };
      for (const name of ["variant", "mac", "flashMaker", "flashSize", "crystalMhz"] as const) {
        this.#events({ type: "fact", name, value: this.#identity[name] });
      }
    }
    await this.#rate.choose(core.crystalMhz);
  }

  /** Uploads at the rate that is requested where the ROM carries it, else at the one it has. */
  async #startStub(crystalMhz: 26 | 40): Promise<void> {
    const { line } = this.link.port;
    const rate = Math.min(await this.#rate.requested(), ROM_CEILING);
    const faster = line.can.baud && (await this.#rate.trying(rate, () => stepRom(this.link, rate, crystalMhz)));
    try {
      await startStub(this.link);
    } catch (error) {
      if (!faster || !isPlugsmithError(error, "stub-failed")) throw error;
      if (!(await moveRom(this.link, BASE_BAUD, crystalMhz))) throw error;
      await startStub(this.link);
    }
  }
}

/** The line or the chip was lost, or what came made no sense: connecting again may cure it. */
function isLoss(error: unknown): error is PlugsmithError {
  return isPlugsmithError(error, "line-lost") || isPlugsmithError(error, "stub-failed") || isTransient(error);
}

function anotherPlug(expected: ChipIdentity, found: CoreIdentity): PlugsmithError {
  return new PlugsmithError("wrong-plug", {
    message: say`A different plug was connected: ${found.mac} instead of ${expected.mac}.`,
    step: "connect",
    plugState: say`${found.mac} is untouched; the journal has the state of ${expected.mac}`,
    nextStep: say`Connect ${expected.mac} again and repeat the command. It continues where it stopped.`,
    context: { expected: expected.mac, found: found.mac },
  });
}
