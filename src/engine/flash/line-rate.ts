/**
 * The rate of one connection: as given, or the highest that the adapter and its wires are seen to carry. What is learned
 * of the adapter is remembered for the next run.
 */
import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { ceilingOf, USUAL_CEILING } from "../../core/loader/adapter-rates.ts";
import { joined, say } from "../../core/text/text.ts";
import { type AdapterRates, adapterKey, ratesOf, rememberBaud, rememberLimit } from "../home/adapters.ts";
import { BASE_BAUD, LostAtRate, RATES, stepBaud } from "../link/baud.ts";
import type { ChipLink } from "../link/chip-link.ts";
import { isRate, rateOnWire } from "../link/wire-rate.ts";
import type { SessionOptions } from "./contract.ts";

/** The one rate above the usual that is tried on the way down. */
const FAST_BUT_COMMON = 921_600;

export class LineRate {
  readonly #link: ChipLink;
  readonly #options: SessionOptions;
  readonly #events: EventSink;
  /** What this adapter is known to carry: read once, and kept up with what is learned. */
  #adapter: { readonly key: string; readonly rates: AdapterRates } | undefined;
  /** Lowered when a rate that was proven turned out not to hold. */
  #ceiling = Number.POSITIVE_INFINITY;

  constructor(link: ChipLink, options: SessionOptions, events: EventSink) {
    this.#link = link;
    this.#options = options;
    this.#events = events;
  }

  /** The rate that must be used, and no other. */
  get #forced(): number | undefined {
    const { baud } = this.#options;
    return baud !== undefined && "force" in baud ? baud.force : undefined;
  }

  /** The rate to step up to: as given, or as the adapter is known to carry. */
  async requested(): Promise<number> {
    const { baud } = this.#options;
    if (baud !== undefined && "force" in baud) return baud.force;
    if (baud?.ceiling !== undefined) return Math.min(baud.ceiling, this.#ceiling);
    const { identity } = this.#link.port.line;
    const { baud: proven = 0, limit = Number.POSITIVE_INFINITY } = await this.#known();
    const ceiling = ceilingOf(identity.vendorId, identity.productId);
    return Math.min(Math.max(ceiling, proven), limit, this.#ceiling);
  }

  /** Before the chip follows the adapter to a rate that was not proven yet: whether the adapter goes there at all. */
  async measureAdapter(): Promise<void> {
    const { line } = this.#link.port;
    if (!line.can.baud) return;
    const { baud: proven = BASE_BAUD } = await this.#known();
    for (let rate = await this.requested(); rate > Math.max(proven, line.baud); rate = await this.requested()) {
      const measured = await rateOnWire(this.#link, rate);
      if (measured === undefined || (measured !== "refused" && isRate(measured, rate))) return;
      if (this.#forced !== undefined) throw rateNotCarried(rate);
      const lower =
        lowerRates(rate).find((each) => measured === "refused" || each <= measured || isRate(each, measured)) ??
        BASE_BAUD;
      await this.#limitTo(lower);
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
  async trying(rate: number, step: () => Promise<boolean>): Promise<boolean> {
    try {
      return await step();
    } catch (error) {
      const lower = nextLower(rate);
      if (error instanceof LostAtRate && lower !== undefined && this.#forced === undefined) {
        await this.#limitTo(lower);
        this.#events({
          type: "notice",
          level: "warning",
          text: say`The connection to the chip was lost at ${rate} baud. From now on, plugsmith uses at most ${lower} baud with this adapter, unless you set --baud.`,
        });
      }
      throw error;
    }
  }

  async choose(crystalMhz: 26 | 40): Promise<void> {
    const { line } = this.#link.port;
    if (!line.can.baud) return;
    const forced = this.#forced;
    if (forced !== undefined) {
      if (await stepBaud(this.#link, forced, crystalMhz)) {
        await this.#remember(forced);
        this.#events({ type: "fact", name: "baud", value: forced });
        return;
      }
      throw rateNotCarried(forced);
    }
    const ceiling = await this.requested();
    for (const rate of [ceiling, ...lowerRates(ceiling)]) {
      if (rate < BASE_BAUD) break;
      if (await this.trying(rate, () => stepBaud(this.#link, rate, crystalMhz))) {
        await this.#remember(rate);
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

  /** Errors at this rate again and again: the next lower one from now on. */
  async distrust(): Promise<void> {
    const { line } = this.#link.port;
    const lower = nextLower(line.baud);
    if (lower === undefined || this.#forced !== undefined || !line.can.baud) return;
    this.#ceiling = lower;
    this.#events({
      type: "notice",
      level: "warning",
      text: say`Too many errors at ${line.baud} baud. plugsmith continues at ${lower} baud.`,
    });
    await this.#remember(lower, true);
  }

  async #known(): Promise<AdapterRates> {
    const { files, home } = this.#options;
    const { identity } = this.#link.port.line;
    const key = adapterKey(identity);
    if (this.#adapter?.key !== key) this.#adapter = { key, rates: await ratesOf(files, home, identity) };
    return this.#adapter.rates;
  }

  async #remember(baud: number, lower = false): Promise<void> {
    const { files, home } = this.#options;
    const { identity } = this.#link.port.line;
    const rates = await rememberBaud(files, home, identity, baud, lower, await this.#known());
    this.#adapter = { key: adapterKey(identity), rates };
  }

  async #limitTo(rate: number): Promise<void> {
    const { files, home } = this.#options;
    const { identity } = this.#link.port.line;
    this.#ceiling = rate;
    this.#adapter = { key: adapterKey(identity), rates: await rememberLimit(files, home, identity, rate) };
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
