import { beforeEach, describe, expect, test } from "vitest";
import { PlugsmithError } from "../core/errors.ts";
import { say } from "../core/text/text.ts";
import type { JobContext, JobHandle } from "./job.ts";
import { all, settled, startOn, testHost } from "./job-host.test-support.ts";
import type { JobHost } from "./job-host.ts";
import type { Answer } from "./questions.ts";

let host: JobHost;

beforeEach(() => {
  host = testHost();
});

const start = <T>(run: (context: JobContext) => Promise<T>): JobHandle<T> => startOn(host, run);

const CHOICE = {
  id: "resume",
  text: say`Go on?`,
  options: [
    { id: "yes", text: say`Yes` },
    { id: "no", text: say`No` },
  ],
};

describe("a question of a job", () => {
  const KINDS: readonly [
    name: string,
    ask: (context: JobContext) => Promise<unknown>,
    answer: Answer,
    gives: unknown,
  ][] = [
    ["act", ({ operator }) => operator.act({ id: "do", text: say`Do it.` }), { kind: "act" }, undefined],
    [
      "measure",
      ({ operator }) => operator.measure({ id: "volts", text: say`Volts?`, unit: "V" }),
      { kind: "measure", reading: 3.3 },
      3.3,
    ],
    [
      "readings",
      ({ operator }) =>
        operator.read({
          id: "adapter",
          text: say`Both?`,
          values: [
            { id: "vcc", text: say`Vcc`, unit: "V" },
            { id: "tx", text: say`TX`, unit: "V" },
          ],
        }),
      { kind: "readings", readings: [3.3, { low: 3.2, high: 3.2, unitShown: true }] },
      [3.3, { low: 3.2, high: 3.2, unitShown: true }],
    ],
    [
      "checklist",
      ({ operator }) => operator.check({ id: "eye", text: say`Which?`, items: CHOICE.options }),
      { kind: "checklist", confirmed: ["no"], stop: true },
      { confirmed: ["no"], stop: true },
    ],
    ["choose", ({ operator }) => operator.choose(CHOICE), { kind: "choose", option: "no" }, "no"],
    [
      "provide",
      ({ operator }) => operator.provide({ id: "ssid", text: say`Name?`, secret: false }),
      { kind: "provide", text: "home" },
      "home",
    ],
  ];

  test.each(KINDS)("of the kind %s is open until it is answered, and its answer reaches the job", async (...row) => {
    const [kind, ask, answer, gives] = row;
    const job = start(ask);
    await settled();
    const [question] = job.questions;
    expect(question?.kind).toBe(kind);
    job.answer(question!.id, answer);
    expect(job.questions).toEqual([]);
    expect(await job.result).toEqual(gives);
  });

  const UNFIT: readonly Answer[] = [
    { kind: "act" },
    { kind: "measure", reading: Number.NaN },
    { kind: "measure", reading: "3" as unknown as number },
    { kind: "measure", reading: undefined as unknown as number },
    { kind: "measure", reading: { low: 1, high: Number.NaN, unitShown: true } },
    { kind: "readings", readings: [3.3] },
    { kind: "readings", readings: [3.3, Number.NaN] },
    { kind: "readings", readings: 3.3 as unknown as number[] },
    { kind: "checklist", confirmed: ["another"] },
    { kind: "checklist", confirmed: "yes" as unknown as string[] },
    { kind: "checklist", confirmed: ["yes"], stop: "no" as unknown as boolean },
    { kind: "choose", option: "perhaps" },
    { kind: "provide", text: 5 as unknown as string },
    { kind: "telepathy" } as unknown as Answer,
  ];

  test.each(KINDS)("of the kind %s stays open at an answer that does not fit", async (...row) => {
    const [kind, ask, answer, gives] = row;
    const job = start(ask);
    await settled();
    const { id } = job.questions[0]!;
    for (const unfit of UNFIT) {
      if (kind === "act" && unfit.kind === "act") continue;
      expect(() => job.answer(id, unfit)).toThrowError(expect.objectContaining({ code: "bad-argument" }));
      expect(job.questions.map((each) => each.id)).toEqual([id]);
    }
    job.answer(id, answer);
    expect(await job.result).toEqual(gives);
  });

  test("takes the first of two answers, and the second is told so", async () => {
    const job = start(({ operator }) => operator.choose(CHOICE));
    await settled();
    const { id } = job.questions[0]!;
    job.answer(id, { kind: "choose", option: "yes" });
    const second = (): void => job.answer(id, { kind: "choose", option: "no" });
    expect(second).toThrowError(expect.objectContaining({ code: "question-closed" }));
    expect(await job.result).toBe("yes");
  });

  test.each(["", "1", "abababab-1.2", "abababab-1.01", "abababab-2.1", "abababab-1."])(
    'that was never asked, "%s", cannot be answered',
    async (id) => {
      const job = start(({ operator }) => operator.act({ id: "do", text: say`Do it.` }));
      await settled();
      expect(job.questions[0]!.id).toBe("abababab-1.1");
      expect(() => job.answer(id, { kind: "act" })).toThrowError(expect.objectContaining({ code: "bad-argument" }));
    },
  );

  test("has an id of its own each time, though the same is asked", async () => {
    const job = start(async ({ operator }) => {
      const action = { id: "do", text: say`Do it.` };
      await Promise.all([operator.act(action), operator.act(action)]);
    });
    await settled();
    const ids = job.questions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) job.answer(id, { kind: "act" });
    await job.result;
  });

  test("is seen by a watcher that comes late, in the events and among the open ones, and outlives one that leaves", async () => {
    const job = start(({ operator }) => operator.choose(CHOICE));
    const first = job.events[Symbol.asyncIterator]();
    await first.next();
    await first.next();
    await first.return?.();
    const late = all(job.events);
    await settled();
    job.answer(job.questions[0]!.id, { kind: "choose", option: "yes" });
    const types = (await late).map(({ type }) => type);
    expect(types).toEqual(["job-started", "question-asked", "question-answered", "result"]);
  });

  test("tells no event what was answered", async () => {
    const job = start(({ operator }) =>
      operator.provide({ id: "passphrase", text: say`Passphrase?`, secret: true }).then(() => {}),
    );
    await settled();
    job.answer(job.questions[0]!.id, { kind: "provide", text: "correct horse" });
    expect(JSON.stringify(await all(job.events))).not.toContain("horse");
  });

  test("is withdrawn when the job is stopped, is refused then, and so is any further one", async () => {
    const refused: unknown[] = [];
    const job = start(async ({ operator, signal }) => {
      await operator.act({ id: "one", text: say`One.` }).catch((error: unknown) => refused.push(error));
      await operator.act({ id: "two", text: say`Two.` }).catch((error: unknown) => refused.push(error));
      signal.throwIfAborted();
    });
    await settled();
    const { id } = job.questions[0]!;
    job.abort();
    expect(job.state).toBe("stopping");
    expect(job.questions).toEqual([]);
    expect(() => job.answer(id, { kind: "act" })).toThrowError(expect.objectContaining({ code: "question-closed" }));
    await expect(job.result).rejects.toBeDefined();
    expect(refused).toEqual([
      expect.objectContaining({ code: "aborted" }),
      expect.objectContaining({ code: "aborted" }),
    ]);
    const types = (await all(job.events)).map(({ type }) => type);
    expect(types).toEqual(["job-started", "question-asked", "question-withdrawn", "result"]);
    job.abort();
    expect(job.state).toBe("failed");
  });

  test("is withdrawn when the engine stops waiting for it, and the job goes on", async () => {
    const enough = new AbortController();
    const job = start(async ({ operator }) => {
      await operator.act({ id: "wait", text: say`Wait.` }, enough.signal).catch(() => {});
      return "went on";
    });
    await settled();
    enough.abort();
    expect(job.questions).toEqual([]);
    expect(await job.result).toBe("went on");
  });

  test("that nobody can answer gives the job the reason, and cannot be answered afterwards", async () => {
    const job = start(({ operator }) => operator.choose(CHOICE));
    await settled();
    const { id } = job.questions[0]!;
    const reason = new PlugsmithError("needs-input", { message: say`Nobody is there.` });
    job.decline(id, reason);
    await expect(job.result).rejects.toBe(reason);
    expect(() => job.answer(id, { kind: "choose", option: "yes" })).toThrowError(
      expect.objectContaining({ code: "question-closed" }),
    );
  });

  test("is named by its own id when it ends, beside the id of its job", async () => {
    const job = start(({ operator }) => operator.choose(CHOICE));
    await settled();
    const { id } = job.questions[0]!;
    job.answer(id, { kind: "choose", option: "yes" });
    const ended = (await all(job.events)).find(({ type }) => type === "question-answered");
    expect(ended).toMatchObject({ id: job.id, questionId: id });
  });

  test("that the job no longer waits for when it ends is withdrawn", async () => {
    const job = start(async ({ operator }) => {
      operator.act({ id: "loose", text: say`Never awaited.` }).catch(() => {});
    });
    await job.result;
    expect(job.questions).toEqual([]);
    expect((await all(job.events)).map(({ type }) => type)).toContain("question-withdrawn");
  });
});
