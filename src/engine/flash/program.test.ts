import { unzlibSync } from "fflate";
import { describe, expect, test } from "vitest";
import { ScriptedStub } from "../../../test/support/scripted-stub.ts";
import { stubOperation } from "../../../test/support/stub-operation.ts";
import { concatBytes, u32le } from "../../core/bytes.ts";
import { md5Hex } from "../../core/digest.ts";
import type { JobEvent } from "../../core/events.ts";
import { drain } from "../../platform/node/system.ts";
import { codeLikeBytes } from "../../sim/bench/code-like-bytes.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { SeededRandom } from "../../sim/world/seeded-random.ts";
import type { Operation } from "./operation.ts";
import { changesFor, type Programmed, program } from "./program.ts";

const SECTOR = 0x1000;
const AT = 2 * SECTOR;

class FlashStub extends ScriptedStub {
  override flash = codeLikeBytes(8 * SECTOR, new SeededRandom(1));
  /** Sectors that keep a wrong byte however often they are written. */
  readonly worn = new Set<number>();
  /** Called when a run or an erase is done: what may go wrong afterwards. */
  onChange: (count: number) => void = () => {};
  readonly acts: string[] = [];
  #at = 0;
  #blocks: Uint8Array[] = [];

  constructor() {
    super();
    this.script = (name, frame) => {
      if (name === "deflBegin") {
        this.#at = u32le(frame, 20);
        this.#blocks = [];
      }
      if (name === "deflData") this.#blocks.push(frame.slice(24));
      if (name === "deflEnd") this.#change("write", this.#at, unzlibSync(concatBytes(...this.#blocks)));
      if (name === "eraseRegion") {
        this.#change("erase", u32le(frame, 8), new Uint8Array(u32le(frame, 12)).fill(0xff));
      }
      return false;
    };
  }

  #change(act: string, at: number, bytes: Uint8Array): void {
    this.acts.push(`${act} ${at / SECTOR}+${bytes.length / SECTOR}`);
    this.flash.set(bytes, at);
    for (const sector of this.worn) {
      const isInside = sector * SECTOR >= at && sector * SECTOR < at + bytes.length;
      if (isInside) this.flash[sector * SECTOR + 9]! ^= 0x01;
    }
    this.onChange(this.acts.length);
  }
}

interface ProgramRig {
  readonly stub: FlashStub;
  readonly operation: Operation;
  readonly events: JobEvent[];
  readonly tally: Programmed;
  readonly run: (bytes: Uint8Array, first?: readonly { at: number; length: number }[]) => Promise<string>;
}

function rig(): ProgramRig {
  const stub = new FlashStub();
  const events: JobEvent[] = [];
  const { files } = new VirtualDisk({ seed: 1 });
  const operation = stubOperation(stub, files, (event) => events.push(event));
  const { link } = operation.connection;
  link.answering = "our-stub";
  link.step = "write";
  const tally = { erasedBytes: 0, writtenBytes: 0, sentBytes: 0 };
  const run: ProgramRig["run"] = (bytes, first) =>
    stub.clock.complete(drain, program(operation, { at: AT, bytes }, tally, first));
  return { stub, operation, events, tally, run };
}

/** What should be there: two sectors of code, a blank one, one as it is. */
function wanted({ stub }: ProgramRig): Uint8Array {
  const bytes = stub.flash.slice(AT, AT + 4 * SECTOR);
  bytes.set(codeLikeBytes(2 * SECTOR, new SeededRandom(2)));
  bytes.fill(0xff, 2 * SECTOR, 3 * SECTOR);
  return bytes;
}

const retries = ({ events }: ProgramRig) => events.flatMap((event) => (event.type === "retry" ? [event.attempt] : []));

describe("what is done to the flash", () => {
  test("runs that shall be blank are erased, the others written, in order of address", () => {
    const bytes = new Uint8Array(6 * SECTOR).fill(0xff);
    for (const sector of [0, 3, 4]) bytes[sector * SECTOR] = 7;
    const change = changesFor([{ at: AT, length: bytes.length }], { at: AT, bytes });
    expect(change.map(({ act, at, length }) => [act, at / SECTOR, length / SECTOR])).toEqual([
      ["write", 2, 1],
      ["erase", 3, 2],
      ["write", 5, 2],
      ["erase", 7, 1],
    ]);
  });

  test("only what differs is changed, and the digest that proves it is returned", async () => {
    const made = rig();
    const before = made.stub.flash.slice();
    const bytes = wanted(made);
    expect(await made.run(bytes)).toBe(md5Hex(bytes));
    expect(made.stub.acts).toEqual(["write 2+2", "erase 4+1"]);
    expect(made.stub.flash.slice(AT, AT + bytes.length)).toEqual(bytes);
    expect(made.stub.flash.slice(0, AT)).toEqual(before.slice(0, AT));
    expect(made.tally).toMatchObject({ erasedBytes: 3 * SECTOR, writtenBytes: 2 * SECTOR });
    expect(made.tally.sentBytes).toBeGreaterThan(0);
    expect(made.events.findLast((event) => event.type === "progress")).toMatchObject({
      step: "write",
      done: 3 * SECTOR,
      total: 3 * SECTOR,
    });
    expect(retries(made)).toEqual([]);
  });

  test("what is known to differ is changed without asking for digests first", async () => {
    const made = rig();
    const bytes = wanted(made);
    await made.run(bytes, [{ at: AT, length: 3 * SECTOR }]);
    expect(made.stub.digests).toEqual([{ at: AT, length: bytes.length }]);
  });

  test("where nothing differs nothing is done but the proof", async () => {
    const made = rig();
    const bytes = made.stub.flash.slice(AT, AT + SECTOR);
    expect(await made.run(bytes)).toBe(md5Hex(bytes));
    expect(made.stub.acts).toEqual([]);
  });
});

describe("a flash that is not right afterwards", () => {
  test("what was damaged on its way is written again", async () => {
    const made = rig();
    const bytes = wanted(made);
    made.stub.onChange = (count) => {
      if (count === 1) made.stub.flash[AT + 5]! ^= 0x10;
    };
    expect(await made.run(bytes)).toBe(md5Hex(bytes));
    expect(made.stub.acts).toEqual(["write 2+2", "erase 4+1", "write 2+1"]);
    expect(retries(made)).toEqual([1]);
  });

  test("a place that stays wrong for three rounds without progress is reported with its address", async () => {
    const made = rig();
    const bytes = wanted(made);
    made.stub.worn.add(3);
    const work = made.run(bytes);
    await expect(work).rejects.toMatchObject({ code: "flash-protected", step: "write" });
    const { message, plugState } = (await work.catch((error: unknown) => error)) as {
      message: string;
      plugState: string;
    };
    expect(message.match(/0x[0-9a-f]+/g)).toEqual(["0x3000", "0x4000"]);
    expect(plugState).toMatch(/^4096 /);
    // The first round got better than nothing known; three more did not.
    expect(made.stub.acts.filter((act) => act.startsWith("write"))).toHaveLength(4);
    expect(retries(made)).toEqual([1, 2, 3]);
  });

  test("rounds that get better are not counted", async () => {
    const made = rig();
    const bytes = made.stub.flash.map((byte) => byte ^ 0xff).slice(AT, AT + 6 * SECTOR);
    // Five sectors are wrong after the first round, and one less after each.
    let wrong = 5;
    made.stub.onChange = () => {
      for (let sector = 0; sector < wrong; sector++) made.stub.flash[AT + sector * SECTOR + 7]! ^= 0x80;
      wrong--;
    };
    expect(await made.run(bytes)).toBe(md5Hex(bytes));
    expect(retries(made)).toEqual([1, 1, 1, 1, 1]);
  });
});
