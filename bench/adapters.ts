/**
 * The default rate behind adapters of all kinds: what the table of USB ids gains where an adapter carries more than the
 * usual 460800, and what trying costs where it does not. Virtual seconds for the whole of job (b): connect, back up, write.
 */
import type { AdapterOptions } from "../src/sim/bench/contract.ts";
import { loadClients, plugsmith, tasmotaWebserial } from "./support/clients.ts";
import { makeJobs } from "./support/jobs.ts";
import { type Measurement, measure, type Setting } from "./support/measure.ts";
import { type Bench, heading, ratio, seconds, table } from "./support/report.ts";
import { FT232R_MAX_BAUD } from "./support/rig.ts";

/** What every adapter was taken to before the table. */
const USUAL = 460_800;
/** What the page of tasmota-webserial-esptool is set to. */
const PAGE = 2_000_000;
const FASTER_LIMIT = 0.75;
const NO_SLOWER_LIMIT = 1.05;

interface Case {
  readonly name: string;
  readonly latencyMs: number;
  readonly adapter: AdapterOptions;
  readonly bytesOnly?: boolean;
  /** It carries the page's rate. */
  readonly fast?: boolean;
}

const CASES: readonly Case[] = [
  { name: "FT232R, 1 ms", latencyMs: 1, adapter: { kind: "FT232R", maxBaud: FT232R_MAX_BAUD }, fast: true },
  { name: "FT232R, 16 ms", latencyMs: 16, adapter: { kind: "FT232R", maxBaud: FT232R_MAX_BAUD }, fast: true },
  { name: "FT232R, 16 ms, wires carry 460800", latencyMs: 16, adapter: { kind: "FT232R", maxBaud: USUAL } },
  { name: "FT232R, 16 ms, sends at most 460800", latencyMs: 16, adapter: { kind: "FT232R", clampsAboveBaud: USUAL } },
  { name: "CP2102, good", latencyMs: 1, adapter: { kind: "CP2102", maxBaud: 1_500_000 } },
  { name: "CP2102, sends at most 921600", latencyMs: 1, adapter: { kind: "CP2102", clampsAboveBaud: 921_600 } },
  { name: "CP2102, slow, wires carry 460800", latencyMs: 16, adapter: { kind: "CP2102-slow", maxBaud: USUAL } },
  {
    name: "CP2102, refuses more than 460800",
    latencyMs: 1,
    adapter: { kind: "CP2102", refusesBauds: [921_600, 1_500_000, PAGE] },
  },
  { name: "CH340", latencyMs: 1, adapter: { kind: "CH340", maxBaud: USUAL } },
  { name: "PL2303", latencyMs: 1, adapter: { kind: "PL2303", maxBaud: USUAL } },
  { name: "TCP bridge without rates", latencyMs: 4, adapter: { kind: "CP2102", maxBaud: USUAL }, bytesOnly: true },
];

export const adapterBench: Bench = async () => {
  heading("The default rate by adapter (virtual time, job b)");
  await loadClients();
  const job = makeJobs().find(({ name }) => name === "b")!;
  const rows: string[][] = [];
  const shares: { readonly name: string; readonly share: number; readonly fast: boolean }[] = [];
  for (const { name, fast = false, latencyMs, adapter, bytesOnly } of CASES) {
    const setting: Omit<Setting, "client" | "baud"> = { job, latencyMs, adapter, bytesOnly };
    const ours = await measure({ ...setting, client: plugsmith, baud: undefined });
    // A bridge without rates has one rate only, which is then the usual one as well.
    const usual = bytesOnly ? ours : await measure({ ...setting, client: plugsmith, baud: USUAL });
    const page = fast ? await measure({ ...setting, client: tasmotaWebserial, baud: PAGE }) : undefined;
    const beside = page ?? usual;
    const share = ours.total === undefined || beside.total === undefined ? Number.NaN : ours.total / beside.total;
    shares.push({ name, share, fast });
    rows.push([
      name,
      String(ours.plug.bench.line.baud),
      cell(ours),
      cell(usual),
      page === undefined ? "" : cell(page),
      ratio(share),
    ]);
  }
  table(
    "Whole of job (b), virtual seconds; the ratio is to the page where the adapter carries its rate, else to 460800",
    ["adapter", "baud", "default", "at 460800", "page at 2000000", "ratio"],
    rows,
  );
  const goal = (text: string, some: typeof shares, limit: number) => ({
    goal: text,
    met: some.every(({ share }) => share <= limit),
    found: some.map(({ name, share }) => `${name} ${ratio(share)}`).join("; "),
  });
  return [
    goal(
      `(b) by default, behind an adapter that carries ${PAGE}, at most ${FASTER_LIMIT} of the page's time at that rate`,
      shares.filter(({ fast }) => fast),
      FASTER_LIMIT,
    ),
    goal(
      `(b) by default, behind each other adapter, at most ${NO_SLOWER_LIMIT} of the time at ${USUAL}`,
      shares.filter(({ fast }) => !fast),
      NO_SLOWER_LIMIT,
    ),
  ];
};

const cell = ({ total, failure }: Measurement): string => (total === undefined ? `failed: ${failure}` : seconds(total));
