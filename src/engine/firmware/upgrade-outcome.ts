/**
 * What the plug itself says came of an upgrade that it fetched: it publishes that to MQTT and its log, and the log can be
 * read over HTTP.
 * Source: Tasmota tasmota/tasmota_support/support_tasmota.ino (Every250mSeconds: stat/…/UPGRADE, "Successful" or
 * "Failed" and the updater's words, untranslated), tasmota_xdrv_driver/xdrv_01_9_webserver.ino (HandleConsoleRefresh:
 * c2 is the number of the first line wanted; before the first "}1" stands the next one, before the second whether the
 * log was read since the plug started).
 */
import { isPlugsmithError } from "../../core/errors.ts";
import { type HttpClient, textOf } from "../tasmota/http-client.ts";

export type UpgradeOutcome =
  | { readonly kind: "successful" }
  | { readonly kind: "failed"; readonly reason: string }
  /** It answers and has said nothing of it. */
  | { readonly kind: "nothing" }
  /** It has started since it was asked last, and its log with it. */
  | { readonly kind: "restarted" }
  /** It does not answer: it fetches, tries to, or restarts. */
  | { readonly kind: "silent" };

/** The plug is busy with itself, not slow: an answer that takes longer is not waited for, ms. */
const ANSWER_MS = 3000;
const SAID = /UPGRADE = \{"Upgrade":"(Successful|Failed)([^"]*)"\}/;
const UNREAD = /^\d+\}10\}1/;

export class UpgradeListener {
  readonly #client: HttpClient;
  readonly #signal: AbortSignal | undefined;
  #next = 0;

  constructor(client: HttpClient, signal: AbortSignal | undefined) {
    this.#client = client;
    this.#signal = signal;
  }

  /** From here on is listened: what an earlier upgrade came to is still in the log. */
  async begin(): Promise<void> {
    await this.#read();
  }

  /** Errors: aborted. */
  async word(): Promise<UpgradeOutcome> {
    const text = await this.#read();
    if (text === undefined) return { kind: "silent" };
    const [, outcome, words = ""] = SAID.exec(text) ?? [];
    if (outcome === undefined) return { kind: UNREAD.test(text) ? "restarted" : "nothing" };
    return outcome === "Successful" ? { kind: "successful" } : { kind: "failed", reason: words.trim() };
  }

  async #read(): Promise<string | undefined> {
    try {
      const { status, body } = await this.#client.page({
        method: "GET",
        path: `/cs?c2=${this.#next}&c1=`,
        attempts: 1,
        timeoutMs: ANSWER_MS,
        signal: this.#signal,
      });
      if (status !== 200) return "";
      const text = textOf(body);
      this.#next = Number.parseInt(text, 10) || 0;
      return text;
    } catch (error) {
      if (isPlugsmithError(error, "no-answer") || isPlugsmithError(error, "network-failed")) return undefined;
      throw error;
    }
  }
}
