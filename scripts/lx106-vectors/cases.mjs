/** The cases: for every instruction random operands and values that love edges, and directed ones where it matters. */
import * as enc from "./encodings.mjs";
import { createRandom } from "./random.mjs";
import { DEFAULT_ENTRY, WINDOW_ADDRESS, WINDOW_WORDS } from "./records.mjs";
import { specialRegisterCases } from "./special-register-cases.mjs";

/** In the middle of the flash window, where the long jumps have room both ways. */
const FLASH_ENTRY = 0x40280000;

const random = createRandom(0x106);
const { below, pick, value, register } = random;

const reg = (index) => `a${index}`;
/** State with values in these registers; the first named wins where one is named twice. */
const values = (...registers) => Object.fromEntries(registers.reverse().map((index) => [reg(index), value()]));
const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));

function registerOperations() {
  return Object.entries(enc.registerOps).flatMap(([name, encode]) =>
    times(250, () => {
      const [r, s, t] = [register(), register(), register()];
      return { name, code: encode(r, s, t), state: { ...values(s, t), sar: below(64) } };
    }),
  );
}

function unaryOperations() {
  return Object.entries(enc.unaryOps).flatMap(([name, encode]) =>
    times(200, () => {
      const [d, s] = [register(), register()];
      return { name, code: encode(d, s), state: { ...values(s), sar: below(64) } };
    }),
  );
}

function shifts() {
  const everySar = ["sll", "srl", "sra"].flatMap((name) =>
    times(64 * 4, (index) => {
      const [d, s] = [register(), register()];
      return { name, code: enc.unaryOps[name](d, s), state: { ...values(s), sar: index % 64 } };
    }),
  );
  const src = times(64 * 6, (index) => {
    const [r, s, t] = [register(), register(), register()];
    return { name: "src", code: enc.registerOps.src(r, s, t), state: { ...values(s, t), sar: index % 64 } };
  });
  const setSar = Object.entries(enc.sarOps).flatMap(([name, encode]) =>
    times(150, () => {
      const s = register();
      return { name, code: encode(s), state: { ...values(s), sar: below(64) } };
    }),
  );
  const combined = Object.entries(enc.sarOps).flatMap(([name, encode]) =>
    ["sll", "srl", "sra"].flatMap((shift) =>
      times(60, () => {
        const [d, s, amount] = [register(), register(), register()];
        const state = { ...values(s, amount) };
        if (below(3) === 0) state[reg(amount)] = below(34);
        return { name, code: [...encode(amount), ...enc.unaryOps[shift](d, s)], state };
      }),
    ),
  );
  const immediate = [
    ...times(32 * 4, (index) => ({ name: "ssai", code: enc.ssai(index % 32), state: { sar: below(64) } })),
    ...times(31 * 10, (index) => {
      const [r, s] = [register(), register()];
      return { name: "slli", code: enc.slli(r, s, 1 + (index % 31)), state: values(s) };
    }),
    ...times(16 * 16, (index) => {
      const [r, t] = [register(), register()];
      return { name: "srli", code: enc.srli(r, t, index % 16), state: values(t) };
    }),
    ...times(32 * 10, (index) => {
      const [r, t] = [register(), register()];
      return { name: "srai", code: enc.srai(r, t, index % 32), state: values(t) };
    }),
    ...times(32 * 16, (index) => {
      const [r, t] = [register(), register()];
      return { name: "extui", code: enc.extui(r, t, index % 32, 1 + Math.floor(index / 32)), state: values(t) };
    }),
  ];
  return [...everySar, ...src, ...setSar, ...combined, ...immediate];
}

function immediates() {
  return [
    ...times(300, (index) => {
      const [t, s] = [register(), register()];
      return { name: "addi", code: enc.addi(t, s, (index & 255) - 128), state: values(s) };
    }),
    ...times(300, (index) => {
      const [t, s] = [register(), register()];
      return { name: "addmi", code: enc.addmi(t, s, (index & 255) - 128), state: values(s) };
    }),
    ...times(512, (index) => ({ name: "movi", code: enc.movi(register(), index * 8 - 2048 + below(8)), state: {} })),
    ...times(128, (index) => ({ name: "movi.n", code: enc.moviN(register(), index - 32), state: {} })),
    ...times(15 * 14, (index) => {
      const [r, s] = [register(), register()];
      const amount = index % 15 === 0 ? -1 : index % 15;
      return { name: "addi.n", code: enc.addiN(r, s, amount), state: values(s) };
    }),
  ];
}

function loadsAndStores() {
  return Object.entries(enc.memoryOps).flatMap(([name, { bytes, slots = 256, encode }]) =>
    times(320, (index) => {
      const [t, s] = [register(), register()];
      const misaligned = bytes > 1 && index % 6 === 5 ? 1 + below(bytes - 1) : 0;
      const target = WINDOW_ADDRESS + bytes * below((4 * WINDOW_WORDS) / bytes - (misaligned ? 1 : 0)) + misaligned;
      const offset = bytes * below(slots);
      const window = Object.fromEntries(times(2, () => [`w${below(WINDOW_WORDS)}`, value()]));
      const state = { ...values(t), ...window, [reg(s)]: (target - offset) >>> 0 };
      return { name, code: encode(t, s, offset), state };
    }),
  );
}

function literals() {
  return times(600, (index) => {
    const inFlash = index % 2 === 0;
    const litbase =
      index % 5 === 4 ? (pick([0x40290000, 0x402a5000, 0x3fffe000]) | 1) >>> 0 : below(4) ? 0 : 0x40290000;
    const relative = (litbase & 1) === 1;
    const entry = (inFlash ? FLASH_ENTRY : DEFAULT_ENTRY) + below(4);
    // A literal in data RAM has to lie in it, one next to IRAM code must not fall on the runner.
    const reach = relative ? (litbase >>> 28 === 3 ? 0x1000 : 0x8000) : inFlash ? 65536 : 4096;
    const words = -1 - (below(3) === 0 ? below(8) : below(reach));
    const base = relative ? (litbase & 0xfffff000) >>> 0 : ((entry + 3) & ~3) >>> 0;
    const address = base + 4 * words;
    const code = enc.l32r(register(), words);
    if (address + 4 > entry && address < entry + code.length) return undefined;
    return { name: "l32r", code, entry, state: { litbase }, patch: [address, value()] };
  }).filter(Boolean);
}

/** Byte offsets that do not lead into the branch itself. */
function branchOffset(lowest, highest) {
  for (;;) {
    const offset = lowest + below(highest - lowest + 1);
    if (offset < 0 || offset > 2) return offset;
  }
}

function branches() {
  const entry = () => DEFAULT_ENTRY + below(4);
  /** Two values of which a branch may think alike. */
  const pair = (s, t) => {
    const state = values(s, t);
    if (below(3) === 0) state[reg(t)] = state[reg(s)];
    return state;
  };
  return [
    ...Object.entries(enc.compareBranches).flatMap(([name, encode]) =>
      times(250, () => {
        const [s, t] = [register(), register()];
        return { name, code: encode(s, t, branchOffset(-124, 131)), entry: entry(), state: pair(s, t) };
      }),
    ),
    ...Object.entries(enc.bitBranches).flatMap(([name, encode]) =>
      times(32 * 10, (index) => {
        const s = register();
        return { name, code: encode(s, index % 32, branchOffset(-124, 131)), entry: entry(), state: values(s) };
      }),
    ),
    ...Object.entries(enc.zeroBranches).flatMap(([name, encode]) =>
      times(250, () => {
        const s = register();
        const state = below(3) === 0 ? { [reg(s)]: 0 } : values(s);
        return { name, code: encode(s, branchOffset(-2044, 2051)), entry: entry(), state };
      }),
    ),
    ...Object.entries(enc.narrowZeroBranches).flatMap(([name, encode]) =>
      times(64 * 4, (index) => {
        const s = register();
        const state = below(2) === 0 ? { [reg(s)]: 0 } : values(s);
        return { name, code: encode(s, 4 + (index % 64)), entry: entry(), state };
      }),
    ),
    ...Object.entries(enc.constantBranches).flatMap(([name, encode]) =>
      times(16 * 16, (index) => {
        const s = register();
        const constants = [0xffffffff, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 32, 64, 128, 256, 32768, 65536];
        const state = below(2) === 0 ? { [reg(s)]: pick(constants) } : values(s);
        return { name, code: encode(s, index % 16, branchOffset(-124, 131)), entry: entry(), state };
      }),
    ),
  ];
}

function jumps() {
  const somewhere = () =>
    pick([
      () => DEFAULT_ENTRY + 16 + below(0x4000),
      () => DEFAULT_ENTRY - 1 - below(0x4000),
      () => FLASH_ENTRY + below(0x10000) - 0x8000,
      () => 0x40000000 + below(0x10000),
    ])();
  return [
    ...times(400, (index) => {
      const near = index % 4 === 0;
      const offset = near ? branchOffset(-64, 64) : branchOffset(-131068, 131075);
      return { name: "j", code: enc.j(offset), entry: FLASH_ENTRY + below(4), state: {} };
    }),
    ...times(400, (index) => {
      // The last word of the range would lie behind the flash window.
      const words = index % 4 === 0 ? pick([-3, -2, 1, 2, 3]) : below(262141) - 131071;
      if (words === -1 || words === 0) return undefined;
      return { name: "call0", code: enc.call0(words), entry: FLASH_ENTRY + below(4), state: {} };
    }),
    ...times(200, () => {
      const s = register();
      return { name: "jx", code: enc.jx(s), state: { [reg(s)]: somewhere() } };
    }),
    ...times(200, () => {
      const s = register();
      return { name: "callx0", code: enc.callx0(s), entry: DEFAULT_ENTRY + below(4), state: { [reg(s)]: somewhere() } };
    }),
    ...times(80, () => ({ name: "ret", code: enc.ret, state: { a0: somewhere() } })),
    ...times(80, () => ({ name: "ret.n", code: enc.retN, state: { a0: somewhere() } })),
  ].filter(Boolean);
}

/** Any PS of which the runner can take the consequences. */
const anyPs = () => (below(2) ? 0x20 : 0) | (below(2) ? 0x10 : 0) | pick([0, 1, 2, 3, 15]);

function processorControl() {
  const target = () => DEFAULT_ENTRY + 64 + below(0x1000);
  return [
    ...Object.entries(enc.plainOps).flatMap(([name, code]) =>
      times(16, () => ({ name, code, entry: DEFAULT_ENTRY + below(4), state: { ps: anyPs(), depc: value() } })),
    ),
    ...times(100, () => ({ name: "break", code: enc.breakOp(below(16), below(16)), state: { ps: anyPs() } })),
    ...times(60, () => ({ name: "break.n", code: enc.breakN(below(16)), state: { ps: anyPs() } })),
    ...times(80, () => ({ name: "rfe", code: enc.rfe, state: { ps: anyPs(), epc1: target() } })),
    ...times(80, () => ({ name: "rfde", code: enc.rfde, state: { ps: anyPs(), depc: target() } })),
    ...times(100, () => ({
      name: "rfi",
      code: enc.rfi(2),
      state: { ps: anyPs(), epc2: target(), eps2: below(2) ? anyPs() : value() },
    })),
    ...times(60, () => ({
      name: "rfi",
      code: [...enc.wsr(4, 179), ...enc.wsr(5, 195), ...enc.rfi(3)],
      state: { ps: anyPs(), a4: target(), a5: anyPs() },
    })),
    ...times(16 * 8, (index) => ({
      name: "rsil",
      code: enc.rsil(register(), index % 16),
      state: { ps: anyPs() },
    })),
    ...times(60, () => {
      const [t, s] = [register(), register()];
      return { name: "rer", code: enc.rer(t, s), state: values(s) };
    }),
    ...times(60, () => {
      const [t, s] = [register(), register()];
      return { name: "wer", code: enc.wer(t, s), state: values(t, s) };
    }),
    ...Object.entries(enc.regionOps).flatMap(([name, encode]) =>
      times(48, (index) => {
        const [t, s] = [register(), register()];
        // Every region; with the bits that name a page within it, and without.
        const address = ((index % 8) << 29) | (index < 24 ? 0 : below(0x20000000));
        return { name, code: encode(t, s), state: { [reg(s)]: address >>> 0 } };
      }),
    ),
    // Attributes are written as they are: a change would lock the runner out.
    ...times(16, (index) => ({
      name: "witlb",
      code: [...enc.regionOps.ritlb1(4, 3), ...enc.witlb(4, 3)],
      state: { a3: ((index % 8) << 29) >>> 0 },
    })),
    ...times(16, (index) => ({
      name: "wdtlb",
      code: [...enc.regionOps.rdtlb1(4, 3), ...enc.wdtlb(4, 3)],
      state: { a3: ((index % 8) << 29) >>> 0 },
    })),
    ...times(16, () => ({ name: "iitlb", code: enc.iitlb(3), state: values(3) })),
    ...times(16, () => ({ name: "idtlb", code: enc.idtlb(3), state: values(3) })),
  ];
}

/** The software interrupt, line 7, against INTENABLE and PS. */
function interrupts() {
  const SOFTWARE = 0x80;
  const raise = enc.wsr(3, 226);
  const state = () => ({ a3: SOFTWARE, intenable: pick([0, SOFTWARE, SOFTWARE]), ps: anyPs() });
  return [
    ...times(120, () => ({
      name: "wsr",
      code: [...raise, ...enc.plainOps.rsync, ...enc.plainOps.nop],
      state: state(),
    })),
    ...times(120, () => ({ name: "rsil", code: [...raise, ...enc.rsil(4, below(4))], state: state() })),
    ...times(80, () => ({
      name: "rfe",
      code: [...raise, ...enc.rfe],
      state: { ...state(), epc1: DEFAULT_ENTRY + 64 + below(256) },
    })),
    ...times(80, () => ({
      name: "waiti",
      code: [...raise, ...enc.waiti(0)],
      state: { a3: SOFTWARE, intenable: SOFTWARE, ps: pick([0x20, 0x21, 0x2f, 0, 1]) },
    })),
    ...times(60, () => ({ name: "wsr", code: [...raise, ...enc.wsr(3, 227), ...enc.rsil(4, 0)], state: state() })),
  ];
}

/** Encodings that this core does not have: windows, loops, booleans, MAC16, floating point, divide, min, max… */
function illegal() {
  const words = [
    0x000090, 0x0000d0, 0x0000e0, 0x0000f0, 0x001000, 0x003080, 0x003400, 0x003500, 0x004d36, 0x008076, 0x009076,
    0x00a076, 0x490000, 0x090000, 0x700000, 0x480000, 0xa20000, 0xb20000, 0xc20000, 0xd20000, 0xe20000, 0xf20000,
    0x230000, 0x330000, 0x430000, 0x530000, 0x630000, 0x730000, 0xc30000, 0xd30000, 0xe30000, 0x0a0000, 0x0b0000,
    0x000003, 0x000004, 0x008002, 0x00b002, 0x00e002, 0x00f002, 0x000015, 0x000025, 0x000035, 0x000036, 0x020000,
    0x720000, 0x920000, 0x710000, 0xe10000, 0xf10000, 0x408000, 0x404020, 0x508000, 0x602000, 0x003020, 0x005300,
  ];
  return [
    ...words.map((word) => ({
      name: "illegal",
      code: [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff],
      state: {},
    })),
    ...[0xf01d, 0xf04d, 0xf05d, 0xf07d, 0xf0fd, 0x100d, 0xe00d].map((word) => ({
      name: "illegal",
      code: [word & 0xff, word >>> 8],
      state: {},
    })),
  ];
}

export function makeCases() {
  return [
    ...registerOperations(),
    ...unaryOperations(),
    ...shifts(),
    ...immediates(),
    ...loadsAndStores(),
    ...literals(),
    ...branches(),
    ...jumps(),
    ...processorControl(),
    ...interrupts(),
    ...specialRegisterCases(random),
    ...illegal(),
  ];
}
