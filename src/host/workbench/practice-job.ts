/**
 * The whole conversion on a virtual plug, with the questions of a real one: a person answers at the page, virtual hands do it.
 * The plug lives as long as the job; its records are in the home of the virtual plugs.
 */
import type { EventSink, JobEvent } from "../../core/events.ts";
import { say, type Text } from "../../core/text/text.ts";
import { type ConversionOptions, type ConversionResult, convert } from "../../engine/jobs/convert.ts";
import type { Operator } from "../../engine/ports.ts";
import { sleep } from "../../engine/time.ts";
import { askRequest } from "../asking/ask-request.ts";
import { calibrationWith } from "../asking/reference-method.ts";
import type { JobContext } from "../job.ts";
import { jobPorts } from "../job-ports.ts";
import { guidedOperator } from "../virtual/guided-operator.ts";
import { loadSim } from "../virtual/load-sim.ts";
import { openVirtualEnvironment, type VirtualEnvironment } from "../virtual/virtual-environment.ts";
import { virtualHome } from "../virtual/virtual-home-folder.ts";
import type { JobOrder, WorkbenchPlatform } from "./contract.ts";

export type PracticeOrder = Extract<JobOrder, { readonly job: "practise" }>;

/** Real time for each event of a kind, ms, so that a person can follow; a backup has some hundred ticks of progress. */
const LOOK_MS: Readonly<Partial<Record<JobEvent["type"], number>>> = { progress: 60, meter: 300, "step-finished": 600 };

export async function practise(
  platform: WorkbenchPlatform,
  { pace = "watchable" }: PracticeOrder,
  context: JobContext,
): Promise<ConversionResult> {
  const around = platform.environment;
  const seed = new DataView(around.random.bytes(4).buffer).getUint32(0);
  const bench = { folder: undefined, start: "kept", seed } as const;
  const environment = await openVirtualEnvironment(around, bench, virtualHome(around.home));
  const announce = accidentsOf(environment.plug.bench, context.events);
  const look = (event: JobEvent): void => {
    context.events(event);
    announce();
    const ms = pace === "fast" ? undefined : LOOK_MS[event.type];
    // The world stands still meanwhile; a stop ends the job, not this.
    if (ms !== undefined) void environment.hold(sleep(around.clock, ms, context.signal)).catch(() => {});
  };
  try {
    return await environment.drive(onBench(platform, environment, { ...context, events: look }));
  } finally {
    announce();
    await environment.close();
  }
}

/** @returns what emits a warning for each accident since the last call, and their number as the fact "accidents". */
export function accidentsOf(bench: { readonly incidents: readonly string[] }, events: EventSink): () => void {
  let announced = 0;
  return () => {
    const fresh = bench.incidents.slice(announced);
    if (fresh.length === 0) return;
    announced += fresh.length;
    for (const incident of fresh) {
      events({ type: "notice", level: "warning", text: say`Accident at the virtual bench: ${incident}` });
    }
    events({ type: "fact", name: "accidents", value: announced });
  };
}

async function onBench(
  platform: WorkbenchPlatform,
  environment: VirtualEnvironment,
  context: JobContext,
): Promise<ConversionResult> {
  const { virtualHome: bench, home } = environment;
  const { signal } = context;
  const { buildModelImage, virtualPerson } = await loadSim();
  const hold = <T>(work: Promise<T>): Promise<T> => environment.hold(work);
  const person = withPracticeHints(context.operator, bench.network, bench.loadWatts);
  const operator = guidedOperator(person, virtualPerson(bench), hold);
  const { profile, guide, texts } = await hold(platform.device());
  const asked = { credentials: true, firmware: false, reference: true };
  const records = { home: { files: environment.files, path: home }, files: environment.files };
  const given = { ssid: undefined, passphrase: undefined };
  const { credentials, reference } = await hold(askRequest(person, records, asked, given, signal));
  const options: ConversionOptions = {
    profile,
    guide,
    texts,
    virtual: true,
    resume: "new",
    again: true,
    firmware: { image: buildModelImage(), origin: "the built-in stand-in" },
    credentials,
    askAgain: true,
    config: {},
    calibration: calibrationWith(reference, profile),
  };
  const ports = await jobPorts(environment, { ...context, operator }, { line: bench.line });
  return await convert(ports, options);
}

/** Nobody can know a virtual network's passphrase or the label of a virtual load: the question says it. */
function withPracticeHints(
  person: Operator,
  { ssid, passphrase }: { readonly ssid: string; readonly passphrase: string },
  loadWatts: number,
): Operator {
  const hints: Readonly<Record<string, (question: Text) => Text>> = {
    ssid: (question) => say`${question} The network of the virtual home is called ${ssid}.`,
    passphrase: (question) => say`${question} The passphrase of the virtual home is: ${passphrase}`,
    voltmeter: (question) => say`${question} For the virtual meter, leave it empty.`,
    load: (question) => say`${question} The label of the virtual heater says ${loadWatts} W.`,
    "load-voltage": (question) => say`${question} The label of the virtual heater says 230 V.`,
  };
  return {
    act: (action, signal) => person.act(action, signal),
    measure: (quantity, signal) => person.measure(quantity, signal),
    read: (readings, signal) => person.read(readings, signal),
    check: (list, signal) => person.check(list, signal),
    choose: (choice, signal) => person.choose(choice, signal),
    provide: (what, signal) => person.provide({ ...what, text: hints[what.id]?.(what.text) ?? what.text }, signal),
  };
}
