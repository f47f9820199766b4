/**
 * A backup of a virtual plug by a job of the host, with nothing of a platform but what it is given: what a browser's
 * worker would run. Bundled by test/e2e/worker-host.test.ts.
 */
import { sha256Hex } from "../../src/core/digest.ts";
import { openSession } from "../../src/engine/flash/session.ts";
import type { Environment } from "../../src/host/environment.ts";
import { JobHost } from "../../src/host/job-host.ts";
import { jobPorts } from "../../src/host/job-ports.ts";
import { openVirtualEnvironment } from "../../src/host/virtual/virtual-environment.ts";
import { MemoryFiles } from "./memory-files.ts";

const unused = (): never => {
  throw new Error("not there in this test");
};

export async function backUp(
  drain: () => Promise<void>,
): Promise<{ sealed: string; flash: string; events: readonly string[] }> {
  const around: Environment = {
    virtual: false,
    tool: "test",
    home: "/home",
    clock: { now: unused, wallTime: unused, after: unused },
    files: new MemoryFiles(),
    random: { bytes: (count) => new Uint8Array(count).fill(7) },
    http: { request: unused },
    ranges: () => [],
    wifi: () => Promise.resolve(undefined),
    ports: { list: unused, has: unused, open: unused },
    openFlash: unused,
    drain,
    drive: (work) => work,
    hold: (work) => work,
  };
  const environment = await openVirtualEnvironment(around, { folder: undefined, start: "download" });
  const job = new JobHost(environment).start({
    job: "backup",
    home: environment.home,
    run: async (context) => {
      const session = openSession(await jobPorts(environment, context, { line: environment.line }).then(withLine));
      try {
        return (await session.backup()).manifest.sha256;
      } finally {
        await session.close();
      }
    },
  });
  const sealed = await environment.drive(job.result);
  const events: string[] = [];
  for await (const { type } of job.events) events.push(type);
  return { sealed, flash: sha256Hex(environment.plug.bench.flash), events };
}

function withLine<L>(ports: { readonly line?: L | undefined } & Omit<Parameters<typeof openSession>[0], "line">): {
  line: NonNullable<L>;
} & Omit<Parameters<typeof openSession>[0], "line"> {
  const { line } = ports;
  if (line === undefined || line === null) throw new Error("no line");
  return { ...ports, line };
}
