/** How much of a served image a plug has fetched, reported as the progress of a step. */

import type { EventSink } from "../../core/events.ts";
import type { StepId } from "../../core/step-id.ts";
import { say, type Text } from "../../core/text/text.ts";
import { Progress } from "../flash/progress.ts";
import type { Clock, FileServingWatcher } from "../ports.ts";

const KIB = 1024;

export class DownloadProgress implements FileServingWatcher {
  readonly #ports: { readonly clock: Clock; readonly events: EventSink };
  readonly #step: StepId;
  readonly #name: string;
  readonly #length: number;
  #progress: Progress | undefined;
  #sent = 0;
  #count = 0;
  #underWay = 0;
  #hasIt = false;
  #askedForMinimal = false;
  #lastSign: number;

  constructor(
    ports: { readonly clock: Clock; readonly events: EventSink },
    step: StepId,
    name: string,
    length: number,
  ) {
    this.#ports = ports;
    this.#step = step;
    this.#name = name;
    this.#length = length;
    this.#lastSign = ports.clock.now();
  }

  /** How often it was asked for. */
  get count(): number {
    return this.#count;
  }

  get underWay(): boolean {
    return this.#underWay > 0;
  }

  /** The last time it went out whole. */
  get hasIt(): boolean {
    return this.#hasIt;
  }

  /** An updater that finds no room asks for the minimal build beside the given URL. */
  get askedForMinimal(): boolean {
    return this.#askedForMinimal;
  }

  /** Since anything was seen of the plug, ms. */
  idleMs(): number {
    return this.#ports.clock.now() - this.#lastSign;
  }

  /** "123 of 460 KiB", of the last time. */
  sentOf(): Text {
    return say`${Math.floor(this.#sent / KIB)} of ${Math.ceil(this.#length / KIB)} KiB`;
  }

  asked(name: string): void {
    this.#sign();
    if (name !== this.#name) {
      this.#askedForMinimal ||= name.includes("-minimal");
      return;
    }
    if (++this.#count > 1) {
      const reason = this.#hasIt
        ? say`the plug received all of it and requests it again: it rejected the image`
        : say`the plug stopped after ${this.sentOf()} and requests it again`;
      this.#ports.events({ type: "retry", step: this.#step, attempt: this.#count, reason });
    }
    this.#underWay++;
    this.#hasIt = false;
    this.#sent = 0;
    this.#progress = new Progress(this.#ports.events, this.#ports.clock, this.#step, this.#length);
  }

  sent(name: string, bytes: number): void {
    if (name !== this.#name) return;
    this.#sign();
    this.#sent += bytes;
    this.#progress?.add(bytes);
  }

  ended(name: string, whole: boolean): void {
    if (name !== this.#name) return;
    this.#sign();
    this.#underWay--;
    this.#hasIt = whole;
  }

  #sign(): void {
    this.#lastSign = this.#ports.clock.now();
  }
}
