import { beforeEach, describe, expect, test } from "vitest";
import { OrderedFiles } from "../../../test/support/ordered-files.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import type { AdapterIdentity } from "../ports.ts";
import { ratesOf, rememberBaud, rememberLimit } from "./adapters.ts";
import { writeWholeFile } from "./folders.ts";

const HOME = "/home";
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

let disk: OrderedFiles;
beforeEach(async () => {
  const { files } = new VirtualDisk({ seed: 1 });
  await files.makeDirectory(HOME, 0o700);
  disk = new OrderedFiles(files);
});

/** Waits for the work, then for nothing more. */
const whole = <T>(work: Promise<T>): Promise<T> => disk.whole(work);

const text = async (path: string): Promise<string> => new TextDecoder().decode(await disk.files.read(path));

describe("rates that an adapter was seen to carry", () => {
  const adapter: AdapterIdentity = { path: "/dev/ttyUSB0", label: "CP2102", serialNumber: "7" };
  const rates = () => ratesOf(disk.files, HOME, adapter);

  test("are the highest proven, unless it turned out too high", async () => {
    expect(await rates()).toEqual({ baud: undefined, limit: undefined });
    await whole(rememberBaud(disk.files, HOME, adapter, 460_800));
    expect(await rates()).toEqual({ baud: 460_800, limit: undefined });
    disk.log.length = 0;
    for (const baud of [115_200, 460_800]) await whole(rememberBaud(disk.files, HOME, adapter, baud));
    expect(disk.changes).toEqual([]);
    await rememberBaud(disk.files, HOME, adapter, 921_600);
    expect((await rates()).baud).toBe(921_600);
    await rememberBaud(disk.files, HOME, adapter, 230_400, true);
    expect((await rates()).baud).toBe(230_400);
    disk.log.length = 0;
    for (const baud of [230_400, 460_800]) await rememberBaud(disk.files, HOME, adapter, baud, true);
    expect(disk.changes).toEqual([]);
  });

  test("that are not known yet cannot turn out too high", async () => {
    await rememberBaud(disk.files, HOME, adapter, 115_200, true);
    expect(await rates()).toEqual({ baud: undefined, limit: undefined });
  });

  test("have a limit where the chip was lost, which a rate proven above it ends", async () => {
    await rememberBaud(disk.files, HOME, adapter, 921_600);
    await whole(rememberLimit(disk.files, HOME, adapter, 460_800));
    expect(await rates()).toEqual({ baud: 460_800, limit: 460_800 });
    await rememberBaud(disk.files, HOME, adapter, 115_200, true);
    expect(await rates()).toEqual({ baud: 115_200, limit: 460_800 });
    await rememberBaud(disk.files, HOME, adapter, 460_800);
    expect(await rates()).toEqual({ baud: 460_800, limit: 460_800 });
    await rememberBaud(disk.files, HOME, adapter, 921_600);
    expect(await rates()).toEqual({ baud: 921_600, limit: undefined });
  });

  test("belong to the adapter's serial number, else its socket, else its path", async () => {
    await rememberLimit(disk.files, HOME, adapter, 230_400);
    const same = { ...adapter, path: "/dev/ttyUSB1" };
    expect((await ratesOf(disk.files, HOME, same)).limit).toBe(230_400);
    const { serialNumber: _, ...unnumbered } = adapter;
    expect((await ratesOf(disk.files, HOME, unnumbered)).limit).toBeUndefined();
    expect((await ratesOf(disk.files, HOME, { ...unnumbered, usbPath: "7" })).limit).toBe(230_400);
    expect((await ratesOf(disk.files, HOME, { ...unnumbered, path: "7" })).limit).toBe(230_400);
    expect((await ratesOf(disk.files, HOME, { ...adapter, vendorId: "10c4" })).limit).toBeUndefined();
  });

  test.each(["{", '{":/7":{"label":"x","baud":0}}', '{":/7":{"baud":9600}}'])(
    "that read %s are as good as none",
    async (content) => {
      await writeWholeFile(disk.files, "/home/adapters.json", bytes(content));
      expect(await rates()).toEqual({ baud: undefined, limit: undefined });
      await rememberBaud(disk.files, HOME, adapter, 1);
      expect((await rates()).baud).toBe(1);
      expect(await text("/home/adapters.json")).toMatch(/^\{\n {2}":\/7": \{\n/);
    },
  );

  test("are not worth an error: a full disk forgets them", async () => {
    disk.failing.set("create /home/adapters.json.new 600", new PlugsmithError("disk-full", { message: say`Full.` }));
    await whole(rememberBaud(disk.files, HOME, adapter, 460_800));
    expect((await rates()).baud).toBeUndefined();
  });
});
