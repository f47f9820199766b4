/** A backup in which one bit of one command turns on its way to the chip: nothing of the flash may change for it. */
import { toHex } from "../../src/core/bytes.ts";
import { openSession } from "../../src/engine/flash/session.ts";
import { listBackups, readSealedImage } from "../../src/engine/home/backups.ts";
import { drain } from "../../src/platform/node/system.ts";
import { codeLikeBytes } from "../../src/sim/bench/code-like-bytes.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { endQuietly } from "../support/quiet-end.ts";
import { FaultyLine } from "./faulty-line.ts";

const HOME = "/home";
const FLASH_BYTES = 0x40000;
const SECTOR = 0x1000;
/** The first and the last are where damaged commands of the past did their harm. */
const USED = [0, 1, 7, FLASH_BYTES / SECTOR - 1];
const FIELD_BYTES = 16;
const HANG_US = 300e6;

export interface TurnedBit {
  readonly opcode: number;
  /** Of how many commands of this kind it strikes the last. */
  readonly number: number;
  readonly where: "opcode" | { readonly field: number };
  readonly bit: number;
}

/** A stub is asked to change its rate only beyond what the ROM is brought to. */
const BEYOND_ROM = { force: 1_500_000 };
const CHANGE_BAUD = 0x0f;

/** What went wrong; empty is good. */
export async function backUpWithTurnedBit({ opcode, number, where, bit }: TurnedBit): Promise<string[]> {
  const flash = new Uint8Array(FLASH_BYTES).fill(0xff);
  for (const sector of USED) flash.set(codeLikeBytes(SECTOR, new SeededRandom(sector)), sector * SECTOR);
  const clock = new SimClock();
  const bench = createBench({ clock, flashPart: "GD25Q20", flash: flash.slice(), gpio0Grounded: true });
  const { files } = new VirtualDisk({ seed: 1 });
  const line = new FaultyLine(bench.openLine(), clock, () => {});
  let seen = 0;
  line.onSent = (sent) => {
    if (sent.opcode !== opcode || ++seen !== number) return;
    const what = where === "opcode" ? "opcode" : "fields";
    line.spoilCommand({ what, place: where === "opcode" ? 0 : (where.field + 0.5) / FIELD_BYTES, bit });
  };
  const session = openSession({
    line,
    clock: clock.port(),
    files,
    home: HOME,
    tool: "test",
    events: () => {},
    patience: { connectMs: 20_000, reconnectMs: 20_000 },
    baud: opcode === CHANGE_BAUD ? BEYOND_ROM : undefined,
  });
  let settled = false;
  const settle = (): void => {
    settled = true;
  };
  session.backup().then(settle, settle);
  await clock.run(drain, () => settled, clock.now + HANG_US);
  const wrong = settled ? [] : ["hangs"];
  if (settled) await endQuietly(clock, session.close());
  if (seen < number) wrong.push(`there were only ${seen} of it`);
  const changed = bench.flash.findIndex((byte, at) => byte !== flash[at]);
  if (changed >= 0) wrong.push(`the flash is another from 0x${changed.toString(16)} on`);
  for (const backup of await listBackups(files, HOME, toHex(bench.mac))) {
    const image = await readSealedImage(files, backup);
    if (image.some((byte, at) => byte !== flash[at])) wrong.push("what is sealed is not the original");
  }
  return wrong;
}
