/** `plugsmith info`: which chip is there. Reads only. */
import type { CommandModule } from "../command.ts";
import { noteSessionStep } from "../convert/step-record.ts";
import { declareConnection, withSession } from "../plug/flash-command.ts";
import { sizeText } from "../render/quantity.ts";

export const infoCommand: CommandModule = {
  name: "info",
  summary: "identify the chip and its flash",
  declare: (command) => void declareConnection(command),
  run: (run) =>
    withSession(run, async ({ session, plug }) => {
      const chip = await session.identify();
      const flashId = chip.flashId.toString(16).padStart(6, "0");
      const found = { chip: chip.variant, mac: chip.mac, flashId, flashSize: chip.flashSize };
      await noteSessionStep(session, plug, "identify", found);
      return {
        data: { ...chip },
        answer: [
          `Chip     ${chip.variant}, crystal ${chip.crystalMhz} MHz`,
          `MAC      ${chip.mac}`,
          `Flash    ${sizeText(chip.flashSize)}, ${chip.flashMaker}, id ${flashIdText(chip.flashId)}`,
        ],
      };
    }),
};

/** In the order of the wire: maker, type, capacity. */
function flashIdText(id: number): string {
  return [id & 0xff, (id >>> 8) & 0xff, (id >>> 16) & 0xff].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
