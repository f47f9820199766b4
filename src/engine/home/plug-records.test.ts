import { beforeEach, describe, expect, test } from "vitest";
import { OrderedFiles } from "../../../test/support/ordered-files.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { makePrivateFolder, writeWholeFile } from "./folders.ts";
import {
  changeSecrets,
  noteClaim,
  readSecrets,
  rememberedPlugs,
  rememberPlug,
  sameAddress,
  seenPlug,
  writeSecrets,
} from "./plug-records.ts";

const HOME = "/home";
const PLUG = "c44f33a1b212";
const AT = "2026-01-01T00:00:00.000Z";
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

describe("a plug's records", () => {
  const home = () => ({ files: disk.files, path: HOME });
  const seen = { mac: PLUG, address: "192.168.1.50", proven: true, lastSeen: AT, contacts: 3 };
  const LATER = "2026-02-02T00:00:00.000Z";

  test("secrets are kept in a private file, changed one by one, and replaced as a whole", async () => {
    expect(await readSecrets(home(), PLUG)).toEqual({});
    await whole(writeSecrets(home(), PLUG, { webPassword: "one", mqttPassword: "two" }));
    expect(disk.log).toContain(`create /home/plugs/${PLUG}/secrets.json.new 600`);
    await whole(changeSecrets(home(), PLUG, { webPassword: undefined, nextWebPassword: "three" }));
    expect(await readSecrets(home(), PLUG)).toEqual({ version: 1, mqttPassword: "two", nextWebPassword: "three" });
    await writeSecrets(home(), PLUG, {});
    expect(await readSecrets(home(), PLUG)).toEqual({ version: 1 });
    expect(await text(`/home/plugs/${PLUG}/secrets.json`)).toBe('{\n  "version": 1\n}\n');
  });

  test.each(["not json", '{"version":2}', '{"version":1,"webPassword":5}'])(
    "secrets that read %s are damaged",
    async (content) => {
      await makePrivateFolder(disk.files, HOME, `/home/plugs/${PLUG}`);
      await writeWholeFile(disk.files, `/home/plugs/${PLUG}/secrets.json`, bytes(content));
      await expect(readSecrets(home(), PLUG)).rejects.toThrowError(expect.objectContaining({ code: "file-corrupt" }));
      await expect(changeSecrets(home(), PLUG, {})).rejects.toThrowError(
        expect.objectContaining({ code: "file-corrupt" }),
      );
    },
  );

  test("a plug is remembered by its MAC, and a record of another one in its folder is not believed", async () => {
    expect(await seenPlug(home(), PLUG)).toBeUndefined();
    await whole(rememberPlug(home(), seen));
    expect(await whole(seenPlug(home(), PLUG))).toMatchObject(seen);
    expect(await seenPlug(home(), "ffffffffffff")).toBeUndefined();
    await makePrivateFolder(disk.files, HOME, "/home/plugs/aaaaaaaaaaaa");
    const other = JSON.stringify({ version: 1, ...seen });
    await writeWholeFile(disk.files, "/home/plugs/aaaaaaaaaaaa/network.json", bytes(other));
    expect((await rememberedPlugs(home())).map(({ mac }) => mac)).toEqual([PLUG]);
    expect(await text(`/home/plugs/${PLUG}/network.json`)).toMatch(/^\{\n {2}"version": 1,/);
  });

  test("a record that cannot be read is left out, and the others are told", async () => {
    await rememberPlug(home(), seen);
    await makePrivateFolder(disk.files, HOME, "/home/plugs/aaaaaaaaaaaa");
    await writeWholeFile(disk.files, "/home/plugs/aaaaaaaaaaaa/network.json", bytes("{"));
    expect((await rememberedPlugs(home())).map(({ mac }) => mac)).toEqual([PLUG]);
  });

  test("an address that only the network claims is unproven, and stands beside a proven one", async () => {
    await whole(noteClaim(home(), { mac: PLUG, address: "192.168.1.7", name: "plug", at: AT }));
    expect(await seenPlug(home(), PLUG)).toMatchObject({
      address: "192.168.1.7",
      proven: false,
      name: "plug",
      lastSeen: AT,
    });
    await noteClaim(home(), { mac: PLUG, address: "192.168.1.8", at: LATER });
    expect(await seenPlug(home(), PLUG)).toMatchObject({ address: "192.168.1.8", proven: false, lastSeen: LATER });
    await rememberPlug(home(), seen);
    await noteClaim(home(), { mac: PLUG, address: "192.168.1.9", at: LATER });
    expect(await seenPlug(home(), PLUG)).toMatchObject({ ...seen, claim: { address: "192.168.1.9", lastSeen: LATER } });
    await rememberPlug(home(), seen);
    await noteClaim(home(), { mac: PLUG, address: seen.address, at: LATER });
    expect(await seenPlug(home(), PLUG)).toMatchObject({ ...seen, lastSeen: LATER, contacts: 0 });
  });

  test.each([
    ["Plug-1", "plug-1", true],
    ["plug.local.", "plug.local", true],
    ["192.168.1.5:80", "192.168.1.5", true],
    ["192.168.1.5:8080", "192.168.1.5", false],
    ["192.168.1.5", "192.168.1.6", false],
  ])("the addresses %s and %s are the same place: %s", (one, other, same) => {
    expect(sameAddress(one, other)).toBe(same);
  });
});
