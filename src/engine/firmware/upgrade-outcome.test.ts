import { expect, test } from "vitest";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { SimClock } from "../../sim/world/clock.ts";
import { HttpClient } from "../tasmota/http-client.ts";
import { UpgradeListener, type UpgradeOutcome } from "./upgrade-outcome.ts";

/** What a plug's log says when it is read again and again; `undefined`: no answer. */
async function words(...pages: (string | undefined)[]): Promise<{ words: UpgradeOutcome[]; asked: string[] }> {
  const asked: string[] = [];
  const left = [...pages];
  const http = {
    request: async ({ url }: { url: string }) => {
      asked.push(new URL(url).search);
      const page = left.shift();
      if (page === undefined) throw new PlugsmithError("no-answer", { message: say`nothing` });
      return { status: 200, headers: {}, body: new TextEncoder().encode(page) };
    },
  };
  const listener = new UpgradeListener(
    new HttpClient({ http, clock: new SimClock().port(), host: "192.168.1.50" }),
    undefined,
  );
  await listener.begin();
  const heard: UpgradeOutcome[] = [];
  while (heard.length < pages.length - 1) heard.push(await listener.word());
  return { words: heard, asked };
}

const OLD = '23}10}1RSL: UPGRADE = {"Upgrade":"Failed File Not Found (404)"}}1';
const NOTHING = "23}11}1}1";

test("the outcome of an earlier upgrade in the log is ignored, and only new log lines are requested", async () => {
  const { words: heard, asked } = await words(
    OLD,
    NOTHING,
    '25}11}1MQT: stat/a/UPGRADE = {"Upgrade":"Successful. Restarting"}}1',
  );
  expect(heard).toEqual([{ kind: "nothing" }, { kind: "successful" }]);
  expect(asked).toEqual(["?c2=0&c1=", "?c2=23&c1=", "?c2=23&c1="]);
});

test("a failed upgrade is reported in the updater's own words", async () => {
  const page = '24}11}100:01:02 RSL: UPGRADE = {"Upgrade":"Failed Update error: ERROR[6]: Stream Read Timeout"}\n}1';
  expect((await words(OLD, page)).words).toEqual([
    { kind: "failed", reason: "Update error: ERROR[6]: Stream Read Timeout" },
  ]);
});

test("no answer counts as silence, and an unread log means that the plug has restarted", async () => {
  expect((await words(OLD, undefined, "4}10}1APP: Boot Count 5}1")).words).toEqual([
    { kind: "silent" },
    { kind: "restarted" },
  ]);
});
