import { beforeEach, describe, expect, test } from "vitest";
import { PlugsmithError } from "../core/errors.ts";
import { say } from "../core/text/text.ts";
import type { ComputerWifi } from "../engine/ports.ts";
import type { HostEvent, JobContext, JobHandle } from "./job.ts";
import { all, makeGate, PLUG, settled, startOn, testHost } from "./job-host.test-support.ts";
import type { JobHost } from "./job-host.ts";

const OTHER = "c44f33a1b213";

let host: JobHost;

beforeEach(() => {
  host = testHost();
});

const start = <T>(run: (context: JobContext) => Promise<T>, plug?: string, job?: string): JobHandle<T> =>
  startOn(host, run, plug, job);

const fact = (value: number): Parameters<JobContext["events"]>[0] => ({ type: "fact", name: "n", value });
const tick = (done: number): Parameters<JobContext["events"]>[0] => ({
  type: "progress",
  step: "back-up",
  done,
  total: 1000,
  rate: 1,
  leftMs: undefined,
});
const factsOf = (events: readonly HostEvent[]): unknown[] =>
  events.flatMap((event) => (event.type === "fact" ? [event.value] : []));

describe("the events of a job", () => {
  test("begin with its start, end with its result, and each has its number, the job's name and the plug", async () => {
    const job = start(async ({ events }) => events(fact(1)), PLUG);
    const seen = await all(job.events);
    expect(seen.map(({ type, seq }) => [type, seq])).toEqual([
      ["job-started", 1],
      ["fact", 2],
      ["result", 3],
    ]);
    for (const event of seen) expect(event).toMatchObject({ id: job.id, job: "convert", plug: PLUG });
    expect(job.state).toBe("done");
  });

  test("reach any number of watchers, whenever they come and from whichever number they start", async () => {
    const gate = makeGate();
    const job = start(async ({ events }) => {
      for (let n = 1; n <= 5; n++) events(fact(n));
      await gate.passed;
      events(fact(6));
    });
    const early = all(job.events);
    const ahead = all(job.eventsFrom(8));
    await settled();
    const late = all(job.events);
    gate.open();
    const whole = await early;
    expect(factsOf(whole)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await late).toEqual(whole);
    expect(await all(job.events)).toEqual(whole);
    for (let seq = 1; seq <= 9; seq++) expect(await all(job.eventsFrom(seq))).toEqual(whole.slice(seq - 1));
    expect((await ahead).map(({ type }) => type)).toEqual(["result"]);
  });

  test("are lost to a slow watcher only where they are ticks that later ones replace", async () => {
    const job = start(async ({ events }) => {
      for (let n = 1; n <= 1000; n++) {
        events(fact(n));
        events(tick(n));
      }
    });
    const seen = await all(job.events);
    expect(factsOf(seen)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
    const ticks = seen.flatMap((event) => (event.type === "progress" ? [event.done] : []));
    expect(ticks).toEqual(Array.from({ length: 64 }, (_, index) => 937 + index));
    expect(seen.at(-1)).toMatchObject({ type: "result", seq: 2002 });
  });

  test("all reach a watcher that keeps up, ticks too", async () => {
    const job = start(async ({ events }) => {
      for (let n = 1; n <= 200; n++) {
        events(tick(n));
        await settled();
      }
    });
    const seen = await all(job.events);
    expect(seen.filter(({ type }) => type === "progress")).toHaveLength(200);
  });

  test("go on when a watcher closes, also one that is waiting for the next event", async () => {
    const gate = makeGate();
    const job = start(async ({ operator }) => {
      await gate.passed;
      return await operator.choose({ id: "q", text: say`?`, options: [{ id: "a", text: say`A` }] });
    });
    const watcher = job.eventsFrom(2)[Symbol.asyncIterator]();
    const waiting = watcher.next();
    await watcher.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    gate.open();
    await settled();
    job.answer(job.questions[0]!.id, { kind: "choose", option: "a" });
    expect(await job.result).toBe("a");
  });

  test("tell the plug from when the job has learned it", async () => {
    const job = start(async ({ claimPlug, events }) => {
      claimPlug(PLUG);
      events(fact(1));
    });
    expect((await all(job.events)).map(({ plug }) => plug)).toEqual([undefined, PLUG, PLUG]);
    expect(job.plug).toBe(PLUG);
  });

  test.each([
    {
      what: "an error of plugsmith with all that it says",
      thrown: new PlugsmithError("no-sync", { message: say`Silent.`, step: "connect", plugState: say`untouched` }),
      error: { code: "no-sync", message: "Silent.", step: "connect", plugState: "untouched", nextStep: undefined },
    },
    {
      what: "anything else as a bug, without its text",
      thrown: new Error("the passphrase is hunter2"),
      error: expect.objectContaining({ code: "internal", message: expect.not.stringContaining("hunter2") }),
    },
  ])("end a failed job with $what", async ({ thrown, error }) => {
    const job = start(() => Promise.reject(thrown));
    await expect(job.result).rejects.toBe(thrown);
    expect((await all(job.events)).at(-1)).toMatchObject({ type: "result", ok: false, error });
    expect(job.state).toBe("failed");
  });
});

const forever = ({ signal }: JobContext): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
const locked = expect.objectContaining({ code: "locked", message: expect.stringContaining(PLUG) });

describe("a plug", () => {
  test("has one job at a time, another plug and another home are free, and so is this one afterwards", async () => {
    const first = start(forever, PLUG);
    expect(() => start(forever, PLUG, "upgrade")).toThrowError(locked);
    expect(host.jobs).toHaveLength(1);
    start(forever, OTHER);
    host.start({ job: "convert", home: "/elsewhere", plug: PLUG, run: forever });
    first.abort();
    await expect(first.result).rejects.toBeDefined();
    start(forever, PLUG, "upgrade");
    await host.close();
  });

  test("that a job learns of on its way is refused where another job has it, and may be claimed twice by the same", async () => {
    start(forever, PLUG);
    const second = start(async ({ claimPlug }) => {
      claimPlug(OTHER);
      claimPlug(OTHER);
      claimPlug(PLUG);
    });
    await expect(second.result).rejects.toEqual(locked);
    const third = start(async () => "free again", OTHER);
    expect(await third.result).toBe("free again");
    await host.close();
  });
});

describe("the computer's Wi-Fi", () => {
  /** Tells what is done with it, and fails at a network called "gone". */
  function wifiThatTells(announced: string[]): ComputerWifi {
    return {
      scan: async () => {
        announced.push("scan");
        return [];
      },
      joinOpen: async (ssid) => {
        announced.push(`join ${ssid}`);
        if (ssid === "gone") throw new PlugsmithError("wifi-failed", { message: say`No such network.` });
        return async () => void announced.push(`leave ${ssid}`);
      },
    };
  }

  test("has one user at a time: the next joins or scans when the first has gone back", async () => {
    const announced: string[] = [];
    const wifi = wifiThatTells(announced);
    const gate = makeGate();
    const first = start(async ({ guardWifi }) => {
      const goBack = await guardWifi(wifi).joinOpen("a");
      await gate.passed;
      await goBack();
    });
    const second = start(async ({ guardWifi }) => await (await guardWifi(wifi).joinOpen("b"))());
    const third = start(async ({ guardWifi }) => await guardWifi(wifi).scan());
    await settled();
    expect(announced).toEqual(["join a"]);
    gate.open();
    await Promise.all([first.result, second.result, third.result]);
    expect(announced).toEqual(["join a", "leave a", "join b", "leave b", "scan"]);
    const notices = (await all(second.events)).filter(({ type }) => type === "notice");
    expect(notices).toEqual([expect.objectContaining({ text: expect.stringContaining(first.id) })]);
  });

  test("can be scanned by the job that has it, and is free after a join that failed", async () => {
    const announced: string[] = [];
    const wifi = wifiThatTells(announced);
    const first = start(async ({ guardWifi }) => {
      const mine = guardWifi(wifi);
      const goBack = await mine.joinOpen("a");
      await mine.scan();
      await goBack();
      await expect(mine.joinOpen("gone")).rejects.toMatchObject({ code: "wifi-failed" });
    });
    await first.result;
    await start(async ({ guardWifi }) => await guardWifi(wifi).scan()).result;
    expect(announced).toEqual(["join a", "scan", "leave a", "join gone", "scan"]);
  });

  test("is free again when the job that had it ends without going back", async () => {
    const announced: string[] = [];
    const wifi = wifiThatTells(announced);
    await start(async ({ guardWifi }) => void (await guardWifi(wifi).joinOpen("a"))).result;
    await start(async ({ guardWifi }) => void (await guardWifi(wifi).joinOpen("b"))).result;
    expect(announced).toEqual(["join a", "join b"]);
  });

  test("is not waited for by a job that is stopped, and its turn goes to the next", async () => {
    const announced: string[] = [];
    const wifi = wifiThatTells(announced);
    const gate = makeGate();
    const first = start(async ({ guardWifi }) => {
      const goBack = await guardWifi(wifi).joinOpen("a");
      await gate.passed;
      await goBack();
    });
    const second = start(async ({ guardWifi }) => await guardWifi(wifi).joinOpen("b"));
    const third = start(async ({ guardWifi }) => await guardWifi(wifi).joinOpen("c"));
    await settled();
    second.abort();
    await expect(second.result).rejects.toMatchObject({ code: "aborted" });
    gate.open();
    await Promise.all([first.result, third.result]);
    expect(announced).toEqual(["join a", "leave a", "join c"]);
  });
});

describe("a host", () => {
  test("stops all its jobs when it closes, waits for them, and starts none afterwards", async () => {
    const jobs = [start(forever, PLUG), start(forever, OTHER)];
    await host.close();
    expect(jobs.map(({ state }) => state)).toEqual(["failed", "failed"]);
    expect(() => start(forever)).toThrowError(expect.objectContaining({ code: "aborted" }));
  });

  test("finds a job by its id, and forgets the oldest of more than fifty that have ended, never one that runs", async () => {
    const running = start(forever);
    const ended: JobHandle[] = [];
    for (let n = 0; n < 52; n++) {
      const job = start(async () => n);
      ended.push(job);
      await job.result;
    }
    start(forever, PLUG);
    expect(host.job(running.id)).toBe(running);
    expect(ended.slice(0, 3).map(({ id }) => host.job(id)?.id)).toEqual([undefined, undefined, ended[2]!.id]);
    await host.close();
  });
});
