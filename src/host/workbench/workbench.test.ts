import { expect, test } from "vitest";
import { MemoryFiles } from "../../../test/support/memory-files.ts";
import { memoryWorkbench, workThrough } from "../../../test/support/workbench-rig.ts";

test("a practice conversion asks what a real one asks, and leaves a certificate among the virtual plugs", async () => {
  const workbench = memoryWorkbench();
  const { id, virtual, state } = workbench.start({ job: "practise", pace: "fast" });
  expect({ virtual, state }).toEqual({ virtual: true, state: "running" });
  const events = await workThrough(workbench, id);
  expect(events.at(-1)).toMatchObject({ type: "result", ok: true, data: { virtual: true } });
  const asked = events.flatMap((event) => (event.type === "question-asked" ? [event.question.topic.id] : []));
  for (const topic of ["ssid", "passphrase", "reference", "ground-gpio0", "insulation", "first-mains"]) {
    expect(asked).toContain(topic);
  }
  expect(events.some(({ type }) => type === "notice")).toBe(true);
  const plugs = await workbench.plugs();
  expect(plugs).toHaveLength(1);
  const [plug] = plugs;
  expect(plug).toMatchObject({ virtual: true, next: undefined, certificate: true, wiresAttached: false });
  expect(plug!.earth).toBeCloseTo(0.11);
  expect(plug!.insulation).toBe(550);
  expect(await workbench.certificate(plug!.plug, true)).toContain("<!doctype html>");
  await expect(workbench.certificate(plug!.plug, false)).rejects.toMatchObject({ code: "file-not-found" });
});

test("a conversion of a real plug without an adapter asks for Wi-Fi, firmware and reference first", async () => {
  const workbench = memoryWorkbench();
  const { id } = workbench.start({ job: "convert" });
  const asked: string[] = [];
  for await (const event of workbench.events(id, 1)) {
    if (event.type !== "question-asked") continue;
    asked.push(event.question.topic.id);
    workbench.abort(id);
  }
  expect(asked).toEqual(["ssid"]);
  expect(workbench.jobs()).toMatchObject([{ id, job: "convert", virtual: false, state: "failed", questions: [] }]);
});

async function* chunks(...parts: (Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield part;
  }
}

test("an uploaded file is private, complete, and where the answer to a question can name it", async () => {
  const files = new MemoryFiles();
  const upload = await memoryWorkbench(files).upload(chunks(new Uint8Array([1, 2]), new Uint8Array([3])));
  // FIPS 180-4 applied to the bytes 01 02 03, as sha256sum prints it.
  const sha256 = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";
  expect(upload).toEqual({ path: "/home/uploads/0707070707070707.bin", size: 3, sha256 });
  expect(await files.read(upload.path)).toEqual(new Uint8Array([1, 2, 3]));
  expect((await files.stat(upload.path))?.mode).toBe(0o600);
});

test.each([
  ["longer than any flash", [new Uint8Array(0x100_0000), new Uint8Array(1)], /longer than the largest flash/],
  ["cut off", [new Uint8Array(5), new Error("connection reset")], /connection reset/],
])("nothing is left of a file that is %s", async (_, parts, reason) => {
  const files = new MemoryFiles();
  await expect(memoryWorkbench(files).upload(chunks(...parts))).rejects.toThrow(reason);
  expect(await files.list("/home/uploads")).toEqual([]);
});

test.each(["nothing", "abababab-9"])("a job that is not known is said so: %s", (id) => {
  expect(() => memoryWorkbench().events(id, 1)).toThrow(/There is no job/);
});
