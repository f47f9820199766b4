import { describe, expect, test } from "vitest";
import type { AdapterIdentity } from "../engine/ports.ts";
import { SimClock } from "../sim/world/clock.ts";
import { openEnduringLine, type Wire, type WireEvents, type WireSettings, type WireSource } from "./enduring-line.ts";
import { drain } from "./node/drain.ts";

const HERE: AdapterIdentity = { path: "/dev/ttyUSB0", label: "CH340" };
const MOVED: AdapterIdentity = { path: "/dev/ttyUSB1", label: "CH340" };

class FakeSource implements WireSource {
  readonly can = { baud: true, controlLines: true };
  readonly log: string[] = [];
  found: AdapterIdentity | undefined;
  failures = 0;
  events: WireEvents | undefined;
  alive: boolean | undefined;

  open(identity: AdapterIdentity, settings: WireSettings, events: WireEvents): Promise<Wire> {
    if (this.failures-- > 0) return Promise.reject(new Error("not yet"));
    this.log.push(`open ${identity.path} ${settings.baud} dtr=${settings.dtr} rts=${settings.rts}`);
    this.events = events;
    return Promise.resolve({
      write: async (bytes) => void this.log.push(`write ${bytes.length}`),
      setBaud: async (baud) => void this.log.push(`baud ${baud}`),
      setControlLines: async ({ dtr, rts }) => void this.log.push(`lines dtr=${dtr} rts=${rts}`),
      close: async () => void this.log.push("close"),
      ...(this.alive === undefined ? {} : { alive: async () => this.alive === true }),
    });
  }

  find(): Promise<AdapterIdentity | undefined> {
    return Promise.resolve(this.found);
  }
}

describe("a line that outlives its adapter", () => {
  test("is told lost and reappeared, and has its rate and control lines applied again under the new path", async () => {
    const clock = new SimClock();
    const source = new FakeSource();
    const line = await openEnduringLine(source, HERE, 115_200, clock.port());
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
    const line = await openEnduringLine(source, HERE, 115_200, clock.port());
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
    const line = await openEnduringLine(source, HERE, 115_200, clock.port());
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
    const line = await openEnduringLine(source, HERE, 115_200, clock.port());
    source.events?.gone();
    await line.setBaud(74_880);
    await line.setControlLines({ dtr: true });
    source.found = HERE;
    await clock.run(drain, () => line.present);
    expect(source.log.at(-1)).toBe("open /dev/ttyUSB0 74880 dtr=true rts=false");
  });
});
