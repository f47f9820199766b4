/**
 * Connecting with patience: calling until somebody answers, while a person wires, plugs and re-plugs; through ports
 * that vanish and come back; with the reset wires where there are any and by hand where not.
 *
 * The order of rates, and why. A ROM that waits for its first byte takes its rate from it, so one listens and calls at
 * 74880 first, where its boot text can be read too; it eats one SYNC and answers the next, and is then moved to 115200
 * by its divider register: uploads go faster there, and above it the ROM cannot keep up. A stub left running is at the
 * rate it was left: those are asked once each. When the adapter has just come back the boot text is over, but a firmware
 * that started with it is talking at 115200: one listens there first, and both rates are ones a fresh ROM takes. After
 * that one waits at 74880 and changes to 115200 whenever something unintelligible is heard. The other rates are asked
 * again only when the adapter came back, when nothing makes sense, or after a long silence, since a ROM starting at that
 * very moment would take its rate from them.
 */

import { BOOT_TEXT_BAUD } from "../../core/doctor/diagnosis-state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { crystalOf, mayBeAt } from "../../core/loader/chip.ts";
import { encodeCommand } from "../../core/loader/protocol.ts";
import { REGISTERS, UART_DIVIDER_MASK } from "../../core/loader/tables.ts";
import { joined, say } from "../../core/text/text.ts";
import { sleep } from "../time.ts";
import { acceptsRate, BASE_BAUD } from "./baud.ts";
import { type ChipLink, isTransient } from "./chip-link.ts";
import { DiagnosticReporter } from "./diagnostic-reporter.ts";
import { moveRom } from "./rom-baud.ts";
import { isOurStub } from "./stub.ts";
import { wireMs } from "./timing.ts";

/** Where tools leave stubs, likeliest first. */
const STUB_RATES = [460_800, 921_600, 230_400, 1_500_000, 2_000_000, 57_600] as const;
/** Waiting for an answer to one SYNC beyond its time on the wire: two latencies of the slowest adapters. */
const ANSWER_MS = 60;
/** Between looks at all rates: in silence, and when something is heard that makes no sense. */
const SWEEP_AGAIN_MS = 12_000;
const SWEEP_PUZZLED_MS = 4000;
/** How long one listens at 115200 after the adapter came back. */
const LOG_LISTEN_MS = 3000;
/** After a loss that leaves the port there, before calling again: a driver may need a moment to report it. */
const LOST_PAUSE_MS = 250;
/** Reset by RTS (EN) and DTR (GPIO0) as on development boards; times as esptool's classic reset. */
const RESET_HOLD_MS = 100;
const RESET_SETTLE_MS = 50;

export interface ConnectOptions {
  /** ms; undefined waits for ever. */
  readonly patienceMs: number | undefined;
  readonly resetWires: boolean;
  /** The plug has answered over these wires already: silence now has other causes than theirs. Default false. */
  readonly heardBefore?: boolean;
}

/**
 * Calls until ROM or stub answers; the link then knows who. Errors: no-sync (patience over), mains-on-wires, aborted, port-*.
 */
export async function connect(link: ChipLink, options: ConnectOptions): Promise<void> {
  const { clock, line } = link.port;
  const diagnostics = new DiagnosticReporter(link.events, clock, line, options.heardBefore ?? false);
  diagnostics.baudChanged(line.baud);
  link.port.onRaw = (chunk) => diagnostics.heard(chunk);
  try {
    await new Caller(link, diagnostics, options).call();
  } finally {
    link.port.onRaw = undefined;
  }
}

class Caller {
  readonly #link: ChipLink;
  readonly #diagnostics: DiagnosticReporter;
  readonly #options: ConnectOptions;
  readonly #deadline: number;
  /** Rates that the adapter does not make: asking costs seconds over a network. */
  readonly #refused = new Set<number>();

  constructor(link: ChipLink, diagnostics: DiagnosticReporter, options: ConnectOptions) {
    this.#link = link;
    this.#diagnostics = diagnostics;
    this.#options = options;
    this.#deadline = link.port.clock.now() + (options.patienceMs ?? Number.POSITIVE_INFINITY);
  }

  async call(): Promise<void> {
    let next: "fresh" | "sweep" | "wait" = this.#link.port.line.present ? "sweep" : this.#whenBack();
    for (;;) {
      try {
        if (!(await this.#adapterPresent())) throw this.#nobody();
        const answered = next === "sweep" ? await this.#sweep() : await this.#wait(next === "fresh");
        if (answered) {
          this.#diagnostics.answered();
          return;
        }
        next = next === "sweep" ? "wait" : "sweep";
      } catch (error) {
        if (!(error instanceof PlugsmithError)) throw error;
        // The adapter went away; when it is back a chip may have started with it, or kept running on its own supply.
        if (error.code === "line-lost") {
          this.#diagnostics.adapterGone();
          this.#refused.clear();
          if (this.#link.port.line.present) await sleep(this.#link.port.clock, LOST_PAUSE_MS, this.#link.port.signal);
          next = this.#whenBack();
        } else if (error.code === "stub-failed" || isTransient(error)) {
          // Who answered fell silent at once, or it was a late answer to a call at another rate: calling goes on.
          next = "sweep";
        } else {
          throw error;
        }
      }
      if (this.#over()) throw this.#nobody();
    }
  }

  /** A firmware that started with the adapter is worth listening to; in the middle of work a stub is worth finding. */
  #whenBack(): "fresh" | "sweep" {
    return this.#link.answering === "rom" ? "fresh" : "sweep";
  }

  /** Calls at each rate. After silence at all of them the reset wires are tried, where there are any. */
  async #sweep(): Promise<boolean> {
    if (await this.#at(BOOT_TEXT_BAUD, [false, false])) return true;
    if (await this.#at(BASE_BAUD, [false, true, true])) return true;
    for (const rate of STUB_RATES) if (await this.#at(rate, [false, true])) return true;
    this.#diagnostics.allRatesTried();
    if (!this.#options.resetWires || !this.#link.port.line.can.controlLines) return false;
    await this.#rate(BOOT_TEXT_BAUD);
    await this.#reset();
    return this.#at(BOOT_TEXT_BAUD, [false, false, false]);
  }

  /**
   * Listens and calls where words can be understood. Ends when it is time to look at all rates.
   * @param fresh the adapter has just come back.
   */
  async #wait(fresh: boolean): Promise<boolean> {
    const { clock } = this.#link.port;
    const began = clock.now();
    await this.#listenAt(fresh ? BASE_BAUD : this.#diagnostics.listenAt);
    for (;;) {
      if (await this.#callOnce(false)) return true;
      this.#diagnostics.passed();
      const puzzled = this.#diagnostics.puzzledSince(began);
      const patience = fresh ? LOG_LISTEN_MS : puzzled ? SWEEP_PUZZLED_MS : SWEEP_AGAIN_MS;
      if (clock.now() - began > patience || this.#over()) return false;
      if (!fresh) await this.#listenAt(this.#diagnostics.listenAt);
    }
  }

  /** Where the adapter does not make the rate one waits at 115200: a fresh ROM takes that too. */
  async #listenAt(baud: number): Promise<void> {
    if (!(await this.#rate(baud))) await this.#rate(BASE_BAUD);
  }

  /** Calls at a rate; an element says whether that SYNC carries a delimiter more, for a stub that is inside out. */
  async #at(rate: number, calls: readonly boolean[]): Promise<boolean> {
    if (!(await this.#rate(rate))) return false;
    for (const extraDelimiter of calls) if (await this.#callOnce(extraDelimiter)) return true;
    return false;
  }

  /** Some adapters refuse some rates, and a raw socket carries none: then there is only the one it has. */
  async #rate(baud: number): Promise<boolean> {
    const { line } = this.#link.port;
    if (line.baud === baud) return true;
    if (!line.can.baud || this.#refused.has(baud)) return false;
    try {
      await line.setBaud(baud);
      this.#link.port.discard();
      this.#diagnostics.baudChanged(baud);
      return true;
    } catch (error) {
      if (error instanceof PlugsmithError && error.code === "line-lost") throw error;
      this.#refused.add(baud);
      return false;
    }
  }

  /** A late answer to an earlier call at the same rate counts: a network bridge may be slower than our patience. */
  async #callOnce(extraDelimiter: boolean): Promise<boolean> {
    const { port } = this.#link;
    if (this.#diagnostics.alarm !== undefined) throw this.#diagnostics.alarm;
    this.#diagnostics.called(encodeCommand("sync", {}));
    const answer = await this.#link.sync(ANSWER_MS + wireMs(160, port.line.baud), extraDelimiter);
    if (answer === undefined) return false;
    if (answer === "rom") {
      this.#link.answering = "rom";
      await this.#moveRom();
    } else {
      await this.#tuneToStub();
      this.#link.answering = (await isOurStub(this.#link)) ? "our-stub" : "other-stub";
    }
    return true;
  }

  /** An adapter that accepts a rate and stays at another is detected: the chip's divider shows which it is. */
  async #tuneToStub(): Promise<void> {
    const { line } = this.#link.port;
    if (!line.can.baud) return;
    const divider = (await this.#link.readReg(REGISTERS.uartClockDivider)) & UART_DIVIDER_MASK;
    if (mayBeAt(divider, line.baud)) return;
    const rate = [...STUB_RATES, BASE_BAUD].find((each) => mayBeAt(divider, each));
    if (rate !== undefined) await acceptsRate(this.#link, rate, "keep");
  }

  /** To 115200, from whatever rate it took. */
  async #moveRom(): Promise<void> {
    const { port } = this.#link;
    if (port.line.baud === BASE_BAUD || !port.line.can.baud) return;
    const divider = (await this.#link.readReg(REGISTERS.uartClockDivider)) & UART_DIVIDER_MASK;
    const moved = await moveRom(this.#link, BASE_BAUD, crystalOf(divider, port.line.baud));
    if (!moved) await this.#link.recover();
  }

  async #reset(): Promise<void> {
    const { line, clock, signal } = this.#link.port;
    await line.setControlLines({ dtr: false, rts: true });
    await sleep(clock, RESET_HOLD_MS, signal);
    await line.setControlLines({ dtr: true, rts: false });
    await sleep(clock, RESET_SETTLE_MS, signal);
    await line.setControlLines({ dtr: false });
  }

  /** Waits for the adapter. False when patience ran out. */
  async #adapterPresent(): Promise<boolean> {
    if (this.#link.port.line.present) return true;
    this.#diagnostics.adapterGone();
    if (!(await this.#link.port.whenPresent(this.#deadline - this.#link.port.clock.now()))) return false;
    this.#diagnostics.adapterBack(this.#link.port.line.identity);
    return true;
  }

  #over(): boolean {
    return this.#link.port.clock.now() >= this.#deadline;
  }

  #nobody(): PlugsmithError {
    const { finding } = this.#diagnostics;
    return new PlugsmithError("no-sync", {
      message: joined([
        say`Neither the boot ROM nor a stub answered.`,
        ...(finding === undefined ? [] : [say`Last signal from the chip: ${finding.text}`]),
      ]),
      step: "connect",
      plugState: say`untouched`,
      nextStep:
        finding === undefined || (finding.causes.length === 0 && finding.id !== "adapter-gone")
          ? say`Hold the button (GPIO0 to GND) while the plug gets its 3.3 V. Check that RX and TX are crossed and that both grounds are connected. Then try again.`
          : joined([finding.nextAction, ...(finding.id === "other-chip" ? [] : [say`Then try again.`])]),
    });
  }
}
