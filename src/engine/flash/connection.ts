/**
 * One connection to one plug, kept up: connect, identify, stub, rate; and all of it again when the line or the chip
 * was lost in the middle, as long as it is the same plug that comes back.
 */

import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { ceilingOf, USUAL_CEILING } from "../../core/loader/adapter-rates.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import type { StepId } from "../../core/step-id.ts";
import { joined, say } from "../../core/text/text.ts";
import { type AdapterRates, ratesOf, rememberBaud, rememberLimit } from "../home/adapters.ts";
import { BASE_BAUD, LostAtRate, RATES, returnToBase, stepBaud } from "../link/baud.ts";
import { ChipLink, isTransient } from "../link/chip-link.ts";
import { connect } from "../link/connect.ts";
import { FlashDigest } from "../link/flash-digest.ts";
import { FramePort } from "../link/frame-port.ts";
import { type CoreIdentity, readCoreIdentity, readFlashId } from "../link/identify.ts";
import { moveRom, stepRom } from "../link/rom-baud.ts";
import { startFirmware } from "../link/run-firmware.ts";
import { startStub } from "../link/stub.ts";
import { isRate, rateOnWire } from "../link/wire-rate.ts";
import { abortedError } from "../time.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import type { SessionOptions } from "./contract.ts";

/** The one rate above the usual that is tried on the way down. */
const FAST_BUT_COMMON = 921_600;
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
  /** What the adapter is known to carry, as it was when the chip was met; what is learned since caps `#ceiling`. */
  #rates: AdapterRates = { baud: undefined, limit: undefined };
  #up = false;
  /** Lowered when a rate that was proven turned out not to hold. */
  #ceiling = Number.POSITIVE_INFINITY;
  #progress = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#events = options.events ?? (() => {});
    const port = new FramePort(recordedLine(options.line, options), options.clock, options.signal);
    this.link = new ChipLink(port, this.#events, options.codec);
    this.flashDigest = new FlashDigest(this.link);
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
        if (isTransient(error) && fruitless >= 2) await this.#distrustRate();
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
    const { files, home, met } = this.#options;
    met?.(core.plug);
    this.#rates = await ratesOf(files, home, this.link.port.line.identity);
    this.link.step = "connect";
    await this.#measureAdapter();
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
    await this.#chooseRate(core.crystalMhz);
  }

  /** Uploads at the rate that is wished for where the ROM carries it, else at the one it has. */
  async #startStub(crystalMhz: 26 | 40): Promise<void> {
    const { line } = this.link.port;
    const rate = Math.min(this.#requestedRate, ROM_CEILING);
    const faster = line.can.baud && (await this.#trying(rate, () => stepRom(this.link, rate, crystalMhz)));
    try {
      await startStub(this.link);
    } catch (error) {
      if (!faster || !isPlugsmithError(error, "stub-failed")) throw error;
      if (!(await moveRom(this.link, BASE_BAUD, crystalMhz))) throw error;
      await startStub(this.link);
    }
  }

  /** The rate that must be used, and no other. */
  get #forced(): number | undefined {
    const { baud } = this.#options;
    return baud !== undefined && "force" in baud ? baud.force : undefined;
  }

  /** The rate to step up to: as given, or as the adapter is known to carry. */
  get #requestedRate(): number {
    const { baud } = this.#options;
    if (baud !== undefined && "force" in baud) return baud.force;
    if (baud?.ceiling !== undefined) return Math.min(baud.ceiling, this.#ceiling);
    const { identity } = this.link.port.line;
    const { baud: proven = 0, limit = Number.POSITIVE_INFINITY } = this.#rates;
    const ceiling = ceilingOf(identity.vendorId, identity.productId);
    return Math.min(Math.max(ceiling, proven), limit, this.#ceiling);
  }

  /** Before the chip follows the adapter to a rate that was not proven yet: whether the adapter goes there at all. */
  async #measureAdapter(): Promise<void> {
    const { line } = this.link.port;
    const { files, home } = this.#options;
    if (!line.can.baud) return;
    const { baud: proven = BASE_BAUD } = this.#rates;
    for (let rate = this.#requestedRate; rate > Math.max(proven, line.baud); rate = this.#requestedRate) {
      const measured = await rateOnWire(this.link, rate);
      if (measured === undefined || (measured !== "refused" && isRate(measured, rate))) return;
      if (this.#forced !== undefined) throw rateNotCarried(rate);
      const lower =
        lowerRates(rate).find((each) => measured === "refused" || each <= measured || isRate(each, measured)) ??
        BASE_BAUD;
      this.#ceiling = lower;
      await rememberLimit(files, home, line.identity, lower);
      const why =
        measured === "refused"
          ? say`The adapter refuses ${rate} baud.`
          : say`The adapter accepts ${rate} baud but sends at about ${Math.round(measured / 100) * 100} baud.`;
      this.#events({ type: "notice", level: "warning", text: joined([why, say`plugsmith tries ${lower} baud.`]) });
    }
  }

  /**
   * A step to a rate. Where the chip is lost over it the rate is not tried again: there are adapters that say yes to a
   * rate, stay at a lower one, and so have no way back to the chip.
   */
  async #trying(rate: number, step: () => Promise<boolean>): Promise<boolean> {
    try {
      return await step();
    } catch (error) {
      const lower = nextLower(rate);
      if (error instanceof LostAtRate && lower !== undefined && this.#forced === undefined) {
        this.#ceiling = lower;
        await rememberLimit(this.#options.files, this.#options.home, this.link.port.line.identity, lower);
        this.#events({
          type: "notice",
          level: "warning",
          text: say`The connection to the chip was lost at ${rate} baud. From now on, plugsmith uses at most ${lower} baud with this adapter, unless you set --baud.`,
        });
      }
      throw error;
    }
  }

  async #chooseRate(crystalMhz: 26 | 40): Promise<void> {
    const { line } = this.link.port;
    const { files, home } = this.#options;
    if (!line.can.baud) return;
    const forced = this.#forced;
    if (forced !== undefined) {
      if (await stepBaud(this.link, forced, crystalMhz)) {
        await rememberBaud(files, home, line.identity, forced);
        this.#events({ type: "fact", name: "baud", value: forced });
        return;
      }
      throw rateNotCarried(forced);
    }
    const ceiling = this.#requestedRate;
    for (const rate of [ceiling, ...lowerRates(ceiling)]) {
      if (rate < BASE_BAUD) break;
      if (await this.#trying(rate, () => stepBaud(this.link, rate, crystalMhz))) {
        await rememberBaud(files, home, line.identity, rate);
        break;
      }
      this.#events({
        type: "notice",
        level: "warning",
        text: say`${rate} baud does not work in both directions. plugsmith tries a lower rate.`,
      });
    }
    this.#events({ type: "fact", name: "baud", value: line.baud });
  }

  async #distrustRate(): Promise<void> {
    const { line } = this.link.port;
    const lower = nextLower(line.baud);
    if (lower === undefined || this.#forced !== undefined || !line.can.baud) return;
    this.#ceiling = lower;
    this.#events({
      type: "notice",
      level: "warning",
      text: say`Too many errors at ${line.baud} baud. plugsmith continues at ${lower} baud.`,
    });
    await rememberBaud(this.#options.files, this.#options.home, line.identity, lower, true);
  }
}

const nextLower = (rate: number): number | undefined => RATES.find((each) => each < rate);

/** Rates to step down by. Above the usual one each costs time, and what stops one mostly stops the next: one is tried. */
const lowerRates = (rate: number): readonly number[] =>
  RATES.filter((lower) => lower < rate && (lower <= USUAL_CEILING || lower === FAST_BUT_COMMON));

function rateNotCarried(rate: number): PlugsmithError {
  return new PlugsmithError("baud-failed", {
    message: say`${rate} baud does not work in both directions with this adapter and these wires.`,
    step: "connect",
    plugState: say`flash untouched`,
    nextStep: say`Choose a lower rate, or leave out --baud: plugsmith then finds a rate itself. Shorter wires allow higher rates.`,
    context: { baud: rate },
  });
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
