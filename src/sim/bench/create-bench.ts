/** Puts a virtual bench together: a plug's chip, an adapter, wires, a supply, and hands. */

import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { ForeignChip } from "../chip/foreign-chip.ts";
import type { ModelState } from "../chip/stand-in-slot.ts";
import { UsbAdapter } from "../wire/adapter.ts";
import { ADAPTER_KINDS, type AdapterKind } from "../wire/adapter-kinds.ts";
import { AdapterLine, type AdapterPort } from "../wire/adapter-line.ts";
import { ChipLog } from "../wire/chip-log.ts";
import { Harness } from "../wire/harness.ts";
import { SeededRandom } from "../world/seeded-random.ts";
import type { BenchChip } from "./bench-chip.ts";
import type { AdapterOptions, BenchOptions, VirtualBench, Wiring } from "./contract.ts";
import { drawingEther, drawingFirmware, IDLE_MA } from "./current-draw.ts";
import { PowerPath } from "./power-path.ts";
import { virtualChip } from "./virtual-chip.ts";

/** The story's wires: data crossed as it should be, power from the adapter, neither EN nor RTS. */
const GOOD_WIRING: Wiring = {
  data: "straight",
  chipRx: "connected",
  chipTx: "connected",
  ground: "connected",
  vcc: "connected",
  autoReset: false,
  noise: 0,
};

/** The EP2's button (its published template): to ground when pressed. */
const BUTTON_GPIO = 13;

/** A separate bench supply's usual limit, mA. */
const SEPARATE_SUPPLY_MA = 500;

export type ChipMaker = (options: BenchOptions, random: SeededRandom) => BenchChip;

/** The bench around any chip. Errors: bad-argument for an unknown adapter kind. */
export function assembleBench(options: BenchOptions, makeChip: ChipMaker): VirtualBench {
  const clock = options.clock.part();
  const random = new SeededRandom(options.seed ?? 1);
  const chip = makeChip(
    {
      ...options,
      clock,
      firmwares: (options.firmwares ?? []).map((firmware) => drawingFirmware(firmware, (mA) => power.draws(mA))),
      ether: drawingEther(options.ether, (mA) => power.draws(mA)),
    },
    random,
  );
  const kind = adapterKind(options.adapter?.kind ?? "CP2102");
  const adapter = new UsbAdapter(clock, adapterSettings(kind, options.adapter ?? {}, random));
  const log = new ChipLog();
  const incidents: string[] = [];
  const harness = new Harness({
    clock,
    adapter,
    chip,
    log,
    random: random.fork("wire"),
    wiring: { ...GOOD_WIRING, ...options.wiring },
    maxBaud: options.adapter?.maxBaud ?? 2_000_000,
  });
  const from = options.supply?.from ?? "adapter";
  const adapterVolts = options.adapter?.volts ?? 3.3;
  const power: PowerPath = new PowerPath({
    clock,
    adapter,
    harness,
    chip,
    from,
    adapterVolts,
    limitMa: options.supply?.limitMa ?? (from === "adapter" ? kind.supplyMa : SEPARATE_SUPPLY_MA),
    poweredUp: () => {
      log.clear();
      power.draws(IDLE_MA);
    },
    incident: (what) => incidents.push(what),
  });
  adapter.onOutputs = () => {
    harness.controlLinesChanged();
    power.update();
  };
  harness.groundGpio0(options.gpio0Grounded ?? false);
  if (from === "separate") power.switchSupply(true);
  if (options.pluggedIn ?? true) adapter.plugIn(true);

  return {
    clock: options.clock,
    line: new AdapterLine(adapter, clock),
    openLine: (): AdapterPort => new AdapterLine(adapter, clock),
    actions: {
      groundGpio0: () => harness.groundGpio0(true),
      releaseGpio0: () => harness.groundGpio0(false),
      plugAdapterIn: () => adapter.plugIn(),
      pullAdapterOut: () => adapter.pullOut(),
      switchSupply: (on) => power.switchSupply(on),
      rewire: (change) => {
        harness.rewire(change);
        power.update();
      },
      pressButton: (down) => chip.holdPin?.(BUTTON_GPIO, down ? 0 : undefined),
      unsolder: () => {
        harness.groundGpio0(false);
        harness.rewire({ chipRx: "open", chipTx: "open", ground: "open", vcc: "open" });
        power.update();
      },
      plugIntoMains: (on) => power.plugIntoMains(on),
    },
    faults: {
      damageNext: (direction, how) => harness.damageNext(direction, how),
      sag: (durationUs) => power.sag(durationUs),
      weakenFlash: (kind) => chip.weakenFlash(kind),
    },
    get wiring(): Wiring {
      return harness.wiring;
    },
    get gpio0Grounded(): boolean {
      return harness.gpio0Grounded;
    },
    get pluggedIn(): boolean {
      return adapter.plugged;
    },
    adapterVolts,
    flash: chip.flash,
    mac: chip.mac,
    get incidents(): readonly string[] {
      return [...incidents, ...chip.incidents];
    },
    get firmware(): ModelState {
      return chip.models?.state ?? "none";
    },
    keep: () => chip.models?.keep(),
    heard: (baud) => log.heard(baud),
  };
}

function adapterKind(name: string): AdapterKind {
  const kind = ADAPTER_KINDS.find((candidate) => candidate.name === name);
  if (kind !== undefined) return kind;
  throw new PlugsmithError("bad-argument", {
    message: say`There is no virtual adapter of kind "${name}".`,
    nextStep: say`Use one of ${ADAPTER_KINDS.map((candidate) => candidate.name).join(", ")}.`,
  });
}

function adapterSettings(
  kind: AdapterKind,
  options: AdapterOptions,
  random: SeededRandom,
): ConstructorParameters<typeof UsbAdapter>[1] {
  const digits = random.fork("adapter").uint32().toString(16).toUpperCase().padStart(8, "0");
  return {
    kind,
    latencyMs: options.latencyMs ?? kind.latencyMs,
    enumerationMs: options.enumerationMs ?? 800,
    serialNumber: options.serialNumber ?? digits,
    paths: options.paths ?? ["sim:"],
    refusesBauds: options.refusesBauds ?? [],
    clampsAboveBaud: options.clampsAboveBaud ?? Number.POSITIVE_INFINITY,
  };
}

/** A bench with a virtual Gosund EP2 on it. Errors: bad-argument. */
export function createBench(options: BenchOptions): VirtualBench {
  const { foreignChip, clock } = options;
  if (foreignChip === undefined) return assembleBench(options, virtualChip);
  return assembleBench(options, (_, random) => {
    const { mac = random.fork("mac").bytes(6), flash = new Uint8Array(0x100000).fill(0xff) } = options;
    return new ForeignChip(foreignChip, clock, { mac, flash });
  });
}
