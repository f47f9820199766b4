/**
 * A plug in its network is brought to another firmware over the air. The plug is the firmware model, which really writes what
 * it gets into its flash, has the room that its program leaves, and runs as what lies there afterwards.
 */

import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { isPlugsmithError, PlugsmithError } from "../../src/core/errors.ts";
import type { JobEvent } from "../../src/core/events.ts";
import { examineFirmware } from "../../src/core/firmware/examine.ts";
import { packImage } from "../../src/core/firmware/packing.ts";
import type { UpgradeImage } from "../../src/core/firmware/upgrade-plan.ts";
import { withFlashParameters } from "../../src/core/image/header.ts";
import { say } from "../../src/core/text/text.ts";
import { readRunning } from "../../src/engine/firmware/running.ts";
import { serveBy } from "../../src/engine/firmware/serve.ts";
import { prepareUpgrade, type UpgradeContext, type UpgradeResult, upgrade } from "../../src/engine/firmware/upgrade.ts";
import { upload } from "../../src/engine/firmware/upload.ts";
import type {
  FileServer,
  FileServingTarget,
  FileServingWatcher,
  Http,
  HttpRequest,
  HttpResponse,
} from "../../src/engine/ports.ts";
import { HttpClient } from "../../src/engine/tasmota/http-client.ts";
import { sleep } from "../../src/engine/time.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import type { Stream } from "../../src/sim/world/network/stream.ts";
import { MemoryFiles } from "../support/memory-files.ts";
import { PlugRig } from "../support/plug-rig.ts";

const KIB = 1024;
const PASSWORD = "w3b-Secret;%";
const TEMPLATE = '{"NAME":"Gosund EP2","GPIO":[320,1,576,1,2656,2720,0,0,2624,32,0,224,0,0],"FLAG":0,"BASE":45}';

/** Sizes of the real ones, as they were in 2025: 655 KiB leave 348 for an upgrade, the compressed next one takes 470 or so. */
const images = {} as Record<"old" | "next" | "minimal" | "small" | "lite", Uint8Array>;
beforeAll(() => {
  images.old = buildModelImage({ number: "15.2.0", built: "2025-12-04T10:00:00", size: 655 * KIB });
  images.next = buildModelImage({ number: "15.3.0", built: "2026-02-19T10:00:00", size: 660 * KIB });
  images.minimal = buildModelImage({ number: "15.3.0", image: "minimal", size: 395 * KIB });
  images.small = buildModelImage({ number: "15.2.0", size: 500 * KIB });
  images.lite = buildModelImage({ number: "15.3.0", image: "lite", metering: false, size: 500 * KIB });
});

function imageOf(file: Uint8Array, version?: string): UpgradeImage {
  return {
    name: "next.bin",
    file,
    examination: examineFirmware(file, { flashSize: "1MB", flashMode: "dout" }),
    version,
  };
}

class Bench {
  readonly rig: PlugRig;
  readonly files = new MemoryFiles();
  readonly events: JobEvent[] = [];
  minimalAsked = 0;
  /** Every upload: its bytes. */
  readonly uploads: number[] = [];
  onEvent: (event: JobEvent) => void = () => {};
  /** Called before an upload begins. */
  onUpload: (nth: number) => void = () => {};
  /** These uploads break off half-way. */
  readonly cuts = new Set<number>();
  address = "";
  /** Set: the plug fetches the images itself; every name it asked for. */
  served: string[] | undefined;
  refuseServing = false;
  /** Nobody listens at the address that the plug is told. */
  deafServer = false;
  /** What becomes of the bytes of the nth request (from 1): changed, or cut short. */
  spoil: (file: Uint8Array, nth: number) => Uint8Array = (file) => file;
  servedAt: FileServingTarget | undefined;
  readonly stop = new AbortController();

  constructor(image: Uint8Array) {
    this.rig = new PlugRig({ image });
  }

  async start(): Promise<this> {
    this.address = await this.rig.provision();
    this.rig.type(`Template ${TEMPLATE}`);
    this.rig.type("Module 0", 15);
    this.rig.type("Backlog PowerCal 12011;VoltageCal 1777;CurrentCal 3333;DeviceName Kitchen", 3);
    this.rig.type(`WebPassword2 ${PASSWORD}`, 12);
    return this;
  }

  get context(): UpgradeContext {
    const port = this.rig.clock.port();
    const http: Http = {
      request: (request) => {
        if (request.method === "GET" || !request.url.includes("/u2")) return this.rig.http.request(request);
        // The proof that the door is shut sends an empty one.
        if ((request.body?.length ?? 0) === 0) return this.rig.http.request(request);
        const nth = this.uploads.push(request.body!.length);
        this.onUpload(nth);
        return this.cuts.has(nth) ? this.#breakOff(request) : this.#send(request);
      },
    };
    const client = new HttpClient({ http, clock: port, host: this.address, password: PASSWORD });
    const home = { files: this.files, path: "/home" };
    const delivery = this.served === undefined ? upload : serveBy(this.#fileServer(this.served));
    const signal = this.stop.signal;
    return { client, clock: port, home, delivery, signal, events: (event) => this.#hear(event) };
  }

  /** The body at some 80 KiB/s, told as it goes; the virtual network itself carries it in one. */
  async #send(request: HttpRequest): Promise<HttpResponse> {
    for (let left = request.body!.length; left > 0; left -= 4 * KIB) {
      await sleep(this.rig.clock.port(), 50);
      request.onSent?.(Math.min(left, 4 * KIB));
    }
    return await this.rig.http.request(request);
  }

  #hear(event: JobEvent): void {
    this.events.push(event);
    this.onEvent(event);
  }

  /** A computer of the virtual network that gives files out at some 80 KiB/s, as the real port does on a real one. */
  #fileServer(served: string[]): FileServer {
    return {
      serve: async (files, place, watcher) => {
        this.servedAt = place;
        const machine = this.rig.lan.join({ name: "file server", leaseKey: "file server" });
        const close = machine.listen(this.deafServer ? 1 : 8266, (stream) =>
          stream.listen({
            data: (bytes) => {
              const name = / \/(\S+) HTTP/.exec(new TextDecoder().decode(bytes))![1]!;
              served.push(name);
              if (this.refuseServing) return stream.reset();
              this.#give(stream, name, files[name], watcher);
            },
            end: () => {},
            closed: () => {},
          }),
        );
        return { url: (name) => `http://${machine.address}:8266/${name}`, close: async () => close() };
      },
    };
  }

  #give(stream: Stream, name: string, file: Uint8Array | undefined, watcher: FileServingWatcher): void {
    watcher.asked(name);
    const text = (head: string): void => stream.write(new TextEncoder().encode(`HTTP/1.1 ${head}\r\n\r\n`));
    if (file === undefined) {
      text("404 Not Found");
      stream.end();
      watcher.ended(name, false);
      return;
    }
    const md5 = createHash("md5").update(file).digest("hex");
    text(`200 OK\r\nContent-Length: ${file.length}\r\nx-MD5: ${md5}`);
    const given = this.spoil(file, this.served!.length);
    const next = (at: number): void => {
      if (at >= given.length) {
        stream.end();
        watcher.ended(name, given.length === file.length);
        return;
      }
      const part = given.slice(at, at + 4 * KIB);
      stream.write(part);
      watcher.sent(name, part.length);
      this.rig.clock.port().after(50, () => next(at + part.length));
    };
    next(0);
  }

  /** Half of the request, then the connection is gone. */
  #breakOff({ url, headers = {}, body = new Uint8Array(0) }: HttpRequest): Promise<never> {
    const head = Object.entries({ ...headers, "Content-Length": String(body.length) });
    const text = [
      `POST ${new URL(url).pathname} HTTP/1.1`,
      ...head.map(([name, value]) => `${name}: ${value}`),
      "",
      "",
    ];
    return new Promise((_, reject) => {
      const lost = (): void => reject(new PlugsmithError("network-failed", { message: say`the connection was lost` }));
      this.rig.lan.join({ name: "broken cable" }).connect(this.address, 80, {
        connected: (stream) => {
          stream.write(new TextEncoder().encode(text.join("\r\n")));
          stream.write(body.slice(0, body.length / 2));
          this.rig.clock.port().after(500, () => {
            stream.reset();
            lost();
          });
        },
        failed: lost,
      });
    });
  }

  upgrade(target: UpgradeImage, allowed: { anyVariant?: boolean; downgrade?: boolean } = {}): Promise<UpgradeResult> {
    const { context } = this;
    const minimal = async (): Promise<UpgradeImage> => {
      this.minimalAsked++;
      return { ...imageOf(packImage(images.minimal)), name: "minimal.bin.gz" };
    };
    const options = { target, minimal, anyVariant: false, downgrade: false, ...allowed };
    return this.rig.do(prepareUpgrade(context, options).then((prepared) => upgrade(context, prepared)));
  }

  failure(target: UpgradeImage, allowed: { anyVariant?: boolean; downgrade?: boolean } = {}): Promise<PlugsmithError> {
    return this.upgrade(target, allowed).then(
      () => expect.unreachable(),
      (error: unknown) => {
        if (isPlugsmithError(error)) return error;
        throw error;
      },
    );
  }

  /** What the flash holds from the start, as far as an image goes. */
  flashHolds(image: Uint8Array): boolean {
    return Buffer.from(this.rig.board.flash.subarray(0, image.length)).equals(Buffer.from(image));
  }

  get runs(): string {
    return this.rig.core.build.version;
  }
}

describe("an upgrade over the air", () => {
  test("an upgrade without enough space goes through the minimal build and keeps all settings", async () => {
    const bench = await new Bench(images.old).start();
    const before = bench.rig.core.settings.bytes.slice();
    const result = await bench.upgrade(imageOf(images.next, "15.3.0"));
    expect(bench.uploads).toHaveLength(2);
    expect(bench.flashHolds(images.next)).toBe(true);
    expect(bench.runs).toBe("15.3.0(tasmota)");
    expect(result.after).toMatchObject({ minimal: false, version: "15.3.0", built: "2026-02-19T10:00:00" });
    expect(result.differences).toEqual([]);
    expect(result.resumed).toBe(false);
    for (const name of ["power", "voltage", "current"]) {
      expect(bench.rig.core.settings.get(`energy_${name}_calibration`)).not.toBe(0);
    }
    expect(bench.rig.core.settings.get("energy_power_calibration")).toBe(12011);
    expect(bench.rig.core.settings.text("WebPassword")).toBe(PASSWORD);
    expect(before).toHaveLength(4096);
    const kept = bench.files.now.get(result.settingsFile!);
    expect(kept?.mode).toBe(0o600);
    expect([...bench.files.now.keys()].some((path) => path.endsWith("upgrade.json"))).toBe(false);
    expect(JSON.stringify(bench.events)).not.toContain(PASSWORD);
  });

  test("an upgrade with enough space does not use the minimal build", async () => {
    const bench = await new Bench(images.small).start();
    const result = await bench.upgrade(imageOf(images.next, "15.3.0"));
    expect(bench.uploads).toHaveLength(1);
    expect(bench.minimalAsked).toBe(0);
    expect(result.after.version).toBe("15.3.0");
    expect(bench.flashHolds(images.next)).toBe(true);
  });

  test("an interrupted upload is retried, and the plug keeps running meanwhile", async () => {
    const bench = await new Bench(images.small).start();
    bench.cuts.add(1);
    const seen: string[] = [];
    bench.onUpload = () => seen.push(bench.runs);
    const result = await bench.upgrade(imageOf(images.next));
    expect(seen).toEqual(["15.2.0(tasmota)", "15.2.0(tasmota)"]);
    expect(bench.events.filter(({ type }) => type === "retry")).toHaveLength(1);
    expect(result.after.version).toBe("15.3.0");
  });

  test("a failed second stage reports that the plug is on the minimal build", async () => {
    const bench = await new Bench(images.old).start();
    for (const nth of [2, 3, 4]) bench.cuts.add(nth);
    const error = await bench.failure(imageOf(images.next));
    expect(error.code).toBe("network-failed");
    expect(error.plugState).toContain("minimal build");
    expect(error.plugState).toContain("settings are safe");
    expect(error.nextStep).toContain("continues from there");
    expect(bench.runs).toBe("15.3.0(minimal)");
  });

  test("after a power loss between the stages the next run continues from the minimal build", async () => {
    const bench = await new Bench(images.old).start();
    bench.onUpload = (nth) => {
      if (nth === 2) bench.rig.board.powerOff();
    };
    const error = await bench.failure(imageOf(images.next));
    expect(error.plugState).toContain("not answering");
    bench.onUpload = () => {};
    bench.rig.board.powerOn();
    bench.rig.board.run(15);
    expect(bench.runs).toBe("15.3.0(minimal)");
    const result = await bench.upgrade(imageOf(images.next, "15.3.0"));
    expect(result.resumed).toBe(true);
    expect(bench.events).toContainEqual(
      expect.objectContaining({
        type: "notice",
        level: "warning",
        text: expect.stringContaining("continues from there"),
      }),
    );
    expect(bench.runs).toBe("15.3.0(tasmota)");
    // Compared with what the first run had kept.
    expect(result.differences).toEqual([]);
  });

  test("a plug on the minimal build without a record is upgraded, without comparing settings", async () => {
    const bench = await new Bench(images.old).start();
    bench.cuts.add(2).add(3).add(4);
    await bench.failure(imageOf(images.next));
    for (const path of [...bench.files.now.keys()]) await bench.files.remove(path);
    const result = await bench.upgrade(imageOf(images.next));
    expect(result).toMatchObject({ resumed: true, differences: undefined, settingsFile: undefined });
    expect(bench.runs).toBe("15.3.0(tasmota)");
  });

  test("lost settings are an error with the way to restore them", async () => {
    const bench = await new Bench(images.small).start();
    bench.onUpload = () => {
      bench.rig.core.execute("PowerCal 9000", "button");
    };
    const error = await bench.failure(imageOf(images.next));
    expect(error.code).toBe("not-settled");
    expect(error.message).toContain("energy_power_calibration");
    expect(error.nextStep).toMatch(/settings restore \/home\/plugs\/[0-9a-f]{12}\/settings\/.*-before-upgrade\.dmp/);
  });

  test("a different firmware after the upgrade is an error", async () => {
    const bench = await new Bench(images.small).start();
    const reported = imageOf(images.next);
    const other = { ...reported.examination, facts: { ...reported.examination.facts, buildDate: "Jan  1 2020" } };
    const error = await bench.failure({ ...reported, examination: other });
    expect(error.code).toBe("verify-failed");
    expect(error.message).toContain("it runs 15.3.0 (tasmota), built 2026-02-19");
  });
});

describe("what a person sees of an upgrade", () => {
  const stageSteps = (stage: string): string[] => [stage, `${stage}-restart`, `${stage}-return`, `${stage}-check`];

  /** Every step by its name and virtual duration, in order; each has started once and ended once before the next began. */
  function stepsOf(events: readonly JobEvent[]): Map<string, { ms: number; summary: string }> {
    const steps = new Map<string, { ms: number; summary: string }>();
    let open: string | undefined;
    for (const event of events) {
      if (event.type === "step-started") {
        expect(open, `${event.step} begins while another is under way`).toBeUndefined();
        open = event.step;
      } else if (event.type === "step-finished") {
        expect(event.step).toBe(open);
        steps.set(event.step, { ms: event.durationMs, summary: event.summary.toString() });
        open = undefined;
      } else if (event.type === "progress") expect(event.step).toBe(open);
    }
    expect(open).toBeUndefined();
    return steps;
  }

  /** Of one step; it only grows, ends with all, and tells the rate of the network and the time left. */
  function checkProgress(events: readonly JobEvent[], step: string, seconds: number): void {
    const seen = events.filter((event) => event.type === "progress").filter((event) => event.step === step);
    expect(seen.length).toBeGreaterThan(seconds * 5);
    const done = seen.map((event) => event.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    const last = seen.at(-1)!;
    expect(last.done).toBe(last.total);
    const middle = seen[seen.length >> 1]!;
    expect(middle.rate / (80 * KIB)).toBeCloseTo(1, 1);
    expect(middle.leftMs! / ((middle.total - middle.done) / (80 * KIB)) / 1000).toBeCloseTo(1, 1);
  }

  test.each(["uploaded", "fetched"] as const)(
    "an upgrade shows bytes, rate and time left of both images %s, and each wait",
    async (transport) => {
      const bench = await new Bench(images.old).start();
      if (transport === "fetched") bench.served = [];
      const began = bench.rig.clock.now;
      const result = await bench.upgrade(imageOf(images.next, "15.3.0"));
      const steps = stepsOf(bench.events);
      expect([...steps.keys()]).toEqual([
        "keep-settings",
        ...stageSteps("minimal"),
        ...stageSteps("upgrade"),
        "settings",
        "lock",
      ]);
      expect(steps.get("minimal-check")?.summary).toMatch(/minimal/);
      expect(steps.get("upgrade-check")?.summary).toBe("15.3.0 (tasmota), built 2026-02-19T10:00:00");
      expect(steps.get("keep-settings")?.summary).toBe(result.settingsFile);
      // The images at the network's rate: some 3 s and some 6 s.
      for (const stage of ["minimal", "upgrade"]) {
        const seconds = steps.get(stage)!.ms / 1000;
        expect(seconds).toBeGreaterThan(2);
        checkProgress(bench.events, stage, 2);
        expect(steps.get(`${stage}-restart`)!.ms).toBeGreaterThan(0);
        expect(steps.get(`${stage}-return`)!.ms).toBeGreaterThan(1000);
      }
      // No time passes that no step accounts for, but for the pauses between two.
      const reported = [...steps.values()].reduce((sum, { ms }) => sum + ms, 0);
      expect((bench.rig.clock.now - began) / 1000 - reported).toBeLessThan(5_000);
    },
  );

  test("an interrupted transfer shows its progress and the check whether the plug received it", async () => {
    const bench = await new Bench(images.small).start();
    bench.cuts.add(1);
    await bench.upgrade(imageOf(images.next));
    const reported = bench.events.filter(({ type }) => type !== "progress").map((event) => JSON.stringify(event));
    const order = ["upgrade-doubt", "not received", '"retry"', '"step-finished","step":"upgrade"'];
    const places = order.map((part) => reported.findIndex((line) => line.includes(part)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });
});

describe("with the images fetched by the plug from this computer", () => {
  test("a served upgrade completes both stages, restores the update address and uploads nothing", async () => {
    const bench = await new Bench(images.old).start();
    bench.rig.type("OtaUrl http://192.168.1.9/tasmota-DE.bin.gz", 2);
    bench.served = [];
    const result = await bench.upgrade(imageOf(images.next, "15.3.0"));
    expect(bench.uploads).toEqual([]);
    expect(bench.served).toEqual(["plugsmith.bin.gz", "plugsmith.bin.gz"]);
    expect(bench.runs).toBe("15.3.0(tasmota)");
    expect(bench.flashHolds(images.next)).toBe(true);
    expect(bench.rig.core.settings.text("OtaUrl")).toBe("http://192.168.1.9/tasmota-DE.bin.gz");
    expect(result.differences).toEqual([]);
  });

  test("a computer unreachable for the plug is reported, and the plug keeps its firmware and update address", async () => {
    const bench = await new Bench(images.small).start();
    const address = bench.rig.core.settings.text("OtaUrl");
    bench.served = [];
    bench.refuseServing = true;
    const error = await bench.failure(imageOf(images.next));
    expect(error.code).toBe("network-failed");
    expect(error.message).toMatch(/did not download next\.bin from http:\/\/192\.168\.1\.\d+:8266\/plugsmith\.bin\.gz/);
    expect(error.nextStep).toContain("firewall");
    expect(error.plugState).toContain("runs 15.2.0 (tasmota)");
    expect(bench.rig.core.settings.text("OtaUrl")).toBe(address);
    // As often as the plug tries by itself, and no more.
    expect(bench.served.length).toBeGreaterThan(3);
  });

  const withBitTurned = (file: Uint8Array): Uint8Array =>
    file.map((byte, at) => (at === file.length >> 1 ? byte ^ 1 : byte));
  const retries = (bench: Bench): string[] =>
    bench.events.flatMap((event) => (event.type === "retry" ? [event.reason.toString()] : []));

  test("a download damaged each time is refused by the plug, with reason and next step", async () => {
    const bench = await new Bench(images.small).start();
    const address = bench.rig.core.settings.text("OtaUrl");
    bench.served = [];
    bench.spoil = withBitTurned;
    const error = await bench.failure(imageOf(images.next));
    expect(error.code).toBe("command-refused");
    expect(error.message).toMatch(
      /downloaded next\.bin and rejected it: its MD5 digest is wrong \(downloads: 6\)\. The plug reports: .*MD5 Failed: expected:/,
    );
    expect(error.plugState).toBe("runs 15.2.0 (tasmota), its settings untouched");
    expect(error.nextStep).toMatch(/changes the data.*leave out --serve/);
    expect(retries(bench)).toHaveLength(5);
    expect(retries(bench)[0]).toContain("it rejected the image");
    expect(bench.flashHolds(images.small)).toBe(true);
    expect(bench.rig.core.settings.text("OtaUrl")).toBe(address);
  });

  test("a damaged second stage reports that the plug is on the minimal build, and the next run continues", async () => {
    const bench = await new Bench(images.old).start();
    bench.served = [];
    bench.spoil = (file, nth) => (nth > 1 ? withBitTurned(file) : file);
    const error = await bench.failure(imageOf(images.next));
    expect(error.message).toContain("its MD5 digest is wrong");
    expect(error.plugState).toContain("minimal build");
    expect(error.nextStep).toContain("continues from there");
    bench.spoil = (file) => file;
    expect(await bench.upgrade(imageOf(images.next))).toMatchObject({ resumed: true, differences: [] });
  });

  test("a download damaged or interrupted once is fetched again, and reported", async () => {
    for (const spoiled of [withBitTurned, (file: Uint8Array) => file.slice(0, file.length >> 1)]) {
      const bench = await new Bench(images.small).start();
      bench.served = [];
      bench.spoil = (file, nth) => (nth === 1 ? spoiled(file) : file);
      const result = await bench.upgrade(imageOf(images.next, "15.3.0"));
      expect(bench.served).toHaveLength(2);
      expect(result.after.version).toBe("15.3.0");
      const reason = spoiled === withBitTurned ? "it rejected the image" : /stopped after \d+ of \d+ KiB/;
      expect(retries(bench)).toEqual([expect.stringMatching(reason)]);
    }
  });

  test("a download interrupted each time reports how much was transferred", async () => {
    const bench = await new Bench(images.small).start();
    bench.served = [];
    bench.spoil = (file) => file.slice(0, file.length >> 1);
    const error = await bench.failure(imageOf(images.next));
    expect(error.code).toBe("network-failed");
    expect(error.message).toMatch(
      /stopped downloading next\.bin after \d+ of \d+ KiB \(downloads: 6\).*Stream Read Timeout/,
    );
    expect(error.plugState).toContain("runs 15.2.0 (tasmota)");
  });

  test("an address without a server is reported as soon as the plug gives up", async () => {
    const bench = await new Bench(images.small).start();
    bench.served = [];
    bench.deafServer = true;
    const began = bench.rig.clock.now;
    const error = await bench.failure(imageOf(images.next));
    expect(error.code).toBe("network-failed");
    expect(error.message).toMatch(
      /did not download next\.bin from http:.*The plug reports: HTTP error: connection failed/,
    );
    expect(error.nextStep).toMatch(/firewall.*--serve ADDRESS:PORT/);
    expect((bench.rig.clock.now - began) / 1e6).toBeLessThan(60);
  });

  test("a plug that does not fetch is awaited for two minutes at most", async () => {
    const bench = await new Bench(images.small).start();
    bench.rig.type("WebLog 0", 2);
    bench.served = [];
    bench.deafServer = true;
    const began = bench.rig.clock.now;
    const error = await bench.failure(imageOf(images.next));
    expect(error.message).toMatch(/did not download next\.bin from http:[^ ]*\.$/);
    expect((bench.rig.clock.now - began) / 1e6).toBeGreaterThan(115);
    expect((bench.rig.clock.now - began) / 1e6).toBeLessThan(150);
  });

  test("a plug without log output is upgraded", async () => {
    const bench = await new Bench(images.small).start();
    bench.rig.type("WebLog 0", 2);
    bench.served = [];
    expect((await bench.upgrade(imageOf(images.next, "15.3.0"))).after.version).toBe("15.3.0");
  });

  test("a plug with less space than reported refuses by length, and the error suggests the wires", async () => {
    const bench = await new Bench(images.old).start();
    bench.served = [];
    const { context } = bench;
    const running = await bench.rig.do(readRunning(context.client));
    const image = imageOf(images.next);
    const stages = [{ kind: "target", image, file: packImage(images.next), room: undefined }] as const;
    const outcome = bench.rig.do(upgrade(context, { running, stages }));
    await expect(outcome).rejects.toMatchObject({
      code: "command-refused",
      message: expect.stringContaining("less space than it reported"),
      plugState: "runs 15.2.0 (tasmota), its settings untouched",
      nextStep: expect.stringContaining("plugsmith write"),
    });
    expect(bench.served).toContain("plugsmith-minimal.bin.gz");
    expect(bench.flashHolds(images.old)).toBe(true);
  });

  test("an interrupted served upgrade can be finished by upload, including the update address", async () => {
    const bench = await new Bench(images.old).start();
    const address = bench.rig.core.settings.text("OtaUrl");
    bench.served = [];
    bench.onEvent = (event) => {
      if (event.type === "step-finished" && event.step === "minimal-return") bench.rig.board.powerOff();
    };
    expect((await bench.failure(imageOf(images.next))).plugState).toContain("not answering");
    bench.onEvent = () => {};
    bench.rig.board.powerOn();
    bench.rig.board.run(15);
    expect(bench.runs).toBe("15.3.0(minimal)");
    bench.served = undefined;
    const result = await bench.upgrade(imageOf(images.next));
    expect(result).toMatchObject({ resumed: true, differences: [] });
    expect(bench.rig.core.settings.text("OtaUrl")).toBe(address);
  });
});

test("an abort between the stages reports that the plug is on the minimal build", async () => {
  const bench = await new Bench(images.old).start();
  bench.onEvent = (event) => {
    if (event.type === "step-finished" && event.step === "minimal-check") bench.stop.abort();
  };
  const error = await bench.failure(imageOf(images.next));
  expect(error.code).toBe("aborted");
  expect(error.plugState).toContain("minimal build");
  expect(error.nextStep).toContain("continues from there");
});

describe("an upgrade that is refused leaves the plug as it is", () => {
  async function refused(target: UpgradeImage, image = images.old): Promise<PlugsmithError> {
    const bench = await new Bench(image).start();
    const error = await bench.failure(target);
    expect(bench.uploads).toEqual([]);
    expect(bench.flashHolds(image)).toBe(true);
    return error;
  }

  test("a build without metering is refused for a metering plug unless overridden", async () => {
    expect(await refused(imageOf(images.lite))).toMatchObject({ code: "not-supported" });
    const bench = await new Bench(images.small).start();
    expect((await bench.upgrade(imageOf(images.lite), { anyVariant: true })).after.image).toBe("lite");
    expect(bench.rig.core.meter.present).toBe(false);
  });

  test("the minimal build, an older version and an image for larger flash are refused", async () => {
    expect((await refused(imageOf(images.minimal))).code).toBe("not-supported");
    expect((await refused(imageOf(images.old, "15.1.0"))).message).toContain("newer than 15.1.0");
    const large = imageOf(withFlashParameters(images.next, "4MB", "dout"));
    expect((await refused(large)).message).toContain("built for 4MB");
  });

  test("a plug whose image claims more flash than it has is refused over the air", async () => {
    const wrong = withFlashParameters(images.old, "4MB", "dout");
    const error = await refused(imageOf(images.next), wrong);
    expect(error.message).toContain("4096 KiB");
    expect(error.nextStep).toContain("plugsmith write");
    // And it is true: the plug itself refuses it.
    const bench = await new Bench(wrong).start();
    const page = await bench.rig.do(
      bench.context.client.page({ method: "GET", path: "/up" }).then(() =>
        bench.context.client.page({
          method: "POST",
          path: "/u2?fsz=100",
          headers: { "Content-Type": "multipart/form-data; boundary=b" },
          body: new TextEncoder().encode(
            '--b\r\nContent-Disposition: form-data; name="u2"; filename="x"\r\n\r\n\x1f\x0b\r\n--b--\r\n',
          ),
        }),
      ),
    );
    expect(new TextDecoder().decode(page.body)).toContain("Not enough space");
  });
});
