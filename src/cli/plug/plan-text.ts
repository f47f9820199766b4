/** A flash plan for people: one line a step, then what it moves and whether the erase gate is open. */
import type { FlashPlan } from "../../engine/flash/contract.ts";
import { sizeText } from "../render/quantity.ts";

export function planLines(plan: FlashPlan): string[] {
  const steps = plan.steps.map(({ act, at, length, reason, md5 }) => {
    const range = `${address(at)}-${address(at + length - 1)}`;
    const digest = md5 === undefined ? "" : `  md5 ${md5}`;
    return `  ${act.padEnd(6)}  ${range}  ${sizeText(length).padStart(8)}  ${reason}${digest}`;
  });
  return [
    `Plan: ${plan.kind} of a flash of ${sizeText(plan.flashSize)}`,
    ...steps,
    `To move over the line: ${sizeText(plan.transferBytes)} before compression`,
    `Erase gate: ${plan.gate}${plan.gateReason === "" ? "" : ` (${plan.gateReason})`}`,
  ];
}

export function address(at: number): string {
  return `0x${at.toString(16).padStart(6, "0")}`;
}
