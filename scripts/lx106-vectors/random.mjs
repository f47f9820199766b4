/** Numbers for cases: reproducible, and fond of edges. */
export function createRandom(seed) {
  let state = seed >>> 0;
  // mulberry32, public domain
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit) => next() % limit;
  const pick = (list) => list[below(list.length)];
  const EDGES = [
    0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 33, 63, 64, 127, 128, 255, 256, 0x7fff, 0x8000, 0x8001, 0xffff, 0x10000,
    0x7fffffff, 0x80000000, 0x80000001, 0xffffffff, 0xfffffffe, 0xffff8000, 0xffff7fff, 0x55555555, 0xaaaaaaaa,
    0x00ff00ff,
  ];
  const value = () => {
    const kind = below(8);
    if (kind < 3) return pick(EDGES);
    if (kind === 3) return (1 << below(32)) >>> 0;
    if (kind === 4) return (below(512) - 256) >>> 0;
    return next();
  };
  return { next, below, pick, value, register: () => below(16) };
}
