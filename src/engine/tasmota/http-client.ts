/**
 * Commands over HTTP. They travel as a form in the body, never in the URL, since they may hold passwords and URLs end
 * up in logs. The Referer is the plug's own address, which SetOption128 0 demands.
 * Source: Tasmota tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (HandleHttpCommand, HttpCheckPriviledgedAccess).
 */
import { isPlugsmithError } from "../../core/errors.ts";
import type { Answer } from "../../core/tasmota/answer.ts";
import { answers, type Command, checkLength, commandText } from "../../core/tasmota/command.ts";
import { encodeForm } from "../../core/tasmota/form.ts";
import { parseHttpAnswer } from "../../core/tasmota/http-answer.ts";
import { basicToken } from "../../core/tasmota/redact.ts";
import { WEB_USER } from "../../core/tasmota/web-password.ts";
import { say } from "../../core/text/text.ts";
import type { Clock, Http, HttpRequest, HttpResponse } from "../ports.ts";
import { sleep } from "../time.ts";
import { type Attempt, attemptCommand, Mutex, type SendOptions, type TasmotaClient, unauthorized } from "./client.ts";

/** One client at a time: an idle connection of another one blocks the plug for 5 s, a half-sent request for 10 s. */
const ANSWER_MS = 12_000;

export interface HttpClientOptions {
  readonly http: Http;
  readonly clock: Clock;
  /** Address or name, with ":port" if it is not 80. */
  readonly host: string;
  readonly password?: string | undefined;
  /**
   * Awaited before the first request that carries a secret: the password, or a command that sets one. Where it finds the
   * plug open, no password is sent. See address-proof.ts.
   */
  readonly gate?: (() => Promise<"open" | "locked">) | undefined;
}

export interface PageRequest extends Omit<HttpRequest, "url" | "timeoutMs"> {
  readonly path: string;
  readonly timeoutMs?: number;
  readonly attempts?: number;
}

const PAGE_PAUSE_MS = 1000;

export class HttpClient implements TasmotaClient {
  readonly transport = "http";
  readonly where: string;
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #mutex = new Mutex();
  #password: string | undefined;
  readonly #gate: HttpClientOptions["gate"];
  #admitted = false;

  constructor(options: HttpClientOptions) {
    this.#http = options.http;
    this.#clock = options.clock;
    this.where = options.host;
    this.#password = options.password;
    this.#gate = options.gate;
  }

  get password(): string | undefined {
    return this.#password;
  }

  /** From now on; the plug takes a new password at once. */
  usePassword(password: string | undefined): void {
    this.#password = password;
  }

  send(command: Command, options: SendOptions = {}): Promise<Answer> {
    return this.#mutex.run(async () => {
      await this.#admit(command.secret);
      return await attemptCommand(
        this.#clock,
        this.transport,
        this.where,
        command,
        () => this.#attempt(command, options),
        options.signal,
      );
    });
  }

  sendWithoutReply(command: Command, options: SendOptions = {}): Promise<void> {
    checkLength(command, this.transport);
    return this.#mutex.run(async () => {
      await this.#admit(command.secret);
      try {
        const response = await this.#post(command, options);
        if (parseHttpAnswer(response.status, textOf(response.body)).kind === "password-needed")
          throw unauthorized(this.where);
      } catch (error) {
        // Handed over all the same, or not: the caller looks at the plug's state afterwards.
        if (!isPlugsmithError(error, "no-answer") && !isPlugsmithError(error, "network-failed")) throw error;
      }
    });
  }

  listen(): () => void {
    return () => undefined;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * Any page, in turn with the commands. `anonymous` leaves the password out. Tried again up to `attempts` times where
   * the answer is lost (default 3 for GET, 1 for POST). Errors: network-failed, no-answer, aborted.
   */
  page(
    request: PageRequest,
    options: { readonly anonymous?: boolean; readonly password?: string } = {},
  ): Promise<HttpResponse> {
    const { path, timeoutMs, attempts = request.method === "GET" ? 3 : 1, ...rest } = request;
    return this.#mutex.run(async () => {
      // An upload may be settings, with all their passwords.
      if (options.anonymous !== true) await this.#admit(request.body !== undefined || options.password !== undefined);
      const password = options.anonymous === true ? undefined : (options.password ?? this.#password);
      const whole = {
        ...rest,
        url: `http://${this.where}${path}`,
        headers: { ...this.#headers(password), ...request.headers },
        timeoutMs: timeoutMs ?? ANSWER_MS,
      };
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.#http.request(whole);
        } catch (error) {
          const lost = isPlugsmithError(error, "no-answer") || isPlugsmithError(error, "network-failed");
          if (!lost || attempt >= attempts) throw error;
          await sleep(this.#clock, PAGE_PAUSE_MS, request.signal);
        }
      }
    });
  }

  /** Errors: wrong-plug, no-answer, aborted. */
  async #admit(secret: boolean): Promise<void> {
    if (this.#admitted || this.#gate === undefined || (this.#password === undefined && !secret)) return;
    const access = await this.#gate();
    this.#admitted = true;
    if (access === "open") this.#password = undefined;
  }

  #headers(password: string | undefined): Record<string, string> {
    const referer = { Referer: `http://${this.where}/` };
    return password === undefined
      ? referer
      : { ...referer, Authorization: `Basic ${basicToken(`${WEB_USER}:${password}`)}` };
  }

  #post(command: Command, options: SendOptions): Promise<HttpResponse> {
    return this.#http.request({
      method: "POST",
      url: `http://${this.where}/cm`,
      headers: { ...this.#headers(this.#password), "Content-Type": "application/x-www-form-urlencoded" },
      body: new TextEncoder().encode(encodeForm([["cmnd", commandText(command)]])),
      timeoutMs: options.timeoutMs ?? ANSWER_MS,
      signal: options.signal,
    });
  }

  async #attempt(command: Command, options: SendOptions): Promise<Attempt> {
    let response: HttpResponse;
    try {
      response = await this.#post(command, options);
    } catch (error) {
      if (isPlugsmithError(error, "no-answer")) return { kind: "silent", reason: say`no answer in time`, cause: error };
      if (isPlugsmithError(error, "network-failed"))
        return { kind: "silent", reason: say`no connection`, cause: error };
      throw error;
    }
    const parsed = parseHttpAnswer(response.status, textOf(response.body));
    switch (parsed.kind) {
      case "password-needed":
      case "user-mode":
        return { kind: parsed.kind };
      case "empty":
        return { kind: "silent", reason: say`the answer was empty, as it is in the first seconds after a start` };
      case "unreadable":
        return { kind: "silent", reason: say`the answer is incomplete or damaged`, unreadable: true };
      case "answer":
        if (!answers(command, parsed.answer))
          return { kind: "silent", reason: say`the answer belongs to another command` };
        return { kind: "answer", answer: parsed.answer };
    }
  }
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
