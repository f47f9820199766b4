/** `plugsmith info`: which chip is there. Reads only. */
import { say } from "../../core/index.ts";
import { flashIdText, noteSessionStep } from "../../engine/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { CONNECTION_OPTIONS, withSession } from "../plug/flash-command.ts";
import { sizeText } from "../render/quantity.ts";

export const infoCommand: CommandModule = defineCommand({
  options: CONNECTION_OPTIONS,
  run: (run, options) =>
    withSession(run, options, async ({ session, plug }) => {
      const chip = await session.identify();
      const flashId = flashIdText(chip.flashId);
      const found = { chip: chip.variant, mac: chip.mac, flashId, flashSize: chip.flashSize };
      await noteSessionStep(session, plug, "identify", found);
      return {
        data: { ...chip },
        answer: [
          say`Chip     ${chip.variant}, crystal ${chip.crystalMhz} MHz`,
          say`MAC      ${chip.mac}`,
          say`Flash    ${sizeText(chip.flashSize)}, ${chip.flashMaker}, id ${flashId}`,
        ],
      };
    }),
});
