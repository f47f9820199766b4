/** What must hold in every conversion, whatever was lost on the way; each broken law is told in words. */

import { nextStep } from "../../src/core/conversion/next-step.ts";
import { foldConversion } from "../../src/core/conversion/state.ts";
import { md5Hex } from "../../src/core/digest.ts";
import { entriesOf, parseEntry, type StoredEntry, UnrecognizedEntry } from "../../src/core/journal/stored-entry.ts";
import { isObject } from "../../src/core/tasmota/answer.ts";
import { query, setting } from "../../src/core/tasmota/command.ts";
import { openJournal, readJournal } from "../../src/engine/home/journal.ts";
import { readSecrets, rememberedPlugs } from "../../src/engine/home/plug-records.ts";
import type { HttpRequest } from "../../src/engine/ports.ts";
import { HttpClient } from "../../src/engine/tasmota/http-client.ts";
import { sleep } from "../../src/engine/time.ts";
import { drain } from "../../src/platform/node/system.ts";
import type { VirtualHome } from "../../src/sim/home/virtual-home.ts";
import type { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import type { Watched } from "../support/killable-process.ts";
import { brokenRecords, lacking } from "./record-laws.ts";

export interface LawContext {
  readonly home: VirtualHome;
  readonly disk: VirtualDisk;
  readonly path: string;
  readonly image: Uint8Array;
  /** Ids of the closing list's items. */
  readonly closing: readonly string[];
  /** Must not be anywhere on the disk but in the plug's secrets. */
  readonly secrets: readonly string[];
}

/** After a calibration against a load that is known to 1 % and a voltmeter that is exact. */
const CALIBRATED_TO = 0.02;
/** What measuring changes for its time, as it is on a plug that nobody measured (settings.ino, SettingsDefault). */
const AS_BEFORE: readonly (readonly [string, string | number])[] = [
  ["VoltRes", 0],
  ["WattRes", 0],
  ["AmpRes", 3],
  ["Power1", "OFF"],
];
/** Until a meter that was switched on shows what flows. */
const READING_MS = 12_000;
/** Cuts through a finished journal. */
const CUTS = 40;

export class ConversionLaws {
  readonly broken: string[] = [];
  readonly #context: LawContext;
  readonly #original: Uint8Array;
  readonly #plug: string;
  readonly #passwords = new Set<string>();
  #atStart = { erasures: 0, flash: new Uint8Array(0), entries: 0 };

  constructor(rig: LawContext) {
    this.#context = rig;
    this.#original = rig.home.bench.flash.slice();
    this.#plug = [...rig.home.bench.mac].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  break(law: string): void {
    this.broken.push(law);
  }

  /** Laws about the moment in which something leaves the computer. */
  watch(): Watched {
    return { request: (request) => this.#requestLeaves(request), question: (id) => this.#questionAsked(id) };
  }

  #requestLeaves({ body }: HttpRequest): void {
    const command = new URLSearchParams(new TextDecoder().decode(body)).get("cmnd") ?? "";
    const password = /^WebPassword2 (.+)$/i.exec(command)?.[1];
    if (password === undefined) return;
    this.#passwords.add(password);
    const kept = this.#surviving("secrets.json");
    if (!kept?.includes(password)) this.break("a web password is set that a crash would make everybody forget");
  }

  #questionAsked(id: string): void {
    const state = foldConversion(linesOf(this.#surviving("journal.jsonl") ?? ""));
    const closed = state.finished.has("close-case") && !state.wiresAttached;
    if (this.#context.closing.includes(id) && closed) this.break(`${id} is asked again after the case was closed`);
    if (id === "first-mains" && !closed) this.break("mains before the case is closed on record");
    if (id === "ground-gpio0" && state.finished.has("write"))
      this.break("download mode again after the write is on record");
    if (id === "cold-start" && state.finished.has("boot"))
      this.break("a cold start is asked again after it was proven");
  }

  #surviving(name: string): string | undefined {
    const bytes = this.#context.disk.surviving(`${this.#context.path}/plugs/${this.#plug}/${name}`);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  async runBegins(): Promise<void> {
    const entries = await this.#entries();
    this.#atStart = {
      erasures: countOf(entries, "erase-begun"),
      flash: this.#context.home.bench.flash.slice(),
      entries: entries.length,
    };
  }

  /** Between runs. */
  async check(): Promise<void> {
    const { disk, path, home, image, secrets } = this.#context;
    const { flash } = home.bench;
    for (const incident of home.bench.incidents) this.break(`accident: ${incident}`);
    const records = { files: disk.files, path, plug: this.#plug, original: this.#original, image };
    for (const law of await brokenRecords({ ...records, flash, secrets: [...secrets, ...this.#passwords] })) {
      this.break(law);
    }
    const entries = await this.#entries();
    const erasures = entriesOf(entries, "erase-begun");
    const here = erasures.length - this.#atStart.erasures;
    if (here > 1) this.break("erasing began twice in one run");
    if (here > 0 && erasures.at(-1)!.md5 === md5Hex(this.#atStart.flash))
      this.break("erasing began though all was right");
    if (entries.length < this.#atStart.entries) this.break("the journal lost entries");
  }

  async everythingOnRecord(): Promise<boolean> {
    return nextStep(foldConversion(await this.#entries())) === undefined;
  }

  /** What the person has in the end. */
  async checkDone(clock: SimClock): Promise<void> {
    const { disk, path, home } = this.#context;
    const { files } = disk;
    const folder = `${path}/plugs/${this.#plug}`;
    for (const law of await lacking(files, folder)) this.break(law);
    await this.#cutJournal(folder);
    const { webPassword, nextWebPassword } = await readSecrets({ files, path }, this.#plug);
    if (webPassword === undefined || nextWebPassword !== undefined) this.break("no single web password is on record");
    const address = (await rememberedPlugs({ files, path }))[0]?.address ?? "nowhere";
    const client = new HttpClient({ http: home.http, clock: clock.port(), host: address, password: webPassword });
    try {
      for (const [name, value] of AS_BEFORE) {
        const reported = (await clock.complete(drain, client.send(query(name)))).members.map((member) => member.value);
        if (!reported.includes(value))
          this.break(`${name} is ${JSON.stringify(reported)} after measuring, not ${value}`);
      }
      await clock.complete(drain, client.send(setting("Power1", "ON")));
      await clock.complete(drain, sleep(clock.port(), READING_MS));
      const { members } = await clock.complete(drain, client.send(query("Status 8")));
      const sensors = members.find(({ key }) => key === "StatusSNS")?.value;
      const energy = isObject(sensors) ? sensors["ENERGY"] : undefined;
      const power = Number(isObject(energy) ? energy["Power"] : Number.NaN);
      const truth = home.load.draw(home.mains.voltage).watts;
      if (!(Math.abs(power / truth - 1) < CALIBRATED_TO)) this.break(`calibrated, but ${truth} W are read as ${power}`);
    } catch (error) {
      this.break(`the plug does not open to the password on record: ${String(error)}`);
    }
  }

  /** A journal cut at any byte opens, holds its whole lines, and takes the next entry. */
  async #cutJournal(folder: string): Promise<void> {
    const whole = await this.#context.disk.files.read(`${folder}/journal.jsonl`);
    const all = linesOf(new TextDecoder().decode(whole));
    for (let cut = 0; cut < CUTS; cut++) {
      const end = Math.floor((whole.length * (cut + 0.5)) / CUTS);
      const disk = new VirtualDisk({ seed: 1 });
      await disk.files.makeDirectory("/cut", 0o700);
      const handle = await disk.files.open("/cut/journal.jsonl", "create", 0o600);
      await handle.write(whole.subarray(0, end));
      const journal = await openJournal(disk.files, "/cut");
      const lines = whole.subarray(0, end).filter((byte) => byte === 0x0a).length;
      await journal.append(new UnrecognizedEntry({ type: "after", at: "2026-01-01T00:00:00.000Z" }));
      const now = await readJournal(disk.files, "/cut");
      if (now.length !== lines + 1 || JSON.stringify(now.slice(0, lines)) !== JSON.stringify(all.slice(0, lines))) {
        this.break(`a journal cut at byte ${end} is not its whole lines`);
      }
    }
  }

  async #entries(): Promise<readonly StoredEntry[]> {
    return readJournal(this.#context.disk.files, `${this.#context.path}/plugs/${this.#plug}`);
  }
}

function linesOf(text: string): StoredEntry[] {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole.split("\n").flatMap((line) => (line === "" ? [] : [parseEntry(JSON.parse(line))!]));
}

function countOf(entries: readonly StoredEntry[], type: string): number {
  return entries.filter((entry) => entry.type === type).length;
}
