/** `plugsmith secure`: sets a web password, closes the doors and proves that they are shut. */

import { parseNetwork, query, say } from "../../core/index.ts";
import { recordStep, secure } from "../../engine/index.ts";
import { nodeFiles, nodeRandom } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { joinStep } from "../convert/join-step.ts";
import { isForVirtualPlug, SIM_PORT } from "../convert/single-step.ts";
import { NEW_PASSWORDS, newPasswords, passwordOutcome } from "../tasmota/password-options.ts";
import { ADDRESS_OPTIONS, openHttp, withPassword } from "../tasmota/target.ts";

export const secureCommand: CommandModule = defineCommand({
  options: { ...ADDRESS_OPTIONS, port: SIM_PORT, ...NEW_PASSWORDS },
  run: async (run, options) => {
    if (isForVirtualPlug(options)) return await joinStep(run, "secure", options);
    const passwords = await newPasswords(run, options);
    const home = { files: nodeFiles, path: run.home };
    const target = await openHttp(run, options);
    try {
      const { client, clock } = target;
      const mac = await withPassword(
        run,
        target,
        async () => parseNetwork(await client.send(query("Status 5"), { signal: run.signal })).mac,
      );
      const proof = await secure(
        { client, clock, events: run.emit, signal: run.signal, random: nodeRandom, home },
        passwords,
      );
      await recordStep({ ...home, home: home.path, clock }, mac, "secure", { refused: proof.refused.length });
      const password = await passwordOutcome(options, home, mac);
      return {
        data: { refused: proof.refused, generated: proof.generated, ...password.data },
        answer: [
          say`Password set. plugsmith tried ${proof.refused.length} pages and commands without it: all were refused. Anyone with the plug in hand can still reset it with its button.`,
          password.line,
        ],
      };
    } finally {
      await target.close();
    }
  },
});
