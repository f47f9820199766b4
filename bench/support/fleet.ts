/** Many blank Tasmota plugs in one virtual home, each on a serial line of its own, all set up at once. */
import { setup } from "../../src/engine/jobs/setup.ts";
import { drain } from "../../src/platform/node/system.ts";
import { createMeter } from "../../src/sim/tasmota/meter/meter.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { createNetwork } from "../../src/sim/tasmota/net/network.ts";
import { createTasmotaModel } from "../../src/sim/tasmota/tasmota-model.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import { Computer } from "../../src/sim/world/network/computer.ts";
import { simHttp } from "../../src/sim/world/network/http-client.ts";
import { Lan } from "../../src/sim/world/network/lan.ts";
import { RadioMedium } from "../../src/sim/world/network/radio-medium.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { BoardLine } from "../../test/support/board-line.ts";
import { HOME } from "../../test/support/plug-rig.ts";
import { EP2, GOOD, NOBODY } from "../../test/support/setup-rig.ts";
import { TestBoard } from "../../test/support/tasmota-host.ts";

/** Room for 200 plugs in one network of 254 addresses. */
const FIRST_LEASE = 20;

export class Fleet {
  readonly clock: SimClock = new SimClock();
  readonly #boards: readonly TestBoard[];
  readonly #computer: Computer;

  constructor(count: number) {
    const lan = new Lan(this.clock, { timeService: true, firstLease: FIRST_LEASE });
    const medium = new RadioMedium(this.clock, 5);
    medium.add({ ...HOME, lan });
    this.#computer = new Computer(medium, { home: lan, homeBy: "cable" });
    const image = buildModelImage();
    const model = createTasmotaModel({ network: createNetwork, meter: createMeter });
    this.#boards = Array.from({ length: count }, (_, i) => {
      const flash = new Uint8Array(0x100000).fill(0xff);
      flash.set(image);
      const mac = Uint8Array.of(0x5c, 0xcf, 0x7f, 0xa0, i >> 8, i & 255);
      const board = new TestBoard({ model, flash, mac, clock: this.clock });
      board.radio = medium.radio(mac);
      return board;
    });
  }

  /** All at once, from power-up to audited. Throws where one fails. */
  async setUp(): Promise<void> {
    const http = simHttp(this.clock, this.#computer);
    const random = new SeededRandom(9);
    // One home for all, as one program has it.
    const home = { files: new VirtualDisk({ seed: 3 }).files, path: "/home" };
    const work = this.#boards.map(async (board, i) => {
      const line = new BoardLine(board);
      board.powerOn();
      await setup(
        { http, random, operator: NOBODY, home, line },
        {
          start: { transport: "serial", credentials: GOOD },
          profile: EP2,
          config: { deviceName: `Plug ${i + 1}`, topic: `plug${i + 1}`, timeZone: "Europe/Berlin" },
        },
        { clock: this.clock.port(), events: () => {} },
      );
    });
    await this.clock.complete(drain, Promise.all(work));
  }

  powerOff(): void {
    for (const board of this.#boards) board.powerOff();
  }
}
