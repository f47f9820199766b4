/** What a page may send, parsed at this edge into the host's own types. Anything else is refused before a job sees it. */
import * as v from "valibot";
import type { Answer, JobOrder } from "../host/index.ts";

const short = v.pipe(v.string(), v.maxLength(200));
const plug = v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/));
const job = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}-[1-9]\d{0,8}$/));

const ORDER: v.GenericSchema<unknown, JobOrder> = v.variant("job", [
  v.strictObject({ job: v.literal("practise"), pace: v.optional(v.picklist(["watchable", "fast"])) }),
  v.strictObject({
    job: v.literal("convert"),
    port: v.optional(short),
    plug: v.optional(plug),
    wired: v.optional(v.boolean()),
  }),
]);

const number = v.pipe(
  v.number(),
  v.check((value) => !Number.isNaN(value)),
);

const reading = v.union([number, v.strictObject({ low: number, high: number, unitShown: v.boolean() })]);

/** By kind, so that the compiler misses one that has none here. */
const ANSWERS: { readonly [K in Answer["kind"]]: v.GenericSchema<unknown, Extract<Answer, { readonly kind: K }>> } = {
  act: v.strictObject({ kind: v.literal("act") }),
  measure: v.strictObject({ kind: v.literal("measure"), reading }),
  readings: v.strictObject({ kind: v.literal("readings"), readings: v.pipe(v.array(reading), v.maxLength(20)) }),
  checklist: v.strictObject({
    kind: v.literal("checklist"),
    confirmed: v.pipe(v.array(short), v.maxLength(100)),
    stop: v.optional(v.boolean()),
  }),
  choose: v.strictObject({ kind: v.literal("choose"), option: short }),
  provide: v.strictObject({ kind: v.literal("provide"), text: v.pipe(v.string(), v.maxLength(4096)) }),
};

const ANSWER: v.GenericSchema<unknown, Answer> = v.union(Object.values(ANSWERS));

const seq = v.pipe(v.number(), v.integer(), v.minValue(1));

/** By path, what the body has to be. */
export const BODIES = {
  "/api/enter": v.strictObject({ code: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }),
  "/api/jobs": v.strictObject({}),
  "/api/start": v.strictObject({ order: ORDER }),
  "/api/events": v.strictObject({ job, from: seq }),
  "/api/answer": v.strictObject({ job, question: short, answer: ANSWER }),
  "/api/abort": v.strictObject({ job }),
  "/api/plugs": v.strictObject({}),
  "/api/adapters": v.strictObject({}),
  "/api/device": v.strictObject({}),
  "/api/certificate": v.strictObject({ plug, virtual: v.boolean() }),
} as const;

export type BodyOf<P extends keyof typeof BODIES> = v.InferOutput<(typeof BODIES)[P]>;

/** Undefined where the body is something else. */
export function parseBody<P extends keyof typeof BODIES>(path: P, body: unknown): BodyOf<P> | undefined {
  const parsed = v.safeParse(BODIES[path], body);
  return parsed.success ? (parsed.output as BodyOf<P>) : undefined;
}
