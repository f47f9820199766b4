/** Awkward SSIDs and passphrases by every transport that takes them, looked up in the plug's own settings afterwards. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  credentialFaults,
  transportObstacle,
  WIFI_TRANSPORTS,
  type WifiCredentials,
} from "../../src/core/tasmota/credentials.ts";
import { provision } from "../../src/engine/tasmota/provision-plug.ts";
import { SetupRig } from "../support/setup-rig.ts";

const piece = fc.constantFrom(
  ..." ;%+\"'\\{}&=#?<>01aZ~".split(""),
  "ä",
  "ß",
  "中",
  "😀",
  "%41",
  "; ",
  " ;",
  "</a>",
  "&lt;",
);
const awkward = fc.array(piece, { minLength: 1, maxLength: 20 }).map((parts) => parts.join(""));
const plain = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 32 });
const psk = fc
  .array(fc.constantFrom(..."0123456789abcdefABCDEF".split("")), { minLength: 64, maxLength: 64 })
  .map((digits) => digits.join(""));
const long = fc.constantFrom(" x".repeat(16), "~".repeat(32), "ü".repeat(16));
const legal: fc.Arbitrary<WifiCredentials> = fc
  .record({
    ssid: fc.oneof(awkward, plain, long),
    passphrase: fc.oneof(awkward, plain, psk, fc.constant(""), fc.constant(`${" ;".repeat(31)}x`)),
  })
  .filter((each) => credentialFaults(each).length === 0);

describe.each(WIFI_TRANSPORTS)("the transport %s", (transport) => {
  test("brings any SSID and passphrase that it takes into the plug's settings byte for byte", async () => {
    let carried = 0;
    await fc.assert(
      fc.asyncProperty(legal, async (credentials) => {
        fc.pre(transportObstacle(transport, credentials) === undefined);
        const rig = new SetupRig();
        rig.medium.add({
          ssid: credentials.ssid,
          passphrase: credentials.passphrase === "" ? undefined : credentials.passphrase,
          lan: rig.lan,
          signal: -50,
          channel: 3,
        });
        rig.board.powerOn();
        const done = await rig.do(provision(rig.ports, { transport, credentials }, rig.context()));
        expect(done.address).toMatch(/^192\.168\.1\./);
        rig.board.run(6);
        expect(rig.core.settings.text("SSID1")).toBe(credentials.ssid);
        expect(rig.core.settings.text("Password1")).toBe(credentials.passphrase);
        expect(rig.core.network.station).toMatchObject({ connected: true, ssid: credentials.ssid, ip: done.address });
        carried++;
      }),
      { numRuns: 25 },
    );
    expect(carried).toBeGreaterThanOrEqual(25);
  });
});
