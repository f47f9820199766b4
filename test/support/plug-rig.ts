/** A plug with the model Tasmota in a world with an air, a network, a computer and a broker, in virtual time. */
import type { Http, HttpResponse } from "../../src/engine/ports.ts";
import { drain } from "../../src/platform/node/system.ts";
import type { TasmotaCore } from "../../src/sim/tasmota/contract.ts";
import { createMeter } from "../../src/sim/tasmota/meter/meter.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { createNetwork } from "../../src/sim/tasmota/net/network.ts";
import { createTasmotaModel } from "../../src/sim/tasmota/tasmota-model.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import type { AccessPoint } from "../../src/sim/world/network/access-point.ts";
import { Computer, type ComputerOptions } from "../../src/sim/world/network/computer.ts";
import { simHttp } from "../../src/sim/world/network/http-client.ts";
import { Lan, type LanOptions } from "../../src/sim/world/network/lan.ts";
import { RadioMedium } from "../../src/sim/world/network/radio-medium.ts";
import { TestBoard } from "./tasmota-host.ts";

export interface RigOptions {
  readonly mac?: Uint8Array;
  readonly chipName?: string;
  readonly lan?: LanOptions;
  /** The firmware in its flash; default: the firmware model's own small image. */
  readonly image?: Uint8Array;
  /** The plug joins this one's world: same time, same air, same network. */
  readonly beside?: PlugRig;
  /** The computer's place at home. Default by cable: it keeps the network while its Wi-Fi is with the plug. */
  readonly homeBy?: ComputerOptions["homeBy"];
}

export const HOME = { ssid: "TestNet", passphrase: "testpass123", bssid: "02:11:22:33:44:01", signal: -55 } as const;

function newWorld({
  lan: lanOptions,
  homeBy = "cable",
}: RigOptions): Pick<PlugRig, "clock" | "lan" | "medium" | "router" | "computer"> {
  const clock = new SimClock();
  const lan = new Lan(clock, { timeService: true, ...lanOptions });
  const medium = new RadioMedium(clock, 5);
  const router = medium.add({ ...HOME, lan });
  const other = { ssid: "OtherNet", passphrase: "otherpass", bssid: "02:11:22:33:44:02" };
  medium.add({ ...other, channel: 11, signal: -67, lan });
  return { clock, lan, medium, router, computer: new Computer(medium, { home: lan, homeBy }) };
}

export class PlugRig {
  readonly clock: SimClock;
  readonly lan: Lan;
  readonly medium: RadioMedium;
  readonly router: AccessPoint;
  readonly computer: Computer;
  readonly http: Http;
  readonly board: TestBoard;

  constructor(options: RigOptions = {}) {
    const world = options.beside ?? newWorld(options);
    this.clock = world.clock;
    this.lan = world.lan;
    this.medium = world.medium;
    this.router = world.router;
    this.computer = world.computer;
    this.http = simHttp(this.clock, this.computer);
    const flash = new Uint8Array(0x100000).fill(0xff);
    flash.set(options.image ?? buildModelImage());
    const model = createTasmotaModel({ network: createNetwork, meter: createMeter });
    const mac = options.mac ?? Uint8Array.from([0x5c, 0xcf, 0x7f, 0xa1, 0xb2, 0xc3]);
    const chipName = options.chipName ?? "ESP8285N08";
    this.board = new TestBoard({ model, flash, mac, chipName, clock: this.clock });
    this.board.radio = this.medium.radio(mac);
  }

  get core(): TasmotaCore {
    return this.board.running as unknown as TasmotaCore;
  }

  /** Log lines without their stamps, since power-up or since `from`. */
  log(from = 0): readonly string[] {
    return this.board.heard
      .slice(from)
      .split("\r\n")
      .map((line) => line.replace(/^[\d:.]+ /, ""))
      .filter((line) => line !== "");
  }

  /** Runs the world until the work is done. */
  do<T>(work: Promise<T>): Promise<T> {
    return this.clock.complete(drain, work);
  }

  get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpResponse> {
    return this.do(this.http.request({ method: "GET", url, headers, timeoutMs: 30_000 }));
  }

  async text(url: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    return new TextDecoder().decode((await this.get(url, headers)).body);
  }

  async command(host: string, command: string): Promise<unknown> {
    return JSON.parse(await this.text(`http://${host}/cm?cmnd=${encodeURIComponent(command)}`));
  }

  /** Typed on the console, ended with a line feed; runs `seconds`. */
  type(line: string, seconds = 1): void {
    this.board.type(`${line}\n`);
    this.board.run(seconds);
  }

  /** Power on and onto the home network by console; returns the plug's address. */
  async provision(): Promise<string> {
    this.board.powerOn();
    this.board.run(2);
    this.type(`Backlog SSID1 ${HOME.ssid};Password1 ${HOME.passphrase}`, 12);
    return this.core.network.station.ip;
  }
}
