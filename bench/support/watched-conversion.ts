/**
 * A whole conversion in the virtual home, as the rehearsal runs it, and who was waited for when: the person, the wire or
 * the plug. Times in µs of the plug's world.
 */
import { parseAccuracy } from "../../src/core/calibration/instrument.ts";
import type { JobEvent } from "../../src/core/events.ts";
import type { ReadingAnswer } from "../../src/core/reading/reading.ts";
import type { StepId } from "../../src/core/step-id.ts";
import type { WifiCredentials } from "../../src/core/tasmota/credentials.ts";
import { say } from "../../src/core/text/text.ts";
import { type ConversionPorts, convert } from "../../src/engine/jobs/convert.ts";
import type {
  ByteLine,
  Http,
  Operator,
  OperatorAction,
  OperatorChecklist,
  OperatorChoice,
  OperatorReadings,
} from "../../src/engine/ports.ts";
import { drain } from "../../src/platform/node/system.ts";
import { createVirtualHome } from "../../src/sim/home/virtual-home.ts";
import { virtualPerson } from "../../src/sim/home/virtual-person.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { conversionOptions } from "../../test/support/conversion-options.ts";
import type { MemoryFiles } from "../../test/support/memory-files.ts";
import { busyTime, Track } from "./rig.ts";

/** Something that a person was asked. */
export interface Asked {
  readonly kind: keyof Operator;
  /** What it asks for, one by one: the work before it, its values or items, or the question itself. */
  readonly parts: readonly { readonly kind: "work" | "measure" | "item" | "question"; readonly id: string }[];
  readonly id: string;
  readonly text: string;
  /** Of a choice. */
  readonly options: readonly string[];
  /** What was typed; empty where Enter is enough. */
  readonly typed: string;
  readonly from: number;
  readonly to: number;
}

export interface StepShare {
  readonly step: StepId | "between";
  readonly total: number;
  readonly person: number;
  readonly wire: number;
  readonly plug: number;
}

export interface WatchedConversion {
  readonly asked: readonly Asked[];
  readonly steps: readonly StepShare[];
  readonly total: number;
}

const BITS_A_BYTE = 10;
const SAMPLES = 12;
const VOLTMETER = "0.8 % + 3 digits";

/** Converts one plug as the rehearsal does. @param knownNetwork its credentials are not asked for. */
export async function watchedConversion(
  seed: number,
  files: MemoryFiles,
  knownNetwork: boolean,
): Promise<WatchedConversion> {
  const clock = new SimClock();
  const home = createVirtualHome({ clock, seed });
  const person = new Track();
  const wire = new Track();
  const asked: Asked[] = [];
  const steps: { step: StepId; from: number; to: number }[] = [];
  const started = new Map<StepId, number>();
  const operator = watchedOperator(virtualPerson(home), clock, (each) => {
    person.add(each.from, each.to);
    asked.push(each);
  });
  const ports: ConversionPorts = {
    line: watchedLine(home.line, clock, wire),
    clock: clock.port(),
    files,
    home: "/home",
    tool: "plugsmith bench",
    random: new SeededRandom(seed).fork("computer"),
    http: watchedHttp(home.http, clock, wire),
    operator,
    events: (event: JobEvent) => {
      if (event.type === "step-started") started.set(event.step, clock.now);
      if (event.type === "step-finished") {
        steps.push({ step: event.step, from: started.get(event.step) ?? clock.now, to: clock.now });
      }
    },
    wifi: home.wifi,
  };
  const began = clock.now;
  const work = async (): Promise<void> => {
    const credentials = knownNetwork ? home.network : await askedCredentials(operator);
    await convert(ports, {
      ...conversionOptions({ deviceName: "Rehearsal", timeZone: "Europe/Berlin" }),
      credentials,
      resume: "new",
      calibration: {
        method: {
          kind: "volts-and-load",
          voltmeter: parseAccuracy(VOLTMETER, 0.1),
          load: { kind: "heater", ratedPower: home.loadWatts, ratedVoltage: 230, tolerance: 0.01 },
        },
        samples: SAMPLES,
        maximumPower: 2300,
      },
    });
  };
  await clock.complete(drain, work());
  return { asked, steps: shares(steps, began, clock.now, person, wire), total: clock.now - began };
}

async function askedCredentials(operator: Operator): Promise<WifiCredentials> {
  const ssid = await operator.provide({ id: "ssid", text: say`Name of the Wi-Fi network:`, secret: false });
  const text = say`Passphrase of "${ssid}" (empty for an open network):`;
  return { ssid, passphrase: await operator.provide({ id: "passphrase", text, secret: true }) };
}

/** Steps in order, and what lies between them. */
function shares(
  steps: readonly { readonly step: StepId; readonly from: number; readonly to: number }[],
  began: number,
  ended: number,
  person: Track,
  wire: Track,
): StepShare[] {
  const share = (step: StepShare["step"], from: number, to: number): StepShare => {
    const busy = busyTime([person], from, to);
    const both = busyTime([person, wire], from, to);
    return { step, total: to - from, person: busy, wire: both - busy, plug: to - from - both };
  };
  const found: StepShare[] = [];
  let reached = began;
  for (const { step, from, to } of steps) {
    if (from > reached) found.push(share("between", reached, from));
    if (to > reached) found.push(share(step, Math.max(reached, from), to));
    reached = Math.max(reached, to);
  }
  if (ended > reached) found.push(share("between", reached, ended));
  return found;
}

function watchedOperator(hands: Operator, clock: SimClock, tell: (asked: Asked) => void): Operator {
  const ask = async <T>(
    kind: Asked["kind"],
    topic: Topic,
    work: Promise<T>,
    typed: (answer: T) => string,
  ): Promise<T> => {
    const from = clock.now;
    const answer = await work;
    const options = (topic.options ?? []).map(({ text }) => text.toString());
    tell({
      kind,
      id: topic.id,
      text: [topic.text, ...listedWith(topic).map((step) => step.text)].join(" "),
      options,
      parts: partsOf(kind, topic),
      typed: typed(answer),
      from,
      to: clock.now,
    });
    return answer;
  };
  return {
    act: (action, signal) => ask("act", action, hands.act(action, signal), () => ""),
    choose: (choice, signal) => ask("choose", choice, hands.choose(choice, signal), () => "1"),
    provide: (what, signal) => ask("provide", what, hands.provide(what, signal), (answer) => answer),
    check: (list, signal) => ask("check", list, hands.check(list, signal), () => "all"),
    read: (what, signal) =>
      ask("read", what, hands.read(what, signal), (answers) => answers.map(readingTyped).join("; ")),
    measure: (what, signal) => ask("measure", what, hands.measure(what, signal), (answer) => readingTyped(answer)),
  };
}

type Topic = Pick<OperatorAction, "id" | "text"> &
  Partial<
    Pick<OperatorChoice, "options" | "list"> &
      Pick<OperatorReadings, "values" | "work"> &
      Pick<OperatorChecklist, "items">
  >;

const listedWith = ({ list = [], values = [], items = [], work }: Topic): readonly Pick<OperatorAction, "text">[] => [
  ...(work === undefined ? [] : [work, ...work.steps]),
  ...list,
  ...values,
  ...items,
];

function partsOf(kind: Asked["kind"], { id, values, items, work }: Topic): Asked["parts"] {
  const itself: Asked["parts"] = [{ kind: kind === "measure" ? "measure" : "question", id }];
  return [
    ...(work === undefined ? [] : [{ kind: "work" as const, id: work.id }]),
    ...(values?.map((value) => ({ kind: "measure" as const, id: value.id })) ??
      items?.map((item) => ({ kind: "item" as const, id: item.id })) ??
      itself),
  ];
}

const readingTyped = (answer: ReadingAnswer): string => (typeof answer === "number" ? String(answer) : `${answer.low}`);

function watchedHttp(http: Http, clock: SimClock, wire: Track): Http {
  return {
    request: async (request) => {
      const from = clock.now;
      try {
        return await http.request(request);
      } finally {
        wire.add(from, clock.now);
      }
    },
  };
}

/** What is sent begins when it is written; what is heard has ended when it is delivered. */
function watchedLine(line: ByteLine, clock: SimClock, wire: Track): ByteLine {
  const timeOf = (bytes: Uint8Array): number => (bytes.length * BITS_A_BYTE * 1e6) / line.baud;
  const write: ByteLine["write"] = (bytes) => {
    wire.add(clock.now, clock.now + timeOf(bytes));
    return line.write(bytes);
  };
  const listen: ByteLine["listen"] = (listener) =>
    line.listen({
      ...listener,
      bytes: (chunk, at) => {
        wire.add(clock.now - timeOf(chunk), clock.now);
        listener.bytes(chunk, at);
      },
    });
  const own: Partial<ByteLine> = { write, listen };
  return new Proxy(line, {
    get: (target, name) => {
      if (name === "write" || name === "listen") return own[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
