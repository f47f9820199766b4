/** `plugsmith audit`: reads everything back and compares it with the profile. Changes nothing. */

import { say } from "../../core/index.ts";
import { audit, recordStep } from "../../engine/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { joinStep } from "../convert/join-step.ts";
import { isForVirtualPlug, SIM_PORT } from "../convert/single-step.ts";
import { text } from "../options.ts";
import { loadProfile } from "../tasmota/device-profile.ts";
import { PLUG_OPTIONS, plugConfigOf } from "../tasmota/plug-config.ts";
import { ADDRESS_OPTIONS, openHttp, withPassword } from "../tasmota/target.ts";

export const auditCommand: CommandModule = defineCommand({
  options: {
    ...PLUG_OPTIONS,
    ssid: text("--ssid <name>", say`name of the Wi-Fi network that it should be in`),
    ...ADDRESS_OPTIONS,
    port: SIM_PORT,
  },
  run: async (run, options) => {
    if (isForVirtualPlug(options)) {
      return await joinStep(run, "audit", { ...options, newWebPassword: options.webPassword });
    }
    const { ssid } = options;
    const config = plugConfigOf(options);
    const profile = await loadProfile(options.profile);
    const target = await openHttp(run, options);
    try {
      const { client, clock } = target;
      const report = await withPassword(run, target, () =>
        audit({ client, clock, events: run.emit, signal: run.signal }, { profile, config, locked: true, ssid }),
      );
      const { passed, facts } = report;
      await recordStep({ files: nodeFiles, home: run.home, clock }, macIn(facts), "audit", { passed, facts });
      return {
        data: { passed: report.passed, facts: report.facts },
        answer: [say`Checks passed: ${report.passed.length}.`],
      };
    } finally {
      await target.close();
    }
  },
});

/** The plug says who it is among the facts. */
function macIn(facts: Readonly<Record<string, unknown>>): string | undefined {
  return typeof facts["mac"] === "string" ? facts["mac"] : undefined;
}
