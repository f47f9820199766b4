/** Entry of the bundled campaign: FIRST LAST STEP UNTIL-BROKEN SIZES; a report a line. Of sizes "mixed", every hundredth seed is a whole 1 MiB plug. */
import { type CampaignSize, runSeed, SMALL } from "./campaign.ts";

const PLUG: CampaignSize = {
  flashPart: "GD25Q80",
  flashSize: 0x100000,
  usedSectors: 150,
  imageSectors: 158,
  spanMs: 20_000,
};

const [first = 1, last = 1, step = 1] = process.argv.slice(2, 5).map(Number);
const untilBroken = process.argv[5] === "true";
const mixed = process.argv[6] === "mixed";
for (let seed = first; seed <= last; seed += step) {
  const report = await runSeed(seed, mixed && seed % 100 === 0 ? PLUG : SMALL);
  process.stdout.write(`${JSON.stringify({ ...report, log: report.log.slice(0, 1) })}\n`);
  if (untilBroken && report.broken.length > 0) break;
}
