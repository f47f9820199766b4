import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sha256Hex } from "../../core/digest.ts";
import { nodeFiles } from "../../platform/node/files.ts";
import { chooseFirmware, type Downloader, listFirmware, RELEASES_URL } from "./catalog.ts";
import { getFirmware } from "./store.ts";

const image = new Uint8Array(2048).map((_, i) => i * 7);
const asset = (name: string, digest?: string) => ({
  name,
  size: image.length,
  browser_download_url: `https://github.com/arendst/Tasmota/releases/download/x/${name}`,
  digest,
});
const releases = [
  { tag_name: "v15.3.0", draft: false, prerelease: true, assets: [asset("tasmota.bin")] },
  {
    tag_name: "v15.2.0",
    draft: false,
    prerelease: false,
    assets: [
      asset("tasmota.bin", `sha256:${sha256Hex(image)}`),
      asset("tasmota.bin.gz"),
      asset("tasmota-DE.bin"),
      asset("tasmota-lite.bin"),
      asset("tasmota32.bin"),
      asset("notes.txt"),
    ],
  },
];

function server(body: Uint8Array = image): Downloader & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    get: async (url) => {
      asked.push(url);
      return url === RELEASES_URL ? new TextEncoder().encode(JSON.stringify(releases)) : body;
    },
  };
}

const home = (): string => mkdtempSync(join(tmpdir(), "plugsmith-firmware-"));

test("the firmware list contains released ESP8266 images in both forms, with their published digests", async () => {
  const files = await listFirmware(server());
  expect(files.map(({ variant, form, release }) => `${release} ${variant.name} ${form}`)).toEqual([
    "15.2.0 tasmota bin",
    "15.2.0 tasmota gz",
    "15.2.0 tasmota-DE bin",
    "15.2.0 tasmota-lite bin",
  ]);
  expect(files[0]!.sha256).toBe(sha256Hex(image));
  expect(files[1]!.sha256).toBeUndefined();
});

test("a release list in an unknown format is an error, not an empty list", async () => {
  const broken: Downloader = { get: async () => new TextEncoder().encode('{"message":"rate limit"}') };
  await expect(listFirmware(broken)).rejects.toThrowError(expect.objectContaining({ code: "network-failed" }));
});

test.each(["tasmota-lite", "tasmota-display", "tasmota-ir", "tasmota-minimal", "tasmota-zbbridge", "tasmota-4M"])(
  "%s is refused for a metering plug",
  async (variant) => {
    const files = await listFirmware(server());
    expect(() => chooseFirmware(files, { variant, forMetering: true })).toThrowError(
      expect.objectContaining({ code: "not-supported" }),
    );
  },
);

test("an unknown release is refused, and the error lists the known ones", async () => {
  const files = await listFirmware(server());
  expect(() => chooseFirmware(files, { variant: "tasmota", release: "9.1.0", forMetering: true })).toThrowError(
    /15\.2\.0/,
  );
  expect(() => chooseFirmware(files, { variant: "tasmoto", forMetering: true })).toThrowError(/no Tasmota build/);
});

test("a download is stored under its digest, reused offline, and verified on each use", async () => {
  const folder = home();
  const downloads = server();
  const [file] = await listFirmware(downloads);
  const first = await getFirmware(nodeFiles, folder, downloads, file!);
  expect(first).toMatchObject({ cached: false, proven: true });
  expect(new Uint8Array(readFileSync(first.path))).toEqual(image);
  const asked = downloads.asked.length;
  expect(await getFirmware(nodeFiles, folder, downloads, file!)).toMatchObject({ cached: true });
  expect(downloads.asked).toHaveLength(asked);
  writeFileSync(first.path, "rotten");
  expect(await getFirmware(nodeFiles, folder, downloads, file!)).toMatchObject({ cached: false });
  expect(new Uint8Array(readFileSync(first.path))).toEqual(image);
});

test.each([
  ["another byte", image.with(5, 0xaa)],
  ["a short file", image.subarray(1)],
])("a download with %s is refused and not stored", async (_, body) => {
  const folder = home();
  const downloads = server(body);
  const [file] = await listFirmware(downloads);
  await expect(getFirmware(nodeFiles, folder, downloads, file!)).rejects.toThrowError(
    expect.objectContaining({ code: "file-corrupt" }),
  );
  expect(readdirSync(folder)).toEqual([]);
});
