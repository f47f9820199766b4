/** `plugsmith secure`: sets a web password, closes the doors and proves that they are shut. */

import { query } from "../../core/tasmota/command.ts";
import { parseNetwork } from "../../core/tasmota/status.ts";
import { readSecrets } from "../../engine/tasmota/plug-records.ts";
import { secure } from "../../engine/tasmota/secure.ts";
import { nodeFiles, nodeRandom } from "../../platform/node/index.ts";
import type { CommandModule } from "../command.ts";
import { readSecret } from "../tasmota/secret-input.ts";
import { declareAddress, openHttp, withPassword } from "../tasmota/target.ts";

export const secureCommand: CommandModule = {
  name: "secure",
  summary: "set a plug's web password and prove that nobody gets in without",
  declare: (command) => {
    declareAddress(
      command
        .option(
          "--new-password-file <file>",
          "the password to set, - for standard input (or PLUGSMITH_NEW_WEB_PASSWORD); default: one is generated",
        )
        .option("--mqtt-password-file <file>", "also set the password for the MQTT broker (or PLUGSMITH_MQTT_PASSWORD)")
        .option("--show-password", "print the web password at the end"),
    );
  },
  run: async (run) => {
    const webPassword = await readSecret(run, {
      file: run.options["newPasswordFile"],
      variable: "PLUGSMITH_NEW_WEB_PASSWORD",
      prompt: undefined,
    });
    const mqttPassword = await readSecret(run, {
      file: run.options["mqttPasswordFile"],
      variable: "PLUGSMITH_MQTT_PASSWORD",
      prompt: undefined,
    });
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
        { webPassword, mqttPassword },
      );
      const shown =
        run.options["showPassword"] === true && mac !== undefined
          ? (await readSecrets(home, mac)).webPassword
          : undefined;
      return {
        data: {
          refused: proof.refused,
          generated: proof.generated,
          ...(shown === undefined ? {} : { webPassword: shown }),
        },
        answer: [
          `Locked: ${proof.refused.length} pages and commands refuse whoever has no password.`,
          shown === undefined
            ? `The password is in the plug's secrets.json under ${run.home}.`
            : `Web password of user admin: ${shown}`,
        ],
      };
    } finally {
      await target.close();
    }
  },
};
