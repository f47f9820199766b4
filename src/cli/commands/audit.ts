/** `plugsmith audit`: reads everything back and compares it with the profile. Changes nothing. */

import { recordStep } from "../../engine/jobs/step-record.ts";
import { audit } from "../../engine/tasmota/audit.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import type { CommandModule } from "../command.ts";
import { BY_NETWORK, declareSimPort, isForVirtualPlug, joinUntil, singleStep } from "../convert/single-step.ts";
import { loadProfile } from "../tasmota/device-profile.ts";
import { declareAddress, openHttp, withPassword } from "../tasmota/target.ts";
import { declareWishes, wishesOf } from "../tasmota/wishes.ts";

export const auditCommand: CommandModule = {
  declare: (command) => {
    declareSimPort(declareAddress(declareWishes(command).option("--ssid <name>", "the Wi-Fi network it should be in")));
  },
  run: async (run) => {
    if (isForVirtualPlug(run)) return await singleStep(run, BY_NETWORK, (scene) => joinUntil(scene, "audit"));
    const wishes = wishesOf(run.options);
    const profile = await loadProfile(String(run.options["profile"]));
    const ssid = run.options["ssid"];
    const target = await openHttp(run);
    try {
      const { client, clock } = target;
      const report = await withPassword(run, target, () =>
        audit(
          { client, clock, events: run.emit, signal: run.signal },
          { profile, wishes, locked: true, ssid: typeof ssid === "string" ? ssid : undefined },
        ),
      );
      const { passed, facts } = report;
      await recordStep({ files: nodeFiles, home: run.home, clock }, macIn(facts), "audit", { passed, facts });
      return {
        data: { passed: report.passed, facts: report.facts },
        answer: [`${report.passed.length} checks passed.`],
      };
    } finally {
      await target.close();
    }
  },
};

/** The plug says who it is among the facts. */
function macIn(facts: Readonly<Record<string, unknown>>): string | undefined {
  return typeof facts["mac"] === "string" ? facts["mac"] : undefined;
}
