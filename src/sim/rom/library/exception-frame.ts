/**
 * The frame that exceptions leave on the stack, 256 bytes, as the ROM, the SDK and the Arduino core's exception
 * handlers (struct __exception_frame) share it: EPC1, PS, SAR, virtual priority, a0, a2 to a15, cause.
 */
import type { CpuPort } from "../../cpu/contract.ts";

const FRAME_BYTES = 0x100;
const EPC1 = 0x00;
const PS = 0x04;
const SAR = 0x08;
export const FRAME_PRIORITY = 0x0c;
const A0 = 0x10;
const A2 = 0x14;
const A3 = 0x18;
const A4 = 0x1c;
const A5 = 0x20;
export const FRAME_CAUSE = 0x4c;

const PS_EXCM = 0x10;

/** What an exception vector does: makes room on the stack and frees a2 to a4. */
export function openFrame(cpu: CpuPort): void {
  const { a } = cpu;
  a[1] = a[1]! - FRAME_BYTES;
  cpu.write32(a[1]! + A2, a[2]!);
  cpu.write32(a[1]! + A3, a[3]!);
  cpu.write32(a[1]! + A4, a[4]!);
}

/** Saves the rest. a2 to a4 have been saved by the vector. */
export function saveContext(cpu: CpuPort): void {
  const { a } = cpu;
  const frame = a[1]!;
  cpu.write32(frame + EPC1, cpu.epc1);
  cpu.write32(frame + PS, cpu.ps);
  cpu.write32(frame + SAR, cpu.sar);
  cpu.write32(frame + A0, a[0]!);
  for (let register = 5; register < 16; register++) cpu.write32(frame + A5 + 4 * (register - 5), a[register]!);
}

/** Restores all registers and returns to where the exception happened. */
export function restoreContext(cpu: CpuPort): void {
  const { a } = cpu;
  const frame = a[1]!;
  cpu.sar = cpu.read32(frame + SAR);
  returnFromFrame(cpu, frame);
}

/** The same but SAR, which who jumps to the ROM's _xtos_return_from_exc has restored already. */
export function returnFromFrame(cpu: CpuPort, frame: number): void {
  const { a } = cpu;
  a[0] = cpu.read32(frame + A0);
  for (let register = 2; register < 16; register++) a[register] = cpu.read32(frame + A2 + 4 * (register - 2));
  cpu.epc1 = cpu.read32(frame + EPC1);
  cpu.ps = cpu.read32(frame + PS) & ~PS_EXCM;
  a[1] = frame + FRAME_BYTES;
  cpu.pc = cpu.epc1;
}

/** Gives back a2 and a3 and the stack, and leaves the exception at EPC1 plus `skip`, for handlers that saved nothing. */
export function leaveUnsaved(cpu: CpuPort, skip: number): void {
  const { a } = cpu;
  a[2] = cpu.read32(a[1]! + A2);
  a[3] = cpu.read32(a[1]! + A3);
  a[1] = a[1]! + FRAME_BYTES;
  cpu.epc1 += skip;
  cpu.ps &= ~PS_EXCM;
  cpu.pc = cpu.epc1;
}
