/** Why an HTTP request got no usable answer, as one set of sentences and values for every platform. */
import { PlugsmithError } from "../core/errors.ts";
import { say, type Text } from "../core/text/text.ts";

/** The largest answer that is read, bytes: no answer of a plug is larger than its flash. */
export const MOST_HTTP_BODY = 4 * 1024 * 1024;

const CHECK_POWER = say`Check the address and that the plug has power, then try again.`;

/** @param where the host, as the URL writes it. */
export function noHttpAnswer(where: string, timeoutMs: number): PlugsmithError {
  return new PlugsmithError("no-answer", {
    message: say`${where} did not answer within ${timeoutMs / 1000} s.`,
    nextStep: say`Check that the plug has power and is in this network, then try again.`,
    context: { address: where, timeoutMs },
  });
}

export function tooLongAnswer(where: string): PlugsmithError {
  return new PlugsmithError("network-failed", {
    message: say`${where} sent more than ${MOST_HTTP_BODY / 1024 ** 2} MiB, which is more than a plug sends.`,
    nextStep: say`Check the address.`,
    context: { address: where, limit: MOST_HTTP_BODY },
  });
}

/** @param reason the system's own name of it. */
export function httpFailed(where: string, message: Text, reason: string, cause: unknown): PlugsmithError {
  return new PlugsmithError("network-failed", {
    message,
    nextStep: CHECK_POWER,
    context: { address: where, reason },
    cause,
  });
}
