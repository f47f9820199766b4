/** `plugsmith convert`: the whole way, from a sealed plug to its certificate; goes on where it stopped. */
import { say } from "../../core/index.ts";
import { isToConvertAgain, plugToResume, wiresForConversion } from "../../engine/index.ts";
import { startConversion } from "../../host/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { guidedPerson, openConversionEnvironment, recordLocationOf } from "../convert/conversion-environment.ts";
import { CONVERSION_OPTIONS } from "../convert/conversion-options.ts";
import { gatherRequest } from "../convert/conversion-request.ts";
import { passwordOutcome } from "../tasmota/password-options.ts";

const STAND_IN = say`This was a virtual plug with a stand-in for Tasmota. Nothing real was touched.`;
const EXECUTED = say`This was a virtual plug whose chip executed the firmware; nothing real was touched.`;

export const convertCommand: CommandModule = defineCommand({
  options: CONVERSION_OPTIONS,
  run: async (run, options) => {
    const { port, range } = options;
    const location = recordLocationOf(run, port);
    const asked = { operator: run.attended ? run.operator : undefined, signal: run.signal };
    const known = await plugToResume(location, options, asked);
    const again = known === undefined && (await isToConvertAgain(location, options, asked));
    const { options: order, device, release } = await gatherRequest(run, options, location, known);
    try {
      const person = guidedPerson(run, device);
      const wires = wiresForConversion(known?.state);
      const image = order.firmware?.image;
      const environment = await openConversionEnvironment(run, { port, range, location, person, wires, image });
      try {
        const job = startConversion(environment.place, { ...order, again });
        const { plug, address, page, resumedAfter, report } = await environment.follow(job);
        const password = await passwordOutcome(options, { files: location.files, path: location.home }, plug);
        return {
          data: { plug, address, page, resumedAfter, report, virtual: location.virtual, ...password.data },
          answer: [
            ...(location.virtual ? [environment.isExecuted ? EXECUTED : STAND_IN] : []),
            say`The plug ${plug} is converted: http://${address}/`,
            password.line,
            say`Certificate, to open in a browser: ${page}`,
          ],
        };
      } finally {
        await environment.close();
      }
    } finally {
      await release();
    }
  },
});
