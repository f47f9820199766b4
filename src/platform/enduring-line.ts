/**
 * A ByteLine that outlives the adapter being pulled: it opens one wire after the other, looks for the adapter again
 * while it is gone, and applies baud rate and control lines anew. Knows nothing of what a wire is made of.
 */
import { PlugsmithError } from "../core/errors.ts";
import type { AdapterIdentity, ByteLine, Clock, LineListener } from "../engine/ports.ts";

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
  setBaud(baud: number): Promise<void>;
  setControlLines(lines: { readonly dtr: boolean; readonly rts: boolean }): Promise<void>;
  close(): Promise<void>;
  /** False once what was opened is no longer there. Asked now and then where the driver may fail to tell. */
  alive?(): Promise<boolean>;
}

export interface WireSource {
  readonly can: ByteLine["can"];
  open(identity: AdapterIdentity, settings: WireSettings, events: WireEvents): Promise<Wire>;
  /** Where the adapter with this identity is now; undefined while it is not there. */
  find(identity: AdapterIdentity): Promise<AdapterIdentity | undefined>;
}

/** How often a vanished adapter is looked for, ms: well below what a person notices, light on the system. */
export const LOOK_AGAIN_MS = 250;

export async function openEnduringLine(
  source: WireSource,
  identity: AdapterIdentity,
  baud: number,
  clock: Clock,
): Promise<ByteLine> {
  const line = new EnduringLine(source, identity, baud, clock);
  await line.open();
  return line;
}

class EnduringLine implements ByteLine {
  readonly #source: WireSource;
  readonly #clock: Clock;
  readonly #listeners = new Set<LineListener>();
  #identity: AdapterIdentity;
  #settings: WireSettings;
  #wire: Wire | undefined;
  #closed = false;
  #cancelLook: (() => void) | undefined;

  constructor(source: WireSource, identity: AdapterIdentity, baud: number, clock: Clock) {
    this.#source = source;
    this.#identity = identity;
    this.#clock = clock;
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
    const wire = await this.#source.open(this.#identity, this.#settings, events);
    if (this.#closed) {
      await wire.close();
      return;
    }
    this.#wire = wire;
    if (gone) this.#lost();
    else this.#watch(wire);
  }

  /** Drivers have been seen to keep silent when the device goes: whatever they say, a device that is gone is lost. */
  #watch(wire: Wire): void {
    if (wire.alive === undefined) return;
    this.#cancelLook = this.#clock.after(LOOK_AGAIN_MS, () => {
      void wire.alive?.().then((there) => {
        if (this.#wire !== wire) return;
        if (there) {
          this.#watch(wire);
          return;
        }
        this.#lost();
        void wire.close().catch(() => {});
      });
    });
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#mustHave().write(bytes);
  }

  async setBaud(baud: number): Promise<void> {
    this.#settings = { ...this.#settings, baud };
    await this.#wire?.setBaud(baud);
  }

  async setControlLines(lines: { dtr?: boolean; rts?: boolean }): Promise<void> {
    this.#settings = { ...this.#settings, ...lines };
    await this.#wire?.setControlLines(this.#settings);
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
    await wire?.close();
  }

  #mustHave(): Wire {
    if (this.#wire === undefined) {
      throw new PlugsmithError("line-lost", {
        message: `${this.#identity.path} (${this.#identity.label}) is not there.`,
        nextStep: "Plug the adapter in again, or check the connection.",
      });
    }
    return this.#wire;
  }

  #lost(): void {
    this.#wire = undefined;
    if (this.#closed) return;
    for (const listener of this.#listeners) listener.lost?.();
    this.#lookLater();
  }

  #lookLater(): void {
    this.#cancelLook?.();
    this.#cancelLook = this.#clock.after(LOOK_AGAIN_MS, () => void this.#look());
  }

  async #look(): Promise<void> {
    try {
      const found = await this.#source.find(this.#identity);
      if (found !== undefined && !this.#closed) {
        this.#identity = found;
        await this.open();
      }
    } catch {
      // Just enumerated: permissions and drivers may need a moment more. The next look tells.
    }
    if (this.#closed) return;
    if (this.#wire === undefined) {
      this.#lookLater();
      return;
    }
    for (const listener of this.#listeners) listener.reappeared?.(this.#identity);
  }
}
