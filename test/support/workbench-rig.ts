/** A workbench over files in memory, and a person who answers its questions as a page would: by what the questions say. */
import { readFileSync } from "node:fs";
import type { GuideTexts } from "../../src/core/guide/guide.ts";
import { parseGuide } from "../../src/core/guide/parse-guide.ts";
import { parseProfile } from "../../src/core/profile/profile.ts";
import type { ReadingAnswer } from "../../src/core/reading/reading.ts";
import { typedReading } from "../../src/core/reading/typed-reading.ts";
import type { OperatorQuantity } from "../../src/engine/ports.ts";
import type { Environment } from "../../src/host/environment.ts";
import type { HostEvent } from "../../src/host/job.ts";
import type { Answer, OpenQuestion } from "../../src/host/questions.ts";
import type { Device, WorkbenchPlatform } from "../../src/host/workbench/contract.ts";
import { Workbench } from "../../src/host/workbench/workbench.ts";
import { drain } from "../../src/platform/node/system.ts";
import { HOME_NETWORK } from "../../src/sim/home/virtual-home.ts";
import { MemoryFiles } from "./memory-files.ts";

const notThere = (): Promise<never> => Promise.reject(new Error("not there in this test"));

export function ep2(): Device {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../profiles/gosund-ep2/${name}`, import.meta.url), "utf8"));
  const texts = read("texts.en.json") as GuideTexts;
  return { profile: parseProfile(read("profile.json")), guide: parseGuide(read("guide.json"), texts, "guide"), texts };
}

export function memoryPlatform(files: MemoryFiles = new MemoryFiles()): WorkbenchPlatform {
  const environment: Environment = {
    virtual: false,
    tool: "test",
    home: "/home",
    clock: { now: () => 0, wallTime: () => 0, after: () => () => {} },
    files,
    random: { bytes: (count) => new Uint8Array(count).fill(7) },
    http: { request: notThere },
    ranges: () => [],
    wifi: () => Promise.resolve(undefined),
    ports: {
      list: () => Promise.resolve({ adapters: [], troubles: [] }),
      has: () => Promise.resolve(false),
      open: notThere,
    },
    openFlash: notThere,
    drain,
    drive: (work) => work,
    hold: (work) => work,
  };
  return { environment, device: () => Promise.resolve(ep2()), firmware: notThere };
}

export function memoryWorkbench(files?: MemoryFiles): Workbench {
  return new Workbench(memoryPlatform(files));
}

const TYPED: Readonly<Record<string, string>> = {
  ...HOME_NETWORK,
  voltmeter: "0.8 % + 3 digits",
  load: "1000",
  "load-voltage": "230",
};

/** What a careful person answers, with what the question itself says. */
export function carefulAnswer(question: OpenQuestion): Answer {
  switch (question.kind) {
    case "act":
      return { kind: "act" };
    case "choose":
      return { kind: "choose", option: question.topic.options[0]!.id };
    case "provide":
      return { kind: "provide", text: TYPED[question.topic.id] ?? "" };
    case "measure":
      return { kind: "measure", reading: shownReading(question.topic) };
    case "readings":
      return { kind: "readings", readings: question.topic.values.map(shownReading) };
    case "checklist":
      return { kind: "checklist", confirmed: question.topic.items.map(({ id }) => id) };
  }
}

function shownReading(quantity: OperatorQuantity): ReadingAnswer {
  const shown = /The virtual instrument shows (.*)\.$/.exec(quantity.text.toString())?.[1] ?? "";
  const typed = typedReading(shown, quantity);
  if (typed.kind !== "taken") throw new Error(`${quantity.id}: "${shown}" is no reading`);
  return typed.answer;
}

/** Follows a job to its end and answers whatever it asks. */
export async function workThrough(workbench: Workbench, job: string): Promise<HostEvent[]> {
  const events: HostEvent[] = [];
  for await (const event of workbench.events(job, 1)) {
    events.push(event);
    if (event.type === "question-asked") workbench.answer(job, event.question.id, carefulAnswer(event.question));
  }
  return events;
}
