/**
 * The virtual bench as host code, tests, rehearsals and the command line use it: one plug, one adapter, the wires
 * between them, and a pair of hands. Made by createBench() in this folder.
 */
import type { ByteLine } from "../../engine/ports.ts";
import type { Ether } from "../board/ether.ts";
import type { FirmwareMeter, FirmwareModel, KeptRun } from "../board/firmware.ts";
import type { Radio } from "../board/radio.ts";
import type { ChipVariant } from "../chip/efuses.ts";
import type { ForeignChipName } from "../chip/foreign-chip.ts";
import type { ModelState } from "../chip/stand-in-slot.ts";
import type { AdapterPort } from "../wire/adapter-line.ts";
import type { SimClock } from "../world/clock.ts";

export interface BenchOptions {
  readonly clock: SimClock;
  /** Everything random in this world follows from it. Default 1. */
  readonly seed?: number;
  /** Flash contents at the start; its length is the part's size. Default: 1 MiB of a made-up vendor image. */
  readonly flash?: Uint8Array | undefined;
  /** Called after the flash changed in this half-open range: for a plug that is kept somewhere as it lives. */
  readonly flashChanged?: (from: number, to: number) => void;
  /** NOR part by name (data in chip/flash-parts). Default "GD25Q80". */
  readonly flashPart?: string;
  readonly flashTimings?: "typical" | "slow";
  /** Station MAC; decides the efuses. Default c4:4f:33:xx:xx:xx from the seed. */
  readonly mac?: Uint8Array | undefined;
  readonly adapter?: AdapterOptions;
  readonly wiring?: Partial<Wiring>;
  readonly supply?: SupplyOptions | undefined;
  /** Firmwares that stand in for images that are not executed, asked in order at flash boot. */
  readonly firmwares?: readonly FirmwareModel[];
  /** What ran on the chip when it was kept: its first start from flash goes on from there. */
  readonly kept?: KeptRun | undefined;
  /** The metering chip of the plug; `relayClosed` also needs mains. Default: none, no pulses. */
  readonly meter?: (relayClosed: () => boolean) => FirmwareMeter;
  /** The air around the plug, for firmwares that have a radio. Default: an empty one. */
  readonly radio?: ((mac: Uint8Array) => Radio) | undefined;
  /** The air for the chip's own Wi-Fi MAC, when it executes a firmware. Default: nobody hears it. */
  readonly ether?: Ether | undefined;
  /** Another maker's chip in its place, as makers have swapped them. Default: none, an Espressif chip. */
  readonly foreignChip?: ForeignChipName | undefined;
  /** Which chip the efuses tell. Default "ESP8285N08". */
  readonly variant?: ChipVariant;
  /** Multiplies what instructions cost, 0.25 to 8. Default 1. */
  readonly costScale?: number;
  /** 64 KiB read from the owner's own chip at 0x40000000: runs instead of the emulated ROM. */
  readonly romDump?: Uint8Array;
  /** GPIO0 held to ground when the bench is set up. Default false. */
  readonly gpio0Grounded?: boolean;
  /** Adapter plugged in at the start. Default true (the plug has power from it). */
  readonly pluggedIn?: boolean;
}

export interface AdapterOptions {
  /** "CH340", "CP2102", "CP2102-slow", "CP2104", "FT232R", "PL2303": decides label, ids, 3.3 V current and default latency. Default "CP2102". */
  readonly kind?: string;
  /** How long received bytes wait before the computer sees them, ms (an FT232's latency timer: 16). */
  readonly latencyMs?: number;
  /** From plugging in until the port exists, ms. Default 800. */
  readonly enumerationMs?: number;
  /** What its Vcc and its TX give, V: a jumper sets it. 5 destroys the chip. Default 3.3. */
  readonly volts?: 3.3 | 5;
  /** Highest rate the adapter and wires carry without errors, baud. Default 2_000_000. */
  readonly maxBaud?: number;
  /** Rates its driver refuses with an error; the one before then stays. Default none. */
  readonly refusesBauds?: readonly number[];
  /** Rates above it are accepted and reported, but the wire runs at this one, as some Linux drivers do. Default: none. */
  readonly clampsAboveBaud?: number;
  /** USB serial number, where the kind has one. Default: eight hex digits from the seed. */
  readonly serialNumber?: string | undefined;
  /** Names of the port: the first at the start, the next each time it is plugged in again, in turn. Default ["sim:"]. */
  readonly paths?: readonly string[];
}

export type WireState = "connected" | "open" | "short-to-ground";

export interface Wiring {
  /** Adapter TX → chip RX and chip TX → adapter RX. "swapped": TX to TX, RX to RX. "bridged": adapter hears itself. */
  readonly data: "straight" | "swapped" | "bridged";
  readonly chipRx: WireState;
  readonly chipTx: WireState;
  readonly ground: WireState;
  readonly vcc: WireState;
  /**
   * Adapter DTR/RTS to GPIO0/EN. true: through two transistors as on development boards, where both lines asserted do
   * nothing; "direct": each line by itself, RTS to EN and DTR to GPIO0. The story's plug has neither: false.
   */
  readonly autoReset: boolean | "direct";
  /** Probability that a byte on the wire is damaged, each way. */
  readonly noise: number;
}

export interface SupplyOptions {
  /**
   * mA the 3.3 V source can give; a chip that draws more sags and browns out. Default: what the adapter's kind gives
   * where it is the supply (50 for an FT232R), else 500.
   */
  readonly limitMa?: number;
  /** Whether the plug is powered by the adapter (pulling it vanishes the port AND the power) or apart from it. */
  readonly from?: "adapter" | "separate";
}

/** What a person can do at the bench. Everything happens at the clock's present. */
export interface BenchActions {
  groundGpio0(): void;
  releaseGpio0(): void;
  plugAdapterIn(): void;
  /** Port and power vanish together where the adapter is the supply. */
  pullAdapterOut(): void;
  /**
   * A separate supply's switch; on when the bench is made. While the adapter is plugged in and wired, its TX half-feeds
   * the unpowered chip: off and on again then leaves it hanging (silent) until EN or a real power cycle.
   */
  switchSupply(on: boolean): void;
  rewire(change: Partial<Wiring>): void;
  /** The plug's own button, held down or let go. */
  pressButton(down: boolean): void;
  /** Every wire off the board, GPIO0's too. */
  unsolder(): void;
  /**
   * The plug's own pins into a live socket, or out of it. With a wire still attached it is an accident, and the plug
   * is dead from then on.
   */
  plugIntoMains(on: boolean): void;
}

/** Faults that tests inject, each effective at once and until changed. */
export interface BenchFaults {
  /** The next byte towards the computer (or the chip) is dropped, flipped or doubled. */
  damageNext(direction: "to-host" | "to-chip", how: "drop" | "flip" | "double"): void;
  /** Supply sags below the brown-out level for this long, µs. */
  sag(durationUs: number): void;
  /** The flash's next program or erase that changes anything leaves one bit as it was, and reports success. */
  weakenFlash(kind: "program" | "erase"): void;
}

export interface VirtualBench {
  readonly clock: SimClock;
  /** The computer's end of the cable: a port opened when the bench was made. */
  readonly line: ByteLine;
  /** Opens the port (again): one more line to the same adapter, for code that closes the one it was given. */
  openLine(): AdapterPort;
  readonly actions: BenchActions;
  readonly faults: BenchFaults;
  /** The wires as they are now. */
  readonly wiring: Wiring;
  readonly gpio0Grounded: boolean;
  /** Whether the adapter is in its USB socket. */
  readonly pluggedIn: boolean;
  /** What a voltmeter shows at the adapter's Vcc and at its idle TX, V. */
  readonly adapterVolts: number;
  /** The flash array as it is now; a live view. Tests read it, nobody writes it while the chip has power. */
  readonly flash: Uint8Array;
  readonly mac: Uint8Array;
  /** What went wrong for the person: burnt LED pin, mains with wires attached, … Empty is good. */
  readonly incidents: readonly string[];
  /**
   * What the firmware is at. "none": no firmware model runs, the chip executes what it holds or has no power. "busy": keeping
   * it now would lose what is under way.
   */
  readonly firmware: ModelState;
  /** What the firmware needs to go on later, on another bench with the same flash; undefined where it is not at rest. */
  keep(): KeptRun | undefined;
  /** Everything the chip sent since power-up, as the wire carried it, for tests: text at the given rate. */
  heard(baud: number): string;
}
