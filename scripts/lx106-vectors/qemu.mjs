/** Runs cases on QEMU's lx106 core. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DEFAULT_ENTRY,
  defaultState,
  INPUT_FIELDS,
  INPUT_WORDS,
  OUTPUT_FIELDS,
  OUTPUT_WINDOW,
  RECORD_WORDS,
  WINDOW_WORDS,
} from "./records.mjs";

const ASSEMBLER = "xtensa-lx106-elf-as";
const OBJCOPY = "xtensa-lx106-elf-objcopy";
const QEMU = "qemu-system-xtensa";

const RUNNER_ADDRESS = 0x40100000;
const CASES_ADDRESS = 0x61000000;
const RESET_ADDRESS = 0x50000000;
/** movi a0,0x401; slli a0,a0,20; jx a0: from where the machine starts to the runner. */
const RESET_CODE = Buffer.from("02a401c00001a00000", "hex");

/** A 32-bit little-endian Xtensa executable of these segments. */
function elf(entry, segments) {
  const headerSize = 52 + 32 * segments.length;
  const header = Buffer.alloc(headerSize);
  header.write("\x7fELF\x01\x01\x01", "latin1");
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(94, 18); // EM_XTENSA
  header.writeUInt32LE(1, 20);
  header.writeUInt32LE(entry, 24);
  header.writeUInt32LE(52, 28);
  header.writeUInt16LE(52, 40);
  header.writeUInt16LE(32, 42);
  header.writeUInt16LE(segments.length, 44);
  let offset = headerSize;
  for (const [index, { address, bytes }] of segments.entries()) {
    const at = 52 + 32 * index;
    for (const [word, value] of [1, offset, address, address, bytes.length, bytes.length, 7, 1].entries()) {
      header.writeUInt32LE(value, at + 4 * word);
    }
    offset += bytes.length;
  }
  return Buffer.concat([header, ...segments.map(({ bytes }) => bytes)]);
}

function inputRecords(cases) {
  const words = new Uint32Array(RECORD_WORDS * (cases.length + 1));
  words[0] = cases.length;
  const bytes = Buffer.from(words.buffer);
  for (const [index, { code, entry = DEFAULT_ENTRY, state, patch }] of cases.entries()) {
    const at = RECORD_WORDS * (index + 1);
    const full = { ...defaultState(), ...state };
    for (let i = 0; i < 16; i++) words[at + i] = full[`a${i}`];
    for (const [i, field] of INPUT_FIELDS.entries()) words[at + 16 + i] = full[field];
    for (let i = 0; i < WINDOW_WORDS; i++) words[at + INPUT_WORDS.window + i] = full[`w${i}`];
    words[at + INPUT_WORDS.entry] = entry;
    bytes.set(code, 4 * (at + INPUT_WORDS.code));
    if (patch) words.set(patch, at + INPUT_WORDS.patchAddress);
  }
  return bytes;
}

function outputState(words, at) {
  const state = {};
  for (let i = 0; i < 16; i++) state[`a${i}`] = words[at + i];
  for (const [i, field] of OUTPUT_FIELDS.entries()) state[field] = words[at + 16 + i];
  for (let i = 0; i < WINDOW_WORDS; i++) state[`w${i}`] = words[at + OUTPUT_WINDOW + i];
  return state;
}

/** What each case left behind, by field name, in the order of the cases. */
export function runOnQemu(cases, runnerSource) {
  const folder = mkdtempSync(join(tmpdir(), "lx106-"));
  try {
    const object = join(folder, "runner.o");
    const binary = join(folder, "runner.bin");
    execFileSync(ASSEMBLER, ["--no-transform", "-o", object, runnerSource]);
    execFileSync(OBJCOPY, ["-O", "binary", object, binary]);
    const image = join(folder, "cases.elf");
    const segments = [
      { address: RUNNER_ADDRESS, bytes: readFileSync(binary) },
      { address: RESET_ADDRESS, bytes: RESET_CODE },
      { address: CASES_ADDRESS, bytes: inputRecords(cases) },
    ];
    writeFileSync(image, elf(RESET_ADDRESS, segments));
    const console = join(folder, "results");
    const machine = ["-M", "sim", "-cpu", "lx106", "-semihosting", "-display", "none", "-monitor", "none"];
    execFileSync(QEMU, [...machine, "-serial", `file:${console}`, "-kernel", image], {
      timeout: 120_000,
    });
    const output = readFileSync(console);
    if (output.length !== 4 * RECORD_WORDS * cases.length) {
      throw new Error(`QEMU wrote ${output.length} bytes, not ${4 * RECORD_WORDS * cases.length}`);
    }
    const words = new Uint32Array(output.buffer, output.byteOffset, output.length / 4);
    return cases.map((_, index) => outputState(words, RECORD_WORDS * index));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
