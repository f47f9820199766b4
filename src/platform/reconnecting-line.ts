/**
 * A ByteLine that outlives the adapter being pulled: it opens one wire after the other, looks for the adapter again
 * while it is gone, and applies baud rate and control lines again. Knows nothing of what a wire is made of.
 */
import { isPlugsmithError, type PlugsmithError } from "../core/errors.ts";
import { lineLost } from "../core/line-lost.ts";
import type { AdapterIdentity, ByteLine, Clock, LineListener } from "../engine/ports.ts";
import { PendingCalls } from "./pending-calls.ts";

export interface WireSettings {
  readonly baud: number;
  readonly dtr: boolean;
  readonly rts: boolean;
}

export interface WireEvents {
  bytes(chunk: Uint8Array): void;
  /** The wire is unusable from now on. Called at most once, never before `open` has resolved. */
  gone(): void;
}

/** One opened connection. */
export interface Wire {
  write(bytes: Uint8Array): Promise<void>;
  /** A rate that does not come into force is an error; the wire may then be at any rate. */
  setBaud(baud: number): Promise<void>;
  setControlLines(lines: { readonly dtr: boolean; readonly rts: boolean }): Promise<void>;
  close(): Promise<void>;
  /** False once what was opened is no longer there. Polled if the driver may fail to report it. */
  readonly alive?: (() => Promise<boolean>) | undefined;
}

export interface WireSource {
  readonly can: ByteLine["can"];
  open(identity: AdapterIdentity, settings: WireSettings, events: WireEvents): Promise<Wire>;
  /** Where the adapter with this identity is now; undefined while it is not there. */
  find(identity: AdapterIdentity): Promise<AdapterIdentity | undefined>;
}

/** How often a vanished adapter is looked for, ms: well below what a person notices, light on the system. */
export const POLL_AGAIN_MS = 250;

/** A wire that does not answer for so long beyond the time of its bytes is taken for lost, ms: three RFC 2217 replies. */
const STUCK_MS = 10_000;

export async function openReconnectingLine(
  source: WireSource,
  identity: AdapterIdentity,
  baud: number,
  clock: Clock,
): Promise<ByteLine> {
  const line = new ReconnectingLine(source, identity, baud, clock);
  await line.open();
  return line;
}

class ReconnectingLine implements ByteLine {
  readonly #source: WireSource;
  readonly #clock: Clock;
  readonly #listeners = new Set<LineListener>();
  #identity: AdapterIdentity;
  /** The rate in force; while the adapter is away the one to ask for when it is back. */
  #settings: WireSettings;
  /** The last rate that a wire took. */
  #provenBaud: number;
  #wire: Wire | undefined;
  readonly #calls: PendingCalls;
  /** When the bytes written so far have left the wire, by the clock. */
  #wireFreeAt = 0;
  #closed = false;
  #cancelLook: (() => void) | undefined;

  constructor(source: WireSource, identity: AdapterIdentity, baud: number, clock: Clock) {
    this.#source = source;
    this.#identity = identity;
    this.#clock = clock;
    this.#calls = new PendingCalls(clock);
    this.#provenBaud = baud;
    // Both released: an auto-reset circuit then neither resets the chip nor holds GPIO0.
    this.#settings = { baud, dtr: false, rts: false };
  }

  get identity(): AdapterIdentity {
    return this.#identity;
  }

  get present(): boolean {
    return this.#wire !== undefined;
  }

  get can(): ByteLine["can"] {
    return this.#source.can;
  }

  get baud(): number {
    return this.#settings.baud;
  }

  async open(): Promise<void> {
    let gone = false;
    const events: WireEvents = {
      bytes: (chunk) => {
        const at = this.#clock.now();
        for (const listener of this.#listeners) listener.bytes(chunk, at);
      },
      gone: () => {
        gone = true;
        if (this.#wire !== undefined && this.#wire === wire) this.#lost();
      },
    };
    const settings = this.#settings;
    const wire = await this.#source.open(this.#identity, settings, events);
    if (this.#closed) {
      await wire.close();
      return;
    }
    // A rate that was wished for meanwhile was not asked of this wire.
    this.#settings = { ...this.#settings, baud: settings.baud };
    this.#provenBaud = settings.baud;
    this.#wireFreeAt = 0;
    this.#wire = wire;
    if (gone) this.#lost();
    else this.#watch(wire);
  }

  /** Drivers have been seen to keep silent when the device goes: whatever they say, a device that is gone is lost. */
  #watch(wire: Wire): void {
    if (wire.alive === undefined) return;
    this.#cancelLook = this.#clock.after(POLL_AGAIN_MS, () => {
      void wire.alive?.().then((there) => {
        if (this.#wire !== wire) return;
        if (there) {
          this.#watch(wire);
          return;
        }
        this.#drop(wire);
      });
    });
  }

  async write(bytes: Uint8Array): Promise<void> {
    const wire = this.#mustHave();
    this.#wireFreeAt = Math.max(this.#wireFreeAt, this.#clock.now()) + (bytes.length * 10_000) / this.baud;
    await this.#ask(wire, () => wire.write(bytes));
  }

  async setBaud(baud: number): Promise<void> {
    const wire = this.#wire;
    if (wire === undefined) {
      this.#settings = { ...this.#settings, baud };
      return;
    }
    try {
      await this.#ask(wire, () => wire.setBaud(baud));
    } catch (error) {
      if (this.#wire === wire) await this.#backToProven(wire);
      throw error;
    }
    if (this.#wire !== wire) throw this.#notThere();
    this.#settings = { ...this.#settings, baud };
    this.#provenBaud = baud;
  }

  async setControlLines(lines: { dtr?: boolean | undefined; rts?: boolean | undefined }): Promise<void> {
    const { dtr, rts } = this.#settings;
    this.#settings = { ...this.#settings, dtr: lines.dtr ?? dtr, rts: lines.rts ?? rts };
    const wire = this.#wire;
    if (wire !== undefined) await this.#ask(wire, () => wire.setControlLines(this.#settings));
  }

  /** What refused a rate may have taken another one, or may have been closed for it. */
  async #backToProven(wire: Wire): Promise<void> {
    try {
      await this.#ask(wire, () => wire.setBaud(this.#provenBaud));
    } catch {
      this.#drop(wire);
    }
  }

  /** Has the wire do something. A wire that says it is lost, or says nothing, is lost, whatever else its driver reports. */
  async #ask(wire: Wire, call: () => Promise<void>): Promise<void> {
    const limitMs = Math.max(0, this.#wireFreeAt - this.#clock.now()) + STUCK_MS;
    try {
      await this.#calls.run(limitMs, call, () => this.#drop(wire));
    } catch (error) {
      if (isPlugsmithError(error, "line-lost")) this.#drop(wire);
      throw error;
    }
  }

  listen(listener: LineListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelLook?.();
    const wire = this.#wire;
    this.#wire = undefined;
    this.#calls.breakOff(this.#notThere());
    await wire?.close();
  }

  #mustHave(): Wire {
    if (this.#wire === undefined) throw this.#notThere();
    return this.#wire;
  }

  #notThere(): PlugsmithError {
    return lineLost(this.#identity.path);
  }

  #drop(wire: Wire): void {
    if (this.#wire !== wire) return;
    this.#lost();
    void wire.close().catch(() => {});
  }

  #lost(): void {
    this.#wire = undefined;
    this.#calls.breakOff(this.#notThere());
    if (this.#closed) return;
    for (const listener of this.#listeners) listener.lost?.();
    this.#lookLater();
  }

  /** A rate wished for while the adapter was away may be one it refuses: then at the one it had. */
  async #reopen(): Promise<void> {
    const requested = this.#settings.baud;
    try {
      await this.open();
    } catch (error) {
      if (requested === this.#provenBaud || this.#closed) throw error;
      this.#settings = { ...this.#settings, baud: this.#provenBaud };
      await this.open().catch((again: unknown) => {
        this.#settings = { ...this.#settings, baud: requested };
        throw again;
      });
    }
  }

  #lookLater(): void {
    this.#cancelLook?.();
    this.#cancelLook = this.#clock.after(POLL_AGAIN_MS, () => void this.#look());
  }

  async #look(): Promise<void> {
    try {
      const found = await this.#source.find(this.#identity);
      if (found !== undefined && !this.#closed) {
        this.#identity = found;
        await this.#reopen();
      }
    } catch {
      // Just enumerated: permissions and drivers may need a moment more. The next poll will show.
    }
    if (this.#closed) return;
    if (this.#wire === undefined) {
      this.#lookLater();
      return;
    }
    for (const listener of this.#listeners) listener.reappeared?.(this.#identity);
  }
}
