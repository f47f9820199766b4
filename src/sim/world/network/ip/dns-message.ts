/** Questions to a name server and its answers, for addresses of IPv4 (RFC 1035, 4). */
import { concatenated } from "../../wifi/bytes.ts";
import { addressBytes, be16, read16 } from "./packets.ts";

const HEADER = 12;
const FLAGS = { response: 0x80, recursionDesired: 0x01, recursionAvailable: 0x80 } as const;
const NAME_ERROR = 3;
const TYPE_A = 1;
const CLASS_IN = 1;
/** A pointer to the question's name. */
const QUESTION_NAME = [0xc0, HEADER];
const TIME_TO_LIVE = [0, 0, 0, 60];
const LONGEST_LABEL = 63;

export interface DnsQuestion {
  /** Lower case. */
  readonly name: string;
  readonly asksForAddress: boolean;
  /** From the first byte to the end of the question: the beginning of the answer. */
  readonly bytes: Uint8Array;
}

/** Undefined where it is not a question, or has not one alone. */
export function parseQuestion(bytes: Uint8Array): DnsQuestion | undefined {
  if (bytes.length < HEADER || (bytes[2]! & FLAGS.response) !== 0 || read16(bytes, 4) !== 1) return undefined;
  const labels: string[] = [];
  let at = HEADER;
  for (let length = bytes[at] ?? 0; length !== 0; length = bytes[at] ?? 0) {
    if (length > LONGEST_LABEL || at + 1 + length >= bytes.length) return undefined;
    labels.push(new TextDecoder().decode(bytes.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  const end = at + 5;
  if (end > bytes.length) return undefined;
  return {
    name: labels.join(".").toLowerCase(),
    asksForAddress: read16(bytes, at + 1) === TYPE_A && read16(bytes, at + 3) === CLASS_IN,
    bytes: bytes.slice(0, end),
  };
}

/** @param address "none": the name exists, with nothing of the type asked for; undefined: it does not exist. */
export function answerTo(question: DnsQuestion, address: string | undefined): Uint8Array {
  const hasAddress = address !== undefined && address !== "none";
  const head = question.bytes.slice();
  head[2] = FLAGS.response | (head[2]! & FLAGS.recursionDesired);
  head[3] = FLAGS.recursionAvailable | (address === undefined ? NAME_ERROR : 0);
  head.set([0, hasAddress ? 1 : 0, 0, 0, 0, 0], 6);
  if (!hasAddress) return head;
  return concatenated(
    head,
    QUESTION_NAME,
    [...be16(TYPE_A), ...be16(CLASS_IN)],
    TIME_TO_LIVE,
    [0, 4],
    addressBytes(address),
  );
}
