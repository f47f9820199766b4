/**
 * A plug in its network is brought to another firmware over the air. The plug is the stand-in, which really writes what
 * it gets into its flash, has the room that its program leaves, and runs as what lies there afterwards.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { isPlugsmithError, PlugsmithError } from "../../src/core/errors.ts";
import type { JobEvent } from "../../src/core/events.ts";
import { examineFirmware } from "../../src/core/firmware/examine.ts";
import { packImage } from "../../src/core/firmware/packing.ts";
import type { UpgradeImage } from "../../src/core/firmware/upgrade-plan.ts";
import { withFlashParameters } from "../../src/core/image/header.ts";
import { serveBy } from "../../src/engine/firmware/serve.ts";
import { prepareUpgrade, type UpgradeContext, type UpgradeResult, upgrade } from "../../src/engine/firmware/upgrade.ts";
import { upload } from "../../src/engine/firmware/upload.ts";
import type { FileServer, Http, HttpRequest } from "../../src/engine/ports.ts";
import { HttpClient } from "../../src/engine/tasmota/http-client.ts";
import { buildStandInImage } from "../../src/sim/tasmota/stand-in-image.ts";
import { MemoryFiles } from "../support/memory-files.ts";
import { PlugRig } from "../support/plug-rig.ts";

const KIB = 1024;
const PASSWORD = "w3b-Secret;%";
const TEMPLATE = '{"NAME":"Gosund EP2","GPIO":[320,1,576,1,2656,2720,0,0,2624,32,0,224,0,0],"FLAG":0,"BASE":45}';

/** Sizes of the real ones, as they were in 2025: 655 KiB leave 348 for an upgrade, the compressed next one takes 470 or so. */
const images = {} as Record<"old" | "next" | "minimal" | "small" | "lite", Uint8Array>;
beforeAll(() => {
  images.old = buildStandInImage({ number: "15.2.0", built: "2025-12-04T10:00:00", size: 655 * KIB });
  images.next = buildStandInImage({ number: "15.3.0", built: "2026-02-19T10:00:00", size: 660 * KIB });
  images.minimal = buildStandInImage({ number: "15.3.0", image: "minimal", size: 395 * KIB });
  images.small = buildStandInImage({ number: "15.2.0", size: 500 * KIB });
  images.lite = buildStandInImage({ number: "15.3.0", image: "lite", metering: false, size: 500 * KIB });
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
        return this.cuts.has(nth) ? this.#breakOff(request) : this.rig.http.request(request);
      },
    };
    const client = new HttpClient({ http, clock: port, host: this.address, password: PASSWORD });
    const home = { files: this.files, path: "/home" };
    const delivery = this.served === undefined ? upload : serveBy(this.#fileServer(this.served));
    const signal = this.stop.signal;
    return { client, clock: port, home, delivery, signal, events: (event) => this.#hear(event) };
  }

  #hear(event: JobEvent): void {
    this.events.push(event);
    this.onEvent(event);
  }

  /** A computer of the virtual network that gives files out, as the real port does on a real one. */
  #fileServer(served: string[]): FileServer {
    return {
      serve: async (files, _toward, told) => {
        const machine = this.rig.lan.join({ name: "file server", leaseKey: "file server" });
        const close = machine.listen(8266, (stream) =>
          stream.listen({
            data: (bytes) => {
              const name = / \/(\S+) HTTP/.exec(new TextDecoder().decode(bytes))![1]!;
              served.push(name);
              if (this.refuseServing) return stream.reset();
              const file = files[name];
              if (file === undefined) stream.write(new TextEncoder().encode("HTTP/1.0 404 Not Found\r\n\r\n"));
              else {
                stream.write(new TextEncoder().encode(`HTTP/1.1 200 OK\r\nContent-Length: ${file.length}\r\n\r\n`));
                stream.write(file);
                told(name);
              }
              stream.end();
            },
            end: () => {},
            closed: () => {},
          }),
        );
        return { url: (name) => `http://${machine.address}:8266/${name}`, close: async () => close() };
      },
    };
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
      const lost = (): void => reject(new PlugsmithError("network-failed", { message: "the connection was lost" }));
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
    const order = { target, minimal, anyVariant: false, downgrade: false, ...allowed };
    return this.rig.do(prepareUpgrade(context, order).then((prepared) => upgrade(context, prepared)));
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
  test("goes by the minimal build where there is no room, and ends with the new one, all settings as they were", async () => {
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

  test("goes there at once where there is room: the minimal build is not even asked for", async () => {
    const bench = await new Bench(images.small).start();
    const result = await bench.upgrade(imageOf(images.next, "15.3.0"));
    expect(bench.uploads).toHaveLength(1);
    expect(bench.minimalAsked).toBe(0);
    expect(result.after.version).toBe("15.3.0");
    expect(bench.flashHolds(images.next)).toBe(true);
  });

  test("an upload that breaks off is tried again, and the plug runs what it ran in between", async () => {
    const bench = await new Bench(images.small).start();
    bench.cuts.add(1);
    const seen: string[] = [];
    bench.onUpload = () => seen.push(bench.runs);
    const result = await bench.upgrade(imageOf(images.next));
    expect(seen).toEqual(["15.2.0(tasmota)", "15.2.0(tasmota)"]);
    expect(bench.events.filter(({ type }) => type === "retry")).toHaveLength(1);
    expect(result.after.version).toBe("15.3.0");
  });

  test("when it breaks off for good on the second hop, it says that the plug is left on the minimal build", async () => {
    const bench = await new Bench(images.old).start();
    for (const nth of [2, 3, 4]) bench.cuts.add(nth);
    const error = await bench.failure(imageOf(images.next));
    expect(error.code).toBe("network-failed");
    expect(error.plugState).toContain("minimal build");
    expect(error.plugState).toContain("settings are safe");
    expect(error.nextStep).toContain("goes on from there");
    expect(bench.runs).toBe("15.3.0(minimal)");
  });

  test("power lost between the hops: the plug wakes on the minimal build, and the next run goes on from there and says so", async () => {
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
        text: expect.stringContaining("goes on from there"),
      }),
    );
    expect(bench.runs).toBe("15.3.0(tasmota)");
    // Compared with what the first run had kept.
    expect(result.differences).toEqual([]);
  });

  test("a plug found on the minimal build with nothing on record is finished too; there is nothing to compare with", async () => {
    const bench = await new Bench(images.old).start();
    bench.cuts.add(2).add(3).add(4);
    await bench.failure(imageOf(images.next));
    for (const path of [...bench.files.now.keys()]) await bench.files.remove(path);
    const result = await bench.upgrade(imageOf(images.next));
    expect(result).toMatchObject({ resumed: true, differences: undefined, settingsFile: undefined });
    expect(bench.runs).toBe("15.3.0(tasmota)");
  });

  test("settings that an upgrade loses are an error with the way to get them back", async () => {
    const bench = await new Bench(images.small).start();
    bench.onUpload = () => {
      bench.rig.core.execute("PowerCal 9000", "button");
    };
    const error = await bench.failure(imageOf(images.next));
    expect(error.code).toBe("not-settled");
    expect(error.message).toContain("energy_power_calibration");
    expect(error.nextStep).toMatch(/settings restore \/home\/plugs\/[0-9a-f]{12}\/settings\/.*-before-upgrade\.dmp/);
  });

  test("another firmware than the one that was sent is not taken for it", async () => {
    const bench = await new Bench(images.small).start();
    const told = imageOf(images.next);
    const other = { ...told.examination, facts: { ...told.examination.facts, buildDate: "Jan  1 2020" } };
    const error = await bench.failure({ ...told, examination: other });
    expect(error.code).toBe("verify-failed");
    expect(error.message).toContain("what runs now is 15.3.0 (tasmota), built 2026-02-19");
  });
});

describe("with the images fetched by the plug from this computer", () => {
  test("both hops go, the update address is what it was, and nothing was uploaded", async () => {
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

  test("a computer that the plug cannot reach is told as such, the plug runs on and keeps its update address", async () => {
    const bench = await new Bench(images.small).start();
    const address = bench.rig.core.settings.text("OtaUrl");
    bench.served = [];
    bench.refuseServing = true;
    const error = await bench.failure(imageOf(images.next));
    expect(error.code).toBe("network-failed");
    expect(error.message).toMatch(/did not fetch next\.bin from http:\/\/192\.168\.1\.\d+:8266\/plugsmith\.bin\.gz/);
    expect(error.nextStep).toContain("firewall");
    expect(error.plugState).toContain("runs 15.2.0 (tasmota)");
    expect(bench.rig.core.settings.text("OtaUrl")).toBe(address);
    // As often as the plug tries by itself, and no more.
    expect(bench.served.length).toBeGreaterThan(3);
  });

  test("what was begun this way and cut off by a power failure can be finished the other way, address included", async () => {
    const bench = await new Bench(images.old).start();
    const address = bench.rig.core.settings.text("OtaUrl");
    bench.served = [];
    bench.onEvent = (event) => {
      if (event.type === "step-finished" && event.step === "minimal") bench.rig.board.powerOff();
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

test("stopped by the person between the hops, it says that the plug is on the minimal build", async () => {
  const bench = await new Bench(images.old).start();
  bench.onEvent = (event) => {
    if (event.type === "step-finished" && event.step === "minimal") bench.stop.abort();
  };
  const error = await bench.failure(imageOf(images.next));
  expect(error.code).toBe("aborted");
  expect(error.plugState).toContain("minimal build");
  expect(error.nextStep).toContain("goes on from there");
});

describe("an upgrade that is refused leaves the plug as it is", () => {
  async function refused(target: UpgradeImage, image = images.old): Promise<PlugsmithError> {
    const bench = await new Bench(image).start();
    const error = await bench.failure(target);
    expect(bench.uploads).toEqual([]);
    expect(bench.flashHolds(image)).toBe(true);
    return error;
  }

  test("a build without metering for a plug that measures; told to, it goes", async () => {
    expect(await refused(imageOf(images.lite))).toMatchObject({ code: "not-supported" });
    const bench = await new Bench(images.small).start();
    expect((await bench.upgrade(imageOf(images.lite), { anyVariant: true })).after.image).toBe("lite");
    expect(bench.rig.core.meter.present).toBe(false);
  });

  test("the minimal build as a target, an older version, an image for larger flash", async () => {
    expect((await refused(imageOf(images.minimal))).code).toBe("not-supported");
    expect((await refused(imageOf(images.old, "15.1.0"))).message).toContain("newer than 15.1.0");
    const large = imageOf(withFlashParameters(images.next, "4MB", "dout"));
    expect((await refused(large)).message).toContain("built for 4MB");
  });

  test("any plug whose running image was written for more flash than it has: it takes nothing over the air", async () => {
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
