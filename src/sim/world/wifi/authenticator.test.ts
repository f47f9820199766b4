import { expect, test } from "vitest";
import { toHex } from "../../hex.ts";
import { SimClock } from "../clock.ts";
import { Authenticator } from "./authenticator.ts";
import { KEY_INFO, keyFrame, masterKey, pairwiseKeys, readKeyFrame } from "./eapol-key.ts";

const MASTER = masterKey("password", "IEEE");
const [ACCESS_POINT, STATION] = [new Uint8Array(6).fill(2), new Uint8Array(6).fill(4)];
const [ANONCE, SNONCE] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(9)];
const KEYS = pairwiseKeys(MASTER, [ACCESS_POINT, STATION], [ANONCE, SNONCE]);

function setUp() {
  const clock = new SimClock();
  const sent: Uint8Array[] = [];
  const outcome: string[] = [];
  const authenticator = new Authenticator({
    ...{ clock, master: MASTER, addresses: [ACCESS_POINT, STATION] },
    nonce: () => ANONCE,
    groupKey: () => ({ id: 1, key: new Uint8Array(16).fill(3), sequence: () => new Uint8Array(6) }),
    send: (eapol) => sent.push(eapol),
    established: (temporal) => outcome.push(toHex(temporal)),
    failed: (reason) => outcome.push(`failed ${reason}`),
  });
  authenticator.start();
  const answer = (info: number, { kck = KEYS.kck, replay = sent.length } = {}): void =>
    authenticator.receive(keyFrame({ info: info | KEY_INFO.mic, replay, nonce: SNONCE }, kck));
  return { clock, sent, outcome, authenticator, answer };
}
const SECOND = KEY_INFO.pairwise;
const FOURTH = KEY_INFO.pairwise | KEY_INFO.secure;

test("keys are the same for both sides, whichever of them is named first", () => {
  expect(pairwiseKeys(MASTER, [STATION, ACCESS_POINT], [SNONCE, ANONCE])).toEqual(KEYS);
});

test("the handshake's third message follows the second, and the fourth ends it", () => {
  const { sent, outcome, answer } = setUp();
  expect(sent.map((eapol) => readKeyFrame(eapol)!.info & ~7)).toEqual([0x88]);
  answer(SECOND);
  expect(readKeyFrame(sent[1]!)!.info & ~7).toBe(0x13c8);
  expect(outcome).toEqual([]);
  answer(FOURTH);
  expect(outcome).toEqual([toHex(KEYS.temporal)]);
});

test.each([
  ["with a wrong MIC", { kck: new Uint8Array(16) }],
  ["that answers an earlier one", { replay: 1 }],
])("a fourth message %s is passed over, and the third sent again", (_, how) => {
  const { clock, sent, outcome, answer } = setUp();
  answer(SECOND);
  answer(FOURTH, how);
  expect(outcome).toEqual([]);
  clock.runInternal(clock.now + 1_100_000);
  expect(sent).toHaveLength(3);
  answer(FOURTH);
  expect(outcome).toHaveLength(1);
});

test("silence after the third message ends it with reason 15, and nothing is sent any more", () => {
  const { clock, sent, outcome, answer } = setUp();
  answer(SECOND);
  clock.runInternal(clock.now + 20e6);
  expect(outcome).toEqual(["failed 15"]);
  expect(sent).toHaveLength(5);
});

test("stopped, it sends nothing more", () => {
  const { clock, sent, outcome, authenticator } = setUp();
  authenticator.stop();
  clock.runInternal(clock.now + 20e6);
  expect([sent.length, outcome]).toEqual([1, []]);
});
