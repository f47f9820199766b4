/**
 * Flashing: this loader beside esptool-js and tasmota-webserial-esptool, on the same virtual chip, the same adapter,
 * the same job. Times are virtual: what the wire, the flash and the chip's code take. See docs/benchmarks.md.
 */
import { hostGoals } from "./flash-host.ts";
import { togetherGoal } from "./flash-together.ts";
import { type Client, esptoolJs, loadClients, plugsmith, tasmotaWebserial } from "./support/clients.ts";
import { deflatedLength, entropy, type Job, makeJobs } from "./support/jobs.ts";
import { type Measurement, measure, PHASES, phaseSeconds, type Setting } from "./support/measure.ts";
import { type Bench, type Goal, heading, percent, ratio, seconds, table } from "./support/report.ts";
import { timeline } from "./support/timeline.ts";

const CLIENTS: readonly Client[] = [plugsmith, esptoolJs, tasmotaWebserial];
const RATES: readonly number[] = [115200, 460800, 921600];
const LATENCIES: readonly number[] = [1, 16];
/** What the web page of tasmota-webserial-esptool is set to, where the library itself stays at 115200. */
const TASMOTA_PAGE_RATE = 2_000_000;

/** Most that this loader may take of the better peer's time. */
const LIMITS = { a: 1, b: 0.75, c: 0.15 } as const;
const DEFAULTS_LIMIT = 0.35;
const PAGE_LIMIT = 0.75;
const READING_SHARE = 0.97;
/** Of the others' own words in a table. */
const FAILURE_WIDTH = 60;

export const flashBench: Bench = async ({ quick, jobs: wanted }) => {
  heading("Flashing (virtual time)");
  await loadClients();
  const jobs = makeJobs().filter(({ name }) => wanted.includes(name));
  describeJobs(jobs);
  const all: Measurement[] = [];
  for (const job of jobs) {
    for (const latencyMs of quick ? [1] : LATENCIES) {
      const runs: Measurement[] = [];
      for (const setting of settings(job, latencyMs, quick)) runs.push(await measure(setting));
      show(job, latencyMs, runs);
      all.push(...runs);
    }
  }
  showSpeed(all);
  const found = [...timeGoals(all), ...readingGoals(all)];
  for (const { goal, met, traces } of found) if (!met && traces.length > 0) explain(goal, traces);
  await sensitivity(jobs);
  const conversion = jobs.find(({ name }) => name === "b");
  const crowd = conversion === undefined ? [] : [await togetherGoal(conversion)];
  return [...found, ...crowd, ...(await hostGoals(jobs, CLIENTS))];
};

function describeJobs(jobs: readonly Job[]): void {
  table(
    "Contents (entropy of single bytes; deflated as zlib level 9 does it)",
    ["job", "flash before: bits/byte", "deflated", "image: bytes", "bits/byte", "deflated"],
    jobs.map((job) => [
      job.title,
      entropy(job.before).toFixed(2),
      percent(deflatedLength(job.before) / job.before.length),
      String(job.image.length),
      entropy(job.image).toFixed(2),
      percent(deflatedLength(job.image) / job.image.length),
    ]),
  );
}

/** The others' default is 115200, which is among the rates; their run would be the same to the byte. */
function* settings(job: Job, latencyMs: number, quick: boolean): Generator<Setting> {
  for (const baud of quick ? [115200, 460800] : RATES) {
    for (const client of CLIENTS) yield { client, job, baud, latencyMs };
  }
  yield { client: plugsmith, job, baud: undefined, latencyMs };
  if (!quick) yield { client: tasmotaWebserial, job, baud: TASMOTA_PAGE_RATE, latencyMs };
}

const rateName = ({ baud, client }: Setting): string =>
  baud === undefined ? `default ${client.defaultRate}` : String(baud);

function show(job: Job, latencyMs: number, runs: readonly Measurement[]): void {
  const deflated = deflatedLength(job.image);
  const moved = job.backup ? job.before.length : 0;
  const limit = (bytes: number, baud: number): string => ((bytes * 10) / baud).toFixed(2);
  table(
    `${job.title}; adapter with ${latencyMs} ms latency; virtual seconds`,
    ["baud", "client", ...PHASES, "total", "of better peer", "flash busy", "nothing busy", "line limit", "deflated"],
    runs.map((run) => {
      const baud = run.baud ?? run.plug.bench.line.baud;
      const sum = (pick: "flash" | "idle"): number =>
        Object.values(run.phases).reduce((total, phase) => total + phase[pick], 0);
      if (run.total === undefined) {
        return [
          rateName(run),
          run.client.name,
          ...PHASES.map((p) => phaseSeconds(run.phases[p])),
          `failed: ${run.failure?.slice(0, FAILURE_WIDTH)}`,
        ];
      }
      return [
        rateName(run),
        run.client.name,
        ...PHASES.map((phase) => phaseSeconds(run.phases[phase])),
        seconds(run.total),
        run.client === plugsmith ? shareText(run, runs) : "",
        seconds(sum("flash")),
        seconds(sum("idle")),
        limit(moved + job.image.length, baud),
        limit(moved + deflated, baud),
      ];
    }),
  );
}

/** The better of the two others at the same rate; for the default, each with its own. */
function betterPeer(run: Measurement, runs: readonly Measurement[]): Measurement | undefined {
  const wanted = (peer: Measurement): boolean =>
    peer.client !== plugsmith &&
    peer.job === run.job &&
    peer.latencyMs === run.latencyMs &&
    (peer.baud === run.baud || (run.baud === undefined && peer.baud === Number(peer.client.defaultRate)));
  return runs
    .filter((peer) => peer.total !== undefined && wanted(peer))
    .reduce<Measurement | undefined>(
      (best, peer) => (best === undefined || peer.total! < best.total! ? peer : best),
      undefined,
    );
}

function shareOf(run: Measurement, runs: readonly Measurement[]): number | undefined {
  const peer = betterPeer(run, runs);
  return run.total === undefined || peer?.total === undefined ? undefined : run.total / peer.total;
}

const shareText = (run: Measurement, runs: readonly Measurement[]): string => {
  const share = shareOf(run, runs);
  return share === undefined ? "no peer" : ratio(share);
};

interface TimeGoal extends Goal {
  readonly traces: readonly Measurement[];
}

function timeGoals(all: readonly Measurement[]): TimeGoal[] {
  const ours = all.filter(({ client }) => client === plugsmith);
  const goal = (text: string, runs: readonly Measurement[], limit: number): TimeGoal[] => {
    const judged = runs.flatMap((run) => {
      const share = shareOf(run, all);
      return share === undefined ? [] : [{ run, share }];
    });
    const worst = judged.toSorted((a, b) => b.share - a.share)[0];
    if (worst === undefined) return [];
    const peer = betterPeer(worst.run, all);
    const where = judged.map(({ run, share }) => `${rateName(run)}/${run.latencyMs} ms ${ratio(share)}`).join(", ");
    return [{ goal: text, met: worst.share <= limit, found: where, traces: [worst.run, ...(peer ? [peer] : [])] }];
  };
  const of = (name: Job["name"], when: (run: Measurement) => boolean): Measurement[] =>
    ours.filter((run) => run.job.name === name && when(run));
  const same = (run: Measurement): boolean => run.baud !== undefined;
  return [
    ...goal("(a) never slower than the better peer at the same rate", of("a", same), LIMITS.a),
    ...goal(`(b) at most ${LIMITS.b} of the better peer at the same rate`, of("b", same), LIMITS.b),
    ...goal(
      `(b) with the libraries' defaults at most ${DEFAULTS_LIMIT}`,
      of("b", (run) => !same(run)),
      DEFAULTS_LIMIT,
    ),
    ...pageGoal(all),
    ...goal(
      `(c) at 115200 at most ${LIMITS.c}`,
      of("c", (run) => run.baud === 115200),
      LIMITS.c,
    ),
  ];
}

/** The same beside the web page that comes with tasmota-webserial-esptool, which goes to its rate without proof. */
function pageGoal(all: readonly Measurement[]): TimeGoal[] {
  const pairs = all.flatMap((page) => {
    const ours = all.find(
      ({ client, baud, job, latencyMs }) =>
        client === plugsmith && baud === undefined && job === page.job && latencyMs === page.latencyMs,
    );
    const fits = page.baud === TASMOTA_PAGE_RATE && page.job.name === "b" && page.total !== undefined;
    return fits && ours?.total !== undefined ? [{ ours, page, share: ours.total / page.total }] : [];
  });
  if (pairs.length === 0) return [];
  return [
    {
      goal: `(b) default beside the web page at ${TASMOTA_PAGE_RATE} baud, at most ${PAGE_LIMIT}`,
      met: pairs.every(({ share }) => share <= PAGE_LIMIT),
      found: pairs.map(({ ours, share }) => `${ours.latencyMs} ms ${ratio(share)}`).join(", "),
      traces: [],
    },
  ];
}

/** Reading a full flash: payload bits per second beside the rate. Needs job (a), where nothing is blank. */
function readingGoals(all: readonly Measurement[]): TimeGoal[] {
  const runs = all.filter(
    ({ client, job, latencyMs, baud, total }) =>
      client === plugsmith && job.name === "a" && latencyMs === 1 && (baud ?? 1e9) <= 460800 && total !== undefined,
  );
  if (runs.length === 0) return [];
  const shares = runs.map((run) => {
    const { from, to } = run.phases.backup!;
    return (run.job.before.length * 10 * 1e6) / (run.baud! * (to - from));
  });
  const found = runs.map((run, i) => `${run.baud} ${percent(shares[i]!)}`).join(", ");
  const goal = `reading (whole backup) at ${percent(READING_SHARE)} of the line rate up to 460800, 1 ms`;
  return [{ goal, met: shares.every((share) => share >= READING_SHARE), found, traces: runs.slice(-1) }];
}

function explain(goal: string, traces: readonly Measurement[]): void {
  heading(`Missed: ${goal}`);
  for (const measurement of traces) timeline(measurement);
}

function showSpeed(all: readonly Measurement[]): void {
  const virtual = all.reduce((sum, run) => sum + (run.total ?? 0), 0);
  const cpu = all.reduce((sum, run) => sum + (run.total === undefined ? 0 : run.cpuUs), 0);
  table(
    "The virtual chip at work: simulator and client together",
    ["virtual s", "host CPU s", "virtual per CPU"],
    [[seconds(virtual), seconds(cpu), (virtual / cpu).toFixed(1)]],
  );
}

/** At 460800 only: it hardly matters, and each run costs CPU time. */
async function sensitivity(jobs: readonly Job[]): Promise<void> {
  const baud = 460800;
  const rows: string[][] = [];
  for (const job of jobs) {
    for (const costScale of [0.8, 1, 1.25]) {
      const [ours, peer] = [
        await measure({ client: plugsmith, job, baud, latencyMs: 1, costScale }),
        await measure({ client: esptoolJs, job, baud, latencyMs: 1, costScale }),
      ];
      const cell = ({ total }: Measurement): string => (total === undefined ? "failed" : seconds(total));
      const both = ours.total === undefined || peer.total === undefined ? "" : ratio(ours.total / peer.total);
      rows.push([`(${job.name})`, `x ${costScale}`, cell(ours), cell(peer), both]);
    }
  }
  table(
    `How much the cycle table matters (virtual seconds, ${baud} baud, 1 ms adapter)`,
    ["job", "costs", "plugsmith", "esptool-js", "ratio"],
    rows,
  );
}
