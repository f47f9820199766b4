/**
 * Makes test/fixtures/lx106/cases.txt.gz: cases for every instruction with what QEMU's lx106 core made of them.
 * Needs qemu-system-xtensa and the assembler (Debian: qemu-system-misc, binutils-xtensa-lx106). The same seed gives
 * the same cases. Run from the top of the checkout: node scripts/lx106-vectors.mjs
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { makeCases } from "./lx106-vectors/cases.mjs";
import { runOnQemu } from "./lx106-vectors/qemu.mjs";
import { DEFAULT_ENTRY, defaultState } from "./lx106-vectors/records.mjs";

const FOLDER = join("test", "fixtures", "lx106");

const hex = (value) => (value >>> 0).toString(16);
const list = (entries) => entries.map(([key, value]) => `${key}=${hex(value)}`).join(" ");

function line({ name, code, entry = DEFAULT_ENTRY, state, patch }, after) {
  const before = { ...defaultState(), ...state, interrupt: 0, vector: 0 };
  const inputs = Object.entries(state);
  if (patch) inputs.push(["patch", patch[0]], ["value", patch[1]]);
  const changed = Object.entries(after).filter(([key, value]) => value !== before[key] >>> 0);
  return [name, Buffer.from(code).toString("hex"), hex(entry), list(inputs), list(changed)].join("|");
}

const cases = makeCases();
const results = runOnQemu(cases, join("scripts", "lx106-vectors", "runner.s"));
const lines = cases.map((instruction, index) => {
  // Lines other than the software interrupt depend on QEMU's own time; DEBUGCAUSE stays from earlier cases, it cannot
  // be written.
  const interrupt = results[index].interrupt & 0x80;
  const debugcause = instruction.name.startsWith("break") ? results[index].debugcause : 0;
  return line(instruction, { ...results[index], interrupt, debugcause });
});
mkdirSync(FOLDER, { recursive: true });
const packed = gzipSync(`${lines.join("\n")}\n`, { level: 9 });
writeFileSync(join(FOLDER, "cases.txt.gz"), packed);
console.log(`${cases.length} cases, ${packed.length} bytes`);
