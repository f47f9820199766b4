import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMembers } from "./answer.ts";
import { commandText, setting } from "./command.ts";
import { ConsoleStream } from "./console.ts";
import { credentialFaults, fitsBacklog, transportObstacle, type WifiCredentials } from "./credentials.ts";
import { encodeForm } from "./form.ts";
import { encodeWifiSettings } from "./improv.ts";
import { Redactor, spellingsOf } from "./redact.ts";
import { decodeDmp, encodeDmp } from "./settings/dmp.ts";
import { openSector, readTexts, withText } from "./settings/sector.ts";

const awkward = fc.constantFrom(..." ;%+\"'\\{}&=#?01aZ~äß中😀\t".split(""), "😀", "%41", "; ");
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.array(awkward, { maxLength: 30 }).map((parts) => parts.join("")),
);
const psk = fc
  .array(fc.constantFrom(..."0123456789abcdefABCDEF".split("")), { minLength: 64, maxLength: 64 })
  .map((all) => all.join(""));
const credentials: fc.Arbitrary<WifiCredentials> = fc
  .record({ ssid: text, passphrase: fc.oneof(text, psk, fc.constant("")) })
  .filter((each) => credentialFaults(each).length === 0);

/** What the firmware's command handler makes of a line: leading spaces skipped, one-character shortcuts. */
function asFirmwareReads(line: string): { name: string; value: string } {
  const space = line.indexOf(" ");
  const value = space < 0 ? "" : line.slice(space).replace(/^[ \t\n\v\f\r]+/, "");
  return { name: line.slice(0, space < 0 ? undefined : space), value: /^[01"?]?$/.test(value) ? "shortcut" : value };
}

/** How the firmware splits a Backlog: at every ";" outside braces, parts trimmed. */
function asFirmwareSplits(line: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const char of line.slice("Backlog ".length)) {
    if (char === "{") depth++;
    if (char === "}") depth--;
    if (char === ";" && depth === 0) {
      parts.push(part);
      part = "";
    } else part += char;
  }
  return [...parts, part].map((each) => each.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, ""));
}

describe("credentials that a transport accepts arrive unchanged", () => {
  test("over the serial console, as one Backlog or as two commands", () => {
    fc.assert(
      fc.property(credentials, (each) => {
        fc.pre(transportObstacle("serial", each) === undefined && each.passphrase !== "");
        const commands = [setting("SSID1", each.ssid), setting("Password1", each.passphrase)].map(commandText);
        const received = fitsBacklog(each) ? asFirmwareSplits(`Backlog ${commands.join(";")}`) : commands;
        expect(received.map(asFirmwareReads)).toEqual([
          { name: "SSID1", value: each.ssid },
          { name: "Password1", value: each.passphrase },
        ]);
        for (const line of received) expect(line).toMatch(/^[\x20-\x7e]*$/);
      }),
      { numRuns: 500 },
    );
  });

  test("over Improv, where the firmware turns them into a Backlog", () => {
    fc.assert(
      fc.property(credentials, (each) => {
        fc.pre(transportObstacle("improv", each) === undefined);
        const frame = encodeWifiSettings(each.ssid, each.passphrase);
        const data = frame.subarray(11, frame.length - 2);
        const ssid = new TextDecoder().decode(data.subarray(1, 1 + data[0]!));
        const passphrase = new TextDecoder().decode(data.subarray(2 + data[0]!));
        expect(data[1 + data[0]!]).toBe(new TextEncoder().encode(each.passphrase).length);
        const line = `Backlog SSID1 ${ssid};Password1 ${passphrase}`;
        expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(150);
        expect(asFirmwareSplits(line).map(asFirmwareReads)).toEqual([
          { name: "SSID1", value: each.ssid },
          { name: "Password1", value: each.passphrase },
        ]);
      }),
      { numRuns: 500 },
    );
  });

  test("through the set-up page, whatever they are", () => {
    fc.assert(
      fc.property(credentials, (each) => {
        expect(transportObstacle("access-point", each)).toBeUndefined();
        const form = encodeForm([
          ["s1", each.ssid],
          ["p1", each.passphrase],
          ["save", ""],
        ]);
        expect(form).toMatch(/^[A-Za-z0-9%._~&=-]*$/);
        const parsed = new URLSearchParams(form);
        expect(parsed.get("s1")).toBe(each.ssid);
        expect(parsed.get("p1")).toBe(each.passphrase);
      }),
      { numRuns: 500 },
    );
  });

  test("into a settings sector, and out of its backup file", () => {
    const blank = new Uint8Array(4096);
    blank.set([0x09, 0x12, 0x00, 0x10, 1, 0, 0, 0, 0x02, 0x00, 0x02, 0x0f]);
    blank.set([0x4e, 0x01], 0x00e);
    blank.set([0xf2, 0xfb, 0x92, 0xd9], 0xffc);
    fc.assert(
      fc.property(credentials, (each) => {
        const sector = withText(withText(openSector(blank), 4, each.ssid), 6, each.passphrase);
        const texts = readTexts(decodeDmp(encodeDmp(sector)));
        expect(texts[4]).toBe(each.ssid);
        expect(texts[6]).toBe(each.passphrase);
      }),
      { numRuns: 200 },
    );
  });
});

describe("reading", () => {
  const json = fc.jsonValue({ maxDepth: 3 });

  test("members of any JSON object gives what JSON.parse gives", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (object) => {
        const members = parseMembers(JSON.stringify(object))!;
        expect(Object.fromEntries(members.map((each) => [each.key, each.value]))).toEqual(
          JSON.parse(JSON.stringify(object)),
        );
      }),
    );
  });

  test("the console never fails and never cares about chunking, whatever arrives", () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .constantFrom("IMPROV\x01", "\r\n", "00:00:01.000 RSL: RESULT = {", "IMPROV")
        .map((each) => new TextEncoder().encode(each)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 17 }), (pieces, cut) => {
        const bytes = Uint8Array.from(pieces.flatMap((each) => [...each]));
        const whole = new ConsoleStream().push(bytes);
        const stream = new ConsoleStream();
        const outputs = [];
        for (let i = 0; i < bytes.length; i += cut) outputs.push(...stream.push(bytes.subarray(i, i + cut)));
        expect(outputs).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });
});

test("a secret is masked in every spelling in which it travels", () => {
  fc.assert(
    fc.property(credentials, fc.string(), (each, around) => {
      fc.pre(each.passphrase !== "");
      const redactor = new Redactor();
      redactor.add(each.passphrase);
      const sent = [
        commandText(setting("Password1", each.passphrase)),
        JSON.stringify({ Password1: each.passphrase }),
        encodeForm([["p1", each.passphrase]]),
        new URLSearchParams({ p1: each.passphrase }).toString(),
        Buffer.from(`admin:${each.passphrase}`).toString("base64"),
      ];
      for (const line of sent) {
        const shown = redactor.redact(around + line + around);
        for (const spelling of spellingsOf(each.passphrase)) {
          if (!around.includes(spelling) && !"****".includes(spelling))
            expect(shown.includes(spelling) && !around.includes("*")).toBe(false);
        }
      }
    }),
    { numRuns: 200 },
  );
});
