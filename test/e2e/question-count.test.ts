/**
 * How much a person is asked in a conversion, from the first question to the certificate: what concerns safety is asked
 * by itself, each time, for each plug; everything else is merged into pages or remembered from the plug before.
 */

import { beforeAll, describe, expect, test } from "vitest";
import { voltmeterAccuracy } from "../../src/core/calibration/instrument.ts";
import type { ReferenceMethod } from "../../src/engine/calibration/references.ts";
import { convert } from "../../src/engine/jobs/convert.ts";
import type { Operator } from "../../src/engine/ports.ts";
import { sleep } from "../../src/engine/time.ts";
import { askRequest } from "../../src/host/asking/ask-request.ts";
import { drain } from "../../src/platform/node/system.ts";
import { createVirtualHome, HOME_NETWORK } from "../../src/sim/home/virtual-home.ts";
import { virtualPerson } from "../../src/sim/home/virtual-person.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { sparseFlash } from "../faults/sparse-flash.ts";
import { conversionOptions, EP2_GUIDE } from "../support/conversion-options.ts";
import { MemoryFiles } from "../support/memory-files.ts";

/** What nobody may be spared: each is answered by itself, for every plug. */
const SAFETY: readonly string[] = [
  "away-from-mains",
  "supply",
  ...EP2_GUIDE.beforePower.map(({ id }) => id),
  "release-gpio0",
  ...EP2_GUIDE.closing.flatMap((item) =>
    "nullLeads" in item && item.nullLeads === true ? [`${item.id}-leads`, item.id] : [item.id],
  ),
  "mains-measurement",
];

const AT_MOST = { first: 25, further: 15 };

/** At the bench, for each plug. */
const BENCH: readonly string[] = [
  ...["supply", "before-work", "before-power-adapter", "short-vcc-gnd", "ground-gpio0", "first-start"],
  ...["closing-wires-removed", "earth-resistance", "insulation", "closing-child-protection", "final-earth-resistance"],
  ...["closing-first-mains-protected", "first-mains", "reference-voltage"],
];

const PROVIDED = {
  voltmeter: "0.8 % + 3 digits",
  load: "1000",
  "load-voltage": "230",
  tester: "A. Person",
  "router-mac": "5C:CF:7F:0A:0B:0C",
};

interface Asked {
  /** One for each question. */
  readonly questions: string[];
  /** What was answered by itself: the question, or each of its items and values. */
  readonly answered: string[];
}

/** Every question that is asked, in order. */
function counting(operator: Operator): { readonly operator: Operator; readonly asked: Asked } {
  const asked: Asked = { questions: [], answered: [] };
  const noted =
    <Q extends { readonly id: string }, A>(
      ask: (question: Q, signal?: AbortSignal) => Promise<A>,
      parts: (question: Q, answer: A) => readonly string[] = ({ id }) => [id],
    ) =>
    async (question: Q, signal?: AbortSignal): Promise<A> => {
      asked.questions.push(question.id);
      const answer = await ask(question, signal);
      asked.answered.push(...parts(question, answer));
      return answer;
    };
  return {
    operator: {
      act: noted((question, signal) => operator.act(question, signal)),
      measure: noted((question, signal) => operator.measure(question, signal)),
      read: noted(
        (question, signal) => operator.read(question, signal),
        ({ values }) => values.map(({ id }) => id),
      ),
      check: noted(
        (question, signal) => operator.check(question, signal),
        (_, { confirmed }) => confirmed,
      ),
      choose: noted((question, signal) => operator.choose(question, signal)),
      provide: noted((question, signal) => operator.provide(question, signal)),
    },
    asked,
  };
}

interface Evening extends Asked {
  /** As it stands on the certificate. */
  readonly method: string | undefined;
}

/** Nobody knows the multimeter's data sheet. */
const LABEL: ReferenceMethod = {
  kind: "volts-and-load",
  voltmeter: voltmeterAccuracy("unknown", 0.1),
  load: { kind: "heater", ratedPower: 1000, ratedVoltage: 230, tolerance: 0.01 },
};

/** Converts one more plug with these records. Returns the questions, and how its meter was compared. */
async function convertAnother(files: MemoryFiles, seed: number, wired = false): Promise<Evening> {
  const clock = new SimClock();
  const random = new SeededRandom(seed);
  const home = createVirtualHome({ clock, seed, bench: { flash: sparseFlash(random.fork("vendor")) } });
  const { operator, asked } = counting(virtualPerson(home, { provides: PROVIDED, choices: { reference: "load" } }));
  const place = { home: { files, path: "/home" }, files };
  const open = { credentials: true, firmware: true, reference: true };
  const given = { ssid: undefined, passphrase: undefined };
  const signal = new AbortController().signal;
  const whole = async (): Promise<string | undefined> => {
    // An hour for each plug.
    await sleep(clock.port(), seed * 3600e3);
    const { credentials, sameBatch } = await askRequest(operator, place, open, given, signal);
    const options = conversionOptions({ deviceName: "Kettle plug" });
    const { report } = await convert(
      {
        line: home.line,
        clock: clock.port(),
        files,
        home: "/home",
        tool: "plugsmith test",
        random: { bytes: (count) => random.bytes(count) },
        http: home.http,
        operator,
        events: () => undefined,
        wifi: home.wifi,
      },
      {
        ...options,
        calibration: { ...options.calibration!, method: LABEL },
        credentials,
        resume: "new",
        wired,
        sameBatch,
        // The name on the newest certificate, or one question.
        askTester: true,
      },
    );
    return report.calibrations[0]?.method.toString();
  };
  const method = await clock.complete(drain, whole());
  expect(home.bench.incidents).toEqual([]);
  return { ...asked, method };
}

describe("in an evening with three plugs", () => {
  const evening: Partial<Record<"first" | "further" | "wired", Evening>> = {};
  const files = new MemoryFiles();

  beforeAll(async () => {
    evening.first = await convertAnother(files, 3);
    evening.further = await convertAnother(files, 4);
    evening.wired = await convertAnother(files, 5, true);
  });

  const method = (): string | undefined => evening.first!.method;

  test.each(["first", "further", "wired"] as const)(
    "of the %s plug everything about safety is answered, once",
    (which) => {
      const answered = evening[which]!.answered.filter((id) => SAFETY.includes(id));
      expect(answered.sort()).toEqual([...SAFETY].sort());
    },
  );

  test("the first plug takes 25 questions at most", () => {
    expect(evening.first!.questions).toEqual([
      ...["ssid", "passphrase", "firmware", "reference", "voltmeter", "load", "load-voltage"],
      ...BENCH.slice(0, 2),
      "router-mac",
      ...BENCH.slice(2),
      "tester",
    ]);
    expect(evening.first!.questions.length).toBeLessThanOrEqual(AT_MOST.first);
  });

  test("a further plug takes 15 at most, and only the passphrase is typed again", () => {
    expect(evening.further!.questions).toEqual(["passphrase", ...BENCH]);
    expect(evening.further!.questions.length).toBeLessThanOrEqual(AT_MOST.further);
  });

  test("a plug that is wired already begins with one list, and takes no more", () => {
    expect(evening.wired!.questions.slice(0, 3)).toEqual(["passphrase", "supply", "before-work"]);
    expect(evening.wired!.answered).toContain("wired");
    expect(evening.wired!.questions.length).toBeLessThanOrEqual(AT_MOST.further);
  });

  test("the certificate says that the multimeter's accuracy was assumed", () => {
    expect(method()).toMatch(/assumed to be 2 % of the reading/);
  });

  test("the passphrase is nowhere in the home", () => {
    expect(files.allText()).toContain(HOME_NETWORK.ssid);
    expect(files.allText()).not.toContain(HOME_NETWORK.passphrase);
  });
});
