/** `plugsmith secure`: sets a web password, closes the doors and proves that they are shut. */

import { query } from "../../core/tasmota/command.ts";
import { parseNetwork } from "../../core/tasmota/status.ts";
import { secure } from "../../engine/tasmota/secure.ts";
import { nodeFiles, nodeRandom } from "../../platform/node/index.ts";
import type { CommandModule } from "../command.ts";
import { declareNewPasswords, newPasswords, passwordOutcome } from "../tasmota/password-options.ts";
import { declareAddress, openHttp, withPassword } from "../tasmota/target.ts";

export const secureCommand: CommandModule = {
  name: "secure",
  summary: "set a plug's web password and prove that nobody gets in without",
  declare: (command) => {
    declareNewPasswords(declareAddress(command), "new");
  },
  run: async (run) => {
    const passwords = await newPasswords(run, "new");
    const home = { files: nodeFiles, path: run.home };
    const target = await openHttp(run);
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
      const password = await passwordOutcome(run, home, mac);
      return {
        data: { refused: proof.refused, generated: proof.generated, ...password.data },
        answer: [`Locked: ${proof.refused.length} pages and commands refuse whoever has no password.`, password.line],
      };
    } finally {
      await target.close();
    }
  },
};
