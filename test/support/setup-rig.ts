/** A blank virtual plug, a network, a computer and the engine's setup job between them, in virtual time. */

import { readFileSync } from "node:fs";
import { PlugsmithError } from "../../src/core/errors.ts";
import type { JobEvent } from "../../src/core/events.ts";
import { type Profile, parseProfile } from "../../src/core/profile/profile.ts";
import type { WifiCredentials, WifiTransport } from "../../src/core/tasmota/credentials.ts";
import { say } from "../../src/core/text/text.ts";
import type { ProvisionContext } from "../../src/engine/firmware-driver/contract.ts";
import { type SetupOptions, type SetupPorts, type SetupResult, setup } from "../../src/engine/jobs/setup.ts";
import type { Http, HttpRequest, Operator, Random } from "../../src/engine/ports.ts";
import { BoardLine } from "./board-line.ts";
import { MemoryFiles } from "./memory-files.ts";
import { HOME, PlugRig, type RigOptions } from "./plug-rig.ts";

export const EP2: Profile = parseProfile(
  JSON.parse(readFileSync(new URL("../../profiles/gosund-ep2/profile.json", import.meta.url), "utf8")),
);

export const GOOD: WifiCredentials = { ssid: HOME.ssid, passphrase: HOME.passphrase };

/** Nobody is there: every question is an error. */
export const NOBODY: Operator = {
  act: () => Promise.reject(new PlugsmithError("needs-input", { message: say`Nobody is there.` })),
  measure: () => Promise.reject(new PlugsmithError("needs-input", { message: say`Nobody is there.` })),
  read: () => Promise.reject(new PlugsmithError("needs-input", { message: say`Nobody is there.` })),
  check: () => Promise.reject(new PlugsmithError("needs-input", { message: say`Nobody is there.` })),
  choose: () => Promise.reject(new PlugsmithError("needs-input", { message: say`Nobody is there.` })),
  provide: () => Promise.reject(new PlugsmithError("needs-input", { message: say`Nobody is there.` })),
};

/** To the end: the tests here stop nowhere before the audit. */
type FullSetup = Omit<SetupOptions, "until">;
type WholeSetup = Partial<FullSetup>;

export class SetupRig extends PlugRig {
  readonly line: BoardLine;
  readonly files: MemoryFiles = new MemoryFiles();
  readonly events: JobEvent[] = [];
  readonly requests: HttpRequest[] = [];
  /** Decides what becomes of a request; throw to lose it. */
  httpFault: (request: HttpRequest, perform: () => ReturnType<Http["request"]>) => ReturnType<Http["request"]> = (
    _,
    perform,
  ) => perform();
  #seed = 7;

  constructor(options: RigOptions = {}) {
    super(options);
    this.line = new BoardLine(this.board);
  }

  get random(): Random {
    return {
      bytes: (count) =>
        Uint8Array.from({ length: count }, () => {
          this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
          return this.#seed >>> 24;
        }),
    };
  }

  get ports(): SetupPorts {
    return {
      http: {
        request: (request) => {
          this.requests.push(request);
          return this.httpFault(request, () => this.http.request(request));
        },
      },
      random: this.random,
      operator: NOBODY,
      home: { files: this.files, path: "/home" },
      line: this.line,
      wifi: this.computer.wifi(),
    };
  }

  context(extra: Partial<ProvisionContext> = {}): ProvisionContext {
    return { clock: this.clock.port(), events: (event) => this.events.push(event), ...extra };
  }

  options(
    transport: WifiTransport | undefined,
    credentials: WifiCredentials = GOOD,
    extra: WholeSetup = {},
  ): FullSetup {
    return {
      start: { transport, credentials },
      profile: EP2,
      config: { deviceName: "Kitchen plug", topic: "kitchen", timeZone: "Europe/Berlin" },
      ...extra,
    };
  }

  setup(
    transport: WifiTransport | undefined,
    credentials: WifiCredentials = GOOD,
    extra: WholeSetup = {},
    context: Partial<ProvisionContext> = {},
  ): Promise<SetupResult> {
    return this.do(setup(this.ports, this.options(transport, credentials, extra), this.context(context)));
  }

  /** The error that a setup ends with. */
  async failure(work: Promise<unknown>): Promise<PlugsmithError> {
    try {
      await work;
    } catch (error) {
      if (error instanceof PlugsmithError) return error;
      throw error;
    }
    throw new Error("it succeeded");
  }
}
