/**
 * What the body of an answer to a command over HTTP means.
 * Source: Tasmota tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (HandleHttpCommand).
 */
import { type Answer, refusalOf } from "./answer.ts";
import { readAnswer } from "./read-answer.ts";

export type HttpAnswer =
  | { readonly kind: "answer"; readonly answer: Answer }
  /** `{}`: the firmware had nothing to say, or is in its first 3 s, or is busy restarting. */
  | { readonly kind: "empty" }
  | { readonly kind: "password-needed" }
  /** The main page came instead: WebServer 1, user mode, no commands over HTTP. */
  | { readonly kind: "user-mode" }
  | { readonly kind: "unreadable" };

/** What the body of an answer from /cm means. Old releases sent 200 where new ones send 401. */
export function parseHttpAnswer(status: number, body: string): HttpAnswer {
  if (status === 401) return { kind: "password-needed" };
  if (body.trimStart().startsWith("<")) return { kind: "user-mode" };
  const answer = readAnswer(body);
  if (answer === undefined) return { kind: "unreadable" };
  if (answer.members.length === 0 && answer.damaged === undefined) return { kind: "empty" };
  return refusalOf(answer) === "password-needed" ? { kind: "password-needed" } : { kind: "answer", answer };
}
