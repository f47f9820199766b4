/** Reading, writing and exchanging special registers: what can be written is read back within the same case. */
import * as enc from "./encodings.mjs";

const REGISTERS = {
  sar: 3,
  litbase: 5,
  ibreakenable: 96,
  ddr: 104,
  ibreaka0: 128,
  dbreaka0: 144,
  dbreakc0: 160,
  epc1: 177,
  epc2: 178,
  epc3: 179,
  depc: 192,
  eps2: 194,
  eps3: 195,
  excsave1: 209,
  excsave2: 210,
  excsave3: 211,
  intenable: 228,
  ps: 230,
  exccause: 232,
  debugcause: 233,
  icount: 236,
  icountlevel: 237,
  excvaddr: 238,
  ccompare0: 240,
};
const VECBASE = 231;
const INTERRUPT = 226;
const INTCLEAR = 227;
const READ_ONLY = { configid0: 176, configid1: 208, prid: 235 };
/** Counts by itself: only that it can be read and written is certain. */
const CCOUNT = 234;
const OTHERS_WRITABLE = [89, 176];

/** Masks interrupts, so that whatever is put into INTENABLE and INTERRUPT changes nothing else. */
const MASKED = { ps: 0x2f };

function valueFor(random, name) {
  // Values that would have the debug unit stop the runner are left out.
  if (name === "icountlevel" || name === "ibreakenable") return 0;
  if (name === "dbreakc0") return random.below(64);
  if (name === "litbase") return (random.value() & ~1) >>> 0;
  return random.value();
}

export function specialRegisterCases(random) {
  const { below, value } = random;
  const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));
  const two = () => {
    const first = 2 + below(14);
    const second = 2 + ((first - 2 + 1 + below(13)) % 14);
    return [first, second];
  };
  const roundTrips = Object.entries(REGISTERS).flatMap(([name, number]) =>
    times(24, () => {
      const [s, t] = two();
      const state = { ...MASKED, [`a${s}`]: valueFor(random, name) };
      return { name: "wsr", code: [...enc.wsr(s, number), ...enc.plainOps.rsync, ...enc.rsr(t, number)], state };
    }),
  );
  const exchanges = Object.entries(REGISTERS).flatMap(([name, number]) =>
    times(24, () => {
      const [s, t] = two();
      const state = { ...MASKED, [`a${s}`]: valueFor(random, name), [`a${t}`]: valueFor(random, name) };
      const code = [...enc.wsr(t, number), ...enc.xsr(s, number), ...enc.plainOps.rsync, ...enc.rsr(t, number)];
      return { name: "xsr", code, state };
    }),
  );
  const vecbase = times(40, () => ({
    name: "wsr",
    code: [...enc.rsr(5, VECBASE), ...enc.wsr(3, VECBASE), ...enc.rsr(4, VECBASE), ...enc.wsr(5, VECBASE)],
    state: { ...MASKED, a3: value() },
  }));
  const software = times(60, () => ({
    name: "wsr",
    code: [
      ...enc.wsr(3, INTERRUPT),
      ...enc.wsr(4, INTCLEAR),
      ...enc.rsr(5, INTERRUPT),
      // Bit 7 alone: the others belong to the outside world and to the timer.
      ...enc.extui(5, 5, 7, 1),
    ],
    state: { ...MASKED, a3: value(), a4: value() },
  }));
  const readOnly = Object.values(READ_ONLY).map((number) => ({
    name: "rsr",
    code: enc.rsr(2 + below(14), number),
    state: { ...MASKED },
  }));
  const known = new Set([...Object.values(REGISTERS), VECBASE, INTERRUPT, INTCLEAR, CCOUNT]);
  const missing = times(256, (number) => number).flatMap((number) => {
    const cases = [];
    const add = (name, encode) => cases.push({ name, code: encode(3, number), state: { ...MASKED, a3: value() } });
    const readable = known.has(number) || Object.values(READ_ONLY).includes(number);
    const writable = known.has(number) || OTHERS_WRITABLE.includes(number);
    if (!readable || number === INTCLEAR) add("rsr", enc.rsr);
    if (!writable) add("wsr", enc.wsr);
    if (!(readable && writable) || number === INTERRUPT || number === INTCLEAR) add("xsr", enc.xsr);
    return cases;
  });
  const writeOnly = OTHERS_WRITABLE.map((number) => ({
    name: "wsr",
    code: enc.wsr(3, number),
    state: { ...MASKED, a3: value() },
  }));
  return [...roundTrips, ...exchanges, ...vecbase, ...software, ...readOnly, ...missing, ...writeOnly];
}
