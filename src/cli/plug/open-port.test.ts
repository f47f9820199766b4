import { describe, expect, test } from "vitest";
import { PlugsmithError } from "../../core/errors.ts";
import type { JobEvent } from "../../core/events.ts";
import { asText, say } from "../../core/text/text.ts";
import type { AdapterIdentity, ByteLine } from "../../engine/ports.ts";
import type { PortTrouble } from "../../host/environment.ts";
import { POLL_MS, PROBING_MS, REMIND_MS, SETTLING_MS } from "../../host/line/await-adapter.ts";
import { HANDLING, openPort, type PortOptions, type PortWorld } from "../../host/line/open-port.ts";
import { drain } from "../../platform/node/system.ts";
import { SimClock } from "../../sim/world/clock.ts";
import { FakeTerminal } from "../render/fake-terminal.test-support.ts";
import { HumanRenderer } from "../render/human-renderer.ts";
import { styleOf } from "../render/terminal.ts";

const CH340: AdapterIdentity = {
  path: "/dev/ttyUSB0",
  vendorId: "1a86",
  productId: "7523",
  usbPath: "1-2",
  label: "WCH CH340",
};
const FTDI: AdapterIdentity = {
  path: "/dev/ttyUSB1",
  vendorId: "0403",
  productId: "6001",
  usbPath: "1-3",
  label: "FTDI FT232R",
};
const BUILT_IN: AdapterIdentity = { path: "/dev/ttyS0", label: "built-in serial port" };

/** A computer whose sockets are filled and emptied in virtual time; a person sits at it unless told otherwise. */
class Desk {
  readonly time = new SimClock();
  readonly events: JobEvent[] = [];
  readonly opened: string[] = [];
  readonly stop = new AbortController();
  adapters: AdapterIdentity[] = [];
  troubles: PortTrouble[] = [];
  /** What opening says as long as it stands here. */
  refusal: PlugsmithError | undefined;
  attended = true;
  /** When a socket's server hangs up and lets the next connection live, ms from its opening, in turn. */
  socketEvents: readonly [ms: number, what: "lost" | "reappeared"][] | undefined;
  #ended: ByteLine | PlugsmithError | undefined;

  open(options: Partial<PortOptions> = {}): void {
    const world: PortWorld = {
      clock: this.time.port(),
      list: async () => ({ adapters: this.adapters, troubles: this.troubles }),
      has: async (path) => this.adapters.some((adapter) => adapter.path === path),
      open: async (path) => {
        this.opened.push(path);
        if (this.socketEvents !== undefined) return this.#socket(path, this.socketEvents);
        const identity = this.adapters.find((adapter) => adapter.path === path);
        if (this.refusal !== undefined) throw this.refusal;
        if (identity === undefined) throw error("port-not-found", `There is no serial port ${path}.`);
        return { identity } as ByteLine;
      },
    };
    const run = {
      attended: this.attended,
      signal: this.stop.signal,
      emit: (event: JobEvent) => this.events.push(event),
    };
    openPort(run, { name: undefined, handling: HANDLING.alone, ...options }, world).then(
      (line) => {
        this.#ended = line;
      },
      (reason: unknown) => {
        this.#ended = reason as PlugsmithError;
      },
    );
  }

  #socket(path: string, events: readonly [ms: number, what: "lost" | "reappeared"][]): ByteLine {
    const listeners = new Set<Parameters<ByteLine["listen"]>[0]>();
    const identity = { path, label: "TCP socket" };
    const socket = {
      identity,
      present: true,
      listen: (listener: Parameters<ByteLine["listen"]>[0]) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close: () => {
        this.opened.push("closed");
        return Promise.resolve();
      },
    };
    for (const [ms, what] of events) {
      this.time.port().after(ms, () => {
        socket.present = what === "reappeared";
        for (const listener of listeners) listener[what]?.(identity);
      });
    }
    return socket as unknown as ByteLine;
  }

  /** Lets so many ms pass. */
  async pass(ms: number): Promise<void> {
    await this.time.run(drain, () => false, this.time.now + ms * 1000);
    await drain();
  }

  get waits(): boolean {
    return this.#ended === undefined;
  }

  get line(): ByteLine | undefined {
    return this.#ended instanceof PlugsmithError ? undefined : this.#ended;
  }

  get failure(): PlugsmithError | undefined {
    return this.#ended instanceof PlugsmithError ? this.#ended : undefined;
  }

  get notices(): string[] {
    return this.events.flatMap((event) => (event.type === "notice" ? [event.text.toString()] : []));
  }

  screen(columns: number): string[] {
    const terminal = new FakeTerminal({ tty: true, columns });
    let now = 0;
    const renderer = new HumanRenderer(terminal, styleOf(terminal, false), () => (now += 100));
    for (const event of this.events) renderer.event(event);
    return terminal.drawn();
  }
}

function error(code: ConstructorParameters<typeof PlugsmithError>[0], message: string): PlugsmithError {
  return new PlugsmithError(code, { message: asText(message) });
}

describe("with a person at the terminal and no adapter plugged in", () => {
  test("waiting for an adapter explains how to plug it in, has no time limit, and uses the adapter that appears", async () => {
    const desk = new Desk();
    desk.open();
    await desk.pass(1800_000);
    expect(desk.waits).toBe(true);
    expect(desk.notices[0]).toMatch(/^No USB serial adapter is connected \(FTDI/);
    expect(desk.notices[1]).toBe("Plug the adapter in now, with no wire on it. Press Ctrl-C to stop waiting.");
    desk.adapters = [CH340];
    await desk.pass(3 * POLL_MS);
    expect(desk.line?.identity).toBe(CH340);
    expect(desk.opened).toEqual(["/dev/ttyUSB0"]);
    expect(desk.events.at(-1)).toMatchObject({ type: "step-finished", summary: "WCH CH340 at /dev/ttyUSB0" });
    expect((desk.events.at(-1) as { durationMs: number }).durationMs).toBeGreaterThanOrEqual(1800_000);
  });

  test("the usual reasons for a missing adapter are shown once", async () => {
    const desk = new Desk();
    desk.open();
    await desk.pass(REMIND_MS - 2 * POLL_MS);
    const before = desk.notices.length;
    await desk.pass(600_000);
    expect(desk.notices.slice(before)).toEqual([expect.stringContaining("only charge")]);
  });

  test("a built-in port is reported and not used", async () => {
    const desk = new Desk();
    desk.adapters = [BUILT_IN];
    desk.open();
    await desk.pass(60_000);
    expect(desk.waits).toBe(true);
    expect(desk.notices[0]).toContain("only used if you name them with --port: /dev/ttyS0 (built-in serial port).");
    expect(desk.opened).toEqual([]);
  });

  test("an adapter without a driver is reported once during the wait", async () => {
    const desk = new Desk();
    desk.open();
    await desk.pass(5000);
    desk.troubles = [{ identity: CH340, text: say`WCH CH340 is plugged in but has no port: brltty takes it.` }];
    await desk.pass(5000);
    expect(desk.notices.filter((text) => text.includes("brltty"))).toHaveLength(1);
    expect(desk.waits).toBe(true);
  });

  test("two adapters that appear in succession, as on a hub, lead to a question", async () => {
    const desk = new Desk();
    desk.open();
    await desk.pass(10 * POLL_MS + 1);
    desk.adapters = [CH340];
    await desk.pass(POLL_MS);
    desk.adapters = [CH340, FTDI];
    await desk.pass(5 * POLL_MS);
    expect(desk.opened).toEqual([]);
    expect(desk.failure).toMatchObject({ code: "needs-input", nextStep: "Choose one with --port." });
    expect(desk.failure?.message).toContain("/dev/ttyUSB0 (WCH CH340), /dev/ttyUSB1 (FTDI FT232R)");
  });

  test("Ctrl-C aborts the wait at once and reports the plug as untouched", async () => {
    const desk = new Desk();
    desk.open();
    await desk.pass(10_100);
    desk.stop.abort();
    await drain();
    expect(desk.failure).toMatchObject({ code: "aborted", step: "open-port", plugState: "untouched" });
  });

  test("a given time limit ends in port-not-found", async () => {
    const desk = new Desk();
    desk.open({ patienceMs: 20_000 });
    await desk.pass(19_000);
    expect(desk.waits).toBe(true);
    await desk.pass(2000);
    expect(desk.failure).toMatchObject({ code: "port-not-found", plugState: "untouched" });
    expect(desk.failure?.message).toBe("No USB serial adapter was connected within 20 s.");
  });

  test.each([80, 120])("all of it fits %i columns, and the wait stands last on the screen", async (columns) => {
    const desk = new Desk();
    desk.open({ handling: HANDLING.download });
    await desk.pass(1000);
    const screen = desk.screen(columns);
    for (const line of screen) expect(line.length, line).toBeLessThan(columns);
    expect(screen.at(-1)).toBe("..      Wait for the adapter …");
    expect(screen.join("\n")).toMatch(/First the smart plug out of its mains socket; then plug the adapter in/);
  });
});

describe("an adapter that has just come", () => {
  test("a new adapter gets time until the system grants access", async () => {
    const desk = new Desk();
    desk.open();
    await desk.pass(5000);
    desk.refusal = error("port-permission", "You have no permission to use /dev/ttyUSB0.");
    desk.adapters = [CH340];
    await desk.pass(2 * POLL_MS + 500);
    expect(desk.opened.length).toBeGreaterThan(0);
    desk.refusal = undefined;
    await desk.pass(1000);
    expect(desk.line?.identity).toBe(CH340);
  });

  test("a new adapter without permission keeps the port's error after that time", async () => {
    const desk = new Desk();
    desk.open();
    await desk.pass(5000);
    const refusal = error("port-permission", "You have no permission to use /dev/ttyUSB0.");
    desk.refusal = refusal;
    desk.adapters = [CH340];
    await desk.pass(SETTLING_MS + 4 * POLL_MS);
    expect(desk.failure).toBe(refusal);
  });

  test("a new adapter held by another program is retried for longer, with a notice", async () => {
    const desk = new Desk();
    desk.open();
    await desk.pass(5000);
    const busy = error("port-busy", "/dev/ttyUSB0 is in use by another program.");
    desk.refusal = busy;
    desk.adapters = [CH340];
    await desk.pass(PROBING_MS - 3000);
    expect(desk.waits).toBe(true);
    expect(desk.notices.filter((text) => text.includes("tries again for 30 s"))).toHaveLength(1);
    await desk.pass(5000);
    expect(desk.failure).toBe(busy);
  });
});

describe("a port that is named and not there", () => {
  test("a named port is awaited, and other ports are reported and not used", async () => {
    const desk = new Desk();
    desk.adapters = [BUILT_IN, FTDI];
    desk.open({ name: "/dev/ttyUSB0" });
    await desk.pass(60_000);
    expect(desk.waits).toBe(true);
    expect(desk.notices[0]).toBe(
      "There is no serial port /dev/ttyUSB0 yet. These ports exist: /dev/ttyS0 (built-in serial port), /dev/ttyUSB1 (FTDI FT232R).",
    );
    expect(desk.opened).toEqual([]);
    desk.adapters = [BUILT_IN, FTDI, CH340];
    await desk.pass(2 * POLL_MS);
    expect(desk.line?.identity).toBe(CH340);
  });

  test("an adapter with another name is reported once, with the option that uses it", async () => {
    const desk = new Desk();
    desk.open({ name: "/dev/ttyUSB0" });
    await desk.pass(2000);
    desk.adapters = [FTDI];
    await desk.pass(20_000);
    expect(desk.waits).toBe(true);
    expect(desk.notices.filter((text) => text.includes("FTDI"))).toEqual([
      "FTDI FT232R appeared as /dev/ttyUSB1, not as /dev/ttyUSB0. If it is the right adapter, press Ctrl-C and run the command again with --port /dev/ttyUSB1.",
    ]);
  });

  test("a network port is not awaited", async () => {
    const desk = new Desk();
    desk.open({ name: "tcp://bench:4000" });
    await drain();
    expect(desk.failure?.code).toBe("port-not-found");
    expect(desk.events).toEqual([]);
  });
});

describe("with nobody at the terminal", () => {
  const unattended = async (fill: (desk: Desk) => void, name?: string): Promise<PlugsmithError | undefined> => {
    const desk = new Desk();
    desk.attended = false;
    fill(desk);
    desk.open({ name });
    // No time passes: whatever ends, ends at once.
    await drain();
    expect(desk.events).toEqual([]);
    return desk.failure;
  };

  test("without a person a missing adapter is an error at once", async () => {
    expect(await unattended(() => {})).toMatchObject({ code: "port-not-found", plugState: "untouched" });
  });

  test("without a person an adapter without a driver is its own error", async () => {
    const failure = await unattended((desk) => {
      desk.troubles = [{ identity: CH340, text: say`WCH CH340 is plugged in but has no port: brltty takes it.` }];
    });
    expect(failure).toMatchObject({ code: "port-driver", message: expect.stringContaining("brltty") });
  });

  test("without a person a missing named port is its own error at once", async () => {
    expect(await unattended(() => {}, "/dev/ttyUSB0")).toMatchObject({ code: "port-not-found" });
  });
});

describe("a socket", () => {
  test.each([
    ["stays open", [], "taken", 1000],
    [
      "is hung up, and then stays open",
      [
        [50, "lost"],
        [900, "reappeared"],
      ],
      "taken",
      2000,
    ],
    ["is hung up and not to be had", [[0, "lost"]], "port-busy", 4000],
    ["is hung up a little later", [[400, "lost"]], "port-busy", 4000],
    [
      "is hung up again and again",
      [
        [50, "lost"],
        [600, "reappeared"],
        [700, "lost"],
      ],
      "port-busy",
      4000,
    ],
  ] as const)("that %s: %s", async (_, events, outcome, withinMs) => {
    const desk = new Desk();
    desk.attended = false;
    desk.socketEvents = events as readonly [number, "lost" | "reappeared"][];
    desk.open({ name: "tcp://192.0.2.7:4000" });
    await desk.pass(withinMs);
    expect(desk.failure?.code ?? (desk.line && "taken")).toBe(outcome);
    expect(desk.opened.includes("closed")).toBe(outcome === "port-busy");
  });
});
