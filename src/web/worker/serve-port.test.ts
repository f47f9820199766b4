import { afterEach, beforeEach, expect, test } from "vitest";
import { memoryWorkbench } from "../../../test/support/workbench-rig.ts";
import type { JobOrder } from "../../host/index.ts";
import type { HostClient } from "../host-client.ts";
import { createPortClient } from "./port-client.ts";
import type { Port } from "./protocol.ts";
import { servePort } from "./serve-port.ts";

let channel: MessageChannel;
let page: HostClient;

beforeEach(() => {
  channel = new MessageChannel();
  const { port1, port2 } = channel;
  page = createPortClient(port1 as Port);
  servePort(port2 as Port, memoryWorkbench());
  port1.start();
  port2.start();
});

afterEach(() => {
  channel.port1.close();
});

test.each<JobOrder>([
  { job: "convert" },
  { job: "convert", port: "/dev/ttyUSB0" },
  { job: "convert", plug: "aabbccddeeff" },
  { job: "convert", wired: true },
])("a page without a server is refused the conversion of a real plug, and no job starts: %o", async (order) => {
  await expect(page.start(order)).rejects.toMatchObject({
    data: {
      code: "not-supported",
      message: expect.objectContaining({ source: expect.stringMatching(/cannot convert a real plug/) }),
      nextStep: expect.objectContaining({ source: expect.stringMatching(/npx plugsmith ui/) }),
    },
  });
  expect(await page.jobs()).toEqual([]);
});

test("a page without a server starts a practice conversion", async () => {
  const { id, virtual } = await page.start({ job: "practise", pace: "fast" });
  expect((await page.jobs()).map((job) => job.id)).toEqual([id]);
  expect(virtual).toBe(true);
  await page.abort(id);
});
