import { expect, test } from "vitest";
import { MemoryFiles } from "../../../test/support/memory-files.ts";
import { type Home, rememberPlug } from "../../engine/home/plug-records.ts";
import { homeAtPort, onlyPlug, plugNamed } from "./named-plug.ts";

const KETTLE = "c44f3366eaff";
const LAMP = "5ccf7f0a0b0c";
const SECOND_LAMP = "5ccf7f0a0b0d";

async function homeWith(plugs: Readonly<Record<string, string | undefined>>): Promise<Home> {
  const home = { files: new MemoryFiles(), path: "/home" };
  let last = 10;
  for (const [mac, name] of Object.entries(plugs)) {
    await rememberPlug(home, { mac, name, address: `192.168.1.${last++}`, lastSeen: "2026-11-30T00:00:00.000Z" });
  }
  return home;
}

const three = (): Promise<Home> =>
  homeWith({ [KETTLE]: "Kettle plug", [LAMP]: "Lampe Küche", [SECOND_LAMP]: "lampe  küche" });

test.each([
  ["5C:CF:7F:0A:0B:0C", LAMP],
  ["5c-cf-7f-0a-0b-0c", LAMP],
  ["5ccf.7f0a.0b0c", LAMP],
  [" 5ccf7f0a0b0c ", LAMP],
  ["0123456789ab", "0123456789ab"],
  ["Kettle plug", KETTLE],
  ["kettle PLUG", KETTLE],
  ["  Kettle  plug", KETTLE],
  // The name as it is written goes before one that is only alike.
  ["Lampe Küche", LAMP],
  ["lampe  küche", SECOND_LAMP],
])("%j names a plug", async (written, mac) => {
  expect(await plugNamed(await three(), written)).toBe(mac);
});

test.each([
  ["LAMPE KÜCHE", ["Several", LAMP, SECOND_LAMP, "Lampe Küche"]],
  ["Kettl", ["not a MAC", "no plug on record has this name"]],
  ["", ["not a MAC"]],
  ["5ccf7f0a0b0", ["not a MAC"]],
  ["5ccf7f0a0b0c0d", ["not a MAC"]],
  // Twelve hex digits among other letters are no MAC.
  ["a cafe decade, bed", ["not a MAC"]],
])("%j names none, and the candidates are listed", async (written, words) => {
  const refusal = await plugNamed(await three(), written, "--plug").catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: "bad-argument", plugState: "untouched" });
  const { message, nextStep } = refusal as { readonly message: string; readonly nextStep: string };
  expect(message).toMatch(/^--plug: /);
  for (const word of words) expect(message).toContain(word);
  expect(`${message} ${nextStep}`).toContain(SECOND_LAMP);
});

test("the only plug on record needs no name; none and several are refused, with the candidates", async () => {
  expect(await onlyPlug(await homeWith({ [KETTLE]: undefined }))).toBe(KETTLE);
  await expect(onlyPlug(await homeWith({}))).rejects.toMatchObject({ code: "bad-argument" });
  await expect(onlyPlug(await three())).rejects.toMatchObject({
    code: "bad-argument",
    nextStep: expect.stringMatching(/Lampe Küche.*Kettle plug/s),
  });
});

test.each([
  [undefined, "/home"],
  ["/dev/ttyUSB0", "/home"],
  ["sim:/plug", "/plug/home"],
  ["sim:", "/home/virtual"],
])("at the port %s plugs are on record in %s", (port, home) => {
  expect(homeAtPort("/home", port)).toBe(home);
});
