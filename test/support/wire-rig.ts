/** Plugs on record, and adapters over which something is heard: a home on a virtual disk, in virtual time. */
import { foldConversion } from "../../src/core/conversion/state.ts";
import type { StoredEntry } from "../../src/core/journal/stored-entry.ts";
import { plugFolder } from "../../src/engine/home/folders.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import { openPlugJournal } from "../../src/engine/home/plug-journal.ts";
import { openConversionLog } from "../../src/engine/jobs/conversion-log.ts";
import type { AdapterIdentity, Operator } from "../../src/engine/ports.ts";
import { wiresOnRecord } from "../../src/engine/safety/wire-contacts.ts";
import { type RecordedLine, recordedLine } from "../../src/engine/wires/recorded-line.ts";
import { drain } from "../../src/platform/node/system.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import { SimpleLine } from "./simple-line.ts";

export const HOME = "/home";

export class TalkingLine extends SimpleLine {
  override readonly identity: AdapterIdentity;
  readonly sent: string[] = [];

  constructor(adapter: string) {
    super(adapter);
    this.identity = { path: "/dev/ttyUSB0", label: "FTDI FT232R", vendorId: "0403", serialNumber: adapter };
  }

  write(bytes: Uint8Array): Promise<void> {
    this.sent.push(new TextDecoder().decode(bytes));
    return Promise.resolve();
  }

  say(text: string): void {
    this.arrive(new TextEncoder().encode(text), 0);
  }
}

export const status5 = (plug: string): string =>
  `RSL: STATUS5 = {"StatusNET":{"Hostname":"x","Mac":"${plug.toUpperCase().match(/../g)!.join(":")}"}}\r\n`;

export class WireRig {
  readonly clock = new SimClock();
  readonly disk = new VirtualDisk({ seed: 1 });
  /** Ids of the questions asked, in order, and the last one's text. */
  readonly asked: string[] = [];
  text = "";
  answer = "no";
  readonly operator: Operator = {
    act: () => Promise.reject(new Error("not asked")),
    measure: () => Promise.reject(new Error("not asked")),
    read: () => Promise.reject(new Error("not asked")),
    check: () => Promise.reject(new Error("not asked")),
    choose: ({ id, text }) => {
      this.asked.push(id);
      this.text = text.toString();
      return Promise.resolve(this.answer);
    },
    provide: () => Promise.reject(new Error("not asked")),
  };

  get ports() {
    return { files: this.disk.files, home: HOME, clock: this.clock.port(), operator: this.operator };
  }

  run<T>(work: Promise<T>): Promise<T> {
    return this.clock.complete(drain, work);
  }

  recorded(line: SimpleLine): RecordedLine {
    return recordedLine(line, this.ports);
  }

  /** Somebody listens over this adapter and hears that. Resolves when it is on record. */
  async hear(adapter: string, ...texts: string[]): Promise<void> {
    const line = new TalkingLine(adapter);
    const recorded = this.recorded(line);
    const stop = recorded.listen({ bytes: () => {} });
    for (const text of texts) line.say(text);
    await this.run(recorded.settled());
    stop();
  }

  /** The plug's closing list is gone through now. */
  async close(plug: string): Promise<void> {
    const log = await this.run(openConversionLog(this.disk.files, HOME, plug, this.clock.port()));
    await this.run(log.finish("close-case", { closedAt: "2026-01-01T00:00:00Z", confirmed: [], measured: [] }));
    await this.run(log.close());
  }

  /** As a gate before mains asks: whether wires are on record. */
  async wired(plug: string): Promise<boolean> {
    return (await this.run(wiresOnRecord(this.ports, plug))) !== undefined;
  }

  journal(plug: string): Promise<readonly StoredEntry[]> {
    return readJournal(this.disk.files, plugFolder(HOME, plug));
  }

  /** The plug's journal with other entries, as another version might have left it. */
  async rewrite(plug: string, entries: readonly StoredEntry[]): Promise<void> {
    const { files } = this.disk;
    await files.remove(`${plugFolder(HOME, plug)}/journal.jsonl`);
    const journal = await this.run(openPlugJournal(files, HOME, plug));
    for (const entry of entries) await this.run(journal.append(entry));
    await this.run(journal.close());
  }

  /** What the plug's journal alone says, nobody asked. */
  async onRecord(plug: string): Promise<boolean> {
    return foldConversion(await this.journal(plug)).wiresAttached;
  }
}
