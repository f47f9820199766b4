import { beforeEach, expect, test } from "vitest";
import { ScriptedStub } from "../../../test/support/scripted-stub.ts";
import { MAC, PLUG, stubOperation } from "../../../test/support/stub-operation.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { JobEvent } from "../../core/events.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import { say } from "../../core/text/text.ts";
import { drain } from "../../platform/node/system.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { readJournal } from "../home/journal.ts";
import type { Operation } from "./operation.ts";

const FOLDER = `/home/plugs/${PLUG}`;
const identity = { mac: MAC, plug: PLUG, flashSize: 0x4000 } as ChipIdentity;
const ENTRY = { type: "restore-proven", md5: "0123456789abcdef0123456789abcdef" } as never;

let stub: ScriptedStub;
let disk: VirtualDisk;
let events: JobEvent[];
let operation: Operation;

beforeEach(() => {
  stub = new ScriptedStub();
  disk = new VirtualDisk({ seed: 1 });
  events = [];
  operation = newOperation();
});

function newOperation(): Operation {
  return stubOperation(stub, disk.files, (event) => events.push(event));
}

const run = <T>(work: Promise<T>): Promise<T> => stub.clock.complete(drain, work);
const lost = (): PlugsmithError => new PlugsmithError("line-lost", { message: say`It is gone.` });
const stateAfter = async (): Promise<string | undefined> =>
  ((await operation.withPlugState(lost(), "write")) as PlugsmithError).plugState;

test("an entry is on the disk, with its time, before more is done", async () => {
  await run(operation.record(identity, ENTRY));
  disk.crash();
  const [entry] = await readJournal(disk.files, FOLDER);
  expect(entry).toMatchObject({ type: "restore-proven", at: expect.stringMatching(/^\d{4}-/) });
});

test("the plug's folder belongs to one operation until it is closed", async () => {
  await run(operation.record(identity, ENTRY));
  const second = newOperation();
  await expect(run(second.record(identity, ENTRY))).rejects.toMatchObject({ code: "locked" });
  await run(operation.close());
  await run(second.record(identity, ENTRY));
  await run(second.close());
  expect(await readJournal(disk.files, FOLDER)).toHaveLength(2);
});

test("a closed operation no longer listens to its line", async () => {
  const waiting = operation.connection.link.port.next(1000);
  const ended = expect(waiting).rejects.toMatchObject({ code: "aborted" });
  await run(operation.close());
  await ended;
});

test("a step has a beginning, and an end with its summary, and gives what the work gave", async () => {
  const work = operation.step(
    "write",
    say`Write`,
    async () => await Promise.resolve(7),
    (seven) => say`${seven} done`,
  );
  expect(await run(work)).toBe(7);
  expect(events).toEqual([
    { type: "step-started", step: "write", title: expect.anything() },
    { type: "step-finished", step: "write", durationMs: 0, summary: expect.anything() },
  ]);
  expect(String((events[1] as { summary: unknown }).summary)).toBe("7 done");
});

test("a step that fails has no end", async () => {
  const work = operation.step(
    "write",
    say`Write`,
    () => Promise.reject(lost()),
    () => say`done`,
  );
  await expect(run(work)).rejects.toMatchObject({ code: "line-lost", step: "write" });
  expect(events.map(({ type }) => type)).toEqual(["step-started"]);
});

test("a change that is proven is mentioned by errors of the same work, and not by those of the next", async () => {
  const untouched = await stateAfter();
  operation.changes({ kind: "write", backup: undefined, proven: true });
  expect(await stateAfter()).not.toBe(untouched);
  operation.concluded();
  expect(await stateAfter()).toBe(untouched);
});

test("a change that is not proven is mentioned by the next work's errors as well", async () => {
  operation.changes({ kind: "write", backup: undefined, proven: false });
  const stated = await stateAfter();
  operation.concluded();
  expect(await stateAfter()).toBe(stated);
});

test("an error of another kind is handed on as it is", async () => {
  const strange = new Error("strange");
  expect(await operation.withPlugState(strange, "write")).toBe(strange);
});
