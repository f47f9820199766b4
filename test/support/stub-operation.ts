/** An operation on a scripted stub, and the facts of the plug whose backup is sealed for it. */
import type { EventSink } from "../../src/core/events.ts";
import { Operation } from "../../src/engine/flash/operation.ts";
import type { BackupFacts } from "../../src/engine/home/backups.ts";
import type { Files } from "../../src/engine/ports.ts";
import type { ScriptedStub } from "./scripted-stub.ts";

export const MAC = "c4:4f:33:a1:b2:12";
export const PLUG = "c44f33a1b212";

export const FACTS: BackupFacts = {
  chip: "ESP8285N08",
  mac: MAC,
  flashId: 0x1440c8,
  flashMaker: "GigaDevice",
  tool: "test 1",
  at: Date.UTC(2026, 0, 2),
};

/** @param line gives the time, too. @param files where it keeps its records. */
export function stubOperation(line: ScriptedStub, files: Files, events: EventSink = () => {}): Operation {
  return new Operation({ line, clock: line.clock.port(), files, home: "/home", tool: "test 1", events });
}
