/** Upgrade over HTTP as Tasmota does it by itself, and what a plug on the minimal build is like. */
import { createHash } from "node:crypto";
import { gzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { HOME, PlugRig } from "../../../../test/support/plug-rig.ts";
import { buildModelImage } from "../model-image.ts";
import { md5Sum } from "./md5-sum.ts";

const KIB = 1024;
const images = {} as Record<"old" | "small" | "next" | "minimal", Uint8Array>;
beforeAll(() => {
  images.old = buildModelImage({ number: "15.2.0", size: 655 * KIB });
  images.small = buildModelImage({ number: "15.2.0", size: 500 * KIB });
  images.next = buildModelImage({ number: "15.3.0", size: 660 * KIB });
  images.minimal = buildModelImage({ number: "15.3.0", image: "minimal", size: 395 * KIB });
});

/** What the file server adds to its answers, and how it spoils the nth of them (from 1). */
interface Serving {
  readonly md5?: (file: Uint8Array) => string;
  readonly spoil?: (file: Uint8Array, nth: number) => Uint8Array;
}

/** A plug at home, its update address at a file server; `asked` holds the paths it was asked for. */
async function plug(files: Readonly<Record<string, Uint8Array>>, image = images.old, serving: Serving = {}) {
  const rig = new PlugRig({ image });
  const asked: string[] = [];
  const server = rig.lan.join({ name: "files" });
  server.listen(80, (stream) =>
    stream.listen({
      data: (bytes) => {
        const path = / (\S+) HTTP/.exec(new TextDecoder().decode(bytes))![1]!;
        asked.push(path);
        const file = files[path.slice(1)];
        const head =
          file === undefined
            ? "HTTP/1.0 404 Not Found\r\n\r\n"
            : `HTTP/1.0 200 OK\r\nContent-Length: ${file.length}\r\n${serving.md5?.(file) ?? ""}\r\n`;
        stream.write(new TextEncoder().encode(head));
        if (file !== undefined) stream.write(serving.spoil?.(file, asked.length) ?? file);
        stream.end();
      },
      end: () => {},
      closed: () => {},
    }),
  );
  const address = await rig.provision();
  rig.type(`OtaUrl http://${server.address}/tasmota.bin.gz`, 12);
  const holds = (wanted: Uint8Array): boolean =>
    Buffer.from(rig.board.flash.subarray(0, wanted.length)).equals(Buffer.from(wanted));
  return { rig, asked, address, holds };
}

describe("Upgrade 1", () => {
  it("loads what the address names, writes it into the flash and restarts as it", async () => {
    const { rig, asked, holds } = await plug({ "tasmota.bin.gz": gzipSync(images.next) }, images.small);
    rig.type("Upgrade 1", 30);
    expect(asked).toEqual(["/tasmota.bin.gz"]);
    expect(rig.core.build).toMatchObject({ version: "15.3.0(tasmota)", minimal: false, programSize: 659 });
    expect(holds(images.next)).toBe(true);
  });

  it("goes by the minimal image beside it where room is short, and that one goes on by itself", async () => {
    const files = { "tasmota.bin.gz": gzipSync(images.next), "tasmota-minimal.bin.gz": gzipSync(images.minimal) };
    const { rig, asked, holds } = await plug(files);
    rig.type("Upgrade 1", 90);
    expect(asked).toEqual(["/tasmota.bin.gz", "/tasmota-minimal.bin.gz", "/tasmota.bin.gz"]);
    expect(rig.core.build.version).toBe("15.3.0(tasmota)");
    expect(holds(images.next)).toBe(true);
    expect(rig.core.settings.text("SSID1")).toBe(HOME.ssid);
  });

  it("stays on the minimal image when power is lost on it: what it was to do was in its RAM", async () => {
    const files = { "tasmota.bin.gz": gzipSync(images.next), "tasmota-minimal.bin.gz": gzipSync(images.minimal) };
    const { rig, asked } = await plug(files);
    rig.type("Upgrade 1", 2);
    for (let second = 0; second < 60 && !rig.core.build.minimal; second++) rig.board.run(1);
    rig.board.powerCycle();
    rig.board.run(120);
    expect(rig.core.build.version).toBe("15.3.0(minimal)");
    expect(asked.filter((path) => path === "/tasmota.bin.gz")).toHaveLength(1);
    rig.type("Upgrade 1", 30);
    expect(rig.core.build.version).toBe("15.3.0(tasmota)");
  });

  it("refuses by its announced length what does not fit, without reading it", async () => {
    const nothing = (): Uint8Array => new Uint8Array(0);
    const { rig, asked } = await plug({ "tasmota.bin.gz": gzipSync(images.next) }, images.old, { spoil: nothing });
    // It would wait 10 s for the bytes.
    rig.type("Upgrade 1", 8);
    expect(asked).toEqual(["/tasmota.bin.gz", "/tasmota-minimal.bin.gz", "/tasmota-minimal.bin.gz"]);
  });

  it("fails with the updater's words where nothing fits, and runs on", async () => {
    const { rig, address } = await plug({ "tasmota.bin.gz": gzipSync(images.next) });
    const from = rig.board.heard.length;
    await rig.command(address, "Upgrade 1");
    rig.board.run(60);
    expect(rig.log(from)).toContain('RSL: UPGRADE = {"Upgrade":"Failed File Not Found (404)"}');
    expect(rig.core.build.version).toBe("15.2.0(tasmota)");
  });
});

describe("what the server told of the file's MD5", () => {
  const md5Of = (file: Uint8Array): string => createHash("md5").update(file).digest("hex");
  const withBitTurned = (file: Uint8Array): Uint8Array =>
    file.map((byte, at) => (at === file.length >> 1 ? byte ^ 1 : byte));
  const OLD = "15.2.0(tasmota)";
  const NEW = "15.3.0(tasmota)";
  let file: Uint8Array;
  beforeAll(() => {
    file = gzipSync(images.next);
  });

  it("is compared whatever the case of the field's name and of the digits, and a match is taken", async () => {
    const md5 = (bytes: Uint8Array): string => `X-md5: ${md5Of(bytes).toUpperCase()}\r\n`;
    const { rig } = await plug({ "tasmota.bin.gz": file }, images.small, { md5 });
    rig.type("Upgrade 1", 30);
    expect(rig.core.build.version).toBe(NEW);
  });

  it("refuses each damaged download in the updater's words, and runs on, also after a restart", async () => {
    const damaged = withBitTurned(file);
    const { rig, asked } = await plug({ "tasmota.bin.gz": file }, images.small, {
      md5: (bytes) => `x-MD5: ${md5Of(bytes)}\r\n`,
      spoil: withBitTurned,
    });
    const from = rig.board.heard.length;
    rig.type("Upgrade 1", 60);
    const reported = `MD5 Failed: expected:${md5Of(file)}, calculated:${md5Of(damaged)}`;
    expect(rig.log(from)).toContain(`RSL: UPGRADE = {"Upgrade":"Failed Update error: ERROR[7]: ${reported}"}`);
    expect(rig.core.build.version).toBe(OLD);
    expect(asked).toHaveLength(6);
    // Nothing of it waits for the next start.
    rig.type("Restart 1", 20);
    expect(rig.core.build.version).toBe(OLD);
  });

  it("lets a later whole download pass: nothing is left of the refused one", async () => {
    const { rig, asked } = await plug({ "tasmota.bin.gz": file }, images.small, {
      md5: (bytes) => `x-MD5: ${md5Of(bytes)}\r\n`,
      spoil: (bytes, nth) => (nth < 3 ? withBitTurned(bytes) : bytes),
    });
    rig.type("Upgrade 1", 60);
    expect(asked).toHaveLength(3);
    expect(rig.core.build.version).toBe(NEW);
  });

  it("refuses what is no MD5", async () => {
    const { rig } = await plug({ "tasmota.bin.gz": file }, images.small, { md5: () => "x-MD5: 1234\r\n" });
    rig.type("Upgrade 1", 60);
    expect(rig.log()).toContain('RSL: UPGRADE = {"Upgrade":"Failed Wrong MD5"}');
    expect(rig.core.build.version).toBe(OLD);
  });

  it("gives up on half a file after the updater's patience, and says so", async () => {
    const { rig } = await plug({ "tasmota.bin.gz": file }, images.small, {
      spoil: (bytes) => bytes.slice(0, bytes.length >> 1),
    });
    rig.type("Upgrade 1", 120);
    expect(rig.log()).toContain('RSL: UPGRADE = {"Upgrade":"Failed Update error: ERROR[6]: Stream Read Timeout"}');
    expect(rig.core.build.version).toBe(OLD);
  });

  it("is the MD5 that everybody else computes, at every length around a block", () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 0xff);
      expect(md5Sum(bytes)).toBe(md5Of(bytes));
    }
  });
});

describe("a plug on the minimal build", () => {
  it("knows five commands, a few pages that warn, and stores nothing", async () => {
    const { rig, address } = await plug({}, images.old);
    rig.type("DeviceName Kitchen", 3);
    const saved = rig.board.flash.slice(0xf3000, 0xfc000);
    rig.board.powerOff();
    rig.board.flash.set(images.minimal);
    rig.board.powerOn();
    rig.board.run(15);
    expect(rig.log()).toContain("WARNING This version does not support persistent settings");
    expect(await rig.command(address, "Status 2")).toMatchObject({ Command: "Unknown" });
    expect(await rig.command(address, "Power on")).toMatchObject({ Command: "Unknown" });
    expect(await rig.command(address, "WebLog 4")).toMatchObject({ Command: "Unknown" });
    expect(await rig.command(address, "Upgrade")).toEqual({ Upgrade: "1 or >15.3.0 to upgrade" });
    const page = await rig.text(`http://${address}/`);
    expect(page).toContain("MINIMAL firmware<br>please upgrade");
    expect(page).toContain("Tasmota 15.3.0 (minimal)");
    expect(page).toContain("Kitchen");
    expect((await rig.get(`http://${address}/dl`)).status).toBe(404);
    expect((await rig.get(`http://${address}/up`)).status).toBe(200);
    rig.type("SerialLog 3", 20);
    rig.board.powerCycle();
    rig.board.run(15);
    expect(Buffer.from(rig.board.flash.subarray(0xf3000, 0xfc000)).equals(Buffer.from(saved))).toBe(true);
  });
});
