/** Every device that ships: its data are set up on the virtual Tasmota, which must take its template and limits. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Profile, parseProfile, tasmotaOf } from "../../src/core/profile/profile.ts";
import { parseTemplate } from "../../src/core/tasmota/template/template.ts";
import { readSecrets } from "../../src/engine/home/plug-records.ts";
import { SetupRig } from "../support/setup-rig.ts";

const PROFILES = new URL("../../profiles/", import.meta.url);
const DEVICES = readdirSync(PROFILES);
const text = (path: string): string => readFileSync(new URL(path, PROFILES), "utf8");
const profileOf = (name: string): Profile => parseProfile(JSON.parse(text(`${name}/profile.json`)));

test.each(DEVICES)(
  "%s: the virtual plug takes its template, has it active after a power cycle, and guards its limit",
  async (name) => {
    const profile = profileOf(name);
    const rig = new SetupRig();
    rig.board.powerOn();
    const result = await rig.setup("serial", undefined, { profile });
    expect(result.report.failed).toEqual([]);
    rig.board.powerCycle();
    rig.board.run(15);
    const { webPassword } = await readSecrets({ files: rig.files, path: "/home" }, result.mac);
    const headers = { authorization: `Basic ${Buffer.from(`admin:${webPassword}`).toString("base64")}` };
    const ask = async (command: string): Promise<Record<string, unknown>> =>
      JSON.parse(await rig.text(`http://${result.address}/cm?cmnd=${command}`, headers)) as Record<string, unknown>;
    expect(await ask("Module")).toEqual({ Module: { "0": tasmotaOf(profile).template.name } });
    expect(parseTemplate(JSON.stringify(await ask("Template")))).toEqual(tasmotaOf(profile).template);
    expect(rig.core.settings.get("energy_max_power_limit")).toBe(
      profile.device.rating.amperes * profile.device.rating.volts,
    );
  },
);

test("drawings of one name are the same for every device: a correction reaches them all", () => {
  const drawings = DEVICES.flatMap((device) =>
    readdirSync(new URL(`${device}/drawings/`, PROFILES)).map((drawing) => ({ device, drawing })),
  );
  expect(drawings.length).toBeGreaterThan(7);
  for (const { device, drawing } of drawings) {
    const [first] = drawings.filter((each) => each.drawing === drawing);
    expect(text(`${device}/drawings/${drawing}`), `${device}, ${drawing}`).toBe(
      text(`${first!.device}/drawings/${drawing}`),
    );
  }
});
