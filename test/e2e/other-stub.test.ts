/**
 * Stubs that other tools left running: Espressif's legacy one, as tasmota-webserial-esptool uploads it, is used as it is;
 * the current one, as esptool uploads it, gets the byte that plugsmith's own has.
 */
import { expect, test } from "vitest";
import { blocksOf, dataFields, padToWord } from "../../src/core/loader/protocol.ts";
import { ChipLink } from "../../src/engine/link/chip-link.ts";
import { connect } from "../../src/engine/link/connect.ts";
import { codeLikeBytes } from "../../src/sim/bench/code-like-bytes.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { FaultyLine } from "../faults/faulty-line.ts";
import { flashWith, SECTOR, SessionRig } from "../support/session-rig.ts";
import { readStub } from "../support/stub-session.ts";

async function leaveStub(rig: SessionRig, which: "legacy" | "current"): Promise<void> {
  const port = rig.framePort();
  const link = new ChipLink(port, () => {});
  await connect(link, { patienceMs: 5000, resetWires: false });
  const stub = readStub(which);
  for (const [at, bytes] of [
    [stub.textStart, stub.text],
    [stub.dataStart, stub.data],
  ] as const) {
    const data = padToWord(Uint8Array.from(bytes));
    await link.exchange("memBegin", {
      size: data.length,
      blocks: Math.ceil(data.length / 0x1800),
      blockSize: 0x1800,
      at,
    });
    let sequence = 0;
    for (const block of blocksOf(data, 0x1800)) {
      await link.exchange("memData", dataFields(block, sequence++), { data: block });
    }
  }
  await link.exchange("memEnd", { stay: 0, entry: stub.entry });
  expect(await port.next(1000)).toEqual(Uint8Array.from("OHAI", (letter) => letter.charCodeAt(0)));
  port.close();
}

test("backup, write and restore work on a legacy stub that was left running", async () => {
  const rig = new SessionRig({ flash: flashWith([0, 1, 2, 3, 4, 5, 20]) });
  const original = rig.bench.flash.slice();
  await rig.run(leaveStub(rig, "legacy"));
  const session = rig.open();
  await rig.run(session.identify());
  expect(rig.fact("baud")).toMatchObject({ value: 1_500_000 });
  const { path, manifest } = await rig.run(session.backup());
  expect(await rig.disk.files.read(path)).toEqual(original);
  const image = codeLikeBytes(5 * SECTOR, new SeededRandom(4));
  await rig.run(session.write(image, { raw: true, target: "chip" }));
  expect(rig.bench.flash.slice(0, image.length)).toEqual(image);
  await rig.run(session.restore({ bytes: original, manifest }));
  expect(rig.bench.flash.slice()).toEqual(original);
  await rig.run(session.finish("stay"));
  expect(rig.events.filter((event) => event.type === "retry")).toEqual([]);
});

test("a current stub that was left running does not take a damaged READ_FLASH for ERASE_FLASH", async () => {
  const rig = new SessionRig({ flash: flashWith([0, 1, 20]) });
  const original = rig.bench.flash.slice();
  await rig.run(leaveStub(rig, "current"));
  const line = new FaultyLine(rig.bench.openLine(), rig.clock, () => {});
  let uploads = 0;
  let turned = false;
  line.onSent = ({ opcode }) => {
    if (opcode === 0x07) uploads++;
    if (opcode !== 0xd2 || turned) return;
    turned = true;
    line.spoilCommand({ what: "opcode", place: 0, bit: 1 });
  };
  const { path } = await rig.run(rig.open({ line }).backup());
  expect({ uploads, turned }).toEqual({ uploads: 0, turned: true });
  expect(rig.bench.flash).toEqual(original);
  expect(await rig.disk.files.read(path)).toEqual(original);
});
