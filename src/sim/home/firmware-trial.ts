/**
 * What a firmware image does in a virtual home: what it prints on its console, the network it opens and its page there,
 * whether it joins the home's network when its console gets the credentials, whether its meter counts, and what it calls.
 * Only Tasmota gets commands; of other firmwares the trial records what they do by themselves.
 */
import type { Drain } from "../world/clock.ts";
import type { RecordedCall } from "../world/network/call-ledger.ts";
import { type ExecutedPlug, startExecutedPlug } from "./executed-plug.ts";
import { untilServing } from "./serving.ts";

export interface TrialOptions {
  readonly flash: Uint8Array;
  readonly drain: Drain;
  /** Template and module of the device, as commands for the console: Tasmota's meter needs them. */
  readonly deviceCommands: readonly string[];
}

export interface TrialPage {
  readonly status: number;
  readonly title: string;
}

export interface TrialMeter {
  readonly volts: number;
  readonly watts: number;
  /** What is really there. */
  readonly trueVolts: number;
  readonly trueWatts: number;
}

export interface TrialResult {
  /** As its console prints it. */
  readonly version: string | undefined;
  /** Some lines of its console, from the first readable one on. */
  readonly console: readonly string[];
  /** The network that it opens. */
  readonly ownNetwork:
    | { readonly ssid: string; readonly isOpen: boolean; readonly page: TrialPage | undefined }
    | undefined;
  /** On the home's network. */
  readonly joined: { readonly address: string; readonly page: TrialPage | undefined } | undefined;
  readonly meter: TrialMeter | undefined;
  readonly calls: readonly RecordedCall[];
  /** What the virtual chip lacks or what went wrong at the bench. */
  readonly incidents: readonly string[];
  readonly virtualSeconds: number;
}

/** Seconds of virtual time. */
const BOOT = 5;
const JOIN = 30;
const RESTART = 15;
const SETTLE = 12;
const PAGE_MS = 15_000;
const CONSOLE_LINES = 12;
const BAUD = 115_200;
/** The boot ROM's, at which a firmware stays that sets none. */
const ROM_BAUD = 74_880;
/** What the boot ROM and the Arduino core's boot loader print. */
const ROM_LINE = /^(ets Jan|load 0x|tail \d|chksum|csum|ho \d|v[0-9a-f]{8}$|~ld|rst cause|rl00)/;

export async function tryFirmware({ flash, drain, deviceCommands }: TrialOptions): Promise<TrialResult> {
  const trial = new Trial(startExecutedPlug({ flash }), drain);
  await trial.pass(BOOT);
  const version = /Version (\S+?)\(/.exec(trial.plug.console())?.[1];
  const console = trial.consoleLines();
  const ownNetwork = await trial.ownNetwork();
  const joined = version === undefined ? undefined : await trial.joined();
  const meter = joined === undefined ? undefined : await trial.meter(deviceCommands);
  const { home } = trial.plug;
  return {
    version,
    console,
    ownNetwork,
    joined,
    meter,
    calls: home.lan.ledger.calls,
    incidents: home.bench.incidents,
    virtualSeconds: home.clock.now / 1e6,
  };
}

class Trial {
  readonly plug: ExecutedPlug;
  readonly #drain: Drain;

  constructor(plug: ExecutedPlug, drain: Drain) {
    this.plug = plug;
    this.#drain = drain;
  }

  async pass(seconds: number): Promise<void> {
    const { clock } = this.plug.home;
    await clock.run(this.#drain, () => false, clock.now + seconds * 1e6);
  }

  /** At the first rate that makes text of it. */
  consoleLines(): readonly string[] {
    const heard = [BAUD, ROM_BAUD].map((baud) => readable(this.plug.home.bench.heard(baud)));
    return heard.find((lines) => lines.length > 0) ?? [];
  }

  #complete<T>(work: Promise<T>): Promise<T> {
    return this.plug.home.clock.complete(this.#drain, work);
  }

  async ownNetwork(): Promise<TrialResult["ownNetwork"]> {
    const { wifi, network } = this.plug.home;
    const own = (await this.#complete(wifi.scan())).find(({ ssid }) => ssid !== network.ssid);
    if (own === undefined) return undefined;
    const { ssid, open: isOpen } = own;
    return { ssid, isOpen, page: isOpen ? await this.#ownPage(ssid) : undefined };
  }

  async #ownPage(ssid: string): Promise<TrialPage | undefined> {
    const back = await this.#complete(this.plug.home.wifi.joinOpen(ssid)).catch(() => undefined);
    if (back === undefined) return undefined;
    const page = await this.#page("192.168.4.1", "/");
    await this.#complete(back());
    return page && titled(page);
  }

  /** By the console. */
  async #command(command: string): Promise<void> {
    const { line } = this.plug.home;
    await this.#complete(line.setBaud(BAUD));
    await this.#complete(line.write(new TextEncoder().encode(`${command}\n`)));
  }

  async joined(): Promise<TrialResult["joined"]> {
    const { clock, network } = this.plug.home;
    await this.#command(`Backlog SSID1 ${network.ssid};Password1 ${network.passphrase}`);
    const machine = await untilServing(this.plug.home, this.#drain, clock.now + JOIN * 1e6);
    if (machine === undefined) return undefined;
    const page = await this.#page(machine.address, "/");
    return { address: machine.address, page: page && titled(page) };
  }

  /** With the device's template, closed, at mains, with a load. */
  async meter(deviceCommands: readonly string[]): Promise<TrialMeter | undefined> {
    const { home } = this.plug;
    const { clock, bench, load, mains } = home;
    await this.#command(`Backlog ${deviceCommands.join(";")}`);
    await this.pass(RESTART);
    bench.actions.pullAdapterOut();
    bench.actions.unsolder();
    load.appliance = { watts: home.loadWatts };
    home.plugIntoMains(true);
    const machine = await untilServing(home, this.#drain, clock.now + JOIN * 1e6);
    if (machine === undefined) return undefined;
    await this.#page(machine.address, "/cm?cmnd=Power%20ON");
    await this.pass(SETTLE);
    const answer = await this.#page(machine.address, "/cm?cmnd=Status%208");
    const read = (quantity: string): number =>
      Number(new RegExp(`"${quantity}":([0-9.]+)`).exec(answer?.text ?? "")?.[1]);
    const [volts, watts] = [read("Voltage"), read("Power")];
    if (Number.isNaN(volts) || Number.isNaN(watts)) return undefined;
    return { volts, watts, trueVolts: mains.voltage, trueWatts: load.draw(mains.voltage).watts };
  }

  async #page(host: string, path: string): Promise<{ readonly status: number; readonly text: string } | undefined> {
    const request = { method: "GET", url: `http://${host}${path}`, timeoutMs: PAGE_MS } as const;
    const response = await this.#complete(this.plug.home.http.request(request)).catch(() => undefined);
    return response && { status: response.status, text: new TextDecoder().decode(response.body) };
  }
}

const titled = ({ status, text }: { readonly status: number; readonly text: string }): TrialPage => ({
  status,
  title: /<title>([^<]*)/.exec(text)?.[1] ?? "",
});

/** Lines of printable text of the firmware's own. */
function readable(text: string): readonly string[] {
  const isText = (line: string): boolean =>
    /^[\x20-\x7e\u00a0-\u00ff]+$/.test(line) && /[a-z]{3}/i.test(line) && !ROM_LINE.test(line);
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.filter(isText).slice(0, CONSOLE_LINES);
}
