/** The recovery options over wires, each tried on the virtual plug to its end. */
import { expect, test } from "vitest";
import { readSecrets } from "../../src/engine/home/plug-records.ts";
import { commandLink } from "../../src/engine/tasmota/command-link.ts";
import { HttpClient } from "../../src/engine/tasmota/http-client.ts";
import { tasmotaMeter } from "../../src/engine/tasmota/meter.ts";
import { HomeRig } from "../support/home-rig.ts";
import { CONSTANTS, MAC, RescueRig, recordCalibration } from "../support/rescue-rig.ts";
import { GOOD } from "../support/setup-rig.ts";

test("a wrong Wi-Fi password is corrected over the console; what is on record says that wires are attached", async () => {
  const rig = new RescueRig();
  await rig.converted();
  rig.type("Password1 not the password", 20);
  const result = await rig.rescue({ symptom: "wrong-wifi" }, { line: rig.line });
  expect(result).toMatchObject({ plug: MAC, walked: ["console"], calibration: "kept", wiresAttached: true });
  expect(rig.core.settings.text("Password1")).toBe(GOOD.passphrase);
  expect(rig.asked[0]).toBe("away-from-mains: yes");
  expect(rig.files.text(`/home/plugs/${MAC}/journal.jsonl`)).toContain('"wires-attached"');
});

test("a lost web password is replaced over the console: on the medium first, and in no event", async () => {
  const rig = new RescueRig();
  await rig.converted();
  rig.files.now.delete(`/home/plugs/${MAC}/secrets.json`);
  const result = await rig.rescue({ symptom: "lost-password" }, { line: rig.line });
  expect(result).toMatchObject({ walked: ["console"], calibration: "kept" });
  const { webPassword } = await readSecrets({ files: rig.files, path: "/home" }, MAC);
  expect(rig.core.settings.text("WebPassword")).toBe(webPassword);
  expect(JSON.stringify(rig.events).includes(webPassword!)).toBe(false);
});

test("nothing goes over the wires of a plug that may be in its socket", async () => {
  const rig = new RescueRig();
  await rig.converted();
  rig.answers = { "away-from-mains": "no" };
  const sent = rig.line.sent;
  const error = await rig.failure(rig.rescue({ symptom: "unknown" }, { line: rig.line }));
  expect(error.code).toBe("unsafe");
  expect(rig.line.sent).toBe(sent);
});

test("a loop of restarts heard over the wires is waited out, and the template comes back", async () => {
  const rig = new RescueRig();
  await rig.converted();
  for (let i = 0; i < 8; i++) rig.clock.at(rig.clock.now + (3 + 5 * i) * 1e6, () => rig.board.reset(4));
  const result = await rig.rescue({ symptom: "boot-loop" }, { line: rig.line });
  expect(result.walked[0]).toBe("wait");
  expect(result).toMatchObject({ outcome: "configured", calibration: "kept" });
  expect(rig.core.settings.get("module")).toBe(255);
});

test.each([
  { adapter: "CP2102", how: "over the wires" },
  { adapter: "FT232R", how: "closed and at mains: its radio must not run on 50 mA" },
] as const)(
  "a half-written flash at a $adapter is written on where it was cut off, and joins $how",
  async ({ adapter }) => {
    const rig = new HomeRig(adapter);
    const cut = new AbortController();
    rig.watch = (event) => {
      if (event.type === "progress" && event.step === "write" && event.done > 0) cut.abort();
    };
    await expect(rig.convert({ signal: cut.signal })).rejects.toThrowError(
      expect.objectContaining({ code: "aborted" }),
    );
    const { actions: person } = rig.home.bench;
    person.releaseGpio0();
    person.pullAdapterOut();
    rig.watch = () => {};
    const [folder] = await rig.files.list("/home/plugs");
    await recordCalibration(rig.files, folder!);
    const result = await rig.rescue({ symptom: "half-written" });
    expect(result).toMatchObject({ outcome: "configured", walked: ["resume-writing"], calibration: "restored" });
    expect(rig.home.bench.incidents).toEqual([]);
    expect(rig.sealedBackups).toHaveLength(1);
    expect(result.wiresAttached).toBe(adapter === "CP2102");
    expect(rig.home.atMains).toBe(adapter === "FT232R");
    const { webPassword } = await readSecrets({ files: rig.files, path: "/home" }, result.plug);
    const { http, clock } = rig.ports();
    const host = result.outcome === "configured" ? result.address : "";
    const link = commandLink(new HttpClient({ http, clock, host, password: webPassword }));
    expect(await rig.do(tasmotaMeter(link).readConstants())).toEqual(CONSTANTS);
  },
);
