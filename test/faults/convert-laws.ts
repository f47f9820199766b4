/** What must hold in every conversion, whatever was lost on the way; each broken law is told in words. */

import {
  type ConversionState,
  type ConversionStep,
  foldConversion,
  nextStep,
} from "../../src/core/conversion/state.ts";
import { md5Hex, sha256Hex } from "../../src/core/digest.ts";
import { isObject } from "../../src/core/tasmota/answer.ts";
import { query, setting } from "../../src/core/tasmota/command.ts";
import { listBackups } from "../../src/engine/home/backups.ts";
import { type JournalEntry, openJournal, readJournal } from "../../src/engine/home/journal.ts";
import type { HttpRequest } from "../../src/engine/ports.ts";
import { HttpClient } from "../../src/engine/tasmota/http-client.ts";
import { readSecrets, rememberedPlugs } from "../../src/engine/tasmota/plug-records.ts";
import { sleep } from "../../src/engine/time.ts";
import { drain } from "../../src/platform/node/drain.ts";
import type { VirtualHome } from "../../src/sim/home/virtual-home.ts";
import type { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import type { Watched } from "../support/mortal-process.ts";

export interface LawScene {
  readonly home: VirtualHome;
  readonly disk: VirtualDisk;
  readonly path: string;
  readonly image: Uint8Array;
  /** Ids of the closing list's items. */
  readonly closing: readonly string[];
  /** Must not be anywhere on the disk but in the plug's secrets. */
  readonly secrets: readonly string[];
}

/** Steps that are not done twice once they are on record. The others are proven again by doing their cheap part. */
const ONCE: readonly ConversionStep[] = ["write", "boot", "close the case", "calibrate", "report"];
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
  readonly #scene: LawScene;
  readonly #original: Uint8Array;
  readonly #plug: string;
  readonly #passwords = new Set<string>();
  readonly #sha256: string;
  #atStart = { erasures: 0, flash: new Uint8Array(0), entries: 0 };

  constructor(scene: LawScene) {
    this.#scene = scene;
    this.#original = scene.home.bench.flash.slice();
    this.#sha256 = sha256Hex(this.#original);
    this.#plug = [...scene.home.bench.mac].map((byte) => byte.toString(16).padStart(2, "0")).join("");
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
    const closed = state.finished.has("close the case") && !state.wiresAttached;
    if (this.#scene.closing.includes(id) && closed) this.break(`${id} is asked again after the case was closed`);
    if (id === "first-mains" && !closed) this.break("mains before the case is closed on record");
    if (id === "ground-gpio0" && state.finished.has("write"))
      this.break("download mode again after the write is on record");
    if (id === "cold-start" && state.finished.has("boot"))
      this.break("a cold start is asked again after it was proven");
  }

  #surviving(name: string): string | undefined {
    const bytes = this.#scene.disk.surviving(`${this.#scene.path}/plugs/${this.#plug}/${name}`);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  async runBegins(): Promise<void> {
    const entries = await this.#entries();
    this.#atStart = {
      erasures: countOf(entries, "erase-begun"),
      flash: this.#scene.home.bench.flash.slice(),
      entries: entries.length,
    };
  }

  /** Between runs. */
  async check(): Promise<void> {
    const { disk, path, home, image } = this.#scene;
    for (const accident of home.bench.accidents) this.break(`accident: ${accident}`);
    const entries = await this.#entries();
    const state = foldConversion(entries);
    const { flash } = home.bench;

    const erasures = entries.filter(({ type }) => type === "erase-begun");
    const here = erasures.length - this.#atStart.erasures;
    if (here > 1) this.break("erasing began twice in one run");
    if (here > 0 && erasures.at(-1)!["md5"] === md5Hex(this.#atStart.flash))
      this.break("erasing began though all was right");
    if (entries.length < this.#atStart.entries) this.break("the journal lost entries");
    const backups = await listBackups(disk.files, path, this.#plug);
    if (!equal(flash, this.#original)) {
      if (erasures.length === 0) this.break("the flash is changed, and the journal does not know");
      if (backups.length === 0) this.break("the flash is changed, and no backup is sealed");
    }
    if (backups.length > 1) this.break(`sealed ${backups.length} times`);
    for (const backup of backups) {
      const sealed = await disk.files.read(backup.path);
      if (!equal(sealed, this.#original) || backup.manifest.sha256 !== this.#sha256)
        this.break(`the sealed backup ${backup.id} is not the original`);
    }
    // The first four bytes carry the flash's mode and size, which are set for this chip.
    const written = equal(flash.subarray(4, image.length), image.subarray(4));
    if (state.finished.has("write") && !written) this.break("written by the journal's word, but not in the flash");
    for (const step of ONCE) {
      const times = entries.filter((entry) => entry.type === "conversion-step" && entry["step"] === step).length;
      if (times > 1) this.break(`"${step}" is on record ${times} times`);
    }
    await this.#checkSecrets();
  }

  async #checkSecrets(): Promise<void> {
    const { disk, secrets } = this.#scene;
    for (const { path, text, mode } of await everyFile(disk, "")) {
      if (mode !== 0o600) this.break(`${path} has mode ${mode?.toString(8)}`);
      if (/\/secrets\.json(\.new)?$/.test(path)) continue;
      for (const secret of [...secrets, ...this.#passwords]) {
        if (text.includes(secret)) this.break(`a secret is in ${path}`);
      }
    }
  }

  /** What the person has in the end. */
  async checkDone(clock: SimClock): Promise<void> {
    const { disk, path, home } = this.#scene;
    const { files } = disk;
    const state: ConversionState = foldConversion(await this.#entries());
    if (nextStep(state) !== undefined) this.break(`done, but "${nextStep(state)}" is not on record`);
    const folder = `${path}/plugs/${this.#plug}`;
    for (const name of ["report.html", "report.json"]) {
      if ((await files.stat(`${folder}/${name}`)) === undefined) this.break(`done, but there is no ${name}`);
    }
    for (const name of await files.list(folder)) {
      if (/^(pending|incomplete)-/.test(name)) this.break(`${name} is left behind`);
    }
    await this.#cutJournal(folder);
    const { webPassword, nextWebPassword } = await readSecrets({ files, path }, this.#plug);
    if (webPassword === undefined || nextWebPassword !== undefined) this.break("no single web password is on record");
    const address = (await rememberedPlugs({ files, path }))[0]?.address ?? "nowhere";
    const client = new HttpClient({ http: home.http, clock: clock.port(), host: address, password: webPassword });
    try {
      for (const [name, value] of AS_BEFORE) {
        const told = (await clock.complete(drain, client.send(query(name)))).members.map((member) => member.value);
        if (!told.includes(value)) this.break(`${name} is ${JSON.stringify(told)} after measuring, not ${value}`);
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
    const whole = await this.#scene.disk.files.read(`${folder}/journal.jsonl`);
    const all = linesOf(new TextDecoder().decode(whole));
    for (let cut = 0; cut < CUTS; cut++) {
      const end = Math.floor((whole.length * (cut + 0.5)) / CUTS);
      const disk = new VirtualDisk({ seed: 1 });
      await disk.files.makeDirectory("/cut", 0o700);
      const handle = await disk.files.open("/cut/journal.jsonl", "create", 0o600);
      await handle.write(whole.subarray(0, end));
      const journal = await openJournal(disk.files, "/cut");
      const lines = whole.subarray(0, end).filter((byte) => byte === 0x0a).length;
      await journal.append({ type: "after", at: "2026-01-01T00:00:00.000Z" });
      const now = await readJournal(disk.files, "/cut");
      if (now.length !== lines + 1 || JSON.stringify(now.slice(0, lines)) !== JSON.stringify(all.slice(0, lines))) {
        this.break(`a journal cut at byte ${end} is not its whole lines`);
      }
    }
  }

  async #entries(): Promise<readonly JournalEntry[]> {
    return readJournal(this.#scene.disk.files, `${this.#scene.path}/plugs/${this.#plug}`);
  }
}

function linesOf(text: string): JournalEntry[] {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as JournalEntry]));
}

async function everyFile(
  disk: VirtualDisk,
  folder: string,
): Promise<{ readonly path: string; readonly text: string; readonly mode: number | undefined }[]> {
  const found = [];
  for (const name of await disk.files.list(folder)) {
    const path = `${folder}/${name}`;
    const info = await disk.files.stat(path);
    if (info?.kind === "directory") found.push(...(await everyFile(disk, path)));
    else {
      const text = new TextDecoder("latin1").decode(await disk.files.read(path));
      found.push({ path, text, mode: info?.mode });
    }
  }
  return found;
}

function countOf(entries: readonly JournalEntry[], type: string): number {
  return entries.filter((entry) => entry.type === type).length;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
