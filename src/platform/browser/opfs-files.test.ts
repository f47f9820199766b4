import { describe, expect, test } from "vitest";
import { fakeLocks, fakeOpfs } from "../../../test/support/fake-opfs.ts";
import { opfsFiles } from "./opfs-files.ts";

function setUp() {
  const disk = fakeOpfs();
  const locks = fakeLocks();
  return { disk, files: opfsFiles(disk.root, locks), again: opfsFiles(disk.root, locks) };
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

async function write(files: ReturnType<typeof opfsFiles>, path: string, content: Uint8Array): Promise<void> {
  const handle = await files.open(path, "create", 0o600);
  await handle.write(content);
  await handle.sync();
  await handle.close();
}

describe("files of a page", () => {
  test("a file that was written is read back, listed and measured", async () => {
    const { files } = setUp();
    await files.makeDirectory("home/plugs", 0o700);
    await write(files, "home/plugs/b", bytes(1, 2, 3));
    await write(files, "home/plugs/a", bytes());
    expect(await files.read("home/plugs/b")).toEqual(bytes(1, 2, 3));
    expect(await files.list("home/plugs")).toEqual(["a", "b"]);
    expect(await files.stat("home/plugs/b")).toEqual({ kind: "file", size: 3, mode: undefined });
    expect(await files.stat("home/plugs")).toMatchObject({ kind: "directory" });
  });

  test("what is not there is listed as nothing and has no status", async () => {
    const { files } = setUp();
    expect(await files.list("nowhere")).toEqual([]);
    expect(await files.stat("nowhere/deeper")).toBeUndefined();
    await write(files, "file", bytes(1));
    expect(await files.stat("file/below")).toBeUndefined();
  });

  test.each([
    ["reading", (files: ReturnType<typeof opfsFiles>) => files.read("missing")],
    ["opening for update", (files: ReturnType<typeof opfsFiles>) => files.open("missing", "update", 0o600)],
    ["removing", (files: ReturnType<typeof opfsFiles>) => files.remove("missing")],
    ["renaming", (files: ReturnType<typeof opfsFiles>) => files.rename("missing", "other")],
  ])("%s a file that is missing says so", async (_, act) => {
    await expect(act(setUp().files)).rejects.toMatchObject({ code: "file-not-found" });
  });

  test("creating a file that exists is refused and leaves it as it is", async () => {
    const { files } = setUp();
    await write(files, "kept", bytes(7));
    await expect(files.open("kept", "create", 0o600)).rejects.toMatchObject({ code: "file-exists" });
    expect(await files.read("kept")).toEqual(bytes(7));
  });

  test("an appended file grows at its end, whatever position is asked for", async () => {
    const { files } = setUp();
    await write(files, "journal", bytes(1, 2));
    const handle = await files.open("journal", "append", 0o600);
    await handle.write(bytes(3));
    await handle.write(bytes(4), 0);
    await handle.close();
    expect(await files.read("journal")).toEqual(bytes(1, 2, 3, 4));
  });

  test("an updated file is written at the position and keeps the rest", async () => {
    const { files } = setUp();
    await write(files, "part", bytes(1, 2, 3, 4));
    const handle = await files.open("part", "update", 0o600);
    await handle.write(bytes(9), 2);
    await handle.close();
    expect(await files.read("part")).toEqual(bytes(1, 2, 9, 4));
  });

  test("nothing is in the file before it is flushed", async () => {
    const { files } = setUp();
    const handle = await files.open("draft", "create", 0o600);
    await handle.write(bytes(1));
    expect(await files.read("draft")).toEqual(bytes());
    await handle.sync();
    expect(await files.read("draft")).toEqual(bytes(1));
    await handle.close();
  });

  test("a rename replaces the file of that name", async () => {
    const { files } = setUp();
    await write(files, "new", bytes(2));
    await write(files, "old", bytes(1));
    await files.rename("new", "old");
    expect(await files.read("old")).toEqual(bytes(2));
    expect(await files.stat("new")).toBeUndefined();
  });

  test("a file longer than expected is refused before it is read", async () => {
    const { files } = setUp();
    await write(files, "long", bytes(1, 2, 3));
    await expect(files.read("long", 2)).rejects.toMatchObject({ code: "file-unfit" });
  });

  test("a browser that gives no more space is a full disk", async () => {
    const { disk, files } = setUp();
    disk.room = 2;
    const handle = await files.open("big", "create", 0o600);
    await expect(handle.write(bytes(1, 2, 3))).rejects.toMatchObject({ code: "disk-full" });
  });

  test("a file that is open cannot be opened again", async () => {
    const { files } = setUp();
    await files.open("one", "create", 0o600);
    await expect(files.open("one", "append", 0o600)).rejects.toMatchObject({ code: "locked" });
  });
});

describe("locks of a page", () => {
  test("a lock that another tab holds is refused at once, and free once that tab lets go", async () => {
    const { files, again } = setUp();
    const release = await files.lock("home/lock");
    await expect(again.lock("home/lock")).rejects.toMatchObject({ code: "locked" });
    await release();
    await (await again.lock("home/lock"))();
  });

  test("a turn is waited for", async () => {
    const { files, again } = setUp();
    const release = await files.lock("home/lock");
    const order: string[] = [];
    const turn = again.lock("home/lock", "wait").then(async (mine) => {
      order.push("second");
      await mine();
    });
    order.push("first");
    await release();
    await turn;
    expect(order).toEqual(["first", "second"]);
  });
});
