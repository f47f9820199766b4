import { describe, expect, test } from "vitest";
import { PlugsmithError } from "../core/errors.ts";
import { say } from "../core/text/text.ts";
import type { AdapterIdentity, ByteLine } from "../engine/ports.ts";
import { SimClock } from "../sim/world/clock.ts";
import { drain } from "./node/system.ts";
import {
  openReconnectingLine,
  type Wire,
  type WireEvents,
  type WireSettings,
  type WireSource,
} from "./reconnecting-line.ts";

const HERE: AdapterIdentity = { path: "/dev/ttyUSB0", label: "CH340" };
const MOVED: AdapterIdentity = { path: "/dev/ttyUSB1", label: "CH340" };

class FakeSource implements WireSource {
  readonly can = { baud: true, controlLines: true };
  readonly log: string[] = [];
  found: AdapterIdentity | undefined;
  failures = 0;
  events: WireEvents | undefined;
  alive: boolean | undefined;
  /** The adapter does not make this rate; asked for it, it runs at another one. */
  refused: number | undefined;
  /** What the wire does with a call that it does not answer as usual. */
  answer: (() => Promise<void>) | undefined;

  open(identity: AdapterIdentity, settings: WireSettings, events: WireEvents): Promise<Wire> {
    if (this.failures-- > 0) return Promise.reject(new Error("not yet"));
    if (settings.baud === this.refused) return Promise.reject(refusal());
    this.log.push(`open ${identity.path} ${settings.baud} dtr=${settings.dtr} rts=${settings.rts}`);
    this.events = events;
    return Promise.resolve({
      write: async (bytes) => this.#log(`write ${bytes.length}`),
      setBaud: async (baud) => {
        await this.#log(`baud ${baud}`);
        if (baud === this.refused) throw refusal();
      },
      setControlLines: async ({ dtr, rts }) => this.#log(`lines dtr=${dtr} rts=${rts}`),
      close: async () => void this.log.push("close"),
      alive: this.alive === undefined ? undefined : async () => this.alive === true,
    });
  }

  find(): Promise<AdapterIdentity | undefined> {
    return Promise.resolve(this.found);
  }

  #log(call: string): Promise<void> | void {
    this.log.push(call);
    return this.answer?.();
  }
}

const refusal = (): PlugsmithError => new PlugsmithError("port-failed", { message: say`It does not make this rate.` });
const never = (): Promise<void> => new Promise(() => {});

describe("a line that outlives its adapter", () => {
  test("is told lost and reappeared, and has its rate and control lines applied again under the new path", async () => {
    const clock = new SimClock();
    const source = new FakeSource();
    const line = await openReconnectingLine(source, HERE, 115_200, clock.port());
    const seen: string[] = [];
    line.listen({
      bytes: (chunk) => seen.push(`bytes ${chunk.length}`),
      lost: () => seen.push("lost"),
      reappeared: (identity) => seen.push(`reappeared ${identity.path}`),
    });
    await line.setBaud(460_800);
    await line.setControlLines({ rts: true });
    source.events?.bytes(Uint8Array.of(1, 2));
    source.events?.gone();
    expect(line.present).toBe(false);
    await expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "line-lost" });
    await clock.run(drain, () => false, 60_000_000);
    expect(seen).toEqual(["bytes 2", "lost"]);

    source.found = MOVED;
    source.failures = 2;
    await clock.run(drain, () => line.present);
    expect(seen).toEqual(["bytes 2", "lost", "reappeared /dev/ttyUSB1"]);
    expect(line.identity).toEqual(MOVED);
    expect(source.log.at(-1)).toBe("open /dev/ttyUSB1 460800 dtr=false rts=true");
    await line.write(Uint8Array.of(1, 2, 3));
    expect(source.log.at(-1)).toBe("write 3");
  });

  test("a device that is gone is lost even where the driver never says so", async () => {
    const clock = new SimClock();
    const source = new FakeSource();
    source.alive = true;
    const line = await openReconnectingLine(source, HERE, 115_200, clock.port());
    const seen: string[] = [];
    line.listen({ bytes: () => {}, lost: () => seen.push("lost"), reappeared: () => seen.push("reappeared") });
    await clock.run(drain, () => false, 10_000_000);
    expect(seen).toEqual([]);
    source.alive = false;
    await clock.run(drain, () => !line.present);
    expect(source.log.at(-1)).toBe("close");
    source.alive = true;
    source.found = HERE;
    await clock.run(drain, () => line.present);
    expect(seen).toEqual(["lost", "reappeared"]);
    await line.close();
    expect(await clock.run(drain, () => false)).toBe(false);
  });

  test("stops looking when it is closed", async () => {
    const clock = new SimClock();
    const source = new FakeSource();
    const line = await openReconnectingLine(source, HERE, 115_200, clock.port());
    source.events?.gone();
    source.found = HERE;
    await line.close();
    expect(await clock.run(drain, () => false)).toBe(false);
    expect(clock.nextEventAt).toBe(Number.POSITIVE_INFINITY);
    expect(source.log).toEqual(["open /dev/ttyUSB0 115200 dtr=false rts=false"]);
  });

  test("changes made while the adapter is away hold when it is back", async () => {
    const clock = new SimClock();
    const source = new FakeSource();
    const line = await openReconnectingLine(source, HERE, 115_200, clock.port());
    source.events?.gone();
    await line.setBaud(74_880);
    await line.setControlLines({ dtr: true });
    source.found = HERE;
    await clock.run(drain, () => line.present);
    expect(source.log.at(-1)).toBe("open /dev/ttyUSB0 74880 dtr=true rts=false");
  });

  test("a refused rate is not told as the line's, and what refused it is set back to the one it had", async () => {
    const clock = new SimClock();
    const source = new FakeSource();
    const line = await openReconnectingLine(source, HERE, 115_200, clock.port());
    source.refused = 74_880;
    await expect(line.setBaud(74_880)).rejects.toMatchObject({ code: "port-failed" });
    expect(line.baud).toBe(115_200);
    expect(source.log.slice(1)).toEqual(["baud 74880", "baud 115200"]);
    expect(line.present).toBe(true);
  });

  test("after a refused rate the adapter is found again, at the rate it had", async () => {
    const clock = new SimClock();
    const source = new FakeSource();
    const line = await openReconnectingLine(source, HERE, 115_200, clock.port());
    source.refused = 74_880;
    await line.setBaud(74_880).catch(() => {});
    source.events?.gone();
    source.found = HERE;
    await clock.run(drain, () => line.present, 5_000_000);
    expect(line.present).toBe(true);
    expect(source.log.at(-1)).toBe("open /dev/ttyUSB0 115200 dtr=false rts=false");
  });

  test("a rate wished for while the adapter is away and refused when it is back leaves the proven one, and says so", async () => {
    const clock = new SimClock();
    const source = new FakeSource();
    const line = await openReconnectingLine(source, HERE, 115_200, clock.port());
    source.events?.gone();
    source.refused = 460_800;
    await line.setBaud(460_800);
    source.failures = 3;
    source.found = HERE;
    await clock.run(drain, () => line.present, 5_000_000);
    expect(line.present).toBe(true);
    expect(line.baud).toBe(115_200);
  });

  test("a wire that cannot be set back after a refusal is opened again", async () => {
    const clock = new SimClock();
    const source = new FakeSource();
    const line = await openReconnectingLine(source, HERE, 115_200, clock.port());
    source.answer = () => Promise.reject(refusal());
    await expect(line.setBaud(460_800)).rejects.toMatchObject({ code: "port-failed" });
    expect(line.present).toBe(false);
    source.answer = undefined;
    source.found = HERE;
    await clock.run(drain, () => line.present);
    expect(source.log.slice(-2)).toEqual(["close", "open /dev/ttyUSB0 115200 dtr=false rts=false"]);
  });

  test.each([
    ["a write", "write", (line: ByteLine): Promise<void> => line.write(Uint8Array.of(1))],
    ["a change of rate", "baud", (line: ByteLine): Promise<void> => line.setBaud(460_800)],
    ["a change of DTR", "lines", (line: ByteLine): Promise<void> => line.setControlLines({ dtr: true })],
  ])(
    "%s that is swallowed as the adapter goes ends with the loss, and so does one at closing",
    async (_, name, ask) => {
      const clock = new SimClock();
      const source = new FakeSource();
      source.answer = never;
      const line = await openReconnectingLine(source, HERE, 115_200, clock.port());
      const swallowed = ask(line).catch((error: unknown) => error);
      expect(source.log.at(-1)).toContain(name);
      source.events?.gone();
      expect(await swallowed).toMatchObject({ code: "line-lost" });
      source.found = HERE;
      await clock.run(drain, () => line.present);
      const second = ask(line).catch((error: unknown) => error);
      await line.close();
      expect(await second).toMatchObject({ code: "line-lost" });
      expect(clock.nextEventAt).toBe(Number.POSITIVE_INFINITY);
    },
  );

  test("a driver that never answers is given the time of the bytes and some seconds, then the port is opened again", async () => {
    const clock = new SimClock();
    const source = new FakeSource();
    const line = await openReconnectingLine(source, HERE, 9600, clock.port());
    source.answer = never;
    let ended: unknown;
    // 19,200 bytes take 20 s at 9600 baud.
    line.write(new Uint8Array(19_200)).catch((error: unknown) => {
      ended = error;
    });
    await clock.run(drain, () => ended !== undefined, 25_000_000);
    expect(ended).toBeUndefined();
    source.found = HERE;
    await clock.run(drain, () => ended !== undefined, 60_000_000);
    expect(ended).toMatchObject({ code: "line-lost" });
    await clock.run(drain, () => line.present);
    expect(source.log.slice(-2)).toEqual(["close", "open /dev/ttyUSB0 9600 dtr=false rts=false"]);
  });

  test("a wire that says it is lost is lost, before its driver tells: who writes again waits for the next one", async () => {
    const clock = new SimClock();
    const source = new FakeSource();
    const line = await openReconnectingLine(source, HERE, 115_200, clock.port());
    const seen: string[] = [];
    line.listen({ bytes: () => {}, lost: () => seen.push("lost") });
    source.answer = () => Promise.reject(new PlugsmithError("line-lost", { message: say`Gone.` }));
    await expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "line-lost" });
    expect(line.present).toBe(false);
    source.events?.gone();
    expect(seen).toEqual(["lost"]);
  });
});
