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

test("an uploaded file is private, complete, and where the answer to a question can name it", async () => {
  const files = new MemoryFiles();
  const { path, size, sha256 } = await memoryWorkbench(files).upload(new Uint8Array([1, 2, 3]));
  expect({ size, sha256 }).toEqual({
    size: 3,
    // FIPS 180-4 applied to the bytes 01 02 03, as sha256sum prints it.
    sha256: "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81",
  });
  expect(await files.read(path)).toEqual(new Uint8Array([1, 2, 3]));
  expect((await files.stat(path))?.mode).toBe(0o600);
  await expect(memoryWorkbench().upload(new Uint8Array(0x100_0001))).rejects.toMatchObject({ code: "file-unfit" });
});

test.each(["nothing", "abababab-9"])("a job that is not known is said so: %s", (id) => {
  expect(() => memoryWorkbench().events(id, 1)).toThrow(/There is no job/);
});
