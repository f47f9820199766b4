/** `plugsmith convert`: the whole way, from a sealed plug to its certificate; goes on where it stopped. */
import { say } from "../../core/text/text.ts";
import { convert } from "../../engine/jobs/convert.ts";
import { isToConvertAgain, plugToGoOnWith } from "../../engine/jobs/known-plug.ts";
import { wiresForConversion } from "../../engine/jobs/wires-needed.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { CONVERSION_OPTIONS } from "../convert/conversion-options.ts";
import { gatherRequest } from "../convert/conversion-request.ts";
import { guidedPerson, openWorkshop, placeOf } from "../convert/workshop.ts";
import { passwordOutcome } from "../tasmota/password-options.ts";

export const convertCommand: CommandModule = defineCommand({
  options: CONVERSION_OPTIONS,
  run: async (run, options) => {
    const { port, range } = options;
    const place = placeOf(run, port);
    const asked = { operator: run.attended ? run.operator : undefined, signal: run.signal };
    const known = await plugToGoOnWith(place, options, asked);
    const again = known === undefined && (await isToConvertAgain(place, options, asked));
    const { order, device, release } = await gatherRequest(run, options, place, known);
    try {
      const person = guidedPerson(run, device);
      const wires = wiresForConversion(known?.state);
      const workshop = await openWorkshop(run, { port, range, place, person, wires });
      try {
        const { plug, address, page, resumedAfter, report } = await workshop.run(known?.plug, (ports) =>
          convert(ports, { ...order, again }),
        );
        const password = await passwordOutcome(options, { files: place.files, path: place.home }, plug);
        return {
          data: { plug, address, page, resumedAfter, report, virtual: place.virtual, ...password.data },
          answer: [
            ...(place.virtual
              ? ["This was a virtual plug, and a stand-in for its firmware; nothing real was touched."]
              : []),
            say`Plug ${plug} is converted: http://${address}/`,
            password.line,
            say`Its page for life: ${page}`,
          ],
        };
      } finally {
        await workshop.close();
      }
    } finally {
      await release();
    }
  },
});
